"""Invoices by API: created with their PDF, read, paid, deleted; what is refused leaves nothing."""

from __future__ import annotations

import base64
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from billabex.core import clock
from billabex.core.ids import new_id
from billabex.core.uploads import MOST_BYTES
from invoices.models import Document, Invoice, Payment
from tests.api.documents import invoice_form, pdf, stored_files
from tests.factories import (
    AccountFactory,
    AllocationFactory,
    CreditNoteFactory,
    DocumentFactory,
    InvoiceFactory,
    PaymentFactory,
)
from tests.invoices.pdfs import encrypted_pdf, text_pdf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from accounts.models import Account
    from billabex.organizations.models import Membership, Organization
    from tests.api.conftest import Program

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 1, 10, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    with clock.stopped_at(NOW):
        yield


@pytest.fixture
def account(organization: Organization) -> Account:
    return AccountFactory.create(organization=organization, name="Acme SAS", currency="EUR", city="Lyon", country="FR")


def create(program: Program, account: Account, **changes: Any) -> Any:
    return program.upload("/invoices", invoice_form(account, **changes))


def refused(answer: Any, *fields: str) -> str:
    """Check that the answer names exactly these fields, and return its code."""
    assert answer.status_code == 400, answer.json()
    assert {detail["field"] for detail in answer.json()["details"]} == set(fields)
    code: str = answer.json()["code"]
    return code


def test_create_answers_the_invoice_exactly(program: Program, account: Account, organization: Organization) -> None:
    address = {"street": "1 rue", "city": "Paris", "postalCode": "75001", "stateOrProvince": "IDF", "country": "fr"}
    answer = create(program, account, poNumber="PO-7", billingAddress=address, sourceId="erp-1", paidAmount="20")
    assert answer.status_code == 201, answer.json()
    invoice, payment = Invoice.objects.get(), Payment.objects.get()
    assert answer.json() == {
        "id": str(invoice.pk),
        "organizationId": str(organization.pk),
        "accountId": str(account.pk),
        "number": "F-1",
        "poNumber": "PO-7",
        "issuedDate": {"year": 2026, "month": 1, "day": 5},
        "dueDate": {"year": 2026, "month": 2, "day": 4},
        "currencyCode": "EUR",
        "totalAmount": 120.0,
        "taxAmount": 20.0,
        "paidAmount": 20.0,
        "creditedAmount": 0.0,
        "remainingAmount": 100.0,
        "status": "Issued",
        "paymentStatus": "PartiallyPaid",
        "billingAddress": address | {"country": "FR"},
        "sourceId": "erp-1",
        "allocations": [],
        "payments": [
            {
                "id": str(payment.pk),
                "previousAmount": 0.0,
                "amount": 20.0,
                "paidDate": {"year": 2026, "month": 1, "day": 5},
                "note": None,
                "recordedBy": payment.recorded_by,
                "createdAt": "2026-01-10T12:00:00Z",
            }
        ],
        "readOnlyReason": None,
        "createdAt": "2026-01-10T12:00:00Z",
        "updatedAt": answer.json()["updatedAt"],
    }
    assert program.get(f"/invoices/{invoice.pk}").json() == answer.json()


def test_create_without_what_is_optional_takes_the_accounts_address(program: Program, account: Account) -> None:
    said = create(program, account, poNumber="", sourceId="", currencyCode="eur").json()
    assert (said["poNumber"], said["sourceId"], said["payments"]) == (None, None, [])
    assert said["billingAddress"] == {
        "street": account.street or None,
        "city": "Lyon",
        "postalCode": account.postal_code or None,
        "stateOrProvince": None,
        "country": "FR",
    }


def test_create_is_settled_by_credit_that_waits(program: Program, account: Account) -> None:
    note = CreditNoteFactory.create(account=account, total_amount=Decimal(50))
    said = create(program, account).json()
    assert (said["creditedAmount"], said["remainingAmount"]) == (50.0, 70.0)
    assert [(one["creditNoteId"], one["amount"], one["isAutomatic"]) for one in said["allocations"]] == [
        (str(note.pk), 50.0, True)
    ]


def test_create_takes_iso_dates_base64_and_binary_noise(program: Program, account: Account) -> None:
    file = pdf(base64.encodebytes(text_pdf("x")))
    file.content_type_extra = {}
    answer = create(
        program, account, issuedDate="2026-01-05", totalAmount="234.45999999999992", taxAmount="39.07666666666"
    )
    assert refused(answer, "taxAmount") == "app-core.amount.decimals"
    answer = create(program, account, issuedDate="2026-01-05", totalAmount="234.45999999999992")
    assert answer.json()["totalAmount"] == 234.46


