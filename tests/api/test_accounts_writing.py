"""Accounts in the API: created, changed, deleted; and who may."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from accounts.enums import FollowUpOwner
from accounts.models import Account, Tag
from billabex.core.models import AuditEntry
from contacts.models import Contact
from tests.factories import (
    AccountFactory,
    InvoiceFactory,
    SourceFactory,
    TagFactory,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from billabex.organizations.models import Membership, Organization
    from tests.api.conftest import Program

ADDRESS = {"street": "1 High Street", "city": "Leeds", "postalCode": "LS1", "stateOrProvince": "York", "country": "GB"}


@pytest.fixture
def account(organization: Organization) -> Account:
    return AccountFactory.create(organization=organization, name="Acme SAS", match_key="acme")


def refused(answer: Any) -> tuple[int, str, list[str]]:
    body = answer.json()
    return answer.status_code, body["code"], [detail["field"] for detail in body["details"]]


# --- Creating ---------------------------------------------------------------------------------------------------


def test_account_is_created_with_all_that_is_given(program: Program, organization: Organization) -> None:
    contacts = [
        {"fullName": "Jane Doe", "language": "en", "email": "jane@acme.example", "isPrimary": True},
        {"fullName": "Piotr Nowak", "language": "pl", "role": "Director", "copyOnly": True},
    ]
    body = {
        "organizationId": str(organization.pk),
        "fullName": " Acme Ltd ",
        "currencyCode": "gbp",
        "billingAddress": ADDRESS,
        "contacts": contacts,
        "source": {"connectionId": str(uuid4()), "sourceId": "C-1"},
        "phone": "+44 1",
        "registrationNumber": "07 123-456",
        "vatNumber": "gb 123 456",
        "language": "en",
        "tags": ["VIP", "vip", "north"],
    }

    answer = program.post("/accounts", body)

    made = answer.json()
    assert answer.status_code == 201, made
    assert made == program.get(f"/accounts/{made['id']}").json()
    assert (made["fullName"], made["currencyCode"], made["billingAddress"]) == ("Acme Ltd", "GBP", ADDRESS)
    assert (made["registrationNumber"], made["vatNumber"], made["language"]) == ("07123456", "GB123456", "en")
    assert (made["phone"], made["tags"]) == ("+44 1", ["VIP", "north"])
    assert made["source"] == {"system": "Custom", "lastUpdate": None, **body["source"]}  # type: ignore[dict-item]
    jane, piotr = Contact.objects.filter(account=made["id"]).order_by("full_name")
    assert (jane.email, jane.is_primary, piotr.language, piotr.copy_only) == ("jane@acme.example", True, "pl", True)
    assert made["followUp"]["code"] == "NothingOpen"


def test_account_needs_no_more_than_a_name(program: Program, organization: Organization, owner: Membership) -> None:
    made = program.post("/accounts", {"organizationId": str(organization.pk), "fullName": "Acme", "source": None})

    assert made.status_code == 201
    assert made.json()["currencyCode"] == organization.default_currency
    entry = AuditEntry.objects.get(action="account.created")
    assert (entry.actor_kind, entry.actor_id) == ("api_client", owner.user_id)


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"fullName": " "}, ["fullName"]),
        ({"fullName": "x" * 201}, ["fullName"]),
        ({"fullName": 7}, ["fullName"]),
        ({"currencyCode": "EURO"}, ["currencyCode"]),
        ({"currencyCode": "XYZ"}, ["currencyCode"]),
        ({"billingAddress": {"country": "France"}}, ["billingAddress.country"]),
        ({"billingAddress": {"town": "Paris"}}, ["billingAddress.town"]),
        ({"billingAddress": "Paris"}, ["billingAddress"]),
        ({"language": "pl"}, ["language"]),
        ({"contacts": [{"fullName": "Jane", "language": "en"}, {"language": "xx"}]}, ["contacts.1.fullName"]),
        ({"source": {"connectionId": "mine", "sourceId": ""}}, ["source.connectionId", "source.sourceId"]),
        ({"tags": "VIP"}, ["tags"]),
        ({"tags": ["x" * 41]}, ["tags.0"]),
        ({"status": "Active", "fullName": "A\0"}, ["status", "fullName"]),
    ],
)
def test_account_that_cannot_be_is_refused_by_field(
    program: Program, organization: Organization, changes: dict[str, Any], fields: list[str]
) -> None:
    answer = program.post("/accounts", {"organizationId": str(organization.pk), "fullName": "Acme", **changes})

    status, code, found = refused(answer)
    assert (status, code) == (400, "app-core.input.invalid")
    assert set(fields) <= set(found)
    assert not Account.objects.exists()


def test_account_whose_source_is_taken_leaves_nothing_behind(program: Program, account: Account) -> None:
    SourceFactory.create(account=account, external_id="C-1")
    body = {"organizationId": str(account.organization_id), "fullName": "Other", "tags": ["new"]}

    answer = program.post("/accounts", body | {"source": {"sourceId": "C-1"}})

    assert refused(answer) == (409, "app-accounts.source.taken", [])
    assert list(Account.objects.all()) == [account]
    assert not Tag.objects.exists()


def test_account_with_one_address_twice_leaves_nothing_behind(program: Program, organization: Organization) -> None:
    jane = {"fullName": "Jane", "language": "en", "email": "jane@acme.example"}

    answer = program.post(
        "/accounts", {"organizationId": str(organization.pk), "fullName": "Acme", "contacts": [jane, jane]}
    )

    assert refused(answer) == (409, "app-contacts.contact.email-taken", [])
    assert not Account.objects.exists()


# --- Changing ---------------------------------------------------------------------------------------------------


def full(organization: Organization) -> Account:
    account: Account = AccountFactory.create(
        organization=organization,
        name="Acme",
        street="1 High Street",
        city="Leeds",
        country="GB",
        phone="+44 1",
        vat_number="GB1",
        language="en",
        follow_up_owner=FollowUpOwner.IN_HOUSE,
    )
    account.tags.add(TagFactory.create(organization=organization, name="VIP"))
    return account


def test_put_replaces_all_but_the_currency(program: Program, organization: Organization) -> None:
    account = full(organization)

    changed = program.put(
        f"/accounts/{account.pk}", {"fullName": "Acme Two", "billingAddress": {"city": "York"}}
    ).json()

    assert (changed["fullName"], changed["currencyCode"]) == ("Acme Two", "EUR")
    assert changed["billingAddress"] == dict.fromkeys(ADDRESS) | {"city": "York"}
    assert (changed["phone"], changed["vatNumber"], changed["language"], changed["tags"]) == (None, None, None, [])
    assert changed["followUp"]["state"] == "InHouse"


def test_put_and_patch_take_the_unchanged_currency_whatever_the_documents(program: Program, account: Account) -> None:
    InvoiceFactory.create(account=account)

    same = program.put(f"/accounts/{account.pk}", {"fullName": "Acme SAS", "currencyCode": "EUR"})
    assert same.status_code == 200
    assert program.patch(f"/accounts/{account.pk}", {"currencyCode": "EUR"}).status_code == 200
    for other in (
        program.patch(f"/accounts/{account.pk}", {"currencyCode": "USD", "tags": ["lost"]}),
        program.put(f"/accounts/{account.pk}", {"fullName": "Acme SAS", "currencyCode": "USD"}),
    ):
        assert refused(other) == (409, "app-accounts.account.currency-fixed", [])
    assert not Tag.objects.exists()


def test_patch_changes_what_is_given(program: Program, organization: Organization) -> None:
    account = full(organization)
    before = program.get(f"/accounts/{account.pk}").json()

    changed = program.patch(f"/accounts/{account.pk}", {"billingAddress": {"city": "York"}, "phone": None}).json()

    address = before["billingAddress"] | {"city": "York"}
    assert changed == before | {"billingAddress": address, "phone": None, "updatedAt": changed["updatedAt"]}
    assert changed["updatedAt"] > before["updatedAt"]
    for nothing in ({}, {"fullName": "Acme"}):
        assert program.patch(f"/accounts/{account.pk}", nothing).json() == changed


def test_patch_empties_the_address_and_replaces_the_tags(program: Program, organization: Organization) -> None:
    account = full(organization)

    changed = program.patch(f"/accounts/{account.pk}", {"billingAddress": None, "tags": ["north"], "fullName": "Beta"})

    assert changed.json()["billingAddress"] == dict.fromkeys(ADDRESS)
    assert changed.json()["tags"] == ["north"]
    account.refresh_from_db()
    assert account.match_key == "beta"


def test_put_without_a_name_is_refused(program: Program, account: Account) -> None:
    assert refused(program.put(f"/accounts/{account.pk}", {"phone": "1"}))[2] == ["fullName"]
    assert refused(program.patch(f"/accounts/{account.pk}", {"fullName": None}))[2] == ["fullName"]
    assert refused(program.patch(f"/accounts/{account.pk}", {"organizationId": str(uuid4())}))[2] == ["organizationId"]


def test_delete_takes_the_account_and_leaves_the_log(program: Program, account: Account) -> None:
    InvoiceFactory.create(account=account)

    assert program.delete(f"/accounts/{account.pk}").status_code == 204

    assert not Account.objects.exists()
    entry = AuditEntry.objects.get(action="account.deleted")
    assert (entry.account_id, entry.actor_kind) == (account.pk, "api_client")
    assert program.delete(f"/accounts/{account.pk}").status_code == 404


# --- Who may ----------------------------------------------------------------------------------------------------


def writes(program: Program, account: Account) -> list[Any]:
    """Ask for every write, and return the answers."""
    one = f"/accounts/{account.pk}"
    return [
        program.post("/accounts", {"organizationId": str(account.organization_id), "fullName": "Other"}),
        program.put(one, {"fullName": "Other"}),
        program.patch(one, {"fullName": "Other"}),
        program.put(f"{one}/source", {"sourceId": "C-1"}),
        program.delete(f"{one}/source"),
        program.delete(one),
    ]


def test_writes_are_refused_to_who_may_only_read(
    api: Callable[..., Program], owner: Membership, read_only_member: Membership, account: Account
) -> None:
    for answer in writes(api(read_only_member), account):
        assert refused(answer)[:2] == (403, "app-api.member.read-only")
    reader = api(owner, "accounts:read")
    for answer in writes(reader, account):
        assert refused(answer)[:2] == (403, "app-api.token.missing-scope")
    assert reader.get(f"/accounts/{account.pk}").status_code == 200
    assert list(Account.objects.values_list("name", flat=True)) == ["Acme SAS"]


def test_reads_need_their_scope(api: Callable[..., Program], owner: Membership, account: Account) -> None:
    other = api(owner, "invoices:all")

    for path in ("/accounts", f"/accounts/{account.pk}"):
        assert other.get(path, organizationId=account.organization_id).status_code == 403


def test_writes_are_not_found_elsewhere(api: Callable[..., Program], outsider: Membership, account: Account) -> None:
    assert {answer.status_code for answer in writes(api(outsider), account)} == {404}
    assert list(Account.objects.values_list("name", flat=True)) == ["Acme SAS"]
