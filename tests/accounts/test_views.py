"""The account's page, its tabs, and what can be done there."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from accounts import services
from accounts.enums import AccountStatus, FollowUpOwner, PauseReason
from accounts.models import Account
from billabex.core import clock
from tests.factories import (
    AccountFactory,
    ContactFactory,
    CreditNoteFactory,
    InvoiceFactory,
    NoteFactory,
    PauseFactory,
    SourceFactory,
    TagFactory,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from billabex.organizations.models import Membership, Organization

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
ACME = {"name": "Acme GmbH", "country": "DE", "currency": "EUR", "city": "Köln"}


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with clock.stopped_at(NOON):
        yield


@pytest.fixture
def account(organization: Organization) -> Account:
    return AccountFactory.create(organization=organization, name="Acme SAS")


def url(name: str, account: Account, *more: Any) -> str:
    return reverse(f"accounts:{name}", args=[account.pk, *more])


def errors(response: Any, dialog: str = "") -> dict[str, list[str]]:
    form = response.context["dialogs"][dialog].form if dialog else response.context["form"]
    return dict(form.errors)


# --- Add and edit -------------------------------------------------------------------------------------------


def test_add_creates_the_account_and_opens_it(member_client: Client, organization: Organization) -> None:
    form = member_client.get(reverse("accounts:add")).context["form"]
    assert (form["currency"].value(), form["country"].value()) == ("EUR", "FR")

    answer = member_client.post(reverse("accounts:add"), ACME | {"vat_number": "de 123 456 789"}, follow=True)

    account = Account.objects.get(organization=organization)
    assert answer.redirect_chain == [(account.get_absolute_url(), 302)]
    assert "Acme GmbH was added." in answer.text
    assert (account.name, account.city, account.country) == ("Acme GmbH", "Köln", "DE")
    assert account.vat_number == "DE123456789"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"currency": "XXZ"}, "currency"),
        ({"country": "ZZ"}, "country"),
        ({"language": "xx"}, "language"),
    ],
)
def test_add_says_what_is_wrong_beside_its_field(
    member_client: Client, organization: Organization, given: dict[str, str], field: str
) -> None:
    page = member_client.post(reverse("accounts:add"), ACME | given)

    assert page.status_code == 422
    assert list(errors(page)) == [field]
    assert f'id="id_{field}_error"' in page.text
    assert 'value="Köln"' in page.text
    assert not Account.objects.exists()


def test_edit_saves_and_returns_to_details(member_client: Client, account: Account) -> None:
    page = member_client.get(url("edit", account))
    assert 'value="Acme SAS"' in page.text

    answer = member_client.post(url("edit", account), ACME | {"street": "Domstraße 1", "currency": "CHF"})

    account.refresh_from_db()
    assert answer.headers["Location"] == url("details-tab", account)
    assert (account.name, account.street, account.currency) == ("Acme GmbH", "Domstraße 1", "CHF")


def test_edit_with_documents_keeps_the_currency(member_client: Client, account: Account) -> None:
    InvoiceFactory.create(account=account)

    page = member_client.get(url("edit", account))
    member_client.post(url("edit", account), ACME | {"currency": "CHF"})

    account.refresh_from_db()
    assert "Fixed, as the account has documents" in page.text
    assert (account.name, account.currency) == ("Acme GmbH", "EUR")


def test_edit_that_is_refused_keeps_the_old_name_in_the_header(member_client: Client, account: Account) -> None:
    page = member_client.post(url("edit", account), ACME | {"name": ""})

    assert page.status_code == 422
    assert "Acme SAS" in page.text
    assert 'value="Köln"' in page.text


# --- The page and its tabs ----------------------------------------------------------------------------------


def test_overview_of_a_new_account_says_what_will_appear(member_client: Client, account: Account) -> None:
    ContactFactory.create(account=account)

    page = member_client.get(account.get_absolute_url()).text

    assert "Nothing has happened yet" in page
    assert "Nothing to do: Acme SAS has no open invoice." in page
    assert "€0.00" in page
    assert page.count("<h1") == 1


def test_overview_shows_balance_state_and_sentence(member_client: Client, account: Account) -> None:
    ContactFactory.create(account=account, full_name="Jane Doe", email="jane@acme.example")
    InvoiceFactory.create(account=account, number="F-1", due_on=date(2026, 2, 2))
    CreditNoteFactory.create(account=account, currency="USD")

    page = member_client.get(account.get_absolute_url())

    assert page.context["state"] == "running"
    for words in ("€120.00", "-$60.00", "Running", "the agent will write to Jane Doe &lt;jane@acme.example&gt;"):
        assert words in page.text, words


def test_overview_without_a_contact_asks_for_action(member_client: Client, account: Account) -> None:
    page = member_client.get(account.get_absolute_url())
    assert page.context["state"] == "action_required"
    assert f'<a class="nowrap" href="{reverse("tasks:of-account", args=[account.pk])}">Tasks</a>' in page.text


def test_overview_groups_the_history_by_the_organizations_days(
    member_client: Client, account: Account, member: Membership
) -> None:
    late = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)  # already the 2nd in Paris
    with clock.stopped_at(late):
        services.add_note(account=account, text="Hello", actor=member.actor)
    services.pause_account(account=account, reason=PauseReason.DISPUTE, actor=member.actor, now=NOON, note="Wrong VAT")
    services.set_follow_up_owner(account=account, owner=FollowUpOwner.IN_HOUSE, actor=member.actor)
    services.set_status(account=account, status=AccountStatus.SUSPENDED, actor=member.actor, note="In court")
    services.lift_pause_for_new_document(account=account, actor=member.actor, now=NOON)
    services.resume_account(account=account, actor=member.actor, now=NOON)

    page = member_client.get(account.get_absolute_url())

    [(day, events)] = page.context["days"]
    assert day == date(2026, 3, 2)
    assert [event.text for event in events] == [
        "Max Member",
        "Suspended · In court · Max Member",
        "In-house · Max Member",
        "Dispute · Wrong VAT · Max Member",
        "Max Member",
    ]
    assert "00:30" in page.text


def test_overview_says_that_a_document_lifted_the_pause(
    member_client: Client, account: Account, member: Membership
) -> None:
    PauseFactory.create(account=account)
    services.lift_pause_for_new_document(account=account, actor=member.actor, now=NOON)

    assert "a new document arrived · Max Member" in member_client.get(account.get_absolute_url()).text


def test_every_tab_stands_on_every_tab(member_client: Client, account: Account) -> None:
    for name in ("detail", "details-tab"):
        page = member_client.get(url(name, account))
        assert [str(tab.label) for tab in page.context["account_tabs"]] == [
            "Overview",
            "Invoices",
            "Credit notes",
            "Communications",
            "Tasks",
            "Details",
        ]
        assert page.text.count('aria-current="page"') == 2  # the rail's and the tab's


def test_details_show_all_that_is_known(member_client: Client, organization: Organization) -> None:
    account = AccountFactory.create(
        organization=organization,
        name="Acme SAS",
        street="1 rue du Port",
        postal_code="13002",
        city="Marseille",
        country="FR",
        phone="+33 4 91 00 00 00",
        registration_number="732829320",
        vat_number="FR40303265045",
        language="fr",
    )
    SourceFactory.create(account=account, external_id="CRM-9")
    NoteFactory.create(account=account, author__full_name="Maud Petit", text="Pays on the 10th.")
    account.tags.add(TagFactory.create(organization=organization, name="VIP"))

    page = member_client.get(url("details-tab", account)).text

    for words in (
        "1 rue du Port",
        "13002 Marseille",
        "France",
        "+33 4 91 00 00 00",
        "732829320",
        "FR40303265045",
        "French",
        "Custom CRM-9",
        "Maud Petit",
        "Pays on the 10th.",
        "VIP",
    ):
        assert words in page, words


# --- Pausing, handing over, status --------------------------------------------------------------------------


def test_pause_holds_and_shows_why(member_client: Client, account: Account) -> None:
    given = {"reason": PauseReason.PAYMENT_PLAN, "until": "2026-03-20", "note": "Three instalments"}

    page = member_client.post(url("pause", account), given, follow=True)

    pause = account.pauses.get()
    assert (pause.reason, pause.until, pause.started_by) == ("PaymentPlan", date(2026, 3, 20), "Max Member")
    for words in ("Follow-ups are paused.", "Paused", "Payment plan", "Mar 20, 2026", "Three instalments", "Resume"):
        assert words in page.text, words
    assert page.context["state"] == "paused"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"reason": "Other", "until": "2026-03-02"}, "until"),
        ({"reason": "Other", "until": "tomorrow"}, "until"),
        ({"reason": "Because"}, "reason"),
        ({}, "reason"),
    ],
)
def test_pause_that_cannot_be_reopens_its_dialog(
    member_client: Client, account: Account, given: dict[str, str], field: str
) -> None:
    page = member_client.post(url("pause", account), given | {"note": "Kept"})

    assert page.status_code == 422
    assert list(errors(page, "pause")) == [field]
    assert f'id="pause_{field}_error"' in page.text
    assert page.text.count("data-modal-open") == 1
    assert "Kept" in page.text
    assert not account.pauses.exists()


def test_pause_of_a_paused_account_says_so_at_the_top(member_client: Client, account: Account) -> None:
    PauseFactory.create(account=account)

    page = member_client.post(url("pause", account), {"reason": "Other"})

    assert list(errors(page, "pause")) == ["__all__"]
    assert account.pauses.count() == 1


@pytest.mark.parametrize(("name", "dialog"), [("pause", "pause"), ("delete", "delete")])
def test_dialog_has_an_address_of_its_own(member_client: Client, account: Account, name: str, dialog: str) -> None:
    page = member_client.get(url(name, account))

    assert page.status_code == 200
    assert page.context["dialogs"][dialog].is_open
    assert page.text.count("data-modal-open") == 1


def test_resume_ends_the_pause(member_client: Client, account: Account) -> None:
    ContactFactory.create(account=account)
    PauseFactory.create(account=account)

    page = member_client.post(url("resume", account), follow=True)

    assert page.context["state"] == "nothing_to_do"
    assert page.context["pause"] is None
    assert member_client.get(url("resume", account)).status_code == 405


def test_pause_that_has_ended_is_not_shown(member_client: Client, account: Account) -> None:
    PauseFactory.create(account=account, started_on=date(2026, 2, 1), until=date(2026, 3, 2))

    assert member_client.get(account.get_absolute_url()).context["pause"] is None


@pytest.mark.parametrize("owner", list(FollowUpOwner))
def test_owner_is_handed_over(member_client: Client, account: Account, owner: FollowUpOwner) -> None:
    answer = member_client.post(url("owner", account), {"owner": owner})

    account.refresh_from_db()
    assert answer.status_code == 302
    assert account.follow_up_owner == owner


def test_owner_that_is_none_changes_nothing(member_client: Client, account: Account) -> None:
    assert member_client.post(url("owner", account), {"owner": "nobody"}).status_code == 422

    account.refresh_from_db()
    assert account.follow_up_owner == FollowUpOwner.AGENT


@pytest.mark.parametrize("status", [AccountStatus.SUSPENDED, AccountStatus.WRITTEN_OFF])
def test_status_changes_with_a_reason_and_back(member_client: Client, account: Account, status: AccountStatus) -> None:
    page = member_client.post(url("status", account), {"status": status, "note": "In court"}, follow=True)
    assert page.context["state"] == status
    assert status not in page.context["dialogs"]

    member_client.post(url("status", account), {"status": "active", "note": "Settled"})
    account.refresh_from_db()
    assert account.status == AccountStatus.ACTIVE


def test_status_without_a_reason_reopens_its_dialog(member_client: Client, account: Account) -> None:
    page = member_client.post(url("status", account), {"status": "written_off", "note": " "})

    account.refresh_from_db()
    assert (page.status_code, list(errors(page, "written_off"))) == (422, ["note"])
    assert 'id="written_off_note_error"' in page.text
    assert account.status == AccountStatus.ACTIVE


@pytest.mark.parametrize("status", ["gone", "active", ""])
def test_status_that_is_none_changes_nothing(member_client: Client, account: Account, status: str) -> None:
    member_client.post(url("status", account), {"status": status, "note": "x"})

    account.refresh_from_db()
    assert account.status == AccountStatus.ACTIVE


# --- Deleting -----------------------------------------------------------------------------------------------


def test_delete_asks_for_the_name_and_warns_of_a_source(member_client: Client, account: Account) -> None:
    SourceFactory.create(account=account)

    page = member_client.post(url("delete", account), {"typed_name": "Acme"})

    assert page.status_code == 422
    assert errors(page, "delete") == {"typed_name": ["Type the account's name exactly as it is written to delete it."]}
    assert "may bring it back" in page.text
    assert Account.objects.filter(pk=account.pk).exists()


def test_delete_with_the_name_returns_to_the_list(member_client: Client, account: Account) -> None:
    InvoiceFactory.create(account=account)

    page = member_client.post(url("delete", account), {"typed_name": "Acme SAS"}, follow=True)

    assert page.redirect_chain == [(reverse("accounts:list"), 302)]
    assert "Acme SAS was deleted." in page.text
    assert not Account.objects.exists()


# --- Notes and tags -----------------------------------------------------------------------------------------


def test_note_is_added(member_client: Client, account: Account) -> None:
    page = member_client.post(url("add-note", account), {"text": "Pays on the 10th."}, follow=True)

    assert page.redirect_chain == [(url("details-tab", account), 302)]
    assert "Pays on the 10th." in page.text
    assert "Max Member" in page.text


def test_empty_note_is_refused_beside_its_field(member_client: Client, account: Account) -> None:
    page = member_client.post(url("add-note", account), {"text": " "})

    assert page.status_code == 422
    assert 'id="note_text_error"' in page.text
    assert not account.notes.exists()


def test_tag_is_added_and_removed(member_client: Client, account: Account) -> None:
    page = member_client.post(url("add-tag", account), {"name": "VIP"}, follow=True)
    assert "Remove the tag VIP" in page.text

    [tag] = account.tags.all()
    page = member_client.post(url("remove-tag", account, tag.pk), follow=True)
    assert "Remove the tag VIP" not in page.text


@pytest.mark.parametrize("name", ["", " ", "x" * 41])
def test_tag_that_cannot_be_is_refused_beside_its_field(member_client: Client, account: Account, name: str) -> None:
    page = member_client.post(url("add-tag", account), {"name": name})

    assert page.status_code == 422
    assert 'id="tag_name_error"' in page.text
    assert not account.tags.exists()


# --- Who may ------------------------------------------------------------------------------------------------


PAGES = ("detail", "details-tab", "edit", "pause", "status", "delete")
WRITES = ("edit", "pause", "resume", "owner", "status", "delete", "add-note", "add-tag")


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_for_members_of_the_organization(
    client: Client, outsider_client: Client, account: Account, name: str
) -> None:
    assert client.get(url(name, account)).headers["Location"].startswith("/sign-in/")
    assert outsider_client.get(url(name, account)).status_code == 404


@pytest.mark.parametrize("name", WRITES)
def test_writes_are_for_members_who_may(
    client: Client, outsider_client: Client, read_only_client: Client, account: Account, name: str
) -> None:
    assert client.post(url(name, account)).headers["Location"].startswith("/sign-in/")
    assert outsider_client.post(url(name, account)).status_code == 404
    assert read_only_client.post(url(name, account)).status_code == 403


def test_adding_and_removing_are_for_members_who_may(
    outsider_client: Client, read_only_client: Client, account: Account
) -> None:
    tag = TagFactory.create(organization=account.organization)
    account.tags.add(tag)

    assert read_only_client.post(reverse("accounts:add"), ACME).status_code == 403
    assert read_only_client.post(url("remove-tag", account, tag.pk)).status_code == 403
    assert outsider_client.post(url("remove-tag", account, tag.pk)).status_code == 404
    assert account.tags.exists()


@pytest.mark.parametrize("name", ["detail", "details-tab"])
def test_read_only_member_sees_no_way_to_write(read_only_client: Client, account: Account, name: str) -> None:
    NoteFactory.create(account=account)
    account.tags.add(TagFactory.create(organization=account.organization, name="VIP"))

    page = read_only_client.get(url(name, account)).text

    main = page[page.index("<main") :]
    assert "<form" not in main
    assert "Options" not in main
    assert url("edit", account) not in main


def test_account_that_is_no_more_is_not_found(member_client: Client, account: Account) -> None:
    gone = account.get_absolute_url()
    Account.objects.filter(pk=account.pk).delete()

    assert member_client.get(gone).status_code == 404
