"""Writes about accounts: what is kept, what is refused, what the log remembers."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import services
from accounts.enums import AccountStatus, FollowUpOwner, PauseReason
from accounts.errors import AccountNotFound, AlreadyPaused, CurrencyFixed, PauseEndsInPast, WrongConfirmation
from accounts.models import Account, Pause, Tag
from accounts.places import overview
from billabex.core.actors import SYSTEM
from billabex.core.models import AuditEntry
from tests.factories import (
    AccountFactory,
    AllocationFactory,
    CommunicationFactory,
    ContactFactory,
    CreditNoteFactory,
    InteractionFactory,
    InvoiceFactory,
    NoteFactory,
    PauseFactory,
    PaymentFactory,
    RecipientFactory,
    TagFactory,
)

if TYPE_CHECKING:
    from billabex.organizations.models import Membership, Organization

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
TODAY = date(2026, 3, 2)


@pytest.fixture
def account(organization: Organization) -> Account:
    return AccountFactory.create(organization=organization, name="Acme SAS")


def actions(account: Account) -> list[str]:
    return list(
        AuditEntry.objects.filter(account_id=account.pk).order_by("created_at", "id").values_list("action", flat=True)
    )


# --- Creating and editing -----------------------------------------------------------------------------------


def test_create_account_takes_currency_and_owner_from_the_organization(organization: Organization) -> None:
    organization.default_currency, organization.entrusts_new_accounts = "CHF", False
    organization.save()

    account = services.create_account(organization=organization, name=" Müller GmbH ", actor=SYSTEM)

    assert (account.name, account.match_key, account.currency) == ("Müller GmbH", "muller", "CHF")
    assert account.follow_up_owner == FollowUpOwner.IN_HOUSE
    assert actions(account) == ["account.created"]


def test_create_account_stores_numbers_compact(organization: Organization) -> None:
    account = services.create_account(
        organization=organization, name="Acme", actor=SYSTEM, vat_number="fr 40 303 265 045"
    )

    assert account.vat_number == "FR40303265045"
    assert account.follow_up_owner == FollowUpOwner.AGENT


def test_update_account_moves_the_match_key_with_the_name(account: Account, member: Membership) -> None:
    updated = services.update_account(account=account, actor=member.actor, name="Nordlys ApS", city="Oslo")

    account.refresh_from_db()
    assert (account.name, account.match_key, account.city) == ("Nordlys ApS", "nordlys", "Oslo")
    assert updated == account
    [entry] = AuditEntry.objects.filter(account_id=account.pk)
    assert entry.changes == {"name": {"from": "Acme SAS", "to": "Nordlys ApS"}, "city": {"from": "", "to": "Oslo"}}
    assert entry.actor_label == "Max Member"


def test_update_account_that_changes_nothing_writes_nothing(account: Account) -> None:
    before = account.updated_at

    services.update_account(account=account, actor=SYSTEM, city="", vat_number="")

    account.refresh_from_db()
    assert account.updated_at == before
    assert actions(account) == []


def test_update_account_without_documents_takes_another_currency(account: Account) -> None:
    services.update_account(account=account, actor=SYSTEM, currency="USD")

    account.refresh_from_db()
    assert account.currency == "USD"


@pytest.mark.parametrize("factory", [InvoiceFactory, CreditNoteFactory])
def test_update_account_with_a_document_keeps_its_currency(
    account: Account, factory: type[InvoiceFactory | CreditNoteFactory]
) -> None:
    factory.create(account=account)

    with pytest.raises(CurrencyFixed):
        services.update_account(account=account, actor=SYSTEM, currency="USD", city="Lyon")

    account.refresh_from_db()
    assert (account.currency, account.city) == ("EUR", "")


def test_lock_account_that_is_gone_is_not_found(db: None) -> None:
    with pytest.raises(AccountNotFound):
        services.update_account(account=Account(pk=uuid4()), actor=SYSTEM, city="Lyon")


# --- Pauses -------------------------------------------------------------------------------------------------


def test_pause_account_holds_from_today_until_its_day(account: Account, member: Membership) -> None:
    services.pause_account(
        account=account,
        reason=PauseReason.DISPUTE,
        actor=member.actor,
        now=NOON,
        until=date(2026, 3, 9),
        note="See task",
    )

    live = [Pause.objects.live(day).filter(account=account).exists() for day in (TODAY, date(2026, 3, 8))]
    assert live == [True, True]
    assert not Pause.objects.live(date(2026, 3, 9)).exists()
    assert actions(account) == ["account.paused"]


def test_pause_account_starts_on_the_organizations_day(account: Account) -> None:
    late = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)  # already the 3rd in Paris

    pause = services.pause_account(account=account, reason=PauseReason.OTHER, actor=SYSTEM, now=late)

    assert pause.started_on == date(2026, 3, 3)


@pytest.mark.parametrize("until", [date(2026, 3, 1), TODAY])
def test_pause_account_that_would_not_last_a_day_is_refused(account: Account, until: date) -> None:
    with pytest.raises(PauseEndsInPast) as refusal:
        services.pause_account(account=account, reason=PauseReason.OTHER, actor=SYSTEM, now=NOON, until=until)

    assert list(refusal.value.fields) == ["until"]
    assert not account.pauses.exists()


def test_pause_account_twice_is_refused(account: Account) -> None:
    services.pause_account(account=account, reason=PauseReason.DISPUTE, actor=SYSTEM, now=NOON)

    with pytest.raises(AlreadyPaused):
        services.pause_account(account=account, reason=PauseReason.OTHER, actor=SYSTEM, now=NOON)

    assert account.pauses.get().reason == PauseReason.DISPUTE


def test_pause_account_after_an_ended_one_closes_it(account: Account) -> None:
    ended = PauseFactory.create(account=account, started_on=date(2026, 2, 1), until=TODAY)

    services.pause_account(account=account, reason=PauseReason.OTHER, actor=SYSTEM, now=NOON)

    ended.refresh_from_db()
    assert ended.ended_at == NOON
    assert Pause.objects.live(TODAY).get(account=account).reason == PauseReason.OTHER


def test_resume_account_ends_the_pause_and_says_who(account: Account, member: Membership) -> None:
    pause = PauseFactory.create(account=account)

    services.resume_account(account=account, actor=member.actor, now=NOON)

    pause.refresh_from_db()
    assert (pause.ended_at, pause.ended_by) == (NOON, "Max Member")
    assert actions(account) == ["account.resumed"]


def test_resume_account_that_is_not_paused_does_nothing(account: Account) -> None:
    services.resume_account(account=account, actor=SYSTEM, now=NOON)

    assert actions(account) == []


@pytest.mark.parametrize("reason", list(PauseReason))
def test_new_document_lifts_a_pause_unless_it_stands(account: Account, reason: PauseReason) -> None:
    PauseFactory.create(account=account, reason=reason)

    services.lift_pause_for_new_document(account=account, actor=SYSTEM, now=NOON)

    stands = reason in {PauseReason.DISPUTE, PauseReason.LEGAL_PROCEEDINGS}
    assert Pause.objects.live(TODAY).filter(account=account).exists() == stands
    assert actions(account) == ([] if stands else ["account.resumed"])


# --- Owner and status ---------------------------------------------------------------------------------------


def test_set_follow_up_owner_is_logged_once(account: Account) -> None:
    for _ in range(2):
        services.set_follow_up_owner(account=account, owner=FollowUpOwner.IN_HOUSE, actor=SYSTEM)

    account.refresh_from_db()
    assert account.follow_up_owner == FollowUpOwner.IN_HOUSE
    assert actions(account) == ["account.follow-up-owner-changed"]


def test_set_status_is_logged_with_who_and_why(account: Account, member: Membership) -> None:
    services.set_status(account=account, status=AccountStatus.WRITTEN_OFF, actor=member.actor, note="Bankrupt")

    account.refresh_from_db()
    assert account.status == AccountStatus.WRITTEN_OFF
    [entry] = AuditEntry.objects.filter(account_id=account.pk)
    assert entry.actor_label == "Max Member"
    assert entry.changes == {"status": {"from": "active", "to": "written_off"}, "note": "Bankrupt"}


def test_set_status_that_it_has_writes_nothing(account: Account) -> None:
    services.set_status(account=account, status=AccountStatus.ACTIVE, actor=SYSTEM)

    assert actions(account) == []


# --- Notes and tags -----------------------------------------------------------------------------------------


def test_add_note_keeps_text_and_author(account: Account, member: Membership) -> None:
    note = services.add_note(account=account, text="Pays on the 10th.", actor=member.actor)

    assert (note.text, note.author) == ("Pays on the 10th.", member.user)
    assert actions(account) == ["account.note-added"]


def test_add_tag_of_a_known_name_uses_it_again(account: Account) -> None:
    known = TagFactory.create(organization=account.organization, name="VIP")
    TagFactory.create(name="vip")  # another organization's

    for _ in range(2):
        services.add_tag(account=account, name=" vip ", actor=SYSTEM)

    assert list(account.tags.all()) == [known]
    assert actions(account) == ["account.tag-added"]


def test_add_tag_of_a_new_name_makes_it(account: Account) -> None:
    services.add_tag(account=account, name="Export", actor=SYSTEM)

    assert [tag.name for tag in account.tags.all()] == ["Export"]


def test_add_tag_finds_the_tag_before_it_locks_the_account(account: Account) -> None:
    """As tagging many accounts does: two who lock the other way round may wait for each other."""
    with CaptureQueriesContext(connection) as queries:
        services.add_tag(account=account, name="Export", actor=SYSTEM)
    first = {
        table: next(n for n, query in enumerate(queries) if f'"{table}"' in query["sql"])
        for table in ("accounts_tag", "accounts_account")
    }
    assert first["accounts_tag"] < first["accounts_account"]


def test_remove_tag_keeps_it_known_to_the_organization(account: Account) -> None:
    tag = services.add_tag(account=account, name="Export", actor=SYSTEM)

    for _ in range(2):
        services.remove_tag(account=account, tag_id=tag.pk, actor=SYSTEM)

    assert not account.tags.exists()
    assert Tag.objects.filter(pk=tag.pk).exists()
    assert actions(account) == ["account.tag-added", "account.tag-removed"]


# --- Deleting -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["", "Acme", "acme sas", "Acme SAS."])
def test_delete_account_without_its_name_keeps_it(account: Account, typed: str) -> None:
    with pytest.raises(WrongConfirmation) as refusal:
        services.delete_account(account=account, typed_name=typed, actor=SYSTEM, now=NOON)

    assert list(refusal.value.fields) == ["typed_name"]
    assert Account.objects.get(pk=account.pk).deletion_started_at is None


def test_delete_account_takes_everything_but_the_log(account: Account, owner: Membership) -> None:
    invoice = InvoiceFactory.create(account=account)
    PaymentFactory.create(invoice=invoice)
    AllocationFactory.create(invoice=invoice, credit_note=CreditNoteFactory.create(account=account))
    communication = CommunicationFactory.create(account=account, sent=True)
    RecipientFactory.create(communication=communication)
    InteractionFactory.create(task__account=account)
    ContactFactory.create(account=account)
    NoteFactory.create(account=account)
    PauseFactory.create(account=account)
    other = InvoiceFactory.create(account__organization=account.organization)

    services.delete_account(account=account, typed_name=" Acme SAS ", actor=owner.actor, now=NOON)

    assert list(Account.objects.for_organization(other.organization)) == [other.account]
    assert list(type(invoice).objects.all()) == [other]
    [entry] = AuditEntry.objects.filter(action="account.deleted")
    assert (entry.account_id, entry.object_label, entry.actor_label) == (account.pk, "Acme SAS", "Olive Owner")


def test_delete_account_by_a_program_asks_for_no_name(account: Account) -> None:
    services.delete_account(account=account, actor=SYSTEM, now=NOON)

    assert not Account.objects.exists()
    assert actions(account) == ["account.deleted"]


# --- Tags as a whole ----------------------------------------------------------------------------------------


def test_set_tags_adds_and_removes_and_logs_each(account: Account) -> None:
    for names, expected in (
        (["north", "VIP"], ["VIP", "north"]),
        (["vip", "south", " vip "], ["VIP", "south"]),
        (["south", "VIP"], ["VIP", "south"]),
        ([], []),
    ):
        services.set_tags(account=account, names=names, actor=SYSTEM)
        assert sorted(account.tags.values_list("name", flat=True)) == expected

    assert Tag.objects.count() == 3
    assert actions(account) == ["account.tag-added"] * 3 + ["account.tag-removed"] * 3


def test_tags_are_the_same_in_small_letters_only(account: Account) -> None:
    """In capitals ſ is S, too; the index compares small letters."""
    for name in ("ſ", "s", "S", "ſ"):
        services.add_tag(account=account, name=name, actor=SYSTEM)

    assert sorted(account.tags.values_list("name", flat=True)) == ["s", "ſ"]


# --- Sources ------------------------------------------------------------------------------------------------


def test_linking_and_unlinking_is_told_and_stands_in_the_history(account: Account, member: Membership) -> None:
    services.link_source(account=account, external_id="C-1", actor=member.actor)
    services.unlink_source(account=account, actor=member.actor)

    assert actions(account) == ["account.source-linked", "account.source-unlinked"]
    assert [(event.title, event.text) for event in overview(account, today=TODAY)] == [
        ("Link to another system removed", "C-1 · Max Member"),
        ("Linked to another system", "C-1 · Max Member"),
    ]
