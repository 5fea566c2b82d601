"""Constraints of the audit log."""

from tests.data.cases.case import Case
from tests.factories import AuditEntryFactory

CASES = {
    "core_audit_action": Case(factory=AuditEntryFactory, good=[{"action": "member.added"}], bad=[{"action": ""}]),
}
