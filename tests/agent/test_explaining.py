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
from billabex.agent.explaining import because, explain, why
from billabex.agent.models import Decision
from billabex.agent.previewing import preview_scheduled
from billabex.agent.rules import decide
from billabex.agent.sentences import long_date
from billabex.core import clock
from billabex.core.actors import SYSTEM
from communications.enums import Kind, Status, Tone
from communications.models import Communication
from communications.ports import InvoiceLine
from communications.services import edit_message
from contacts.enums import EmailStatus
from contacts.models import Contact
from invoices.services import declare_payment
from tasks.enums import Answer, TaskType
from tests.agent.scenes import at, customer, everything, owing, pay
from tests.factories import (
    CommunicationFactory,
    ContactFactory,
    CreditNoteFactory,
    DisputeFactory,
    PauseFactory,
    TaskFactory,
)

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


TUESDAY = f"On Tuesday, March 17, 2026 the agent will write to {WHO}"
MONDAY = f"On Monday, March 23, 2026 the agent will write to {WHO}"
PACE = "at that age the agent writes every 5 business days (last on Monday, March 16, 2026)"
FIRST = "follow-up #1, courteous, because"
BEFORE = "a reminder before the due date, because"


def disputed(account: Account, number: str) -> None:
    DisputeFactory.create(invoice=account.invoices.get(number=number))


def promised(account: Account, on: str | None, *numbers: str) -> None:
    """Have the customer announce its payment, as early as the invoices came."""
    with clock.stopped_at(at("03-02")):
        declare_payment(
            account=account,
            actor=SYSTEM,
            now=clock.now(),
            promised_on=date.fromisoformat(f"2026-{on}") if on else None,
            invoices=account.invoices.filter(number__in=numbers),
        )


def skipped(account: Account, on: str) -> None:
    when = at(on)
    CommunicationFactory.create(
        account=account,
        status=Status.CANCELLED,
        planned_on=when.date(),
        scheduled_for=when,
        cancelled_at=when,
        cancelled_by="Maud",
    )


def firm(account: Account, *days: str) -> None:
    for on in days:
        CommunicationFactory.create(
            account=account, sent=True, planned_on=at(on).date(), scheduled_for=at(on), tone=Tone.FIRM
        )


def agreed(account: Account) -> None:
    TaskFactory.create(
        account=account, type=TaskType.APPROVE_ACTION, about="formal_notice", closed=True, answer=Answer.YES
    )


def noticed(account: Account, on: str) -> None:
    when = at(on)
    CommunicationFactory.create(
        account=account, sent=True, planned_on=when.date(), scheduled_for=when, kind=Kind.FORMAL_NOTICE, step=0
    )


