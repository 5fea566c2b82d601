"""The audit log: what is written one at a time and what is written in bulk are the same rows."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.forms import model_to_dict

from billabex.core import audit
from billabex.core.actors import SYSTEM
from billabex.core.models import AuditEntry
from tests.factories import AccountFactory

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

KEY = UUID("01900000-0000-7000-8000-000000000001")
CHANGES = {
    "amount": {"from": Decimal("0.10"), "to": Decimal("120.00")},
    "until": date(2026, 3, 20),
    "at": datetime(2026, 3, 20, 9, tzinfo=UTC),
    "key": KEY,
    "note": "",
    "none": None,
}


def test_values_are_kept_exactly_as_json_carries_them(db: None) -> None:
    account = AccountFactory.create(name="x" * 200)

    audit.record(SYSTEM, "account.updated", account, organization_id=account.organization_id, changes=CHANGES)

    [entry] = AuditEntry.objects.filter(action="account.updated")
    assert (entry.object_type, entry.object_id, entry.account_id) == ("accounts.account", account.pk, None)
    assert entry.changes == {
        "amount": {"from": "0.10", "to": "120.00"},
        "until": "2026-03-20",
        "at": "2026-03-20T09:00:00+00:00",
        "key": str(KEY),
        "note": "",
        "none": None,
    }


def test_many_entries_are_those_that_each_would_be_in_one_statement(
    db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    accounts = AccountFactory.create_batch(3)
    known: dict[str, Any] = {"organization_id": KEY, "account_id": KEY, "changes": CHANGES}

    for account in accounts:
        audit.record(SYSTEM, "account.updated", account, **known)
    with django_assert_num_queries(1):
        audit.record_many(audit.entry(SYSTEM, "account.updated", account, **known) for account in accounts)

    rows = [model_to_dict(entry) for entry in AuditEntry.objects.filter(action="account.updated").order_by("id")]
    assert rows[3:] == rows[:3]
    assert len(rows) == 6
