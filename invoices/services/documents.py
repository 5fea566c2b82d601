"""The one door of documents: what a PDF says is vouched for, and frozen as an invoice or credit note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from accounts.errors import AccountNotFound
from accounts.selectors import match_company
from accounts.services import create_account, lock_account
from billabex.organizations.models import Organization
from invoices import rules
from invoices.errors import AlreadyValidated, InvalidFacts
from invoices.reading import Reading
from invoices.services.freezing import freeze
from invoices.services.uploads import lock_to_verify, look_at, stored, upload_document

if TYPE_CHECKING:
    from datetime import datetime

    from accounts.models import Account
    from billabex.core.actors import Actor
    from invoices.models import CreditNote, Document, Invoice


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
    if document.validated_at is not None:  # which matters more than what is wrong with the facts
        raise AlreadyValidated
    if errors := rules.facts_errors(facts):
        raise InvalidFacts(fields=errors)
    organization = document.organization
    if account is not None and account.organization_id != organization.pk:
        raise AccountNotFound
    if account is None:
        create = _create_account if is_other_company else _find_or_create_account
        account = create(organization, facts, actor)
    account = lock_account(account.pk)
    lock_to_verify(document)
    return freeze(account=account, document=document, facts=facts, actor=actor, now=now)


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


def add_document(
    *,
    account: Account,
    facts: rules.Facts,
    content: bytes,
    name: str,
    actor: Actor,
    now: datetime,
    source_id: str = "",
) -> Invoice | CreditNote:
    """Take in a PDF together with what it says, which the caller knows: nothing is read from it.

    All of it is stored, or nothing. The PDF is looked at before and outside the transaction.

    Args:
        account: Whose document it is.
        facts: What it says.
        content: The PDF's bytes.
        name: The file's name, shown to people only.
        actor: Who vouches for it.
        now: The instant.
        source_id: Its key in the API client's own system, which then owns it; see docs/decisions/015.

    Raises:
        InvalidFacts: The facts cannot be; `fields` says which.
        UnreadablePdf: People could not open it; see `invoices.reading.errors`.
        AlreadyImported: The organization has this very file; `extra["document"]` is it.
        NumberTaken, SourceIdTaken: See `freezing.freeze`.
        AccountNotFound: The account is gone.
    """
    if errors := rules.facts_errors(facts):
        raise InvalidFacts(fields=errors)
    reading = look_at(account.organization, content)
    with transaction.atomic():
        account = lock_account(account.pk)
        with stored(account.organization, content, name, reading, actor) as document:
            return freeze(account=account, document=document, facts=facts, actor=actor, now=now, source_id=source_id)


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
