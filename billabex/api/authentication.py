"""Who asks: the bearer of a token, issued by our own OAuth server or made by a member for a script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed

from billabex.core import clock
from billabex.organizations.credentials import credentials_of
from billabex.organizations.errors import InvalidToken

if TYPE_CHECKING:
    from rest_framework.request import Request
    from rest_framework.response import Response

    from billabex.organizations.credentials import Credentials
    from billabex.organizations.models import User

RESOURCE_METADATA = "/.well-known/oauth-protected-resource"


class BearerAuthentication(BaseAuthentication):
    """Takes `Authorization: Bearer …`; no session, no cookie, so that no page can ask in somebody's name."""

    def authenticate(self, request: Request) -> tuple[User, Credentials] | None:
        """Return whose token it is; None without one.

        Raises:
            AuthenticationFailed: The token is unknown, expired, revoked, or of somebody who may not sign in.
        """
        kind, _, token = request.headers.get("Authorization", "").strip().partition(" ")
        if not kind:
            return None
        if kind.lower() != "bearer" or not token.strip():
            raise AuthenticationFailed(InvalidToken.message)
        try:
            credentials = credentials_of(token.strip(), now=clock.now(), path=request.path)
        except InvalidToken as error:
            raise AuthenticationFailed(str(error), code="invalid_token") from error
        return credentials.user, credentials

    def authenticate_header(self, request: Request) -> str:
        """Return what a 401 asks for; `challenge` says more once the error is known."""
        return "Bearer"


def challenge(request: Request, response: Response) -> str:
    """Return the WWW-Authenticate of a 401 (RFC 6750, RFC 9728)."""
    parts = ['realm="billabex"']
    if "Authorization" in request.headers:
        parts.append('error="invalid_token"')
    parts.append(f'resource_metadata="{request.build_absolute_uri(RESOURCE_METADATA)}"')
    return "Bearer " + ", ".join(parts)