def test_create_in_a_currency_of_three_decimals_keeps_them(program: Program, organization: Organization) -> None:
    account = AccountFactory.create(organization=organization, currency="TND")
    assert create(program, account, totalAmount="12.345", taxAmount="0").json()["totalAmount"] == 12.345


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"number": None}, "number", "app-core.input.invalid"),
        ({"taxAmount": None}, "taxAmount", "app-core.input.invalid"),
        ({"dueDate": None}, "dueDate", "app-core.input.invalid"),
        ({"file": None}, "file", "app-core.input.invalid"),
        ({"file": "F-1"}, "file", "app-core.input.invalid"),
        ({"dueOn": "2026-02-04"}, "dueOn", "app-core.input.invalid"),
        ({"issuedDate": {"year": 2026, "month": 2, "day": 30}}, "issuedDate", "app-core.input.invalid"),
        ({"paidAmount": "-1"}, "paidAmount", "app-core.input.invalid"),
        ({"billingAddress": {"country": "XX"}}, "billingAddress.country", "app-core.input.invalid"),
        ({"billingAddress": {"zip": "1"}}, "billingAddress.zip", "app-core.input.invalid"),
        ({"dueDate": "2026-01-04"}, "dueDate", "app-invoices.facts.invalid"),
        ({"totalAmount": "0", "taxAmount": "0"}, "totalAmount", "app-invoices.facts.invalid"),
        ({"taxAmount": "121"}, "taxAmount", "app-invoices.facts.invalid"),
        ({"totalAmount": "120.005"}, "totalAmount", "app-core.amount.decimals"),
        ({"currencyCode": "USD"}, "currencyCode", "app-invoices.currency.not-the-accounts"),
        ({"file": pdf(b"GIF89a")}, "file", "app-invoices.pdf.not-a-pdf"),
        ({"file": pdf(encrypted_pdf())}, "file", "app-invoices.pdf.encrypted"),
        ({"file": pdf(b"%PDF-1.7\n%%EOF")}, "file", "app-invoices.pdf.broken"),
    ],
)
def test_create_what_cannot_be_is_refused_by_field_and_leaves_nothing(
    program: Program, account: Account, changes: dict[str, Any], field: str, code: str
) -> None:
    for value in changes.values():
        if hasattr(value, "seek"):
            value.seek(0)
    assert refused(create(program, account, **changes), field) == code
    assert (Document.objects.count(), Invoice.objects.count(), stored_files()) == (0, 0, [])


def test_create_with_a_file_beyond_the_limit_is_refused(program: Program, account: Account) -> None:
    answer = create(program, account, file=pdf(b"%PDF-1.7" + b"x" * MOST_BYTES))
    assert refused(answer, "file") == "app-invoices.pdf.too-big"
    assert stored_files() == []


def test_create_a_number_or_source_id_twice_is_refused_and_leaves_nothing_new(
    program: Program, account: Account
) -> None:
    create(program, account, sourceId="erp-1")
    assert refused(create(program, account, file=pdf("b")), "number") == "app-invoices.number.taken"
    answer = create(program, account, number="F-2", sourceId="erp-1", file=pdf("b"))
    assert refused(answer, "sourceId") == "app-invoices.source-id.taken"
    assert (Document.objects.count(), len(stored_files())) == (1, 1)
    assert create(program, account, number="F-2", sourceId="ERP-1", file=pdf("b")).status_code == 201


def test_create_with_a_known_file_says_where_it_is(program: Program, account: Account) -> None:
    first = create(program, account).json()["id"]
    answer = create(program, account, number="F-2")
    assert (answer.status_code, answer.json()["code"]) == (409, "app-invoices.document.already-imported")
    assert f"invoice {first}" in answer.json()["message"]
    assert len(stored_files()) == 1


def test_number_and_file_are_free_again_after_deleting(
    program: Program, account: Account, django_capture_on_commit_callbacks: Any
) -> None:
    first = create(program, account, sourceId="erp-1").json()["id"]
    with django_capture_on_commit_callbacks(execute=True):
        assert program.delete(f"/invoices/{first}").status_code == 204
    assert (Document.objects.count(), stored_files()) == (0, [])
    assert program.get(f"/invoices/{first}").status_code == 404
    assert create(program, account, sourceId="erp-1").status_code == 201


def test_create_for_an_account_of_others_or_of_nobody_is_not_found(
    program: Program, account: Account, outsider: Membership
) -> None:
    foreign = AccountFactory.create(organization=outsider.organization)
    for key in (foreign.pk, uuid4()):
        answer = create(program, account, accountId=str(key))
        assert (answer.status_code, answer.json()["code"]) == (404, "app-accounts.account.not-found")
        assert answer.json()["message"].endswith("(404)")
    assert stored_files() == []


