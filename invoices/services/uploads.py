"""Uploads: a PDF comes in, is looked at, and waits to be verified or is thrown away."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from billabex.core import audit
from invoices.errors import AlreadyImported, AlreadyValidated, DocumentNotFound
from invoices.models import Document
from invoices.reading import OwnIdentity, Reading, count_pages, read_pdf
from invoices.reading.errors import NoText
from invoices.services.money import delete_documents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from billabex.core.actors import Actor
    from billabex.organizations.models import Organization


def own_identity(organization: Organization) -> OwnIdentity:
    """Return how documents name the organization itself."""
    return OwnIdentity(
        names=tuple(filter(None, (organization.name, organization.account_holder))),
        vat_numbers=tuple(filter(None, (organization.vat_number,))),
        registration_numbers=tuple(filter(None, (organization.registration_number,))),
        ibans=tuple(filter(None, (organization.iban,))),
    )


def upload_document(
    *, organization: Organization, content: bytes, name: str, actor: Actor, accepts_scans: bool = True
) -> Document:
    """Read a PDF and keep it, to be verified.

    Reading happens before and outside the transaction, in a child process with limits.

    Args:
        organization: Whose document it is.
        content: The file's bytes; what it is is told by them, not by its name.
        name: The file's name, shown to people only.
        actor: Who uploads it.
        accepts_scans: Keep a PDF without text, for a person to type beside the picture; else refuse it.

    Raises:
        AlreadyImported: The same bytes are here; `extra["document"]` is the document.
        UnreadablePdf: See `invoices.reading.errors`.
    """
    refuse_known(organization, content)
    try:
        reading = read_pdf(content, own_identity(organization))
    except NoText as error:
        if not accepts_scans:
            raise
        reading = _unread(int(error.extra.get("pages", 1)))
    with stored(organization, content, name, reading, actor) as document:
        return document


def look_at(organization: Organization, content: bytes) -> Reading:
    """Make sure that a file is a PDF that people can open, without reading what it says; count its pages.

    In a child process with limits, as reading: to be called outside of a transaction.

    Raises:
        AlreadyImported: The same bytes are here; `extra["document"]` is the document.
        UnreadablePdf: See `invoices.reading.errors`.
    """
    refuse_known(organization, content)
    return _unread(count_pages(content))


def _unread(pages: int) -> Reading:
    return Reading(page_count=pages, parser="none")


@contextmanager
def stored(organization: Organization, content: bytes, name: str, reading: Reading, actor: Actor) -> Iterator[Document]:
    """Keep a PDF with its row while the block holds; when it fails, neither stays.

    One transaction from the row to the end of the block. A file is no part of it: it goes by hand.

    Raises:
        AlreadyImported: The same file came in twice at once, and this one is the second.
    """
    document = Document(
        organization=organization,
        original_name=PurePath(name.replace("\\", "/")).name[:255].strip() or "document.pdf",
        sha256=_digest(content),
        size=len(content),
        page_count=reading.page_count,
        reading=reading.to_json(),
        uploaded_by=actor.label,
    )
    document.file.save("document.pdf", ContentFile(content), save=False)
    try:
        with transaction.atomic():
            _insert(document, content)
            yield document
    except BaseException:  # whatever it is: no file stays without its row
        document.file.delete(save=False)
        raise


def _insert(document: Document, content: bytes) -> None:
    try:
        with transaction.atomic():
            document.save(force_insert=True)
    except IntegrityError:
        refuse_known(document.organization, content)
        raise


def refuse_known(organization: Organization, content: bytes) -> None:
    """Refuse a file that the organization has.

    Raises:
        AlreadyImported: The same bytes are here; `extra["document"]` is the document.
    """
    known = Document.objects.for_organization(organization).filter(sha256=_digest(content)).first()
    if known is not None:
        raise AlreadyImported(document=known)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def discard_document(*, document: Document, actor: Actor) -> None:
    """Throw an upload away that was never validated.

    Raises:
        AlreadyValidated: It was, meanwhile.
        DocumentNotFound: It was thrown away, meanwhile.
    """
    with transaction.atomic():
        lock_to_verify(document)
        audit.record(actor, "document.discarded", document, organization_id=document.organization_id)
        delete_documents([document])


def lock_to_verify(document: Document) -> None:
    """Lock an upload until the transaction ends: it becomes one thing, invoice or credit note, once.

    Raises:
        AlreadyValidated: It did, meanwhile.
        DocumentNotFound: It was thrown away, meanwhile.
    """
    try:
        fresh = Document.objects.select_for_update().get(pk=document.pk)
    except Document.DoesNotExist:
        raise DocumentNotFound from None
    if fresh.validated_at is not None:
        raise AlreadyValidated
