"""Constraints of the audit log."""

from tests.data.cases.case import Case
from tests.factories import AuditEntryFactory

CASES = {
    "core_audit_action": Case(factory=AuditEntryFactory, good=[{"action": "member.added"}], bad=[{"action": ""}]),
    "core_audit_actor_kind_known": Case(
        factory=AuditEntryFactory,
        good=[{"actor_kind": "member"}, {"actor_kind": "agent"}],
        bad=[{"actor_kind": ""}, {"actor_kind": "robot"}],
    ),
}
