"""An upload is validated exactly while it is an invoice or a credit note, and the list of those that wait is short."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, connection, transaction

from invoices.models import CreditNote, Document, Invoice
from invoices.selectors import documents_to_verify
from tests.factories import CreditNoteFactory, DocumentFactory, InvoiceFactory

if TYPE_CHECKING:
    from factory.django import DjangoModelFactory

    from billabex.organizations.models import Organization

pytestmark = pytest.mark.django_db

PAPERS = pytest.mark.parametrize("factory", [InvoiceFactory, CreditNoteFactory])


@pytest.fixture
def document(organization: Organization) -> Document:
    return DocumentFactory.create(organization=organization)


def validated_at(document: Document) -> datetime | None:
    document.refresh_from_db()
    return document.validated_at


@PAPERS
def test_an_upload_is_validated_while_something_is_made_of_it(
    factory: type[DjangoModelFactory[Any]], document: Document
) -> None:
    assert validated_at(document) is None
    paper = factory.create(document=document)
    assert validated_at(document) == paper.created_at
    assert not Document.objects.to_verify().exists()
    paper.delete()
    assert validated_at(document) is None
    assert Document.objects.to_verify().get() == document


@PAPERS
def test_a_document_of_its_own_account_leaves_other_uploads_waiting(
    factory: type[DjangoModelFactory[Any]], document: Document
) -> None:
    factory.create(document=None)
    factory.create(document=DocumentFactory.create(organization=document.organization))
    assert Document.objects.to_verify().get() == document


@PAPERS
def test_an_upload_becomes_one_thing_only(factory: type[DjangoModelFactory[Any]], document: Document) -> None:
    other = CreditNoteFactory if factory is InvoiceFactory else InvoiceFactory
    factory.create(document=document)
    with pytest.raises(IntegrityError, match="one invoice or one credit note"), transaction.atomic():
        other.create(document=document)
    assert Invoice.objects.count() + CreditNote.objects.count() == 1


def test_an_upload_is_not_validated_without_an_invoice(document: Document) -> None:
    with pytest.raises(IntegrityError, match="never changed alone"), transaction.atomic():
        Document.objects.update(validated_at=datetime(2026, 2, 1, tzinfo=UTC))
    with pytest.raises(IntegrityError, match="never changed alone"), transaction.atomic():
        DocumentFactory.create(validated_at=datetime(2026, 2, 1, tzinfo=UTC))
    assert validated_at(document) is None


def test_an_upload_with_an_invoice_does_not_wait_again(document: Document) -> None:
    InvoiceFactory.create(document=document)
    with pytest.raises(IntegrityError, match="never changed alone"), transaction.atomic():
        Document.objects.update(validated_at=None)
    assert validated_at(document)


def test_waiting_uploads_are_found_by_an_index_of_their_own(organization: Organization) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # would read a table this small from end to end
            cursor.execute("SET LOCAL enable_seqscan = off")
        for waiting in (documents_to_verify(organization)[:25], documents_to_verify(organization).order_by()):
            assert "invoices_document_to_verify" in waiting.explain()
