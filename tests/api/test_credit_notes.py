"""Credit notes by API: created with their PDF, applied at once, listed, downloaded, deleted."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from billabex.core import clock
from billabex.core.ids import new_id
from invoices.models import CreditNote, Document, Invoice
from tests.api.documents import note_form, pdf, stored_files
from tests.factories import AccountFactory, AllocationFactory, CreditNoteFactory, InvoiceFactory
from tests.invoices.pdfs import text_pdf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from accounts.models import Account
    from billabex.organizations.models import Membership, Organization
    from tests.api.conftest import Program

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    with clock.stopped_at(datetime(2026, 1, 10, 12, tzinfo=UTC)):
        yield


@pytest.fixture
def account(organization: Organization) -> Account:
    return AccountFactory.create(organization=organization, currency="EUR")


def create(program: Program, account: Account, **changes: Any) -> Any:
    return program.upload("/credit-notes", note_form(account, **changes))


def test_create_answers_the_credit_note_exactly_and_settles_the_oldest(
    program: Program, account: Account, organization: Organization
) -> None:
    invoice = InvoiceFactory.create(account=account, total_amount=Decimal(40))
    address = {"street": "1 rue", "city": "Paris", "postalCode": "75001", "stateOrProvince": None, "country": "FR"}
    answer = create(program, account, sourceId="erp-1", billingAddress={**address, "stateOrProvince": ""})
    assert answer.status_code == 201, answer.json()
    note = CreditNote.objects.get()
    allocation = note.allocations.get()
    assert answer.json() == {
        "id": str(note.pk),
        "organizationId": str(organization.pk),
        "accountId": str(account.pk),
        "number": "A-1",
        "issuedDate": {"year": 2026, "month": 1, "day": 5},
        "currencyCode": "EUR",
        "totalAmount": 60.0,
        "taxAmount": 10.0,
        "allocatedAmount": 40.0,
        "remainingAmount": 20.0,
        "status": "PartiallyApplied",
        "billingAddress": address,
        "sourceId": "erp-1",
        "allocations": [
            {
                "id": str(allocation.pk),
                "creditNoteId": str(note.pk),
                "invoiceId": str(invoice.pk),
                "amount": 40.0,
                "allocatedDate": {"year": 2026, "month": 1, "day": 10},
                "isAutomatic": True,
                "createdAt": "2026-01-10T12:00:00Z",
            }
        ],
        "readOnlyReason": None,
        "createdAt": "2026-01-10T12:00:00Z",
        "updatedAt": answer.json()["updatedAt"],
    }
    assert program.get(f"/credit-notes/{note.pk}").json() == answer.json()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"dueDate": "2026-02-04"}, "dueDate"),
        ({"poNumber": "PO-1"}, "poNumber"),
        ({"totalAmount": "-60"}, "totalAmount"),
        ({"taxAmount": "60.01"}, "taxAmount"),
        ({"currencyCode": "USD"}, "currencyCode"),
        ({"file": pdf(b"GIF89a")}, "file"),
    ],
)
def test_create_what_cannot_be_is_refused_by_field_and_leaves_nothing(
    program: Program, account: Account, changes: dict[str, Any], field: str
) -> None:
    answer = create(program, account, **changes)
    assert (answer.status_code, [one["field"] for one in answer.json()["details"]]) == (400, [field])
    assert (Document.objects.count(), CreditNote.objects.count(), stored_files()) == (0, 0, [])


def test_create_a_number_twice_is_refused_but_an_invoices_number_is_free(program: Program, account: Account) -> None:
    InvoiceFactory.create(account=account, number="A-1", source_id="erp-1", source_system="Custom")
    assert create(program, account, sourceId="erp-1").status_code == 201
    answer = create(program, account, file=pdf("b"))
    assert (answer.status_code, answer.json()["code"]) == (400, "app-invoices.number.taken")
    assert len(stored_files()) == 1


def test_create_with_a_file_that_is_an_invoices_says_so(program: Program, account: Account) -> None:
    first = create(program, account).json()["id"]
    answer = create(program, account, number="A-2")
    assert answer.status_code == 409
    assert f"credit note {first}" in answer.json()["message"]


def test_create_for_another_organizations_account_is_not_found(program: Program, outsider: Membership) -> None:
    foreign = AccountFactory.create(organization=outsider.organization)
    assert create(program, foreign).status_code == 404
    assert stored_files() == []


def test_delete_opens_its_invoices_again(program: Program, account: Account) -> None:
    invoice = InvoiceFactory.create(account=account, total_amount=Decimal(40))
    key = create(program, account).json()["id"]
    assert program.delete(f"/credit-notes/{key}").status_code == 204
    assert Invoice.objects.get(pk=invoice.pk).remaining_amount == 40
    assert create(program, account).status_code == 201


def test_another_systems_credit_note_is_refused_with_its_reason(program: Program, account: Account) -> None:
    note = CreditNoteFactory.create(account=account, source_id="1", source_system="Elsewhere")
    answer = program.delete(f"/credit-notes/{note.pk}")
    assert (answer.status_code, answer.json()["code"]) == (409, "app-invoices.document.read-only")
    assert answer.json()["message"] == program.get(f"/credit-notes/{note.pk}").json()["readOnlyReason"]


def test_document_is_a_download_as_it_came(program: Program, account: Account) -> None:
    content = text_pdf("A-1")
    key = create(program, account, file=pdf(content)).json()["id"]
    answer = program.get(f"/credit-notes/{key}/document")
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert b"".join(answer.streaming_content) == content
    without = CreditNoteFactory.create(account=account)
    assert program.get(f"/credit-notes/{without.pk}/document").status_code == 404


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["A-2", "A-3", "A-1"]),
        ({"number": "A-3"}, ["A-3"]),
        ({"status": "Open"}, ["A-2"]),
        ({"status": "PartiallyApplied"}, ["A-3"]),
        ({"status": "Applied"}, ["A-1"]),
        ({"hasRemaining": "true"}, ["A-2", "A-3"]),
        ({"hasRemaining": "false"}, ["A-1"]),
        ({"sort": "totalAmount"}, ["A-1", "A-3", "A-2"]),
        ({"sort": "-number"}, ["A-3", "A-2", "A-1"]),
    ],
)
def test_list_filters_and_sorts(
    program: Program, organization: Organization, account: Account, query: dict[str, str], expected: list[str]
) -> None:
    for number, total, day in (("A-1", 10, 1), ("A-2", 90, 3), ("A-3", 60, 2)):
        note = CreditNoteFactory.create(
            account=account, number=number, total_amount=Decimal(total), issued_on=date(2026, 1, day)
        )
        if number != "A-2":
            AllocationFactory.create(credit_note=note, invoice=InvoiceFactory.create(account=account))
    CreditNoteFactory.create()  # of another organization
    nodes = program.get("/credit-notes", organizationId=organization.pk, **query).json()["nodes"]
    assert [node["number"] for node in nodes] == expected


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_the_database_as_often_for_one_as_for_three(
    program: Program, organization: Organization, account: Account, rows: int
) -> None:
    for note in CreditNoteFactory.create_batch(rows, account=account):
        AllocationFactory.create(credit_note=note, invoice=InvoiceFactory.create(account=account))
    with CaptureQueriesContext(connection) as queries:
        assert len(program.get("/credit-notes", organizationId=organization.pk).json()["nodes"]) == rows
    assert len(queries) == 3


def test_one_credit_note_is_not_found_for_others(program: Program, outsider: Membership) -> None:
    foreign = CreditNoteFactory.create(account__organization=outsider.organization)
    for key in (foreign.pk, new_id()):
        answers = [
            program.get(f"/credit-notes/{key}"),
            program.delete(f"/credit-notes/{key}"),
            program.get(f"/credit-notes/{key}/document"),
        ]
        assert {answer.status_code for answer in answers} == {404}
    assert program.get("/credit-notes", organizationId=outsider.organization_id).status_code == 404


def test_scopes_and_roles_are_asked_for(
    api: Callable[..., Program], account: Account, read_only_member: Membership, owner: Membership
) -> None:
    note = CreditNoteFactory.create(account=account)
    reader, other = api(owner, "credit-notes:read"), api(owner, "invoices:all")
    assert reader.get(f"/credit-notes/{note.pk}").status_code == 200
    assert api(read_only_member).get(f"/credit-notes/{note.pk}").status_code == 200
    refusals = [
        reader.delete(f"/credit-notes/{note.pk}"),
        other.get(f"/credit-notes/{note.pk}"),
        create(reader, account),
        create(api(read_only_member), account),
        api(read_only_member).delete(f"/credit-notes/{note.pk}"),
    ]
    assert {answer.status_code for answer in refusals} == {403}
