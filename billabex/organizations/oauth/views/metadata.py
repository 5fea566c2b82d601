"""What programs read before they ask for anything: where what is. Source: RFC 8414, RFC 9728, OpenID Discovery."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.urls import reverse

from billabex.organizations.enums import ClientAuthentication
from billabex.organizations.oauth.answers import Endpoint, refusal
from billabex.organizations.oauth.claims import CLAIMS
from billabex.organizations.oauth.registration import GRANT_TYPES, RESPONSE_TYPES
from billabex.organizations.oauth.resources import RESOURCES, issuer_of
from billabex.organizations.scopes import SCOPES

if TYPE_CHECKING:
    from django.http import HttpRequest

_ENDPOINTS = {
    "authorization_endpoint": "authorize",
    "token_endpoint": "token",
    "revocation_endpoint": "revoke",
    "introspection_endpoint": "introspect",
    "userinfo_endpoint": "userinfo",
    "jwks_uri": "jwks",
}


class ServerMetadataView(Endpoint):
    """The server's: one document for those who know OAuth and for those who know OpenID Connect."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Answer with it."""
        issuer = issuer_of(request)
        endpoints = _ENDPOINTS | ({"registration_endpoint": "register"} if settings.OAUTH_REGISTRATION else {})
        methods = ClientAuthentication.values
        return JsonResponse(
            {
                "issuer": issuer,
                **{key: issuer + reverse(f"oauth2_provider:{name}") for key, name in endpoints.items()},
                "scopes_supported": list(SCOPES),
                "response_types_supported": RESPONSE_TYPES,
                "response_modes_supported": ["query"],
                "grant_types_supported": GRANT_TYPES,
                "code_challenge_methods_supported": ["S256"],
                "token_endpoint_auth_methods_supported": methods,
                "revocation_endpoint_auth_methods_supported": methods,
                "introspection_endpoint_auth_methods_supported": methods,
                "authorization_response_iss_parameter_supported": True,
                "prompt_values_supported": ["none", "consent"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "claims_supported": ["sub", *CLAIMS],
                "claims_parameter_supported": False,
                "request_parameter_supported": False,
                "request_uri_parameter_supported": False,
                "ui_locales_supported": [code for code, _name in settings.LANGUAGES],
                "service_documentation": f"{issuer}/api/docs/",
            }
        )


class ResourceMetadataView(Endpoint):
    """What a token is for, and who gives it: the whole site, or one of its parts."""

    def get(self, request: HttpRequest, path: str = "") -> HttpResponse:
        """Answer with it."""
        part = f"/{path}".rstrip("/")
        if part not in RESOURCES:
            return refusal("not_found", "There is no such resource here.", 404)
        issuer = issuer_of(request)
        of_mcp = [scope for scope in SCOPES if scope.startswith("mcp:")]
        return JsonResponse(
            {
                "resource": f"{issuer}{part}",
                "authorization_servers": [issuer],
                "scopes_supported": of_mcp if part == "/mcp" else list(SCOPES),
                "bearer_methods_supported": ["header"],
                "resource_name": "Billabex",
                "resource_documentation": f"{issuer}/api/docs/",
            }
        )
