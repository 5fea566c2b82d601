"""A PDF that comes together with what it says: nothing is read from it, and all of it is stored or nothing."""

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

from accounts.errors import AccountNotFound
from accounts.models import Account
from accounts.rules import Company
from billabex.core.actors import Actor, ActorKind
from billabex.core.models import AuditEntry
from invoices.enums import DocumentKind
from invoices.errors import AlreadyImported, InvalidFacts, NumberTaken, SourceIdTaken
from invoices.models import Allocation, CreditNote, Document, Invoice
from invoices.reading.errors import EncryptedPdf, NoPages, NotAPdf
from invoices.rules import Facts
from invoices.services import add_document, delete_invoice
from tests.factories import AccountFactory, InvoiceFactory, OrganizationFactory
from tests.invoices.pdfs import empty_pdf, encrypted_pdf, scan_pdf, text_pdf

if TYPE_CHECKING:
    from billabex.organizations.models import Organization

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 2, 10, 12, tzinfo=UTC)
CLIENT = Actor(ActorKind.API_CLIENT, "Shop")
FACTS = Facts(
    kind=DocumentKind.INVOICE,
    number="F-1",
    issued_on=date(2026, 1, 5),
    due_on=date(2026, 2, 4),
    currency="EUR",
    total=Decimal("120.00"),
    tax=Decimal("20.00"),
    company=Company("Brasserie du Port", "2 quai du Port", "13002", "Marseille", "FR"),
    state_or_province="PACA",
)
CREDIT = replace(FACTS, kind=DocumentKind.CREDIT_NOTE, number="A-1", due_on=None, total=Decimal(50), tax=None)


def add(account: Account, content: bytes = b"", facts: Facts = FACTS, **more: Any) -> Invoice | CreditNote:
    content = content or text_pdf("F-1")
    return add_document(account=account, facts=facts, content=content, name="f.pdf", actor=CLIENT, now=NOW, **more)


def files() -> list[str]:
    return [path.name for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


@pytest.fixture
def account(organization: Organization) -> Account:
    return AccountFactory.create(organization=organization, currency="EUR")


def test_add_keeps_the_pdf_unread_and_freezes_the_facts(account: Account) -> None:
    paper = add(account, text_pdf("Facture n° X-99", "Total TTC : 999,00 €"), source_id="erp-1")
    assert (paper.account, paper.number, paper.total_amount, paper.validated_by) == (account, "F-1", 120, "Shop")
    assert (paper.source_id, paper.source_system) == ("erp-1", "Custom")
    assert paper.billing_address == "2 quai du Port\n13002 Marseille\nPACA\nFR"
    assert paper.document is not None
    assert (paper.document.page_count, paper.document.reading["number"]) == (1, None)
    assert paper.document.validated_at is not None
    assert AuditEntry.objects.get(action="invoice.validated").actor_label == "Shop"


def test_add_takes_a_scan(account: Account) -> None:
    assert add(account, scan_pdf()).document is not None


def test_add_credit_note_settles_the_oldest_invoice_at_once(account: Account) -> None:
    invoice = InvoiceFactory.create(account=account, total_amount=Decimal(50))
    note = add(account, facts=CREDIT)
    assert isinstance(note, CreditNote)
    assert note.remaining_amount == 0
    assert Allocation.objects.get().invoice == invoice


@pytest.mark.parametrize(
    ("content", "error"), [(b"no PDF", NotAPdf), (encrypted_pdf(), EncryptedPdf), (empty_pdf(), NoPages)]
)
def test_add_what_people_cannot_open_leaves_nothing(account: Account, content: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        add(account, content)
    assert not Document.objects.exists()
    assert files() == []


def test_add_facts_that_cannot_be_leave_nothing(account: Account) -> None:
    with pytest.raises(InvalidFacts) as refused:
        add(account, facts=replace(FACTS, due_on=date(2026, 1, 4), total=Decimal(0), state_or_province="x" * 121))
    assert set(refused.value.fields) == {"due_on", "total", "tax", "state_or_province"}
    assert files() == []


def test_add_number_that_is_taken_leaves_nothing_new(account: Account) -> None:
    add(account)
    with pytest.raises(NumberTaken) as refused:
        add(account, text_pdf("another"))
    assert set(refused.value.fields) == {"number"}
    assert (Document.objects.count(), Invoice.objects.count(), len(files())) == (1, 1, 1)


def test_add_source_id_that_is_taken_in_the_organization_leaves_nothing_new(account: Account) -> None:
    add(account, source_id="erp-1")
    other = AccountFactory.create(organization=account.organization, currency="EUR")
    with pytest.raises(SourceIdTaken) as refused:
        add(other, text_pdf("another"), source_id="erp-1")
    assert set(refused.value.fields) == {"source_id"}
    assert (Document.objects.count(), Invoice.objects.count(), len(files())) == (1, 1, 1)
    assert add(other, text_pdf("a third"), source_id="ERP-1").source_id == "ERP-1"


def test_add_the_same_file_names_the_first_and_its_number_is_free_again_after_deleting(account: Account) -> None:
    first = add(account)
    with pytest.raises(AlreadyImported) as refused:
        add(account, facts=replace(FACTS, number="F-2"))
    assert refused.value.extra["document"] == first.document
    assert isinstance(first, Invoice)
    delete_invoice(invoice=first, actor=CLIENT, now=NOW)
    assert add(account).number == "F-1"


def test_add_to_an_account_that_is_gone_leaves_nothing(account: Account) -> None:
    Account.objects.all().delete()
    with pytest.raises(AccountNotFound):
        add(account)
    assert files() == []


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time; nothing races")
@pytest.mark.django_db(transaction=True)
def test_add_of_the_same_file_by_four_programs_at_once_keeps_one() -> None:
    organization, start = OrganizationFactory.create(), Barrier(4)
    accounts = AccountFactory.create_batch(4, organization=organization, currency="EUR")

    def run(account: Account) -> bool:
        start.wait(timeout=10)
        try:
            add(account)
        except AlreadyImported:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(run, accounts)) == [False, False, False, True]
    assert files() == [f"{Document.objects.get().pk}.pdf"]
