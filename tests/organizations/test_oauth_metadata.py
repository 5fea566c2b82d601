"""What programs read before they ask for anything."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from billabex.organizations.scopes import ALL_SCOPES

SERVER = ["/.well-known/oauth-authorization-server", "/.well-known/openid-configuration"]


def _read(path: str) -> dict[str, Any]:
    answer = Client().get(path)
    assert answer.status_code == 200
    told: dict[str, Any] = answer.json()
    return told


@pytest.mark.parametrize("path", SERVER)
def test_the_server_says_where_everything_is(path: str) -> None:
    told = _read(path)
    base = "http://testserver/api/oauth"
    assert told["issuer"] == "http://testserver"
    assert {key: value for key, value in told.items() if key.endswith(("_endpoint", "_uri"))} == {
        "authorization_endpoint": f"{base}/authorize",
        "token_endpoint": f"{base}/token",
        "registration_endpoint": f"{base}/register",
        "revocation_endpoint": f"{base}/revoke",
        "introspection_endpoint": f"{base}/introspect",
        "userinfo_endpoint": f"{base}/userinfo",
        "jwks_uri": f"{base}/jwks",
    }
    assert told["code_challenge_methods_supported"] == ["S256"]
    assert set(told["token_endpoint_auth_methods_supported"]) == {"none", "client_secret_basic", "client_secret_post"}
    assert told["grant_types_supported"] == ["authorization_code", "refresh_token"]
    assert told["response_types_supported"] == ["code"]
    assert set(told["scopes_supported"]) == ALL_SCOPES


def test_where_nobody_registers_no_place_is_named_for_it(settings: Any) -> None:
    settings.OAUTH_REGISTRATION = False
    assert "registration_endpoint" not in _read(SERVER[0])


def test_a_public_address_is_the_issuer_whatever_host_is_asked(settings: Any) -> None:
    settings.OAUTH2_PROVIDER = settings.OAUTH2_PROVIDER | {"OIDC_ISS_ENDPOINT": "https://billabex.example"}
    told = _read(SERVER[0])
    assert (told["issuer"], told["jwks_uri"]) == ("https://billabex.example", "https://billabex.example/api/oauth/jwks")


@pytest.mark.parametrize(("path", "resource"), [("", ""), ("/mcp", "/mcp"), ("/api/public/v1", "/api/public/v1")])
def test_each_resource_says_who_gives_tokens_for_it(path: str, resource: str) -> None:
    told = _read(f"/.well-known/oauth-protected-resource{path}")
    assert told["resource"] == f"http://testserver{resource}"
    assert told["authorization_servers"] == ["http://testserver"]
    assert told["bearer_methods_supported"] == ["header"]
    assert set(told["scopes_supported"]) == ({"mcp:read", "mcp:write"} if path == "/mcp" else ALL_SCOPES)


def test_of_no_resource_nothing_is_said() -> None:
    answer = Client().get("/.well-known/oauth-protected-resource/elsewhere")
    assert (answer.status_code, set(answer.json())) == (404, {"error", "error_description", "message"})


def test_the_keys_are_public_ones() -> None:
    (key,) = _read("/api/oauth/jwks")["keys"]
    assert set(key) == {"alg", "use", "kid", "kty", "n", "e"}
    assert (key["alg"], key["use"], key["kty"]) == ("RS256", "sig", "RSA")
