"""Reads about the applications that people connected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from oauth2_provider.models import RefreshToken
from oauth2_provider.settings import oauth2_settings

from billabex.organizations.scopes import described

if TYPE_CHECKING:
    from datetime import datetime

    from billabex.core.errors import Text
    from billabex.organizations.models import Application, User


@dataclass(frozen=True, slots=True)
class Connection:
    """An application that may act as a user.

    Attributes:
        application: The application.
        scopes: What it may do.
        last_active_at: When it last got a new token: within the hour, while it is used.
    """

    application: Application
    scopes: frozenset[str]
    last_active_at: datetime

    @property
    def allows(self) -> list[Text]:
        """What it may do, in words."""
        return described(self.scopes)


def connections_of(user: User, *, now: datetime) -> list[Connection]:
    """Return the applications that may act as the user, by name, in one statement."""
    since = now - timedelta(seconds=oauth2_settings.REFRESH_TOKEN_EXPIRE_SECONDS)
    tokens = (
        RefreshToken.objects.filter(user=user, revoked=None, created__gt=since, access_token__isnull=False)
        .select_related("application", "access_token")
        .order_by("created")
    )
    connections: dict[object, Connection] = {}
    for token in tokens:
        before = connections.get(token.application_id)
        scopes = frozenset(token.access_token.scope.split()) | (before.scopes if before else frozenset())
        connections[token.application_id] = Connection(token.application, scopes, token.created)
    return sorted(connections.values(), key=lambda connection: str(connection.application).casefold())
