"""Words are asked for before the claim, used only if nothing has changed, and leave a trace either way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from accounts.places import overview
from billabex.agent.composing import brief_of, compose
from billabex.agent.cycle import plan_one, plan_organization
from billabex.agent.language_model.ahead import phrase_ahead
from billabex.agent.language_model.phrasing import Phrasing, phrase
from billabex.agent.language_model.port import BuiltIn, Cause
from billabex.agent.language_model.trace import keep_trace
from billabex.core.models import AuditEntry
from communications.models import Communication
from communications.services import edit_message
from tests.agent.language_model.endpoint import failing, material, wording
from tests.agent.scenes import at, customer, pay

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from accounts.models import Account
    from billabex.agent.rules import Message
    from billabex.organizations.models import Membership, Organization
    from tests.agent.language_model.endpoint import Endpoint

pytestmark = pytest.mark.django_db
NOW = at("03-17")


@pytest.fixture
def account(organization: Organization) -> Account:
    """Return an account whose first follow-up is due now."""
    found = customer(organization, "03-10")
    plan_organization(organization, now=NOW)
    return found


@pytest.fixture
def message(account: Account) -> Communication:
    return Communication.objects.get(account=account)


def due(account: Account) -> Message:
    """Return what is to be said as things stand."""
    _, decision = plan_one(account.organization, account.pk, now=NOW)
    assert decision.message is not None
    return decision.message


def test_nothing_configured_costs_nothing(
    message: Communication, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        assert phrase_ahead(message.pk, now=NOW) is None


def test_due_message_is_asked_for_as_it_will_be_written(
    endpoint: Endpoint, message: Communication, account: Account
) -> None:
    found = phrase_ahead(message.pk, now=NOW)
    assert found is not None
    assert found.brief == brief_of(account.organization, account, due(account))
    assert material(endpoint.asked[0])["voice"] == "courteous"


def test_message_that_does_not_leave_now_is_not_asked_for(endpoint: Endpoint, message: Communication) -> None:
    assert phrase_ahead(message.pk, now=at("03-16")) is None
    assert phrase_ahead(message.pk, now=at("03-17", "20:00")) is None
    assert phrase_ahead(message.pk, now=at("03-21")) is None
    pay(message.account.invoices.get(), "120.00", "03-17")
    assert phrase_ahead(message.pk, now=NOW) is None
    message.delete()
    assert phrase_ahead(message.pk, now=NOW) is None
    assert endpoint.asked == []


def test_persons_own_words_are_not_asked_for(
    endpoint: Endpoint, message: Communication, member: Membership, account: Account
) -> None:
    edit_message(
        communication=message,
        actor=member.actor,
        now=NOW,
        planned_on=NOW.date(),
        to=[account.contacts.get().pk],
        words=("Hello", "Please pay."),
    )
    assert phrase_ahead(message.pk, now=NOW) is None
    assert endpoint.asked == []


# --- Used, or not --------------------------------------------------------------------------------------------


def asked(account: Account) -> Phrasing:
    """Return what came of asking a model that repeats what it gets."""
    found = phrase(brief_of(account.organization, account, due(account)), BuiltIn())
    assert found is not None
    return found


def left(message: Communication, text: str) -> Communication:
    message.subject, message.body_text = "Invoice", text
    return message


def trace(message: Communication) -> tuple[str, dict[str, str]]:
    entry = AuditEntry.objects.filter(object_id=message.pk).get()
    assert (entry.account_id, entry.actor_kind) == (message.account_id, "agent")
    return entry.action, entry.changes


def test_words_that_still_hold_leave_and_are_noted(message: Communication, account: Account) -> None:
    phrasing = asked(account)
    written = compose(account.organization, account, due(account), phrasing=phrasing)
    keep_trace(left(message, written.text), phrasing)
    assert trace(message) == ("communication.phrased", {"model": "built-in"})
    assert overview_titles(account) == []


def test_words_that_no_longer_hold_give_way_and_that_is_noted(message: Communication, account: Account) -> None:
    phrasing = asked(account)
    pay(account.invoices.get(), "20.00", "03-17")
    written = compose(account.organization, account, due(account), phrasing=phrasing)
    assert "€100.00" in written.text
    keep_trace(left(message, written.text), phrasing)
    changes = {"model": "built-in", "cause": "facts_changed"}
    assert trace(message) == ("communication.phrasing-discarded", changes)


@pytest.mark.parametrize(
    ("status", "action", "cause"),
    [(200, "communication.phrasing-discarded", Cause.SHAPE), (500, "communication.unphrased", Cause.ERROR)],
)
def test_fallback_is_noted_where_members_see_it(
    endpoint: Endpoint, message: Communication, account: Account, status: int, action: str, cause: Cause
) -> None:
    endpoint.answering = wording() if status == 200 else failing(status)
    phrasing = phrase_ahead(message.pk, now=NOW)
    assert phrasing is not None
    written = compose(account.organization, account, due(account), phrasing=phrasing)
    assert written == compose(account.organization, account, due(account))
    keep_trace(left(message, written.text), phrasing)
    assert trace(message) == (action, {"model": "openai:test", "cause": str(cause)})
    assert any("the built-in text was sent" in title for title in overview_titles(account))


def overview_titles(account: Account) -> list[str]:
    return [event.title for event in overview(account, today=NOW.date())]
