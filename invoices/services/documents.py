"""The one door of documents: a PDF comes in, is read, verified, and frozen as an invoice or credit note."""

from __future__ import annotations

import hashlib
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from accounts.errors import AccountNotFound
from accounts.selectors import match_company
from accounts.services import create_account, lift_pause_for_new_document, lock_account, note_change
from billabex.core import audit
from billabex.core.money import ZERO
from billabex.organizations.models import Organization
from billabex.organizations.rules import local_date
from invoices import rules
from invoices.enums import DocumentKind
from invoices.errors import AlreadyImported, AlreadyValidated, DocumentNotFound, InvalidFacts, NumberTaken
from invoices.models import CreditNote, Document, Invoice, Payment
from invoices.reading import OwnIdentity, Reading, read_pdf
from invoices.reading.errors import NoText
from invoices.services.money import delete_documents, settle_account

if TYPE_CHECKING:
    from datetime import date, datetime
    from typing import Any

    from accounts.models import Account
    from billabex.core.actors import Actor


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
    digest = hashlib.sha256(content).hexdigest()
    _refuse_known(organization, digest)
    try:
        reading = read_pdf(content, own_identity(organization))
    except NoText as error:
        if not accepts_scans:
            raise
        reading = Reading(page_count=int(error.extra.get("pages", 1)), parser="none")
    document = Document(
        organization=organization,
        original_name=PurePath(name.replace("\\", "/")).name[:255].strip() or "document.pdf",
        sha256=digest,
        size=len(content),
        page_count=reading.page_count,
        reading=reading.to_json(),
        uploaded_by=actor.label,
    )
    document.file.save("document.pdf", ContentFile(content), save=False)
    try:
        with transaction.atomic():
            document.save(force_insert=True)
    except Exception:  # whatever it is: no file stays without its row
        document.file.delete(save=False)
        _refuse_known(organization, digest)  # the same file may have come in twice at once
        raise
    return document


def _refuse_known(organization: Organization, digest: str) -> None:
    known = Document.objects.for_organization(organization).filter(sha256=digest).first()
    if known is not None:
        raise AlreadyImported(document=known)


def discard_document(*, document: Document, actor: Actor) -> None:
    """Throw an upload away that was never validated.

    Raises:
        AlreadyValidated: It was, meanwhile.
        DocumentNotFound: It was thrown away, meanwhile.
    """
    with transaction.atomic():
        _lock_to_verify(document)
        audit.record(actor, "document.discarded", document, organization_id=document.organization_id)
        delete_documents([document])


def _lock_to_verify(document: Document) -> None:
    """Lock an upload until the transaction ends: it becomes one thing, invoice or credit note, once."""
    try:
        fresh = Document.objects.select_for_update().get(pk=document.pk)
    except Document.DoesNotExist:
        raise DocumentNotFound from None
    if fresh.validated_at is not None:
        raise AlreadyValidated


@transaction.atomic
def validate_document(
    *,
    document: Document,
    facts: rules.Facts,
    actor: Actor,
    now: datetime,
    account: Account | None = None,
    is_other_company: bool = False,
) -> Invoice | CreditNote:
    """Freeze a document as an invoice or credit note.

    Args:
        document: The upload.
        facts: What it says, as verified.
        actor: Who vouches for it.
        now: The instant.
        account: Whose document it is; None finds the account by the company, or creates it.
        is_other_company: A person said that the account of that name or number is another company: create one.

    Raises:
        InvalidFacts: The facts cannot be; `fields` says which.
        NumberTaken: The account has a document of that kind and number.
        AccountNotFound: The account is another organization's.
        AlreadyValidated: Somebody was faster.
        DocumentNotFound: It was thrown away, meanwhile.
    """
    if errors := rules.facts_errors(facts):
        raise InvalidFacts(fields=errors)
    organization = document.organization
    if account is not None and account.organization_id != organization.pk:
        raise AccountNotFound
    if account is None:
        create = _create_account if is_other_company else _find_or_create_account
        account = create(organization, facts, actor)
    account = lock_account(account.pk)
    _lock_to_verify(document)
    today = local_date(organization, now)
    paper = _freeze(document, account, facts, actor, today)
    lift_pause_for_new_document(account=account, actor=actor, now=now)
    settle_account(account, now=now)
    audit.record(
        actor,
        f"{facts.kind.replace('_', '-')}.validated",
        paper,
        organization_id=organization.pk,
        account_id=account.pk,
        changes={"number": facts.number, "total_amount": facts.total, "currency": facts.currency},
    )
    note_change(account.pk, "document")
    paper.refresh_from_db()
    return paper


