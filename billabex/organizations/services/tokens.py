"""Writes of personal access tokens."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from billabex.core import audit
from billabex.organizations.errors import TokenNotFound, TokenRefused
from billabex.organizations.hashing import PERSONAL, hash_of_token, new_secret
from billabex.organizations.models import PersonalAccessToken
from billabex.organizations.scopes import ALL_SCOPES

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from billabex.core.actors import Actor
    from billabex.core.errors import Text
    from billabex.organizations.models import Organization, User

LONGEST_NAME: Final = 80
LONGEST_LIFE: Final = timedelta(days=366)
_SHOWN = len(PERSONAL) + 4


@transaction.atomic
def create_personal_token(
    *,
    user: User,
    actor: Actor,
    now: datetime,
    name: str,
    scopes: Collection[str],
    expires_at: datetime,
    organization: Organization | None = None,
) -> tuple[PersonalAccessToken, str]:
    """Make a secret with which scripts act as the user.

    Args:
        user: As whom they act.
        actor: Who makes it.
        now: The instant.
        name: What the user calls it.
        scopes: What it may be used for.
        expires_at: When it ends, a year from now at the latest.
        organization: In whose log it is noted.

    Returns:
        The token, and its secret, which can be read here and never again.

    Raises:
        TokenRefused: It has no name or scope, a scope that there is not, or ends before it begins or too late.
    """
    name = name.strip()
    _check(name, scopes, expires_at, now)
    secret = PERSONAL + new_secret()
    token = PersonalAccessToken.objects.create(
        user=user,
        name=name,
        secret_hash=hash_of_token(secret),
        prefix=secret[:_SHOWN],
        scope=" ".join(sorted(scopes)),
        expires_at=expires_at,
        created_at=now,
    )
    _record("token.created", token, actor, organization, {"scopes": token.scope, "expires_at": expires_at})
    return token, secret


@transaction.atomic
def revoke_personal_token(
    *, user: User, actor: Actor, now: datetime, token_id: UUID, organization: Organization | None = None
) -> None:
    """End a token of the user's, at once and for good; doing it again changes nothing.

    Raises:
        TokenNotFound: The user has no such token.
    """
    token = user.personal_tokens.select_for_update().filter(pk=token_id).first()
    if token is None:
        raise TokenNotFound
    if token.revoked_at:
        return
    token.revoked_at = now
    token.save(update_fields=["revoked_at", "updated_at"])
    _record("token.revoked", token, actor, organization, {})


def _record(
    action: str, token: PersonalAccessToken, actor: Actor, organization: Organization | None, changes: dict[str, Any]
) -> None:
    audit.record(actor, action, token, organization_id=organization.pk if organization else None, changes=changes)


def _check(name: str, scopes: Collection[str], expires_at: datetime, now: datetime) -> None:
    fields: dict[str, Text] = {}
    if not name:
        fields["name"] = _("Give it a name by which you will know it.")
    elif len(name) > LONGEST_NAME:
        fields["name"] = _("Use 80 characters at most.")
    if not scopes:
        fields["scopes"] = _("Choose at least one.")
    elif not ALL_SCOPES.issuperset(scopes):
        fields["scopes"] = _("There is no such scope.")
    if not now < expires_at <= now + LONGEST_LIFE:
        fields["expires_at"] = _("It must end within a year.")
    if fields:
        raise TokenRefused(fields=fields)
