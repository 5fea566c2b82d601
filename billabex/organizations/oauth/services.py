"""Writes about applications that people connect."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction
from oauth2_provider.models import AccessToken, Grant, RefreshToken, clear_expired

from billabex.core import audit
from billabex.core.actors import SYSTEM, Actor, ActorKind
from billabex.organizations.errors import ApplicationNotFound
from billabex.organizations.hashing import hash_of_token, new_secret
from billabex.organizations.models import Application

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from typing import Any
    from uuid import UUID

    from billabex.organizations.models import User
    from billabex.organizations.oauth.registration import ClientMetadata

logger = logging.getLogger(__name__)

UNUSED_IS_KEPT: Final = timedelta(days=90)


@transaction.atomic
def register_application(metadata: ClientMetadata) -> tuple[Application, str, str]:
    """Take in an application that registers itself.

    Returns:
        The application, its secret (empty for those that keep none), and the token with which it changes its own
        registration. Both can be read here and never again.
    """
    secret = new_secret() if metadata.has_secret else ""
    token = new_secret()
    application = Application.objects.create(
        **metadata.columns(),
        client_type="confidential" if secret else "public",
        client_secret=hash_of_token(secret) if secret else "",
        hash_client_secret=False,  # it is a hash already
        authorization_grant_type="authorization-code",
        algorithm="RS256",
        registration_source=Application.RegistrationSource.DCR,
        registration_token_hash=hash_of_token(token),
    )
    audit.record(SYSTEM, "application.registered", application, organization_id=None, changes=metadata.columns())
    return application, secret, token


@transaction.atomic
def update_application(application: Application, metadata: ClientMetadata) -> None:
    """Change what an application said about itself; how it authenticates stays."""
    for field, value in metadata.columns().items():
        setattr(application, field, value)
    application.save()
    audit.record(SYSTEM, "application.changed", application, organization_id=None, changes=metadata.columns())


@transaction.atomic
def delete_application(application: Application) -> None:
    """Forget an application, with every token that it has."""
    audit.record(SYSTEM, "application.deleted", application, organization_id=None)
    application.delete()


@transaction.atomic
def note_consent(*, user: User, application: Application, scopes: Collection[str]) -> None:
    """Note that the user lets an application act as them, in the log of each organization that it reaches so."""
    actor = Actor(ActorKind.MEMBER, str(user), user.pk)
    _record(user, actor, "application.allowed", application, {"scopes": " ".join(scopes)})


@transaction.atomic
def note_revocation(*, user: User, application: Application) -> None:
    """Note that an application has given back a token of the user's."""
    actor = Actor(ActorKind.API_CLIENT, f"{user} ({application})", user.pk)
    _record(user, actor, "application.token-revoked", application, {})


@transaction.atomic
def disconnect_application(*, user: User, application_id: UUID, now: datetime) -> Application:
    """Take back, at once, all that the user allowed an application.

    Raises:
        ApplicationNotFound: It has nothing of theirs.
    """
    refresh_tokens = RefreshToken.objects.filter(user=user, application=application_id)
    application: Application | None = Application.objects.filter(pk__in=refresh_tokens.values("application")).first()
    if application is None:
        raise ApplicationNotFound
    refresh_tokens.filter(revoked=None).update(revoked=now, updated=now)
    AccessToken.objects.filter(user=user, application=application).delete()
    Grant.objects.filter(user=user, application=application).delete()
    actor = Actor(ActorKind.MEMBER, str(user), user.pk)
    _record(user, actor, "application.disconnected", application, {})
    return application


def forget_expired(*, now: datetime) -> None:
    """Delete codes and tokens that are over, and applications that nobody connected for three months.

    A refresh token that was used is kept as long as it could have lived: by it a thief is known.
    """
    clear_expired()
    unused = Application.objects.filter(created__lt=now - UNUSED_IS_KEPT, updated__lt=now - UNUSED_IS_KEPT)
    unused = unused.filter(refreshtoken=None, accesstoken=None, grant=None)
    deleted, _by_model = unused.delete()
    logger.info("Deleted %d applications that nobody uses", deleted)


def _record(user: User, actor: Actor, action: str, application: Application, changes: dict[str, Any]) -> None:
    """Write the entry in the log of each organization in which the user is a member."""
    for organization_id in user.memberships.values_list("organization_id", flat=True):
        audit.record(actor, action, application, organization_id=organization_id, changes=changes)
