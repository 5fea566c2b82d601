"""What the account's Options do: pausing, handing over, status, deleting."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from accounts.enums import AccountStatus, FollowUpOwner, PauseReason
from accounts.models import Account
from tests.accounts.pages import errors, url
from tests.factories import ContactFactory, InvoiceFactory, PauseFactory, SourceFactory

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.usefixtures("monday")


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
