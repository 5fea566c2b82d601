"""From a due message to the letter that leaves, with a language model configured."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection

from accounts.places import overview
from billabex.agent.cycle import plan_organization
from billabex.agent.sending import send_due
from billabex.core.models import AuditEntry
from communications.models import Communication
from tests.agent.language_model.endpoint import Answer, Answering, Body, babbling, failing, material, wording
from tests.agent.scenes import at, customer, letters, pay, text_of

if TYPE_CHECKING:
    from pathlib import Path

    from accounts.models import Account
    from billabex.organizations.models import Organization
    from tests.agent.language_model.endpoint import Endpoint

NOW = at("03-17")
BUILT_IN, REWORDED = "This is probably just an oversight.", "Most likely it was simply overlooked."


@pytest.fixture
def account(organization: Organization) -> Account:
    """Return an account whose first follow-up is due now."""
    found = customer(organization, "03-10")
    plan_organization(organization, now=NOW)
    return found


def rewording(asked: Body) -> Answer:
    """Answer with one sentence in other words."""
    return wording(*(text.replace(BUILT_IN, REWORDED) for text in material(asked)["paragraphs"]))(asked)


def traces() -> list[tuple[str, str]]:
    entries = AuditEntry.objects.filter(action__startswith="communication.").order_by("pk")
    return [(entry.action, entry.changes.get("cause", "")) for entry in entries]


@pytest.mark.django_db
def test_faithful_words_leave_and_are_kept(endpoint: Endpoint, account: Account, outbox: Path) -> None:
    endpoint.answering = rewording
    assert send_due(now=NOW) == {"sent": 1}
    [letter] = letters(outbox)
    assert REWORDED in text_of(letter)
    assert "€120.00" in text_of(letter)
    assert REWORDED in Communication.objects.get(status="sent").body_text
    assert traces() == [("communication.phrased", "")]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answering", "action", "cause"),
    [
        (wording("You owe €9,999.00.", "Pay.", "Now."), "communication.phrasing-discarded", "fact_lost"),
        (babbling, "communication.phrasing-discarded", "garbage"),
        (failing(429), "communication.unphrased", "quota"),
        (failing(500), "communication.unphrased", "error"),
    ],
)
def test_anything_else_leaves_the_built_in_text_and_a_trace(
    endpoint: Endpoint, account: Account, outbox: Path, answering: Answering, action: str, cause: str
) -> None:
    endpoint.answering = answering
    assert send_due(now=NOW) == {"sent": 1}
    [letter] = letters(outbox)
    assert BUILT_IN in text_of(letter)
    assert traces() == [(action, cause)]
    told = [event.title for event in overview(account, today=NOW.date())]
    assert any("the built-in text was sent" in title for title in told)


@pytest.mark.django_db
def test_outage_is_met_once_for_all_messages(endpoint: Endpoint, organization: Organization, outbox: Path) -> None:
    for name in ("One", "Two", "Three"):
        customer(organization, "03-10", name=name)
    plan_organization(organization, now=NOW)
    endpoint.answering = failing(500)
    assert send_due(now=NOW) == {"sent": 3}
    assert len(endpoint.asked) == 1
    assert sorted(cause for _, cause in traces()) == ["error", "resting", "resting"]


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time; nothing races")
@pytest.mark.django_db(transaction=True)
def test_payment_while_the_model_thinks_is_neither_held_up_nor_overlooked(
    endpoint: Endpoint, account: Account, outbox: Path
) -> None:
    """It comes over another connection: were the account locked meanwhile, it would wait for ever."""

    def paid_meanwhile(asked: Body) -> Answer:
        pay(account.invoices.get(), "20.00", "03-17")
        connection.close()
        return rewording(asked)

    endpoint.answering = paid_meanwhile
    assert send_due(now=NOW) == {"sent": 1}
    [letter] = letters(outbox)
    assert "€100.00" in text_of(letter)
    assert BUILT_IN in text_of(letter)
    assert traces() == [("communication.phrasing-discarded", "facts_changed")]
