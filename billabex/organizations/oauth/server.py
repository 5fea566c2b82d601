"""The protocol, narrowed: codes with a proof (S256), refresh tokens, and nothing else of what oauthlib can do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from oauthlib.oauth2.rfc6749 import errors
from oauthlib.oauth2.rfc6749.endpoints import AuthorizationEndpoint, RevocationEndpoint, TokenEndpoint
from oauthlib.oauth2.rfc6749.grant_types import AuthorizationCodeGrant
from oauthlib.oauth2.rfc6749.grant_types.authorization_code import code_challenge_method_s256
from oauthlib.oauth2.rfc6749.tokens import BearerToken
from oauthlib.openid.connect.core.grant_types import AuthorizationCodeGrant as OpenIdGrant
from oauthlib.openid.connect.core.grant_types import RefreshTokenGrant

from billabex.organizations.oauth.resources import issuer_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from oauthlib.common import Request

LONGEST_NONCE: Final = 255
_CHALLENGE: Final = re.compile(r"[A-Za-z0-9_-]{43}\Z")  # 32 bytes as base64url writes them


class CodeGrant(AuthorizationCodeGrant):  # type: ignore[misc]  # oauthlib has no types
    """Authorization codes. The proof key is always asked for, and never a plain one."""

    _code_challenge_methods = {"S256": code_challenge_method_s256}

    def validate_authorization_request(self, request: Request) -> tuple[list[str], dict[str, Any]]:
        """Check what an application asks, before anybody is asked to allow it."""
        scopes, credentials = super().validate_authorization_request(request)
        if not _CHALLENGE.match(request.code_challenge):
            raise errors.InvalidRequestError(description="code_challenge is not a SHA-256 hash.", request=request)
        if len(request.nonce or "") > LONGEST_NONCE or "\0" in (request.nonce or ""):
            raise errors.InvalidRequestError(description="nonce is too long.", request=request)
        return scopes, credentials

    def prepare_authorization_response(
        self, request: Request, token: dict[str, str], headers: dict[str, str], body: None, status: int
    ) -> tuple[dict[str, str], None, int]:
        """Send the code to the application."""
        answer = [*token.items(), ("iss", issuer_of(request))]
        return {"Location": with_answer(request.redirect_uri, answer)}, None, 302


class OpenIdCodeGrant(OpenIdGrant):  # type: ignore[misc]
    """The same, with an ID token for those who ask for `openid`."""

    def __init__(self, validator: Any) -> None:
        self.proxy_target = CodeGrant(validator)
        self.custom_validators.post_auth.append(self.openid_authorization_validator)
        self.register_token_modifier(self.add_id_token)


class Server(AuthorizationEndpoint, TokenEndpoint, RevocationEndpoint):  # type: ignore[misc]
    """The endpoints of the protocol. What bearer tokens open is `organizations.credentials`."""

    def __init__(
        self,
        request_validator: Any,
        token_expires_in: int,
        token_generator: Any,
        refresh_token_generator: Any,
        **_of_other_grants: Any,
    ) -> None:
        code = OpenIdCodeGrant(request_validator)
        bearer = BearerToken(request_validator, token_generator, token_expires_in, refresh_token_generator)
        grants = {"authorization_code": code, "refresh_token": RefreshTokenGrant(request_validator)}
        AuthorizationEndpoint.__init__(self, "code", bearer, {"code": code})
        TokenEndpoint.__init__(self, "authorization_code", bearer, grants)
        RevocationEndpoint.__init__(self, request_validator)


def with_answer(uri: str, answer: Iterable[tuple[str, str]]) -> str:
    """Return the application's address with the answer after its own query, of which no letter changes."""
    return f"{uri}{'&' if '?' in uri else '?'}{urlencode(list(answer))}"
