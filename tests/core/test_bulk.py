"""Rows by the thousand: the same rows as Django's own insert makes, and refused like them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from billabex.agent.enums import Outcome
from billabex.agent.models import Decision
from billabex.core import bulk, clock
from tests.factories import AccountFactory

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from accounts.models import Account

pytestmark = pytest.mark.django_db
COLUMNS = ["organization_id", "account_id", "decided_on", "outcome", "planned_on", "reasons", "facts", "fingerprint"]
DAY = date(2026, 2, 2)


def _row(account: Account, *, outcome: str = Outcome.NOTHING) -> tuple[object, ...]:
    reasons = [{"code": "nothing_open", "name": "Société \\N \t\n é “x”"}]
    return (account.organization_id, account.pk, DAY, outcome, None, reasons, {"credit": {}}, "f" * 64)


def test_rows_are_stored_with_their_values_and_defaults(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    accounts = [AccountFactory.create(), AccountFactory.create()]
    with clock.stopped_at(clock.now()), django_assert_num_queries(1):
        now = clock.now()
        bulk.insert(Decision, COLUMNS, map(_row, accounts))
    stored = {decision.account: decision for decision in Decision.objects.all()}
    assert set(stored) == set(accounts)
    one = stored[accounts[0]]
    values = (one.decided_on, one.outcome, one.planned_on, one.facts, one.fingerprint, one.created_at)
    assert values == (DAY, Outcome.NOTHING, None, {"credit": {}}, "f" * 64, now)
    assert one.reasons == _row(accounts[0])[5]
    assert len({decision.pk for decision in stored.values()}) == 2


def test_no_rows_ask_nothing_of_the_database(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        bulk.insert(Decision, COLUMNS, [])


def test_row_that_breaks_a_constraint_stores_none() -> None:
    account = AccountFactory.create()
    with pytest.raises(IntegrityError, match="agent_decision_outcome_known"), transaction.atomic():
        bulk.insert(Decision, COLUMNS, [_row(account), _row(account, outcome="shrug")])
    assert not Decision.objects.exists()


def test_row_that_points_nowhere_is_refused() -> None:
    account = AccountFactory.create()
    row = list(_row(account))
    row[1] = uuid4()
    with transaction.atomic():
        bulk.insert(Decision, COLUMNS, [row])
        with pytest.raises(IntegrityError):
            connection.check_constraints()
        transaction.set_rollback(True)
