"""The pages on which people edit a planned message, send it at once, or cancel it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from billabex.agent.cycle import plan_accounts
from billabex.core import clock
from communications.enums import Status
from communications.models import Communication
from communications.services import edit_message
from contacts.models import Contact
from invoices.models import Invoice
from tests.factories import CommunicationFactory, ContactFactory, InvoiceFactory, PauseFactory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

    from billabex.organizations.models import Membership

NOW = datetime(2026, 2, 18, 9, 30, tzinfo=UTC)
MONDAY = date(2026, 2, 23)
SATURDAY = date(2026, 2, 21)


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with clock.stopped_at(NOW):
        yield


@pytest.fixture
def planned(member: Membership) -> Communication:
    """Return the message that the agent itself has planned to Jane for an overdue invoice."""
    jane = ContactFactory.create(
        account__organization=member.organization, account__name="Acme", email="jane@acme.example"
    )
    InvoiceFactory.create(account=jane.account, number="F-2", issued_on=date(2026, 1, 5), total_amount=Decimal(120))
    plan_accounts(member.organization, [jane.account_id], now=NOW)
    return Communication.objects.get(account=jane.account)


def address(verb: str, message: Communication) -> str:
    return reverse(f"communications:{verb}", args=[message.pk])


def shown(client: Client, message: Communication) -> dict[str, Any]:
    """Return what the form shows, as a browser would send it back."""
    form = client.get(address("edit", message)).context["form"]
    return {name: form[name].value() for name in form.fields}


def toasts(response: Response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def make_theirs(member: Membership, planned: Communication, words: tuple[str, str] | None) -> None:
    people = list(Contact.objects.values_list("pk", flat=True))
    edit_message(communication=planned, actor=member.actor, now=NOW, planned_on=MONDAY, to=people, words=words)


# --- Edit ---------------------------------------------------------------------------------------------------


def test_edit_shows_the_message_as_the_agent_would_write_it(member_client: Client, planned: Communication) -> None:
    page = member_client.get(address("edit", planned))
    assert page.status_code == 200
    assert "F-2" in page.context["form"]["body_text"].value()
    assert "jane@acme.example" in page.text
    assert page.text.count("<h1") == 1


def test_edit_day_alone_leaves_the_words_to_the_agent(member_client: Client, planned: Communication) -> None:
    asked = shown(member_client, planned) | {"planned_on": MONDAY}
    asked["body_text"] = asked["body_text"].replace("\n", "\r\n")  # as browsers send it
    response = member_client.post(address("edit", planned), asked)
    assert response.headers["Location"] == planned.get_absolute_url()
    assert toasts(response) == ["Saved."]
    planned.refresh_from_db()
    assert (planned.planned_on, planned.is_by_person, planned.is_worded) == (MONDAY, True, False)


def test_edit_words_makes_them_the_members(member_client: Client, planned: Communication, member: Membership) -> None:
    asked = shown(member_client, planned) | {"subject": "Our last talk"}
    member_client.post(address("edit", planned), asked)
    page = member_client.get(planned.get_absolute_url())
    assert "Our last talk" in page.text
    assert "It leaves word for word" in page.text
    assert f"Edited by {member.actor.label}" in page.text
    again = shown(member_client, planned)
    assert again["subject"] == "Our last talk"


def test_edit_for_a_day_off_warns(member_client: Client, planned: Communication) -> None:
    asked = shown(member_client, planned) | {"planned_on": SATURDAY}
    response = member_client.post(address("edit", planned), asked)
    assert toasts(response) == ["Saved.", "That day is not a business day. The message leaves all the same."]
    assert "Not a business day" in member_client.get(planned.get_absolute_url()).text


def test_edit_of_words_that_are_no_longer_right_warns(member_client: Client, planned: Communication) -> None:
    asked = shown(member_client, planned) | {"subject": "Our last talk"}
    Invoice.objects.update(paid_amount=Decimal(20))
    response = member_client.post(address("edit", planned), asked)
    assert "changed while you wrote" in toasts(response)[1]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"planned_on": date(2026, 2, 17)}, "planned_on"),
        ({"planned_on": "soon"}, "planned_on"),
        ({"to": []}, "to"),
        ({"to": ["nobody"]}, "to"),
        ({"subject": ""}, "subject"),
        ({"body_text": " "}, "body_text"),
    ],
)
def test_edit_that_cannot_be_says_so_beside_its_field_and_stores_nothing(
    member_client: Client, planned: Communication, wrong: dict[str, Any], field: str
) -> None:
    response = member_client.post(address("edit", planned), shown(member_client, planned) | wrong)
    assert response.status_code == 422
    assert response.context["form"].errors[field]
    planned.refresh_from_db()
    assert planned.edited_at is None


def test_edit_offers_copy_only_contacts_as_copies_alone(member_client: Client, planned: Communication) -> None:
    boss = ContactFactory.create(account=planned.account, copy_only=True)
    ContactFactory.create(account=planned.account, do_not_contact=True)
    form = member_client.get(address("edit", planned)).context["form"]
    assert len(form.fields["to"].choices) == 1
    assert str(boss.pk) in dict(form.fields["cc"].choices)
    assert len(form.fields["cc"].choices) == 2


def test_edit_of_what_a_colleague_edited_meanwhile_shows_it_and_stores_nothing(
    member_client: Client, owner_client: Client, planned: Communication
) -> None:
    seen = shown(member_client, planned)
    owner_client.post(address("edit", planned), seen | {"planned_on": MONDAY})
    response = member_client.post(address("edit", planned), seen | {"subject": "Our last talk"})
    assert response.status_code == 422
    assert "Olive Owner changed this message meanwhile." in response.text
    form = response.context["form"]
    assert (form["planned_on"].value(), form["subject"].value()) == (MONDAY, seen["subject"])
    assert "Our last talk" in response.text  # to be copied
    planned.refresh_from_db()
    assert (planned.planned_on, planned.is_worded) == (MONDAY, False)
    again = {name: form[name].value() for name in form.fields} | {"subject": "Our last talk"}
    assert member_client.post(address("edit", planned), again).status_code == 302


def test_edit_of_what_the_agent_moved_meanwhile_says_so(member_client: Client, planned: Communication) -> None:
    seen = shown(member_client, planned)
    Communication.objects.update(planned_on=MONDAY)
    response = member_client.post(address("edit", planned), seen)
    assert "The agent changed this message meanwhile." in response.text


def test_edit_sent_twice_is_saved_once(member_client: Client, planned: Communication) -> None:
    asked = shown(member_client, planned) | {"planned_on": MONDAY, "subject": "Our last talk"}
    for _click in range(2):
        assert member_client.post(address("edit", planned), asked).status_code == 302


def test_edit_of_what_has_left_leads_back_and_says_why(member_client: Client, planned: Communication) -> None:
    sent = CommunicationFactory.create(account=planned.account, sent=True)
    response = member_client.get(address("edit", sent))
    assert response.headers["Location"] == sent.get_absolute_url()
    assert "no longer planned" in toasts(response)[0]


# --- What the page of the message says ----------------------------------------------------------------------


def test_message_says_that_what_is_owed_has_changed(
    member_client: Client, planned: Communication, member: Membership
) -> None:
    make_theirs(member, planned, words=("Our last talk", "Please pay 120."))
    Invoice.objects.update(paid_amount=Decimal(20))
    assert "What is owed has changed since" in member_client.get(planned.get_absolute_url()).text
    assert "€100.00" in member_client.get(address("edit", planned)).text


def test_message_held_by_a_pause_waits(member_client: Client, planned: Communication, member: Membership) -> None:
    make_theirs(member, planned, words=None)
    PauseFactory.create(account=planned.account)
    page = member_client.get(planned.get_absolute_url()).text
    assert "It waits as things stand" in page
    assert "are paused" in page
    assert address("send-now", planned) not in page


def test_log_marks_what_a_person_edited(member_client: Client, planned: Communication, member: Membership) -> None:
    thread = reverse("communications:thread", args=[planned.account_id])
    assert "Edited" not in member_client.get(thread).text
    make_theirs(member, planned, words=None)
    assert "Edited" in member_client.get(thread).text


def test_history_of_the_account_tells_who_edited(
    member_client: Client, planned: Communication, member: Membership
) -> None:
    make_theirs(member, planned, words=None)
    assert "Planned message edited" in member_client.get(planned.account.get_absolute_url()).text


def test_readers_are_offered_nothing(read_only_client: Client, planned: Communication) -> None:
    for page in (planned.get_absolute_url(), address("cancel", planned), address("send-now", planned)):
        text = read_only_client.get(page).text
        assert address("edit", planned) not in text
        assert "<dialog" not in text


# --- Send now, cancel ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", ["send-now", "cancel"])
def test_asks_first(member_client: Client, planned: Communication, verb: str) -> None:
    page = member_client.get(address(verb, planned))
    assert f'action="{address(verb, planned)}"' in page.text
    planned.refresh_from_db()
    assert (planned.released_at, planned.status) == (None, Status.SCHEDULED)


def test_send_now_says_when_it_leaves(member_client: Client, planned: Communication, member: Membership) -> None:
    response = member_client.post(address("send-now", planned))
    assert toasts(response) == ["The message leaves within a minute."]
    page = member_client.get(planned.get_absolute_url()).text
    assert f"{member.actor.label} sends it at once" in page
    assert address("send-now", planned) not in page


def test_message_that_could_not_leave_on_its_day_says_so(member_client: Client, planned: Communication) -> None:
    member_client.post(address("send-now", planned))
    with clock.stopped_at(NOW + timedelta(days=1)):
        page = member_client.get(planned.get_absolute_url()).text
    assert "It leaves in the next sending hours" in page
    assert "could not leave that day" in page
    assert "sends it at once" not in page
    assert address("send-now", planned) in page


def test_cancel_says_what_comes_next(member_client: Client, planned: Communication, member: Membership) -> None:
    response = member_client.post(address("cancel", planned))
    assert "an interval later" in toasts(response)[0]
    page = member_client.get(planned.get_absolute_url()).text
    assert "Cancelled by" in page
    assert "Invoices it would have named" in page
    assert address("edit", planned) not in page


def test_cancel_of_a_members_own_message_speaks_of_no_follow_up(member_client: Client, planned: Communication) -> None:
    own = CommunicationFactory.create(account=planned.account, composed=True)
    assert toasts(member_client.post(address("cancel", own))) == ["The message is cancelled."]


@pytest.mark.parametrize("verb", ["send-now", "cancel"])
def test_too_late_leads_back_and_says_why(member_client: Client, planned: Communication, verb: str) -> None:
    sent = CommunicationFactory.create(account=planned.account, sent=True)
    assert "<dialog" not in member_client.get(address(verb, sent)).text
    response = member_client.post(address(verb, sent))
    assert response.headers["Location"] == sent.get_absolute_url()
    assert "no longer planned" in toasts(response)[0]
