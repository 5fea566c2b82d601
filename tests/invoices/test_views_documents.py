"""A document's way in: upload, discard, contact; and the PDF itself. Verifying it: `test_views_verify`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Account
from contacts.models import Contact
from invoices.models import Document, Invoice
from tests.factories import ContactFactory
from tests.invoices.flow import ADD, upload, url, verify
from tests.invoices.pdfs import contradicting_pdf, encrypted_pdf, invoice_pdf
from tests.invoices.reading.documents import blank

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.usefixtures("noon")


# --- Upload -------------------------------------------------------------------------------------------------


def test_upload_leads_to_verify(member_client: Client) -> None:
    assert "data-drop-zone" in member_client.get(ADD).content.decode()
    answer = upload(member_client, invoice_pdf())
    document = Document.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, url("verify", document))
    assert document.uploaded_by == "Max Member"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"GIF89a", "This file is not a PDF."),
        (b"", "This file is empty."),
        (encrypted_pdf(), "protected by a password"),
        (invoice_pdf()[:400], "damaged or incomplete"),
        (blank(10_000), "This PDF has 10000 pages; at most 60 are accepted."),
        (contradicting_pdf(), "This PDF contradicts itself"),
        (b"%PDF" + b"0" * (20 * 1024 * 1024), "larger than 20 MB"),
    ],
    ids=["not-a-pdf", "empty", "encrypted", "broken", "too-long", "contradicting", "too-large"],
)
def test_upload_of_a_bad_file_says_so_beside_the_field(member_client: Client, content: bytes, sentence: str) -> None:
    answer = upload(member_client, content)
    assert answer.status_code == 422
    assert sentence in answer.context["form"].errors["file"][0]
    assert not Document.objects.exists()


def test_upload_by_script_is_told_where_to_go(member_client: Client) -> None:
    file = SimpleUploadedFile("paper.pdf", invoice_pdf(), "application/pdf")
    answer = member_client.post(ADD, {"file": file}, headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (200, url("verify", Document.objects.get()))


def test_bad_upload_by_script_is_answered_with_the_form_alone(member_client: Client) -> None:
    answer = member_client.post(ADD, {"file": SimpleUploadedFile("x.pdf", b"GIF89a")}, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.strip().startswith("<form")
    assert "This file is not a PDF." in page


def test_upload_without_a_file_is_asked_for_one(member_client: Client) -> None:
    answer = member_client.post(ADD)
    assert answer.status_code == 422
    assert "file" in answer.context["form"].errors


def test_upload_of_a_waiting_pdf_links_to_its_verification(member_client: Client, document: Document) -> None:
    answer = upload(member_client, invoice_pdf())
    assert answer.status_code == 422
    assert url("verify", document) in answer.content.decode()


def test_upload_of_an_imported_pdf_links_to_the_invoice(member_client: Client, document: Document) -> None:
    verify(member_client, document)
    page = upload(member_client, invoice_pdf()).content.decode()
    assert "This PDF has already been imported" in page
    assert Invoice.objects.get().get_absolute_url() in page
    assert Document.objects.count() == 1


@pytest.mark.parametrize("name", ["add", "verify", "discard", "contact"])
def test_readers_may_not_write(read_only_client: Client, document: Document, name: str) -> None:
    address = ADD if name == "add" else url(name, document)
    assert read_only_client.post(address).status_code == 403


@pytest.mark.parametrize("name", ["verify", "contact", "document", "page-image"])
def test_document_is_only_for_its_organization(
    outsider_client: Client, client: Client, document: Document, name: str
) -> None:
    address = url(name, document, *([1] if name == "page-image" else []))
    assert outsider_client.get(address).status_code == 404
    assert client.get(address)["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("name", ["verify", "contact", "discard"])
def test_document_is_only_changed_by_its_organization(outsider_client: Client, document: Document, name: str) -> None:
    assert outsider_client.post(url(name, document)).status_code == 404
    assert Document.objects.to_verify().count() == 1


# --- Discard, contact ---------------------------------------------------------------------------------------


def test_discarded_upload_is_gone(member_client: Client, document: Document) -> None:
    assert member_client.get(url("discard", document)).status_code == 405
    assert member_client.post(url("discard", document))["Location"] == "/invoices/"
    assert not Document.objects.exists()


def test_discard_of_a_validated_document_leads_to_what_it_became(member_client: Client, document: Document) -> None:
    verify(member_client, document)
    answer = member_client.post(url("discard", document), follow=True)
    assert answer.request["PATH_INFO"] == Invoice.objects.get().get_absolute_url()
    assert "has already been validated" in answer.content.decode()


def test_first_contact_is_added_as_primary_in_the_document_s_language(
    member_client: Client, document: Document
) -> None:
    verify(member_client, document)
    answer = member_client.get(url("contact", document))
    initial = answer.context["form"].initial
    assert (initial["language"], initial["is_primary"]) == ("fr", True)
    assert "the agent asks for a contact with a task" in answer.content.decode()
    data = {"email": "compta@port.example", "language": "fr", "is_primary": "on"}
    assert member_client.post(url("contact", document), data)["Location"] == Invoice.objects.get().get_absolute_url()
    person = Contact.objects.get()
    assert (person.full_name, person.is_primary, person.account) == ("compta", True, Invoice.objects.get().account)


def test_contact_with_bad_or_taken_address_is_told_beside_the_field(member_client: Client, document: Document) -> None:
    verify(member_client, document)
    ContactFactory.create(account=Account.objects.get(), email="compta@port.example")
    for email in ("compta", "Compta@port.example", ""):
        answer = member_client.post(url("contact", document), {"email": email, "language": "fr"})
        assert answer.status_code == 422
        assert "email" in answer.context["form"].errors
    assert Contact.objects.count() == 1


def test_contact_of_an_upload_leads_to_verify_first(member_client: Client, document: Document) -> None:
    assert member_client.get(url("contact", document))["Location"] == url("verify", document)


# --- The PDF ------------------------------------------------------------------------------------------------


def test_pdf_is_a_download_that_no_browser_guesses_at(read_only_client: Client, document: Document) -> None:
    answer: Any = read_only_client.get(url("document", document))
    assert b"".join(answer.streaming_content) == invoice_pdf()
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="paper.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_page_is_a_picture_that_the_browser_keeps(read_only_client: Client, document: Document) -> None:
    answer = read_only_client.get(url("page-image", document, 1))
    assert answer.content.startswith(b"\x89PNG")
    assert "private" in answer["Cache-Control"]
    assert "immutable" in answer["Cache-Control"]


def test_page_that_is_none_is_not_found(member_client: Client, document: Document) -> None:
    assert member_client.get(url("page-image", document, 2)).status_code == 404


def test_file_that_is_lost_is_not_found(member_client: Client, document: Document) -> None:
    document.file.storage.delete(str(document.file.name))
    assert member_client.get(url("document", document)).status_code == 404
    assert member_client.get(url("page-image", document, 1)).status_code == 404
