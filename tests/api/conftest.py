"""Programs that speak to the API, each with a token."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from rest_framework.test import APIClient

from billabex.organizations.credentials import Credentials
from billabex.organizations.scopes import ALL_SCOPES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from billabex.organizations.models import Membership

BASE = "/api/public/v1"


class Program:
    """A client of the API that acts as a member, with the scopes of its token. It sends what real ones send."""

    def __init__(self, member: Membership, scopes: str | None = None) -> None:
        self._client = APIClient()
        held = ALL_SCOPES if scopes is None else frozenset(scopes.split())
        token = Credentials(user=member.user, scopes=held, key=f"pat:{member.pk}", client="Sync")
        self._client.force_authenticate(user=member.user, token=token)  # type: ignore[arg-type]

    def get(self, path: str, **query: Any) -> Any:
        return self._client.get(BASE + path, {name: str(value) for name, value in query.items()})

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self._send("post", path, body, headers)

    def put(self, path: str, body: Any = None, **headers: str) -> Any:
        return self._send("put", path, body, headers)

    def patch(self, path: str, body: Any = None, **headers: str) -> Any:
        return self._send("patch", path, body, headers)

    def delete(self, path: str, **headers: str) -> Any:
        return self._client.delete(BASE + path, headers=_named(headers))

    def upload(self, path: str, parts: Mapping[str, Any], **headers: str) -> Any:
        """Send a form: texts, and files as `SimpleUploadedFile`; a dict or list becomes bracketed names."""
        return self._client.post(BASE + path, _bracketed(parts), format="multipart", headers=_named(headers))

    def send_parts(self, path: str, *parts: tuple[str, bytes]) -> Any:
        """Send a form as some program writes it: of each part its headers after `form-data; `, and its bytes."""
        head = b"--edge\r\nContent-Disposition: form-data; "
        body = b"".join(head + headers.encode() + b"\r\n\r\n" + raw + b"\r\n" for headers, raw in parts)
        return self.send_raw(path, body + b"--edge--\r\n", "multipart/form-data; boundary=edge")

    def send_raw(self, path: str, raw: bytes, content_type: str) -> Any:
        """Send bytes as they are."""
        return self._client.post(BASE + path, raw, content_type=content_type)

    def _send(self, method: str, path: str, body: Any, headers: Mapping[str, str]) -> Any:
        raw = body if isinstance(body, bytes) else json.dumps(body or {}).encode()
        send = getattr(self._client, method)
        return send(BASE + path, raw, content_type="application/json", headers=_named(headers))


def _named(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


def _bracketed(parts: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in parts.items():
        key = f"{prefix}[{name}]" if prefix else name
        if isinstance(value, dict):
            flat |= _bracketed(value, key)
        elif isinstance(value, list):
            flat |= _bracketed({str(index): one for index, one in enumerate(value)}, key)
        else:
            flat[key] = value
    return flat


@pytest.fixture
def api(db: None) -> Callable[..., Program]:
    """Return what makes programs: `api(member)` with every scope, or `api(member, "accounts:read …")`."""
    return Program


@pytest.fixture
def program(owner: Membership) -> Program:
    """Return a program of the owner, with every scope."""
    return Program(owner)
