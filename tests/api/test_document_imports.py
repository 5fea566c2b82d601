"""Document imports by API: a PDF is read, corrected, and validated as what it is."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from accounts.models import Account
from accounts.rules import match_key
from billabex.core import clock
from billabex.core.ids import new_id
from invoices.models import CreditNote, Document, Invoice
from tests.api.documents import pdf, stored_files
from tests.factories import AccountFactory, DocumentFactory, InvoiceFactory, MembershipFactory
from tests.invoices.pdfs import encrypted_pdf, invoice_pdf, scan_pdf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from billabex.organizations.models import Membership, Organization
    from tests.api.conftest import Program

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    with clock.stopped_at(datetime(2026, 1, 10, 12, tzinfo=UTC)):
        yield


def upload(program: Program, content: bytes | None = None, **parts: Any) -> Any:
    return program.upload("/document-imports", {"file": pdf(content or invoice_pdf(), "facture.pdf"), **parts})


def validate(program: Program, key: object, **corrections: Any) -> Any:
    return program.post(f"/document-imports/{key}/validate", corrections)


def values(extracted: dict[str, Any]) -> dict[str, Any]:
    return {name: one and one["value"] for name, one in extracted.items() if name != "billingAddress"}


def test_upload_answers_what_was_read_with_source_and_confidence(program: Program, organization: Organization) -> None:
    answer = upload(program, organizationId=str(organization.pk))
    assert answer.status_code == 201, answer.json()
    document, said = Document.objects.get(), answer.json()
    extracted = said.pop("extracted")
    assert said == {
        "id": str(document.pk),
        "organizationId": str(organization.pk),
        "fileName": "facture.pdf",
        "pageCount": 1,
        "status": "ToVerify",
        "warnings": [],
        "accountId": None,
        "suggestedAccountIds": [],
        "invoiceId": None,
        "creditNoteId": None,
        "createdAt": "2026-01-10T12:00:00Z",
    }
    assert values(extracted) == {
        "kind": "Invoice",
        "number": "F-2026-0042",
        "poNumber": None,
        "issuedDate": {"year": 2026, "month": 1, "day": 5},
        "dueDate": {"year": 2026, "month": 2, "day": 4},
        "currencyCode": "EUR",
        "totalAmount": 1200.0,
        "taxAmount": 200.0,
        "paidAmount": None,
        "customerName": "Brasserie du Port SAS",
        "registrationNumber": None,
        "vatNumber": None,
    }
    assert values(extracted["billingAddress"])["city"] == "Marseille"
    assert extracted["number"]["source"] == "Text"
    assert 0 < extracted["number"]["confidence"] <= 1
    assert program.get(f"/document-imports/{document.pk}").json() == said | {"extracted": extracted}


def test_upload_says_what_followed_from_terms_or_defaults(program: Program, organization: Organization) -> None:
    extracted = upload(program, invoice_pdf(due_on=None)).json()["extracted"]
    assert extracted["dueDate"] == {"value": extracted["dueDate"]["value"], "source": "Default", "confidence": 0.0}
    scan = upload(program, scan_pdf()).json()["extracted"]
    assert (scan["number"], scan["issuedDate"], scan["billingAddress"]["city"]) == (None, None, None)
    assert scan["currencyCode"] == {"value": organization.default_currency, "source": "Default", "confidence": 0.0}


def test_upload_names_the_account_of_the_company_or_those_it_may_be(
    program: Program, organization: Organization
) -> None:
    near = AccountFactory.create(
        organization=organization, name="Brasserie du Fort", match_key=match_key("Brasserie du Fort")
    )
    first = upload(program).json()
    assert (first["accountId"], first["suggestedAccountIds"]) == (None, [str(near.pk)])
    same = AccountFactory.create(
        organization=organization, name="Brasserie du Port", match_key=match_key("Brasserie du Port")
    )
    assert program.get(f"/document-imports/{first['id']}").json()["accountId"] == str(same.pk)


@pytest.mark.parametrize(("content", "code"), [(b"GIF89a", "not-a-pdf"), (encrypted_pdf(), "encrypted")])
def test_upload_of_what_cannot_be_read_is_refused_and_leaves_nothing(
    program: Program, content: bytes, code: str
) -> None:
    answer = upload(program, content)
    assert (answer.status_code, answer.json()["code"]) == (400, f"app-invoices.pdf.{code}")
    assert [one["field"] for one in answer.json()["details"]] == ["file"]
    assert (Document.objects.count(), stored_files()) == (0, [])


def test_upload_of_a_known_file_says_where_it_is(program: Program) -> None:
    first = upload(program).json()["id"]
    answer = upload(program)
    assert (answer.status_code, answer.json()["code"]) == (409, "app-invoices.document.already-imported")
    assert f"document import {first}" in answer.json()["message"]


def test_upload_of_a_member_of_several_says_for_which(program: Program, owner: Membership) -> None:
    other = MembershipFactory.create(user=owner.user)
    answer = upload(program)
    assert (answer.status_code, [one["field"] for one in answer.json()["details"]]) == (400, ["organizationId"])
    assert upload(program, organizationId=str(other.organization_id)).status_code == 201
    assert upload(program, organizationId=str(new_id())).status_code == 404


def test_validate_as_read_makes_the_invoice_and_its_account(program: Program) -> None:
    key = upload(program).json()["id"]
    answer = validate(program, key)
    assert answer.status_code == 201, answer.json()
    invoice = Invoice.objects.get()
    assert (invoice.account.name, invoice.billing_city) == ("Brasserie du Port SAS", "Marseille")
    assert answer.json() == program.get(f"/invoices/{invoice.pk}").json()
    said = program.get(f"/document-imports/{key}").json()
    assert (said["status"], said["invoiceId"], said["creditNoteId"]) == ("Validated", str(invoice.pk), None)
    assert said["accountId"] == str(invoice.account_id)


def test_validate_takes_corrections_before_what_was_read(program: Program, organization: Organization) -> None:
    account = AccountFactory.create(organization=organization)
    answer = validate(
        program,
        upload(program).json()["id"],
        accountId=str(account.pk),
        number="F-7",
        poNumber="PO-1",
        issuedDate="2026-01-06",
        dueDate={"year": 2026, "month": 3, "day": 1},
        currencyCode="USD",
        totalAmount=99.99000000000001,
        taxAmount=9.99,
        paidAmount=9,
        customerName="Brasserie du Port",
        billingAddress={"city": "Toulon", "stateOrProvince": "Var"},
    )
    assert answer.status_code == 201, answer.json()
    said = answer.json()
    assert (said["accountId"], said["number"], said["poNumber"], said["currencyCode"]) == (
        str(account.pk),
        "F-7",
        "PO-1",
        "USD",
    )
    assert (said["issuedDate"]["day"], said["dueDate"]["month"]) == (6, 3)
    assert (said["totalAmount"], said["taxAmount"], said["remainingAmount"]) == (99.99, 9.99, 90.99)
    assert said["billingAddress"] == {
        "street": "2 quai du Port",
        "city": "Toulon",
        "postalCode": "13002",
        "stateOrProvince": "Var",
        "country": said["billingAddress"]["country"],
    }


def test_validate_as_the_other_kind_makes_a_credit_note(program: Program) -> None:
    key = upload(program).json()["id"]
    answer = validate(program, key, kind="CreditNote")
    note = CreditNote.objects.get()
    assert (answer.status_code, answer.json()) == (201, program.get(f"/credit-notes/{note.pk}").json())
    assert program.get(f"/document-imports/{key}").json()["creditNoteId"] == str(note.pk)


def test_validate_a_scan_asks_for_what_is_needed(program: Program) -> None:
    key = upload(program, scan_pdf()).json()["id"]
    answer = validate(program, key)
    assert (answer.status_code, answer.json()["code"]) == (400, "app-invoices.facts.invalid")
    fields = {one["field"] for one in answer.json()["details"]}
    assert fields == {"issuedDate", "totalAmount", "number", "customerName"}
    assert not Account.objects.exists()
    given = {"issuedDate": "2026-01-05", "totalAmount": 10, "number": "F-1", "customerName": "Acme"}
    assert validate(program, key, **given).status_code == 201


@pytest.mark.parametrize(
    ("corrections", "field"),
    [
        ({"dueDate": "2026-01-04"}, "dueDate"),
        ({"totalAmount": 1.005}, "totalAmount"),
        ({"taxAmount": 2000}, "taxAmount"),
        ({"kind": "Quote"}, "kind"),
        ({"total": 5}, "total"),
        ({"billingAddress": {"country": "XX"}}, "billingAddress.country"),
    ],
)
def test_validate_what_cannot_be_is_refused_by_field_and_leaves_the_upload(
    program: Program, corrections: dict[str, Any], field: str
) -> None:
    key = upload(program).json()["id"]
    answer = validate(program, key, **corrections)
    assert (answer.status_code, [one["field"] for one in answer.json()["details"]]) == (400, [field])
    assert Document.objects.to_verify().count() == 1
    assert not Account.objects.exists()


def test_validate_a_taken_number_is_refused_and_twice_is_too(program: Program, organization: Organization) -> None:
    account = AccountFactory.create(organization=organization)
    InvoiceFactory.create(account=account, number="F-1")
    key = upload(program).json()["id"]
    answer = validate(program, key, accountId=str(account.pk), number="F-1")
    assert (answer.status_code, answer.json()["code"]) == (400, "app-invoices.number.taken")
    assert validate(program, key, accountId=str(account.pk)).status_code == 201
    for corrections in ({}, {"dueDate": {"year": 2001, "month": 1, "day": 1}}):
        answer = validate(program, key, **corrections)
        assert (answer.status_code, answer.json()["code"]) == (409, "app-invoices.document.already-validated")


def test_everything_of_others_is_not_found(program: Program, outsider: Membership) -> None:
    foreign = DocumentFactory.create(organization=outsider.organization)
    answers = [
        program.get(f"/document-imports/{foreign.pk}"),
        validate(program, foreign.pk),
        validate(program, new_id()),
    ]
    account = AccountFactory.create(organization=outsider.organization)
    answers.append(validate(program, upload(program).json()["id"], accountId=str(account.pk)))
    assert {answer.status_code for answer in answers} == {404}
    assert not Invoice.objects.exists()


def test_scopes_and_roles_are_asked_for(
    api: Callable[..., Program], organization: Organization, read_only_member: Membership, owner: Membership
) -> None:
    document = DocumentFactory.create(organization=organization)
    for program in (api(owner, "invoices:read credit-notes:all"), api(read_only_member)):
        assert upload(program).status_code == 403
        assert validate(program, document.pk).status_code == 403
    assert api(owner, "invoices:read").get(f"/document-imports/{document.pk}").status_code == 403