def _find_or_create_account(organization: Organization, facts: rules.Facts, actor: Actor) -> Account:
    """Return the company's account; the organization's row serialises two documents that name one new company."""
    if account := match_company(organization, facts.company).account:
        return account
    # Not against its key: who holds an account meanwhile may still refer to the organization.
    Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    if account := match_company(organization, facts.company).account:
        return account
    return _create_account(organization, facts, actor)


def _create_account(organization: Organization, facts: rules.Facts, actor: Actor) -> Account:
    company = facts.company
    return create_account(
        organization=organization,
        name=company.name,
        actor=actor,
        currency=facts.currency,
        street=company.street,
        postal_code=company.postal_code,
        city=company.city,
        country=company.country,
        registration_number=company.registration_number,
        vat_number=company.vat_number,
    )


def _freeze(
    document: Document, account: Account, facts: rules.Facts, actor: Actor, today: date
) -> Invoice | CreditNote:
    company = facts.company
    address = "\n".join(
        filter(None, (company.street, f"{company.postal_code} {company.city}".strip(), company.country))
    )
    common: dict[str, Any] = {
        "organization": document.organization,
        "account": account,
        "document": document,
        "number": facts.number.strip(),
        "issued_on": facts.issued_on,
        "currency": facts.currency,
        "total_amount": facts.total,
        "tax_amount": facts.tax,
        "billing_name": company.name,
        "billing_address": address,
        "validated_by": actor.label,
    }
    try:
        with transaction.atomic():
            if facts.kind == DocumentKind.CREDIT_NOTE:
                return CreditNote.objects.create(**common)
            return _create_invoice(common, facts, actor, today)
    except IntegrityError as error:
        is_credit = facts.kind == DocumentKind.CREDIT_NOTE
        papers = CreditNote.objects.all() if is_credit else Invoice.objects.all()
        if not papers.filter(account=account, number=common["number"]).exists():
            raise
        raise NumberTaken(fields={"number": NumberTaken.message}) from error


def _create_invoice(common: dict[str, Any], facts: rules.Facts, actor: Actor, today: date) -> Invoice:
    invoice = Invoice.objects.create(
        **common,
        due_on=facts.due_on or facts.issued_on,
        purchase_order=facts.purchase_order,
        paid_amount=facts.paid,
        settled_on=today if facts.paid >= facts.total else None,
    )
    if facts.paid:
        Payment.objects.create(
            invoice=invoice, previous_amount=ZERO, amount=facts.paid, paid_on=facts.issued_on, recorded_by=actor.label
        )
    return invoice


def import_pdf(
    *, organization: Organization, content: bytes, name: str, actor: Actor, now: datetime
) -> Invoice | CreditNote:
    """Upload and validate a PDF in one go, taking everything as it was read. All of it is stored, or nothing.

    Raises:
        UnreadablePdf, AlreadyImported: See `upload_document`.
        InvalidFacts: Something needed was not read, or cannot be.
        NumberTaken: See `validate_document`.
    """
    document = upload_document(organization=organization, content=content, name=name, actor=actor, accepts_scans=False)
    try:
        draft = rules.draft_from(
            Reading.from_json(document.reading),
            default_currency=organization.default_currency,
            default_terms=organization.payment_terms_days,
        )
        return validate_document(document=document, facts=rules.complete(draft), actor=actor, now=now)
    except Exception:
        document.delete()
        document.file.delete(save=False)
        raise