def test_create_by_a_read_only_member_or_without_the_scope_is_forbidden(
    api: Callable[..., Program], account: Account, read_only_member: Membership, owner: Membership
) -> None:
    assert create(api(read_only_member), account).status_code == 403
    assert create(api(owner, "invoices:read accounts:all"), account).status_code == 403
    assert not Document.objects.exists()


def test_create_again_with_the_same_idempotency_key_makes_one(program: Program, account: Account) -> None:
    answers = [program.upload("/invoices", invoice_form(account), Idempotency_Key="k-1") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert Invoice.objects.count() == 1


def listed(program: Program, organization: Organization, **query: Any) -> list[str]:
    answer = program.get("/invoices", organizationId=organization.pk, **query)
    assert answer.status_code == 200, answer.json()
    return [node["number"] for node in answer.json()["nodes"]]


def invoices(account: Account) -> None:
    """Make one invoice of each status: F-1 overdue, F-2 issued and partially paid, F-3 paid."""
    make = InvoiceFactory.create
    make(account=account, number="F-1", issued_on=date(2025, 11, 1), total_amount=Decimal(300))
    make(account=account, number="F-2", issued_on=date(2026, 1, 2), total_amount=Decimal(100), paid_amount=Decimal(1))
    make(account=account, number="F-3", issued_on=date(2025, 12, 1), paid_amount=Decimal(120))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["F-2", "F-3", "F-1"]),
        ({"number": "F-2"}, ["F-2"]),
        ({"status": "Overdue"}, ["F-1"]),
        ({"status": "Paid"}, ["F-3"]),
        ({"paymentStatus": "PartiallyPaid"}, ["F-2"]),
        ({"dueBefore": "2025-12-31"}, ["F-1"]),
        ({"dueAfter": "2025-12-31"}, ["F-2"]),
        ({"hasRemaining": "true"}, ["F-2", "F-1"]),
        ({"hasRemaining": "false"}, ["F-3"]),
        ({"updatedAfter": "2026-01-10T12:00:00Z"}, []),
        ({"updatedAfter": "2026-01-10T11:59:59Z"}, ["F-2", "F-3", "F-1"]),
        ({"sort": "number"}, ["F-1", "F-2", "F-3"]),
        ({"sort": "-totalAmount"}, ["F-1", "F-3", "F-2"]),
        ({"sort": "dueDate"}, ["F-1", "F-3", "F-2"]),
        ({"sort": "-updatedAt"}, ["F-3", "F-2", "F-1"]),
        ({"sort": "createdAt"}, ["F-1", "F-2", "F-3"]),
    ],
)
def test_list_filters_and_sorts(
    program: Program, organization: Organization, account: Account, query: dict[str, str], expected: list[str]
) -> None:
    invoices(account)
    InvoiceFactory.create()  # of another organization
    assert listed(program, organization, **query) == expected


def test_list_of_an_account_shows_its_own(program: Program, organization: Organization, account: Account) -> None:
    InvoiceFactory.create(account__organization=organization)
    InvoiceFactory.create(account=account, number="F-7")
    assert listed(program, organization, accountId=account.pk) == ["F-7"]


def test_list_pages_through_everything_once(program: Program, organization: Organization, account: Account) -> None:
    InvoiceFactory.create_batch(5, account=account)
    seen: list[str] = []
    after: dict[str, Any] = {}
    for _ in range(3):
        answer = program.get("/invoices", organizationId=organization.pk, first=2, **after).json()
        seen += [node["id"] for node in answer["nodes"]]
        after = {"after": answer["pageInfo"]["endCursor"]}
    assert (len(set(seen)), after) == (5, {"after": None})


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"status": "overdue"}, "status"),
        ({"sort": "currency"}, "sort"),
        ({"dueBefore": "soon"}, "dueBefore"),
        ({"first": "101"}, "first"),
        ({"state": "Paid"}, "state"),
    ],
)
def test_list_refuses_parameters_that_cannot_be(
    program: Program, organization: Organization, query: dict[str, str], field: str
) -> None:
    refused(program.get("/invoices", organizationId=organization.pk, **query), field)


def test_list_of_another_organization_is_not_found(program: Program, outsider: Membership) -> None:
    assert program.get("/invoices", organizationId=outsider.organization_id).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_the_database_as_often_for_one_as_for_three(
    program: Program, organization: Organization, account: Account, rows: int
) -> None:
    for invoice in InvoiceFactory.create_batch(rows, account=account, paid_amount=Decimal(50)):
        PaymentFactory.create(invoice=invoice, amount=Decimal(50))
        AllocationFactory.create(invoice=invoice)
    with CaptureQueriesContext(connection) as queries:
        assert len(listed(program, organization)) == rows
    assert len(queries) == 4


