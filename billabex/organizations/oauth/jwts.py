"""Signed tokens: RS256 with our own keys, each told from the others by its `typ`. Source: RFC 7519, 9068."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from jwcrypto import jws, jwt
from jwcrypto.common import JWException
from oauth2_provider.settings import oauth2_settings
from oauth2_provider.utils import jwk_from_pem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from jwcrypto.jwk import JWK

ACCESS: Final = "at+jwt"
REFRESH: Final = "rt+jwt"
LONGEST: Final = 4_000

_COMPACT: Final = re.compile(r"[\w-]+\.[\w-]+\.[\w-]+\Z", re.ASCII)


def signing_keys() -> list[JWK]:
    """Return the key that signs, then those that signed before it and still vouch for their tokens."""
    pems = [oauth2_settings.OIDC_RSA_PRIVATE_KEY, *oauth2_settings.OIDC_RSA_PRIVATE_KEYS_INACTIVE]
    return [jwk_from_pem(pem) for pem in pems]


def signed(kind: str, claims: Mapping[str, Any]) -> str:
    """Return a token of a kind that says the claims."""
    key = signing_keys()[0]
    token = jwt.JWT(header={"alg": "RS256", "typ": kind, "kid": key.thumbprint()}, claims=dict(claims))
    token.make_signed_token(key)
    return str(token.serialize())


def claims_of(token: str, kind: str, *, now: datetime) -> dict[str, Any] | None:
    """Return what a token of a kind says, when one of our keys signed it and it is not over; else None."""
    if len(token) > LONGEST or not _COMPACT.match(token):
        return None
    signature = jws.JWS()
    signature.allowed_algs = ["RS256"]
    try:
        signature.deserialize(token)
        header = signature.jose_header
        keys = [key for key in signing_keys() if key.thumbprint() == header.get("kid")]
        if not keys or header.get("typ") != kind:
            return None
        signature.verify(keys[0])
    except (JWException, ValueError):
        return None
    claims: dict[str, Any] = json.loads(signature.payload)
    return claims if now.timestamp() < claims["exp"] else None


def public_keys() -> dict[str, Any]:
    """Return the keys with which anybody checks our signatures (RFC 7517)."""
    return {
        "keys": [
            {"alg": "RS256", "use": "sig", "kid": key.thumbprint(), **key.export_public(as_dict=True)}
            for key in signing_keys()
        ]
    }
