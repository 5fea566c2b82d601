"""What applications learn about who uses them. Source: OpenID Connect Core 1.0, section 5."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from billabex.organizations.models import User

CLAIMS: Final[dict[str, tuple[str, Callable[[User], Any]]]] = {
    "name": ("profile", str),
    "locale": ("profile", lambda user: user.language),
    "updated_at": ("profile", lambda user: int(user.updated_at.timestamp())),
    "email": ("email", lambda user: user.email),
}
"""Each claim with the scope that opens it, and how it is found."""


def claims_about(user: User, scopes: frozenset[str]) -> dict[str, Any]:
    """Return what some scopes let an application know about the user."""
    return {"sub": str(user.pk)} | {name: read(user) for name, (scope, read) in CLAIMS.items() if scope in scopes}
