"""Audit entries."""
# mypy: untyped-calls-exclude=factory

from __future__ import annotations

from factory.declarations import LazyFunction

from billabex.core.actors import ActorKind
from billabex.core.ids import new_id
from billabex.core.models import AuditEntry
from tests.factories.rows import RowFactory


class AuditEntryFactory(RowFactory[AuditEntry]):
    class Meta:
        model = AuditEntry

    organization_id = LazyFunction(new_id)
    actor_kind = ActorKind.SYSTEM
    actor_label = "Billabex"
    action = "account.created"
    object_type = "accounts.account"
    object_id = LazyFunction(new_id)
    object_label = "Acme"
