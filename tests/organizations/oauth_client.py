"""An application as somebody else would write it, for tests: it registers, asks, and keeps its proofs."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlencode, urlsplit

from django.test import Client

from tests.conftest import signed_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from billabex.organizations.models import Membership

CALLBACK = "https://ledger.example/callback?tenant=a%20b&flag"


def program() -> Client:
    """Return what sends no cookies, and gets no way round the guard of those who do."""
    return Client(enforce_csrf_checks=True)


def register(**metadata: Any) -> Any:
    """Register an application."""
    usual = {"client_name": "Ledger", "redirect_uris": [CALLBACK], "token_endpoint_auth_method": "none"}
    body = {key: value for key, value in (usual | metadata).items() if value is not None}
    return program().post("/api/oauth/register", json.dumps(body), content_type="application/json")


def answer_in(location: str) -> dict[str, str]:
    """Return what an address that the user was sent to says, beyond the callback's own query."""
    own = parse_qs(urlsplit(CALLBACK).query)
    return {key: values[0] for key, values in parse_qs(urlsplit(location).query).items() if key not in own}


@dataclass
class Ledger:
    """An application that has registered."""

    client_id: str
    secret: str = ""
    redirect_uri: str = CALLBACK
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(48))

    @classmethod
    def registered(cls, **metadata: Any) -> Ledger:
        """Register one."""
        told = register(**metadata).json()
        return cls(told["client_id"], told.get("client_secret", ""), told["redirect_uris"][0])

    @property
    def challenge(self) -> str:
        """The proof's hash."""
        return base64.urlsafe_b64encode(hashlib.sha256(self.verifier.encode()).digest()).rstrip(b"=").decode()

    def address(self, **changes: str | None) -> str:
        """Return where the application sends its user."""
        usual: dict[str, str | None] = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": self.redirect_uri,
            "scope": "openid accounts:read",
            "state": "st & te",
            "code_challenge": self.challenge,
            "code_challenge_method": "S256",
        }
        asked = {key: value for key, value in (usual | changes).items() if value is not None}
        return f"/api/oauth/authorize?{urlencode(asked)}"

    def asks(self, member: Membership, *, is_allowed: bool = True, **changes: str | None) -> str:
        """Have the member decide; return where they are sent."""
        answer = signed_in(member).post(self.address(**changes), {"decision": "allow" if is_allowed else "deny"})
        assert answer.status_code == 302
        return str(answer["Location"])

    def code_from(self, member: Membership, **changes: str | None) -> str:
        """Return a code that the member let the application have."""
        return answer_in(self.asks(member, is_allowed=True, **changes))["code"]

    def posts(self, endpoint: str, given: Mapping[str, str | None], **headers: str) -> Any:
        """Post a form to an endpoint, saying who it is in the body."""
        me = {"client_id": self.client_id} | ({"client_secret": self.secret} if self.secret else {})
        body = {key: value for key, value in {**me, **given}.items() if value is not None}
        return program().post(
            f"/api/oauth/{endpoint}", urlencode(body), content_type="application/x-www-form-urlencoded", headers=headers
        )

    def redeems(self, code: str, /, **changes: str | None) -> Any:
        """Ask for tokens for a code."""
        usual: dict[str, str | None] = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.redirect_uri,
            "code_verifier": self.verifier,
        }
        return self.posts("token", usual | changes)

    def refreshes(self, token: str, **changes: str | None) -> Any:
        """Ask for new tokens."""
        return self.posts("token", {"grant_type": "refresh_token", "refresh_token": token, **changes})

    def tokens_from(self, member: Membership, **changes: str | None) -> dict[str, Any]:
        """Return tokens that the member let the application have."""
        answer = self.redeems(self.code_from(member, **changes))
        assert answer.status_code == 200, answer.text
        tokens: dict[str, Any] = answer.json()
        return tokens


def userinfo(token: str) -> Any:
    """Ask who the token's user is."""
    return program().get("/api/oauth/userinfo", headers={"Authorization": f"Bearer {token}"})