def test_document_is_a_download_as_it_came(program: Program, account: Account) -> None:
    content = text_pdf("F-1")
    key = create(program, account, file=pdf(content, "été.pdf")).json()["id"]
    answer = program.get(f"/invoices/{key}/document")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"".join(answer.streaming_content) == content


def test_document_that_is_not_there_is_not_found(program: Program, account: Account) -> None:
    without = InvoiceFactory.create(account=account)
    lost = InvoiceFactory.create(account=account, document=DocumentFactory.create(organization=account.organization))
    document = Document.objects.get()
    document.file.storage.delete(str(document.file.name))
    for invoice in (without, lost):
        answer = program.get(f"/invoices/{invoice.pk}/document")
        assert (answer.status_code, answer.json()["code"]) == (404, "app-invoices.document.not-found")


def test_paid_amount_is_absolute_and_kept_as_a_payment(program: Program, account: Account) -> None:
    invoice = InvoiceFactory.create(account=account)
    put = f"/invoices/{invoice.pk}/paid-amount"
    day = {"year": 2026, "month": 1, "day": 9}
    said = program.put(put, {"paidAmount": 100.10000000000001, "paidDate": day}).json()
    assert (said["paidAmount"], said["remainingAmount"], said["paymentStatus"]) == (100.1, 19.9, "PartiallyPaid")
    assert [(one["previousAmount"], one["amount"], one["paidDate"]) for one in said["payments"]] == [(0.0, 100.1, day)]
    again = program.put(put, {"paidAmount": 100.1})
    assert (again.status_code, len(again.json()["payments"])) == (200, 1)
    said = program.put(put, {"paidAmount": 130}).json()
    assert (said["status"], said["paymentStatus"], said["remainingAmount"]) == ("Paid", "Overpaid", -10.0)
    assert said["payments"][1]["paidDate"] == {"year": 2026, "month": 1, "day": 10}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "paidAmount"),
        ({"paidAmount": "5"}, "paidAmount"),
        ({"paidAmount": -1}, "paidAmount"),
        ({"paidAmount": 1.005}, "paidAmount"),
        ({"paidAmount": 1e12}, "paidAmount"),
        ({"paidAmount": 5, "paidDate": "2026-01-11"}, "paidDate"),
        ({"paidAmount": 5, "paidOn": "2026-01-09"}, "paidOn"),
    ],
)
def test_paid_amount_that_cannot_be_is_refused(
    program: Program, account: Account, body: dict[str, Any], field: str
) -> None:
    invoice = InvoiceFactory.create(account=account)
    refused(program.put(f"/invoices/{invoice.pk}/paid-amount", body), field)
    assert not Payment.objects.exists()


def test_own_source_stays_writable_and_another_systems_is_refused_with_its_reason(
    program: Program, account: Account
) -> None:
    own = InvoiceFactory.create(account=account, source_id="1", source_system="Custom")
    other = InvoiceFactory.create(account=account, source_id="2", source_system="Elsewhere")
    assert program.put(f"/invoices/{own.pk}/paid-amount", {"paidAmount": 5}).status_code == 200
    reason = program.get(f"/invoices/{other.pk}").json()["readOnlyReason"]
    assert "comes from Elsewhere" in reason
    for answer in (
        program.put(f"/invoices/{other.pk}/paid-amount", {"paidAmount": 5}),
        program.delete(f"/invoices/{other.pk}"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (409, "app-invoices.document.read-only")
        assert answer.json()["message"] == reason
    assert program.delete(f"/invoices/{own.pk}").status_code == 204


def test_everything_about_one_invoice_is_not_found_for_others(
    program: Program, outsider: Membership, account: Account
) -> None:
    foreign = InvoiceFactory.create(account__organization=outsider.organization)
    for key in (foreign.pk, new_id()):
        answers = [
            program.get(f"/invoices/{key}"),
            program.delete(f"/invoices/{key}"),
            program.get(f"/invoices/{key}/document"),
            program.put(f"/invoices/{key}/paid-amount", {"paidAmount": 1}),
        ]
        assert {answer.status_code for answer in answers} == {404}
    assert Invoice.objects.filter(pk=foreign.pk, paid_amount=0).exists()


def test_status_is_of_today_in_the_organization(program: Program, account: Account) -> None:
    invoice = InvoiceFactory.create(account=account, issued_on=date(2025, 12, 1), due_on=date(2026, 1, 10))
    assert program.get(f"/invoices/{invoice.pk}").json()["status"] == "Issued"
    with clock.stopped_at(NOW + timedelta(days=1)):
        assert program.get(f"/invoices/{invoice.pk}").json()["status"] == "Overdue"
