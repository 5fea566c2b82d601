"""What the tests of tasks share: an account that nobody can be written to, and the task about it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from billabex.core import clock
from tasks.enums import TaskType
from tasks.models import Task
from tasks.services import Question, ask
from tests.factories import AccountFactory, InvoiceFactory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accounts.models import Account
    from billabex.organizations.models import Membership, Organization

NOW = datetime(2026, 2, 18, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with clock.stopped_at(NOW):
        yield


@pytest.fixture
def account(organization: Organization) -> Account:
    """Return an account with an overdue invoice and no contact."""
    account = AccountFactory.create(organization=organization, name="Acme")
    InvoiceFactory.create(
        account=account, number="F-2026-0001", issued_on=date(2026, 1, 5), total_amount=Decimal("480.00")
    )
    return account


@pytest.fixture
def task(account: Account, member: Membership) -> Task:
    """Return the agent's open question for a contact, assigned to the member."""
    ask([Question(account, TaskType.NEED_CONTACTS, "no_contact")])
    return Task.objects.get(account=account)


@pytest.fixture
def proposal(account: Account, member: Membership) -> Task:
    """Return the agent's open question whether to send a formal notice."""
    ask([Question(account, TaskType.APPROVE_ACTION, "formal_notice", "formal_notice")])
    return Task.objects.get(account=account)
