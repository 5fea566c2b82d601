"""What the tokens of applications say. Source: RFC 9068."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from oauth2_provider.settings import oauth2_settings

from billabex.core import clock
from billabex.organizations.oauth.jwts import ACCESS, REFRESH, signed
from billabex.organizations.oauth.resources import issuer_of

if TYPE_CHECKING:
    from oauthlib.common import Request


def access_token(request: Request) -> str:
    """Return a new access token, for the resources that were asked for or for all of the site."""
    audience = request.resource or [issuer_of(request)]
    aud = audience[0] if len(audience) == 1 else audience
    return signed(ACCESS, _claims(request, request.expires_in, aud=aud, scope=" ".join(request.scopes)))


def refresh_token(request: Request) -> str:
    """Return a new refresh token: of another kind, and for nobody but ourselves."""
    aud = f"{issuer_of(request)}/api/oauth/token"
    return signed(REFRESH, _claims(request, oauth2_settings.REFRESH_TOKEN_EXPIRE_SECONDS, aud=aud))


def _claims(request: Request, seconds: int, **more: Any) -> dict[str, Any]:
    now = clock.now()
    return {
        "iss": issuer_of(request),
        "sub": str(request.user.pk),
        "client_id": request.client.client_id,
        "iat": int(now.timestamp()),
        "exp": int((now + timedelta(seconds=seconds)).timestamp()),
        "jti": str(uuid4()),
        **more,
    }
