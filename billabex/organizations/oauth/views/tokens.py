"""Endpoints at which applications get tokens, give them back and ask about them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.http import HttpResponse, JsonResponse
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters
from oauth2_provider.models import AccessToken, RefreshToken
from oauthlib.common import Request

from billabex.core import clock
from billabex.organizations.credentials import credentials_of
from billabex.organizations.errors import InvalidToken
from billabex.organizations.hashing import hash_of_token
from billabex.organizations.oauth.answers import Endpoint, answered, bearer_of, refusal, unauthorized
from billabex.organizations.oauth.claims import claims_about
from billabex.organizations.oauth.jwts import ACCESS, REFRESH, claims_of, public_keys

if TYPE_CHECKING:
    from django.http import HttpRequest

    from billabex.organizations.models import Application

_hidden = method_decorator(
    sensitive_post_parameters("client_secret", "code", "code_verifier", "refresh_token", "token"), name="dispatch"
)

_NOTHING_ASKED = "The parameter grant_type is missing. Send it form-encoded (application/x-www-form-urlencoded)."


@_hidden
class TokenView(Endpoint):
    """Tokens for a code or for a refresh token."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """Answer with tokens."""
        if "grant_type" not in request.POST:
            return refusal("invalid_request", _NOTHING_ASKED)
        _uri, headers, body, status = self.core.create_token_response(request)
        return answered(request, headers, body, status)


@_hidden
class RevocationView(Endpoint):
    """Tokens taken back by the application that has them. Source: RFC 7009."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """Take the token back; one that is unknown is gone already."""
        _uri, headers, body, status = self.core.create_revocation_response(request)
        return answered(request, headers, body, status)


@_hidden
class IntrospectionView(Endpoint):
    """What a token says, for the application that has it and for nobody else. Source: RFC 7662."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """Answer whether the token is good, and what it says."""
        application = self._application(request)
        if application is None:
            return unauthorized("invalid_client", "The application did not show who it is.", "Basic")
        if not (token := request.POST.get("token", "")):
            return refusal("invalid_request", "The parameter token is missing.")
        claims = _claims_of_live(token, application)
        return JsonResponse({"active": True, "token_type": "Bearer", **claims} if claims else {"active": False})

    def _application(self, request: HttpRequest) -> Application | None:
        asked = Request(*self.core._extract_params(request))  # noqa: SLF001 - how the toolkit's own views make it
        validator = self.core.server.request_validator
        if validator.client_authentication_required(asked):
            is_known = validator.authenticate_client(asked)
        else:
            is_known = validator.authenticate_client_id(asked.client_id, asked)
        return cast("Application", asked.client) if is_known else None


def _claims_of_live(token: str, application: Application) -> dict[str, Any] | None:
    """Return what a token says that is not over, nor taken back, nor anybody else's; its user may still sign in."""
    now = clock.now()
    mine = {"token_checksum": hash_of_token(token), "application": application, "user__is_active": True}
    if claims := claims_of(token, ACCESS, now=now):
        return claims if AccessToken.objects.filter(**mine).exists() else None
    claims = claims_of(token, REFRESH, now=now)
    return claims if claims and RefreshToken.objects.filter(**mine, revoked=None).exists() else None


class UserInfoView(Endpoint):
    """Who uses the application. Source: OpenID Connect Core 1.0, section 5.3."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Answer what the token's scopes let the application know."""
        try:
            credentials = credentials_of(bearer_of(request), now=clock.now())
        except InvalidToken:
            return unauthorized("invalid_token", "The access token is missing, expired, revoked or unknown.")
        if "openid" not in credentials.scopes:
            return refusal("insufficient_scope", "The access token lacks the scope openid.", 403)
        return JsonResponse(claims_about(credentials.user, credentials.scopes))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Answer the same."""
        return self.get(request)


class KeysView(Endpoint):
    """The keys with which anybody checks our signatures."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Answer with them."""
        return JsonResponse(public_keys(), headers={"Cache-Control": "public, max-age=3600"})
