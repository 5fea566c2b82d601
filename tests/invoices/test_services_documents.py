"""The door of documents: upload, validate, discard, import."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from threading import Barrier
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.db import connection

from accounts.enums import PauseReason
from accounts.errors import AccountNotFound
from accounts.models import Account
from accounts.rules import Company
from billabex.core.actors import SYSTEM
from billabex.core.events import account_changed
from billabex.core.models import AuditEntry
from invoices.enums import DocumentKind
from invoices.errors import AlreadyImported, AlreadyValidated, DocumentNotFound, InvalidFacts, NumberTaken
from invoices.models import CreditNote, Document, Invoice, Payment
from invoices.reading.errors import NotAPdf, NoText
from invoices.rules import Facts
from invoices.selectors import is_new_account
from invoices.services import discard_document, import_pdf, upload_document, validate_document
from tests.factories import (
    AccountFactory,
    DocumentFactory,
    InvoiceFactory,
    OrganizationFactory,
    PauseFactory,
    PaymentDeclarationFactory,
)
from tests.invoices.pdfs import invoice_pdf, needs_samples, sample, scan_pdf

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from billabex.organizations.models import Organization

NOW = datetime(2026, 2, 10, 12, tzinfo=UTC)
FACTS = Facts(
    kind=DocumentKind.INVOICE,
    number="F-1",
    issued_on=date(2026, 1, 5),
    due_on=date(2026, 2, 4),
    currency="EUR",
    total=Decimal("120.00"),
    company=Company("Brasserie du Port SAS", "2 quai du Port", "13002", "Marseille", "FR"),
)


def files() -> list[str]:
    return [path.name for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


def validate(document: Document, facts: Facts = FACTS, **more: Any) -> Invoice | CreditNote:
    return validate_document(document=document, facts=facts, actor=SYSTEM, now=NOW, **more)


def imported(organization: Organization, content: bytes) -> Invoice | CreditNote:
    return import_pdf(organization=organization, content=content, name="paper.pdf", actor=SYSTEM, now=NOW)


def test_upload_keeps_the_file_and_what_was_read(organization: Organization) -> None:
    content = invoice_pdf()
    document = upload_document(organization=organization, content=content, name="C:\\tmp\\été.pdf", actor=SYSTEM)
    assert (document.original_name, document.page_count, document.size) == ("été.pdf", 1, len(content))
    assert document.reading["number"]["value"] == "F-2026-0042"
    with document.file.open("rb") as file:
        assert file.read() == content


@pytest.mark.parametrize("name", ["", "  ", "/", "\n"])
def test_upload_without_a_name_gets_one(organization: Organization, name: str) -> None:
    document = upload_document(organization=organization, content=invoice_pdf(), name=name, actor=SYSTEM)
    assert document.original_name == "document.pdf"


def test_upload_same_bytes_again_names_the_first(organization: Organization) -> None:
    first = upload_document(organization=organization, content=invoice_pdf(), name="a.pdf", actor=SYSTEM)
    with pytest.raises(AlreadyImported) as caught:
        upload_document(organization=organization, content=invoice_pdf(), name="b.pdf", actor=SYSTEM)
    assert caught.value.extra["document"] == first


def test_upload_same_bytes_in_another_organization_is_another_document(organization: Organization) -> None:
    for one in (organization, OrganizationFactory.create()):
        upload_document(organization=one, content=invoice_pdf(), name="a.pdf", actor=SYSTEM)
    assert Document.objects.count() == 2


def test_upload_scan_is_kept_to_be_typed(organization: Organization) -> None:
    document = upload_document(organization=organization, content=scan_pdf(), name="scan.pdf", actor=SYSTEM)
    assert (document.page_count, document.reading["parser"]) == (1, "none")


@pytest.mark.parametrize(("content", "error"), [(b"no PDF", NotAPdf), (scan_pdf(), NoText)])
def test_upload_refused_file_leaves_nothing(organization: Organization, content: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        upload_document(organization=organization, content=content, name="a.pdf", actor=SYSTEM, accepts_scans=False)
    assert not Document.objects.exists()
    assert files() == []


def test_validate_new_company_creates_its_account_and_freezes_the_invoice(organization: Organization) -> None:
    paper = validate(DocumentFactory.create(organization=organization))
    assert isinstance(paper, Invoice)
    assert (paper.account.name, paper.account.city, paper.account.currency) == (
        "Brasserie du Port SAS",
        "Marseille",
        "EUR",
    )
    assert paper.billing_address == "2 quai du Port\n13002 Marseille\nFR"
    assert (paper.remaining_amount, paper.settled_on, paper.validated_by) == (120, None, "Billabex")
    assert AuditEntry.objects.filter(action="invoice.validated", account_id=paper.account_id).count() == 1
    assert is_new_account(paper)


def test_validate_known_vat_number_goes_to_its_account_whatever_the_name(organization: Organization) -> None:
    account = AccountFactory.create(organization=organization, name="Old name", vat_number="FR123")
    facts = replace(FACTS, company=Company("New name", vat_number="FR 123"))
    paper = validate(DocumentFactory.create(organization=organization), facts)
    assert paper.account == account
    assert not is_new_account(paper)


def test_validate_near_name_creates_a_new_account(organization: Organization) -> None:
    AccountFactory.create(organization=organization, name="Brasserie du Fort", match_key="brasserie du fort")
    assert validate(DocumentFactory.create(organization=organization)).account.name == "Brasserie du Port SAS"


def test_validate_account_of_another_organization_is_never_matched(organization: Organization) -> None:
    other = AccountFactory.create(name="Brasserie du Port", match_key="brasserie du port")
    assert validate(DocumentFactory.create(organization=organization)).account != other


def test_validate_other_company_of_the_same_name_creates_a_second_account(organization: Organization) -> None:
    first = validate(DocumentFactory.create(organization=organization)).account
    second = validate(DocumentFactory.create(organization=organization), is_other_company=True).account
    assert first != second
    assert first.name == second.name


def test_validate_given_account_takes_the_document_whatever_the_company(organization: Organization) -> None:
    account = AccountFactory.create(organization=organization)
    assert validate(DocumentFactory.create(organization=organization), account=account).account == account
    assert Account.objects.count() == 1


def test_validate_into_an_account_of_another_organization_is_not_found(organization: Organization) -> None:
    document = DocumentFactory.create(organization=organization)
    with pytest.raises(AccountNotFound):
        validate(document, account=AccountFactory.create())
    assert list(Document.objects.to_verify()) == [document]


def test_validate_credit_that_settles_keeps_the_promises_about_it(organization: Organization) -> None:
    account = AccountFactory.create(organization=organization)
    invoice = InvoiceFactory.create(account=account, total_amount=Decimal(50))
    promise = PaymentDeclarationFactory.create(account=account, invoices=[invoice])
    facts = replace(FACTS, kind=DocumentKind.CREDIT_NOTE, due_on=None)
    validate(DocumentFactory.create(organization=organization), facts, account=account)
    promise.refresh_from_db()
    assert promise.resolution == "InvoicesSettled"


def test_validate_paid_amount_on_the_document_is_its_first_payment(organization: Organization) -> None:
    paper = validate(DocumentFactory.create(organization=organization), replace(FACTS, paid=Decimal(120)))
    assert isinstance(paper, Invoice)
    assert (paper.remaining_amount, paper.settled_on) == (0, date(2026, 2, 10))
    payment = Payment.objects.get(invoice=paper)
    assert (payment.previous_amount, payment.amount, payment.paid_on) == (0, 120, date(2026, 1, 5))


def test_validate_facts_that_cannot_be_store_nothing(organization: Organization) -> None:
    document = DocumentFactory.create(organization=organization)
    with pytest.raises(InvalidFacts) as caught:
        validate(document, replace(FACTS, total=Decimal("1.005")))
    assert list(caught.value.fields) == ["total"]
    assert not Account.objects.exists()


def test_validate_taken_number_stores_nothing_and_leaves_the_upload(organization: Organization) -> None:
    account = AccountFactory.create(organization=organization)
    InvoiceFactory.create(account=account, number="F-1")
    document = DocumentFactory.create(organization=organization)
    with pytest.raises(NumberTaken) as caught:
        validate(document, replace(FACTS, number=" F-1 "), account=account)
    assert list(caught.value.fields) == ["number"]
    assert list(Document.objects.to_verify()) == [document]


def test_validate_credit_note_may_bear_the_number_of_an_invoice(organization: Organization) -> None:
    account = AccountFactory.create(organization=organization)
    InvoiceFactory.create(account=account, number="F-1")
    facts = replace(FACTS, kind=DocumentKind.CREDIT_NOTE, due_on=None)
    paper = validate(DocumentFactory.create(organization=organization), facts, account=account)
    assert isinstance(paper, CreditNote)


def test_validate_twice_is_refused_even_as_the_other_kind(organization: Organization) -> None:
    document = DocumentFactory.create(organization=organization)
    validate(document)
    for facts in (replace(FACTS, number="F-2"), replace(FACTS, kind=DocumentKind.CREDIT_NOTE)):
        with pytest.raises(AlreadyValidated):
            validate(document, facts)
    assert (Invoice.objects.count(), CreditNote.objects.count()) == (1, 0)


@pytest.mark.parametrize(("reason", "is_open"), [(PauseReason.PAYMENT_ANNOUNCED, False), (PauseReason.DISPUTE, True)])
def test_validate_lifts_a_pause_unless_it_stands(
    organization: Organization, reason: PauseReason, is_open: bool
) -> None:
    account = AccountFactory.create(organization=organization)
    pause = PauseFactory.create(account=account, reason=reason)
    validate(DocumentFactory.create(organization=organization), account=account)
    pause.refresh_from_db()
    assert (pause.ended_at is None) is is_open


@pytest.fixture
def told() -> Iterator[list[UUID]]:
    """Return the accounts that the house was told about."""
    heard: list[UUID] = []

    def listen(account_ids: list[UUID], **_more: object) -> None:
        heard.extend(account_ids)

    account_changed.connect(listen)
    yield heard
    account_changed.disconnect(listen)


@pytest.mark.django_db(transaction=True)
def test_validate_tells_the_house_once_on_commit(organization: Organization, told: list[UUID]) -> None:
    paper = validate(DocumentFactory.create(organization=organization))
    assert told == [paper.account_id]


@pytest.mark.django_db(transaction=True)
def test_discard_removes_the_upload_and_its_file(organization: Organization) -> None:
    document = upload_document(organization=organization, content=invoice_pdf(), name="a.pdf", actor=SYSTEM)
    discard_document(document=document, actor=SYSTEM)
    assert not Document.objects.exists()
    assert files() == []


def test_discard_validated_document_is_refused(organization: Organization) -> None:
    document = DocumentFactory.create(organization=organization)
    validate(document)
    with pytest.raises(AlreadyValidated):
        discard_document(document=document, actor=SYSTEM)
    assert Document.objects.filter(pk=document.pk).exists()


def test_validate_discarded_document_is_not_found(organization: Organization) -> None:
    document = DocumentFactory.create(organization=organization)
    Document.objects.all().delete()
    with pytest.raises(DocumentNotFound):
        validate(document)
    assert not Account.objects.exists()


@needs_samples
@pytest.mark.parametrize(
    ("name", "number", "issued_on", "due_on", "currency", "total", "paid", "company"),
    [
        (
            "akretion-facturx--invoice_EN16931",
            "F20260023",
            "2026-01-31",
            "2026-03-02",
            "EUR",
            "104.90",
            "0",
            "LE CLIENT",
        ),
        (
            "mustang--EXTENDED_Fremdwaehrung_wdis_fx-pdfa4",
            "47110815",
            "2025-12-01",
            "2025-12-31",
            "GBP",
            "1021.91",
            "500",
            "Metallbau Leipzig GmbH & Co. KG",
        ),
        (
            "mustang--MustangGnuaccountingBeispielRE-20171118_506blanko",
            "RE-20171118/506",
            "2017-11-18",
            "2017-12-09",
            "EUR",
            "571.04",
            "0",
            "Theodor Est",
        ),
    ],
)
def test_import_real_pdf_freezes_what_it_says(
    organization: Organization,
    name: str,
    number: str,
    issued_on: str,
    due_on: str,
    currency: str,
    total: str,
    paid: str,
    company: str,
) -> None:
    paper = imported(organization, sample(name))
    assert isinstance(paper, Invoice)
    assert (paper.number, paper.currency, paper.account.name) == (number, currency, company)
    assert (paper.issued_on.isoformat(), paper.due_on.isoformat()) == (issued_on, due_on)
    assert (paper.total_amount, paper.paid_amount) == (Decimal(total), Decimal(paid))


@needs_samples
def test_import_real_credit_note_owes_its_absolute_amount(organization: Organization) -> None:
    paper = imported(organization, sample("mustang--validAvoir_FR_type380_BASICWL"))
    assert isinstance(paper, CreditNote)
    assert (paper.number, paper.total_amount) == ("AV-2017-0005", Decimal("233.47"))


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time; nothing races")
@pytest.mark.django_db(transaction=True)
def test_upload_of_the_same_bytes_by_four_people_at_once_keeps_one_file() -> None:
    organization, start = OrganizationFactory.create(), Barrier(4)

    def run(index: int) -> bool:
        start.wait(timeout=10)
        try:
            upload_document(organization=organization, content=invoice_pdf(), name=f"{index}.pdf", actor=SYSTEM)
        except AlreadyImported:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(run, range(4))) == [False, False, False, True]
    assert files() == [f"{Document.objects.get().pk}.pdf"]


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time; nothing races")
@pytest.mark.django_db(transaction=True)
def test_validate_by_four_people_at_once_makes_one_paper_of_one_kind() -> None:
    document = DocumentFactory.create()
    start = Barrier(4)

    def run(index: int) -> bool:
        kind = DocumentKind.INVOICE if index % 2 else DocumentKind.CREDIT_NOTE
        start.wait(timeout=10)
        try:
            validate(document, replace(FACTS, kind=kind, number=f"F-{index}"))
        except AlreadyValidated:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(run, range(4)))
    assert sorted(made) == [False, False, False, True]
    assert Invoice.objects.count() + CreditNote.objects.count() == 1
    assert Account.objects.count() == 1


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time; nothing races")
@pytest.mark.django_db(transaction=True)
def test_validate_four_documents_of_one_new_company_at_once_makes_one_account() -> None:
    organization = OrganizationFactory.create()
    documents = DocumentFactory.create_batch(4, organization=organization)
    start = Barrier(4)

    def run(index: int) -> None:
        start.wait(timeout=10)
        try:
            validate(documents[index], replace(FACTS, number=f"F-{index}"))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(run, range(4)))
    assert (Account.objects.count(), Invoice.objects.count()) == (1, 4)
