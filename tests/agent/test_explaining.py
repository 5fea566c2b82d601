"""What happens next, and why, in one sentence. Source: agent.md 3, "Every 'not at all' is explainable"."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import translation

from accounts.enums import AccountStatus, FollowUpOwner, PauseReason
from billabex.agent import facts
from billabex.agent.cycle import plan_organization
from billabex.agent.explaining import because, explain, long_date, why
from billabex.agent.models import Decision
from billabex.agent.previewing import preview_scheduled
from billabex.agent.rules import decide
from communications.models import Communication
from communications.ports import InvoiceLine
from contacts.enums import EmailStatus
from contacts.models import Contact
from tests.agent.scenes import at, customer, everything, owing, pay
from tests.factories import CommunicationFactory, CreditNoteFactory, PauseFactory

if TYPE_CHECKING:
    from accounts.models import Account
    from billabex.organizations.models import Organization

pytestmark = pytest.mark.django_db
NOW = at("03-17")
TODAY = NOW.date()
WHO = "Person of Acme <acme@customer.example>"


def owe(account: Account, due: str, number: str) -> None:
    owing(account, due, number=number)


def written(account: Account, day: str) -> None:
    on = at(day)
    CommunicationFactory.create(account=account, sent=True, planned_on=on.date(), scheduled_for=on)


def paused(account: Account, until: date | None) -> None:
    PauseFactory.create(account=account, reason=PauseReason.DISPUTE, until=until)


def bounced(account: Account) -> None:
    Contact.objects.filter(account=account).update(email_status=EmailStatus.BOUNCED)


TUESDAY = f"On Tuesday, March 17, 2026 the agent writes to {WHO}"
MONDAY = f"On Monday, March 23, 2026 the agent writes to {WHO}"
PACE = "at that age the agent writes every 5 business days (last on Monday, March 16, 2026)"
FIRST = "follow-up #1, courteous, because"
BEFORE = "a reminder before the due date, because"
SCENES: dict[str, tuple[list[tuple[Any, ...]], str]] = {
    "reminder": (
        [(owe, "03-20", "F-1")],
        f"{TUESDAY}: {BEFORE} invoice F-1 is due on Friday, March 20, 2026.",
    ),
    "reminders": (
        [(owe, "03-20", "F-1"), (owe, "03-20", "F-2")],
        f"{TUESDAY}: {BEFORE} 2 invoices are about to be due, the first on Friday, March 20, 2026.",
    ),
    "reminder after a message": (
        [(owe, "03-18", "F-1"), (written, "03-13")],
        f"{TUESDAY}: {BEFORE} invoice F-1 is due on Wednesday, March 18, 2026.",
    ),
    "first follow-up": (
        [(owe, "03-10", "F-1")],
        f"{TUESDAY}: {FIRST} invoice F-1 is 7 days late on that day and nobody has written yet.",
    ),
    "follow-up": (
        [(owe, "02-10", "F-1"), (written, "03-16")],
        f"{MONDAY}: follow-up #2, professional, because invoice F-1 is 41 days late on that day; {PACE}.",
    ),
    "both": (
        [(owe, "03-16", "F-1"), (owe, "03-20", "F-2")],
        (
            f"{TUESDAY}: {FIRST} invoice F-1 is 1 day late on that day and nobody has written yet"
            " and invoice F-2 is due on Friday, March 20, 2026."
        ),
    ),
    "nothing open": ([], "Nothing to do: Acme has no open invoice."),
    "bounced": (
        [(owe, "03-10", "F-1"), (bounced,)],
        "Nothing is planned: no contact at Acme can be written to; a task asks for another.",
    ),
    "paused": (
        [(owe, "03-10", "F-1"), (paused, None)],
        "Follow-ups of Acme are paused (Dispute) until someone resumes them.",
    ),
    "paused until": (
        [(owe, "03-10", "F-1"), (paused, date(2026, 4, 1))],
        "Follow-ups of Acme are paused until Wednesday, April 1, 2026 (Dispute).",
    ),
}


def set_up(organization: Organization, steps: list[tuple[Any, ...]]) -> Account:
    account = customer(organization)
    for step, *arguments in steps:
        step(account, *arguments)
    return account


@pytest.mark.parametrize("scene", SCENES)
def test_explanation_is_one_sentence(organization: Organization, scene: str) -> None:
    steps, sentence = SCENES[scene]
    assert explain(set_up(organization, steps), today=TODAY).sentence == sentence


@pytest.mark.parametrize("scene", SCENES)
def test_explanation_is_said_in_french_pages_too(organization: Organization, scene: str) -> None:
    steps, english = SCENES[scene]
    with translation.override("fr"):
        sentence = explain(set_up(organization, steps), today=TODAY).sentence
    assert sentence.endswith(".")
    assert "{" not in sentence
    assert "Acme" in sentence
    assert ("mars 2026" in sentence) == ("March" in english)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"status": AccountStatus.WRITTEN_OFF}, "Nothing is planned: Acme is written off."),
        ({"status": AccountStatus.SUSPENDED}, "Nothing is planned: Acme is suspended."),
        (
            {"follow_up_owner": FollowUpOwner.IN_HOUSE},
            "Nothing is planned: your team follows Acme up in-house.",
        ),
        ({"contact": False}, "Nothing is planned: the agent waits for a contact at Acme; a task asks for one."),
    ],
)
def test_explanation_of_an_account_that_is_not_followed_up(
    organization: Organization, fields: dict[str, Any], sentence: str
) -> None:
    assert explain(customer(organization, "03-10", **fields), today=TODAY).sentence == sentence


def test_explanation_of_an_account_whose_credit_covers_all(organization: Organization) -> None:
    account = customer(organization, "03-10")
    CreditNoteFactory.create(account=account, total_amount=Decimal("500.00"))
    assert explain(account, today=TODAY).sentence == "Nothing is planned: the credit of Acme covers all that is open."


def test_explanation_writes_nothing(organization: Organization) -> None:
    account = customer(organization, "03-10")
    before = everything()
    explain(account, today=TODAY)
    assert everything() == before


def test_explanation_names_braces_in_a_name_as_they_are(organization: Organization) -> None:
    account = customer(organization, name="{0} & {account}")
    assert explain(account, today=TODAY).sentence == "Nothing to do: {0} & {account} has no open invoice."


@pytest.mark.parametrize("scene", SCENES)
def test_recorded_reasons_can_be_put_into_words_later(organization: Organization, scene: str) -> None:
    steps, _sentence = SCENES[scene]
    set_up(organization, steps)
    plan_organization(organization, now=NOW)
    record = Decision.objects.get()
    for reason in record.reasons:
        words = why(reason) if record.planned_on else because(reason["code"], reason | {"account": "Acme"})
        assert len(words.split()) > 3
        assert "{" not in words


def test_every_decision_says_why(organization: Organization) -> None:
    for steps, _sentence in SCENES.values():
        account = set_up(organization, steps)
        [one] = facts.load(organization, [account.pk], today=TODAY)
        assert decide(one.state, TODAY).reasons


def test_long_date_is_written_in_the_language_of_the_page() -> None:
    assert long_date("2026-03-17") == "Tuesday, March 17, 2026"
    with translation.override("fr"):
        assert long_date(TODAY) == "mardi 17 mars 2026"
    with translation.override(None):
        assert long_date(TODAY) == "Tuesday, March 17, 2026"


def test_preview_says_what_the_message_will_say(organization: Organization) -> None:
    account = customer(organization, "03-10")
    plan_organization(organization, now=NOW)
    words = preview_scheduled(Communication.objects.get())
    invoice = account.invoices.get()
    assert words is not None
    assert invoice.number in words.subject
    assert "€120.00" in words.text
    assert "€120.00" in words.html
    assert words.invoices == (InvoiceLine(invoice.number, invoice.due_on, "EUR", Decimal(120)),)
    assert words.why.endswith("and nobody has written yet.")


def test_preview_of_a_message_whose_reason_is_gone_is_none(organization: Organization) -> None:
    account = customer(organization, "03-10")
    plan_organization(organization, now=NOW)
    pay(account.invoices.get(), "120.00", "03-17")
    assert preview_scheduled(Communication.objects.get()) is None
