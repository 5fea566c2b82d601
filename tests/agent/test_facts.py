"""What the rules get to see of rows that need reading: claims, questions, cancelled messages, closures."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from billabex.agent import facts as agent_facts
from billabex.agent.rules import Declared, NoticeAsked
from billabex.core import clock
from billabex.core.actors import SYSTEM
from communications.enums import Kind, Status, Tone
from invoices.enums import DeclarationResolution, DisputeSide
from invoices.services import declare_payment, resolve_declaration
from tasks.enums import Answer, TaskStatus, TaskType
from tests.agent.scenes import at, customer
from tests.factories import ClosureFactory, CommunicationFactory, DisputeFactory, OrganizationFactory, TaskFactory

if TYPE_CHECKING:
    from accounts.models import Account
    from billabex.agent.rules import AccountState
    from billabex.organizations.models import Organization

pytestmark = pytest.mark.django_db
NOW = at("03-17")
TODAY = NOW.date()


@pytest.fixture
def account(organization: Organization) -> Account:
    return customer(organization, "03-10")


def state_of(account: Account, today: date = TODAY) -> AccountState:
    [one] = agent_facts.load(account.organization, [account.pk], today=today)
    return one.state


def declared(account: Account, promised_on: date | None) -> Any:
    return declare_payment(account=account, actor=SYSTEM, now=NOW, promised_on=promised_on)


@pytest.mark.parametrize(
    ("side", "expected"), [(None, True), (DisputeSide.CUSTOMER, True), (DisputeSide.ORGANIZATION, False)]
)
def test_dispute_takes_its_invoice_out_unless_the_organization_was_right(
    account: Account, side: DisputeSide | None, *, expected: bool
) -> None:
    resolved = {"in_favour_of": side, "resolved_at": NOW, "resolved_by": "Maud"} if side else {}
    DisputeFactory.create(invoice=account.invoices.get(), **resolved)
    DisputeFactory.create()  # another account's
    assert state_of(account).invoices[0].is_disputed is expected


def test_latest_promise_counts_and_having_paid_outweighs_any(account: Account) -> None:
    assert state_of(account).invoices[0].declared is None
    declared(account, date(2026, 4, 2))
    declared(account, date(2026, 3, 20))
    assert state_of(account).invoices[0].declared == Declared(date(2026, 4, 2))
    paid = declared(account, None)
    declared(account, date(2026, 5, 2))
    assert state_of(account).invoices[0].declared == Declared(None)
    resumed = DeclarationResolution.RESUME_AUTHORIZED
    resolve_declaration(declaration=paid, resolution=resumed, actor=SYSTEM, now=NOW)
    assert state_of(account).invoices[0].declared == Declared(date(2026, 5, 2))


def test_message_that_a_person_cancelled_is_a_skip_and_no_message(account: Account) -> None:
    for cancelled_at, by in [(NOW, "Maud"), (None, "")]:
        CommunicationFactory.create(
            account=account,
            status=Status.CANCELLED,
            planned_on=TODAY,
            scheduled_for=NOW,
            cancelled_at=cancelled_at,
            cancelled_by=by,
        )
    state = state_of(account)
    assert (state.skipped_on, state.last_message_on, state.follow_ups) == ((TODAY,), None, ())


def test_formal_notice_is_a_message_and_no_follow_up(account: Account) -> None:
    CommunicationFactory.create(
        account=account,
        sent=True,
        kind=Kind.FORMAL_NOTICE,
        step=0,
        tone=Tone.FIRM,
        planned_on=TODAY,
        scheduled_for=NOW,
    )
    state = state_of(account)
    assert (state.last_notice_on, state.last_message_on, state.follow_ups) == (TODAY, TODAY, ())


@pytest.mark.parametrize(
    ("task", "expected"),
    [
        ({}, NoticeAsked(TODAY)),
        ({"closed": True, "answer": Answer.YES}, NoticeAsked(TODAY, answer=True)),
        ({"closed": True, "answer": Answer.NO}, NoticeAsked(TODAY, answer=False)),
        (
            {"status": TaskStatus.CANCELLED, "closed_at": NOW, "answer": Answer.NO},
            NoticeAsked(TODAY, answer=False),
        ),
        ({"status": TaskStatus.CANCELLED, "closed_at": NOW}, None),
        ({"about": "payment_plan"}, None),
    ],
)
def test_question_about_a_formal_notice_counts_unless_it_was_withdrawn(
    account: Account, task: dict[str, Any], expected: NoticeAsked | None
) -> None:
    TaskFactory.create(
        account=account, type=TaskType.APPROVE_ACTION, created_at=NOW, **{"about": "formal_notice"} | task
    )
    assert state_of(account).notice == expected


def test_closures_are_those_of_the_organization_alone(organization: Organization, account: Account) -> None:
    ClosureFactory.create(organization=organization, starts_on=TODAY, ends_on=TODAY)
    ClosureFactory.create(
        organization=OrganizationFactory.create(), starts_on=date(2026, 3, 18), ends_on=date(2026, 3, 18)
    )
    assert state_of(account).calendar.closures == (TODAY,)


def test_accounts_of_the_same_places_share_one_calendar(organization: Organization) -> None:
    ClosureFactory.create(organization=organization, starts_on=TODAY, ends_on=TODAY)
    countries = {"One": "DE", "Two": "DE", "Three": "FR"}
    ids = [customer(organization, name=name, country=country).pk for name, country in countries.items()]
    with clock.stopped_at(NOW):
        found = agent_facts.load(organization, ids, today=TODAY)
    assert len({id(one.state.calendar) for one in found}) == 2