LATE = "invoice F-1 is 106 days late on that day"
THREE = ("02-27", "03-04", "03-09")
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
    "skipped": (
        [(owe, "02-10", "F-1"), (skipped, "03-16")],
        (
            f"{MONDAY}: follow-up #1, professional, because invoice F-1 is 41 days late on that day"
            " and the message of Monday, March 16, 2026 was cancelled."
        ),
    ),
    "broken promise": (
        [(owe, "03-10", "F-1"), (promised, "03-12", "F-1")],
        (
            f"{TUESDAY}: {FIRST} invoice F-1 is 7 days late on that day and nobody has written yet"
            " and the payment announced for Thursday, March 12, 2026 has not come."
        ),
    ),
    "notice proposed": (
        [(owe, "2025-12-01", "F-1"), (firm, *THREE)],
        (
            f"{TUESDAY}: follow-up #4, firm, because {LATE}; at that age the agent writes every 3 business days"
            " (last on Monday, March 9, 2026). A task asks you to agree to a formal notice."
        ),
    ),
    "notice agreed": (
        [(owe, "2025-12-01", "F-1"), (firm, *THREE), (agreed,)],
        f"{TUESDAY}: a formal notice, because {LATE} and you agreed to a formal notice.",
    ),
    "silence after the notice": (
        [(owe, "2025-12-01", "F-1"), (firm, "02-20", "02-25", "03-02"), (agreed,), (noticed, "03-05")],
        (
            f"On Wednesday, March 18, 2026 the agent will write to {WHO}: follow-up #4, firm, because invoice F-1 is"
            " 107 days late on that day and the time that the formal notice of Thursday, March 5, 2026 gave is over."
        ),
    ),
    "disputed": (
        [(owe, "03-10", "F-1"), (disputed, "F-1")],
        "Nothing is planned: all that Acme still owes is disputed.",
    ),
    "declared": (
        [(owe, "03-10", "F-1"), (promised, "03-19", "F-1")],
        (
            "Nothing is planned: Acme announced its payment for Thursday, March 19, 2026; the agent waits until"
            " Monday, March 23, 2026."
        ),
    ),
    "said to be paid": (
        [(owe, "03-10", "F-1"), (promised, None, "F-1")],
        "Nothing is planned: Acme says that what is open is paid; a person has to confirm it.",
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


# --- Of each invoice ------------------------------------------------------------------------------------------


def told(account: Account) -> list[tuple[str, bool, str]]:
    return [(part.number, part.is_in, part.sentence) for part in explain(account, today=TODAY).invoices]


def test_explanation_says_of_each_invoice_whether_it_is_in_the_next_message(organization: Organization) -> None:
    account = customer(organization)
    for number, due in [("F-1", "03-05"), ("F-2", "03-10"), ("F-3", "03-11"), ("F-4", "03-12"), ("F-5", "03-16")]:
        owe(account, due, number)
    for number, due in [("F-6", "03-20"), ("F-7", "03-24"), ("F-8", "06-30")]:
        owe(account, due, number)
    CreditNoteFactory.create(account=account, total_amount=Decimal("130.00"))
    disputed(account, "F-2")
    promised(account, "03-19", "F-3")
    promised(account, None, "F-4")
    assert told(account) == [
        ("F-1", False, "Left out: the account's credit covers it."),
        ("F-2", False, "Left out: it is disputed."),
        ("F-3", False, "Left out until Mar 23, 2026: payment is announced for Mar 19, 2026."),
        ("F-4", False, "Left out: the customer says that it is paid."),
        ("F-5", True, "Named in it: 1 day late then."),
        ("F-6", True, "Reminded in it: due on Mar 20, 2026."),
        ("F-7", True, "Named in it: due soon, on Mar 24, 2026."),
        ("F-8", False, "Not in it yet: due on Jun 30, 2026, reminded on Jun 25, 2026."),
    ]


def test_explanation_names_no_reminder_for_an_invoice_that_came_too_late(organization: Organization) -> None:
    account = customer(organization, "03-10")
    owing(account, "03-30", number="F-9", arrived=at("03-26"))
    assert told(account)[-1] == ("F-9", False, "Not in it yet: due on Mar 30, 2026.")


def test_explanation_of_invoices_while_nothing_is_planned(organization: Organization) -> None:
    account = customer(organization, "03-10")
    paused(account, None)
    [(_number, is_in, sentence)] = told(account)
    assert (is_in, sentence) == (False, "No message is planned.")


def test_explanation_of_a_message_that_a_person_has_planned(organization: Organization) -> None:
    account = customer(organization, "03-10")
    plan_organization(organization, now=NOW)
    with clock.stopped_at(NOW):
        edit_message(
            communication=Communication.objects.get(),
            planned_on=date(2026, 3, 23),
            to=[contact.pk for contact in account.contacts.all()],
            actor=SYSTEM,
            now=NOW,
        )
    found = explain(account, today=TODAY)
    assert found.sentence == f"{MONDAY}: follow-up #1, courteous, because {SYSTEM.label} has planned it so."
    assert (found.decision.planned_on, found.upcoming[0].on) == (date(2026, 3, 23), date(2026, 3, 23))
    bounced(account)
    other = ContactFactory.create(account=account)
    assert f"write to {other.full_name}" in explain(account, today=TODAY).sentence
    assert "has planned it" not in explain(account, today=TODAY).sentence


def test_explanation_tells_what_comes_next(organization: Organization) -> None:
    account = customer(organization, "03-10")
    found = [(message.on, message.step) for message in explain(account, today=TODAY).upcoming]
    assert found[:3] == [(TODAY, 1), (date(2026, 3, 31), 2), (date(2026, 4, 10), 3)]
    assert found[-1][0] <= date(2026, 5, 16)


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
