"""Who asks, by the bearer token that they show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db.models import Q
from oauth2_provider.models import AccessToken

from billabex.core.actors import Actor, ActorKind
from billabex.organizations.errors import InvalidToken
from billabex.organizations.hashing import PERSONAL, hash_of_token
from billabex.organizations.models import PersonalAccessToken
from billabex.organizations.oauth.jwts import ACCESS, claims_of
from billabex.organizations.oauth.resources import reaches

if TYPE_CHECKING:
    from datetime import datetime

    from billabex.organizations.models import User

USE_IS_NOTED_EVERY: Final = timedelta(minutes=1)
LONGEST_LABEL: Final = 300
"""Of the columns that keep who did something: two long names together would not fit."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a token stands for.

    Attributes:
        user: As whom it acts, in all their organizations.
        scopes: What it may be used for.
        key: A stable id for rate limits and idempotency: of a personal token, or of all the tokens that one consent
            led to. Whoever repeats a request may have had to refresh its token in between.
        client: What people call the application, or the personal token.
    """

    user: User
    scopes: frozenset[str]
    key: str
    client: str

    @property
    def actor(self) -> Actor:
        """The asker as the audit log knows them, and everything that they write."""
        return Actor(ActorKind.API_CLIENT, f"{self.user} ({self.client})"[:LONGEST_LABEL], self.user.pk)


def credentials_of(token: str, *, now: datetime, path: str = "") -> Credentials:
    """Return what a bearer token stands for, in two statements at most.

    Args:
        token: As it was shown.
        now: The instant.
        path: What is asked for, of which some tokens of applications open parts only; nothing means any.

    Raises:
        InvalidToken: It stands for nothing: unknown, expired, revoked, for something else, or its user may no longer
            sign in.
    """
    return _personal(token, now) if token.startswith(PERSONAL) else _connected(token, now, path)


def _connected(token: str, now: datetime, path: str) -> Credentials:
    """Return the credentials of an application; its token is signed, and not taken back."""
    if claims_of(token, ACCESS, now=now) is None:
        raise InvalidToken
    row = (
        AccessToken.objects.filter(
            token_checksum=hash_of_token(token), expires__gt=now, user__is_active=True, application__isnull=False
        )
        .select_related("user", "application", "refresh_token")
        .first()
    )
    if row is None or (path and not reaches(row.resource, path)):
        raise InvalidToken
    refreshed_by = getattr(row, "refresh_token", None)
    key = f"oauth:{refreshed_by.token_family if refreshed_by else row.pk}"
    return Credentials(user=row.user, scopes=frozenset(row.scope.split()), key=key, client=str(row.application))


def _personal(secret: str, now: datetime) -> Credentials:
    token = (
        PersonalAccessToken.objects.filter(
            secret_hash=hash_of_token(secret), revoked_at=None, expires_at__gt=now, user__is_active=True
        )
        .select_related("user")
        .first()
    )
    if token is None:
        raise InvalidToken
    before = now - USE_IS_NOTED_EVERY
    if token.last_used_at is None or token.last_used_at <= before:
        unnoted = Q(last_used_at=None) | Q(last_used_at__lte=before)
        PersonalAccessToken.objects.filter(unnoted, pk=token.pk).update(last_used_at=now)
    return Credentials(user=token.user, scopes=token.scopes, key=f"pat:{token.pk}", client=token.name)
