"""What rows become: accounts with their tags, and contacts; once, and nothing the second time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from accounts.enums import FollowUpOwner
from accounts.models import Account, Source
from billabex.core.models import AuditEntry
from contacts.enums import EmailStatus
from contacts.models import Contact
from invoices.models import Payment
from invoices.spreadsheets.enums import Effect
from tests.factories import (
    ContactFactory,
    InvoiceFactory,
    SourceFactory,
    TagFactory,
)
from tests.invoices.spreadsheets.tables import (
    ACCOUNTS,
    CONTACTS,
    INVOICES,
    PAYMENTS,
    account_of,
    refusals,
)

if TYPE_CHECKING:
    from billabex.organizations.models import Organization
    from tests.invoices.spreadsheets.conftest import Importing, Previewing

pytestmark = pytest.mark.django_db


def test_accounts_are_created_as_by_hand(organization: Organization, importing: Importing) -> None:
    organization.entrusts_new_accounts = False
    organization.save()
    assert importing("accounts", ACCOUNTS) == (2, 0, 0)
    first, second = Account.objects.order_by("created_at", "id")
    assert (first.name, first.match_key) == ("Brasserie du Port SAS", "brasserie du port")
    assert (first.registration_number, first.country, first.currency) == ("552100554", "FR", "EUR")
    assert (first.phone, first.language, first.follow_up_owner) == ("+33 2 40", "fr", FollowUpOwner.IN_HOUSE)
    assert (second.vat_number, second.currency, second.source.external_id) == ("DE136695976", "USD", "C-2")


@pytest.mark.parametrize("kind", ["accounts", "contacts", "invoices", "payments"])
def test_the_same_file_again_changes_nothing(importing: Importing, kind: str) -> None:
    tables = {"accounts": ACCOUNTS, "contacts": CONTACTS, "invoices": INVOICES, "payments": PAYMENTS}
    for earlier, table in tables.items():
        importing(earlier, table)
        if earlier == kind:
            break
    before = (AuditEntry.objects.count(), Payment.objects.count(), *Account.objects.values_list("updated_at"))
    assert importing(kind, tables[kind]) == (0, 0, len(tables[kind]) - 1)
    assert before == (AuditEntry.objects.count(), Payment.objects.count(), *Account.objects.values_list("updated_at"))


def test_accounts_are_matched_by_code_then_numbers_then_name(organization: Organization, importing: Importing) -> None:
    by_code = SourceFactory.create(account__organization=organization, external_id="C-7").account
    by_vat = account_of(organization, "Old name", vat_number="FR12")
    by_name = account_of(organization, "Café Zoë")
    table = [
        ["name", "customer code", "vat number", "city"],
        ["Renamed", "C-7", "", "Lyon"],
        ["New name", "", "fr 12", "Lille"],
        ["CAFE ZOE", "", "", "Metz"],
    ]
    assert importing("accounts", table) == (0, 3, 0)
    cities = {account.pk: (account.name, account.city) for account in Account.objects.all()}
    assert cities == {
        by_code.pk: ("Renamed", "Lyon"),
        by_vat.pk: ("New name", "Lille"),
        by_name.pk: ("CAFE ZOE", "Metz"),
    }


def test_same_name_with_another_code_is_another_company(organization: Organization, importing: Importing) -> None:
    first = account_of(organization, "Dupont")
    SourceFactory.create(account=first, external_id="C-1")
    assert importing("accounts", [["name", "customer code"], ["Dupont", "C-2"]]) == (1, 0, 0)
    assert sorted(Source.objects.values_list("external_id", flat=True)) == ["C-1", "C-2"]


def test_code_is_linked_to_an_account_that_has_none(organization: Organization, importing: Importing) -> None:
    account = account_of(organization, "Dupont")
    assert importing("accounts", [["name", "customer code"], ["Dupont", "C-2"]]) == (0, 1, 0)
    assert Source.objects.get(account=account).external_id == "C-2"


def test_blank_cells_take_nothing_away(organization: Organization, importing: Importing) -> None:
    account = account_of(organization, "Dupont", city="Lyon", phone="1")
    assert importing("accounts", [["name", "city", "phone"], ["Dupont", "", "2"]]) == (0, 1, 0)
    account.refresh_from_db()
    assert (account.city, account.phone) == ("Lyon", "2")
    entry = AuditEntry.objects.get(action="account.updated")
    assert (entry.actor_label, entry.changes) == ("Maud Petit", {"phone": {"from": "1", "to": "2"}})


def test_currency_of_an_account_with_documents_is_refused(organization: Organization, previewing: Previewing) -> None:
    InvoiceFactory.create(account=account_of(organization, "Dupont"))
    outcome = previewing("accounts", [["name", "currency"], ["Dupont", "USD"]])
    assert refusals(outcome) == [(2, "currency", "The currency can only be changed while the account has no document.")]


def test_two_rows_about_one_account_are_refused(previewing: Previewing) -> None:
    outcome = previewing("accounts", [["name", "city"], ["Dupont", "Lyon"], [], ["DUPONT SARL", "Nice"]])
    assert refusals(outcome) == [(4, "name", "Row 2 is about the same account. Keep one of them.")]


def test_new_name_near_a_known_one_is_a_question(organization: Organization, previewing: Previewing) -> None:
    account_of(organization, "Dupont Industries")
    outcome = previewing(
        "invoices", [["company", "number", "date", "total"], ["Dupond Industries", "1", "2026-01-01", "5"]]
    )
    assert "“Dupond Industries” becomes a new account, but is nearly “Dupont Industries”." in outcome.sheet.notices[1]


def test_contacts_are_added_the_first_as_primary(organization: Organization, importing: Importing) -> None:
    account = account_of(organization, "Brasserie du Port", language="de")
    assert importing("contacts", CONTACTS) == (2, 0, 0)
    jeanne, info = Contact.objects.order_by("created_at", "id")
    assert (jeanne.full_name, jeanne.language, jeanne.role, jeanne.is_primary) == (
        "Jeanne Martin",
        "fr",
        "Comptable",
        True,
    )
    assert (info.full_name, info.language, info.is_primary) == ("info", "de", False)
    assert (
        list(AuditEntry.objects.filter(account_id=account.pk).values_list("action", flat=True)) == ["contact.added"] * 2
    )


def test_contacts_are_matched_by_email_then_name(organization: Organization, importing: Importing) -> None:
    account = account_of(organization, "Acme")
    by_email = ContactFactory.create(account=account, full_name="J. Doe", email="Jane@acme.example")
    by_name = ContactFactory.create(
        account=account, full_name="Élodie Blanc", email="old@acme.example", email_status=EmailStatus.BOUNCED
    )
    table = [
        ["account", "name", "email"],
        ["Acme", "elodie blanc", "new@acme.example"],
        ["Acme", "Jane Doe", "jane@acme.example"],
    ]
    assert importing("contacts", table) == (0, 2, 0)
    by_email.refresh_from_db()
    by_name.refresh_from_db()
    assert (by_email.full_name, by_email.email) == ("Jane Doe", "Jane@acme.example")
    assert (by_name.email, by_name.email_status) == ("new@acme.example", EmailStatus.VALID)


def test_two_contacts_of_one_name_are_told_apart_by_email(organization: Organization, previewing: Previewing) -> None:
    account = account_of(organization, "Acme")
    ContactFactory.create(account=account, full_name="Jane Doe", email="jane@acme.example")
    ContactFactory.create(account=account, full_name="Jane Doe", email="")
    table = [["account", "name", "email"], ["Acme", "Jane Doe", "jane@acme.example"], ["Acme", "Jane Doe", ""]]
    assert previewing("contacts", table).effects == {2: Effect.UNCHANGED, 3: Effect.UNCHANGED}
    again = previewing("contacts", [*table, ["Acme", "jane  doé", ""]])
    assert refusals(again) == [(4, "name", "Row 3 is about the same contact. Keep one of them.")]


def test_new_primary_contact_takes_the_flag(organization: Organization, importing: Importing) -> None:
    account = account_of(organization, "Acme")
    former = ContactFactory.create(account=account, is_primary=True)
    assert importing(
        "contacts", [["account", "name", "email", "primary"], ["Acme", "New", "new@acme.example", "x"]]
    ) == (1, 0, 0)
    former.refresh_from_db()
    assert not former.is_primary
    assert Contact.objects.get(is_primary=True).full_name == "New"


@pytest.mark.parametrize(
    ("rows", "refused"),
    [
        (
            [["Nobody", "A", "a@b.example", ""]],
            (2, "account", "There is no account “Nobody”. Add it, or import it first."),
        ),
        ([["", "A", "a@b.example", ""]], (2, "account", "This row does not say which account it is about.")),
        ([["Acme", "", "", ""]], (2, "name", "Enter a name or an email address.")),
        ([["Acme", "A", "nonsense", ""]], (2, "email", "“nonsense” is not an email address.")),
        (
            [["Acme", "A", "a@b.example", ""], ["Acme", "B", "A@b.example", ""]],
            (3, "email", "Row 2 is about the same contact. Keep one of them."),
        ),
        (
            [["Acme", "A", "a@b.example", "1"], ["Acme", "B", "b@b.example", "1"]],
            (3, "primary", "Row 2 names another primary contact of this account. It has only one."),
        ),
    ],
)
def test_contacts_that_cannot_be_are_refused(
    organization: Organization, previewing: Previewing, rows: list[list[str]], refused: tuple[int, str, str]
) -> None:
    account_of(organization, "Acme")
    assert refusals(previewing("contacts", [["account", "name", "email", "primary"], *rows])) == [refused]


def tags_by_account() -> dict[str, list[str]]:
    return {account.name: [tag.name for tag in account.tags.all()] for account in Account.objects.all()}


def test_tags_are_put_on_and_none_is_taken_away(organization: Organization, importing: Importing) -> None:
    account = account_of(organization, "Acme")
    account.tags.add(TagFactory.create(organization=organization, name="North"))
    TagFactory.create(name="VIP")
    table = [["name", "tags"], ["Acme", 'vip, NORTH, "Lyon, Rhône"'], ["Bert", "Vip"], ["Carl", ""]]
    assert importing("accounts", table) == (2, 1, 0)
    assert tags_by_account() == {"Acme": ["Lyon, Rhône", "North", "vip"], "Bert": ["vip"], "Carl": []}
    added = AuditEntry.objects.filter(action="account.tag-added", account_id=account.pk)
    assert sorted(entry.changes["tag"] for entry in added) == ["Lyon, Rhône", "vip"]
    assert importing("accounts", table) == (0, 0, 3)


def test_tag_of_another_accounts_file_is_used_again(organization: Organization, importing: Importing) -> None:
    tag = TagFactory.create(organization=organization, name="VIP")
    importing("accounts", [["name", "tags"], ["Acme", "vip"]])
    assert list(Account.objects.get().tags.all()) == [tag]


def test_tag_that_is_too_long_is_refused(previewing: Previewing) -> None:
    outcome = previewing("accounts", [["name", "tags"], ["Acme", f"VIP, {'x' * 41}"]])
    assert refusals(outcome) == [(2, "tags", "A tag has 40 characters at most.")]
