"""Freezing: facts that somebody vouches for become an invoice or a credit note, and all that follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

from accounts.enums import SourceSystem
from accounts.services import lift_pause_for_new_document, note_change
from billabex.core import audit
from billabex.core.money import ZERO
from billabex.organizations.rules import local_date
from invoices.enums import DocumentKind
from invoices.errors import NumberTaken, SourceIdTaken
from invoices.models import CreditNote, Invoice, Payment
from invoices.services.money import settle_account

if TYPE_CHECKING:
    from datetime import date, datetime

    from accounts.models import Account
    from billabex.core.actors import Actor
    from billabex.core.errors import InvalidInput
    from invoices.models import Document
    from invoices.rules import Facts

BILLING_PARTS = (
    "billing_street",
    "billing_postal_code",
    "billing_city",
    "billing_state_or_province",
    "billing_country",
)
"""The columns of the address that a document was sent to."""


def freeze(
    *, account: Account, document: Document, facts: Facts, actor: Actor, now: datetime, source_id: str = ""
) -> Invoice | CreditNote:
    """Freeze a document's facts as an invoice or credit note, and let everything follow from it.

    Pauses end that a new document ends, credit finds its invoices, and the house is told. Runs in the caller's
    transaction, which holds the account's lock.

    Args:
        account: Whose document it is.
        document: The PDF.
        facts: What it says; `rules.facts_errors` finds nothing in them.
        actor: Who vouches for it.
        now: The instant.
        source_id: Its key in the system of the API client that creates it.

    Raises:
        NumberTaken: The account has a document of that kind and number.
        SourceIdTaken: The organization has a document of that kind from there.
    """
    paper = _created(account, document, facts, actor, local_date(account.organization, now), source_id)
    lift_pause_for_new_document(account=account, actor=actor, now=now)
    settle_account(account, now=now)
    audit.record(
        actor,
        f"{facts.kind.replace('_', '-')}.validated",
        paper,
        organization_id=account.organization_id,
        account_id=account.pk,
        changes={"number": facts.number, "total_amount": facts.total, "currency": facts.currency},
    )
    note_change(account.pk, "document")
    paper.refresh_from_db()
    return paper


def frozen_facts(facts: Facts) -> dict[str, Any]:
    """Return what documents of either kind keep of their facts, by column."""
    company = facts.company
    return {
        "number": facts.number.strip(),
        "issued_on": facts.issued_on,
        "currency": facts.currency,
        "total_amount": facts.total,
        "tax_amount": facts.tax,
        "billing_name": company.name,
        "billing_street": company.street,
        "billing_postal_code": company.postal_code,
        "billing_city": company.city,
        "billing_state_or_province": facts.state_or_province,
        "billing_country": company.country,
    }


def _created(
    account: Account, document: Document, facts: Facts, actor: Actor, today: date, source_id: str
) -> Invoice | CreditNote:
    fields = {
        "organization_id": account.organization_id,
        "account": account,
        "document": document,
        "source_id": source_id or None,
        "source_system": SourceSystem.CUSTOM if source_id else None,
        "validated_by": actor.label,
        **frozen_facts(facts),
    }
    try:
        with transaction.atomic():
            if facts.kind == DocumentKind.CREDIT_NOTE:
                return CreditNote.objects.create(**fields)
            return _create_invoice(fields, facts, actor, today)
    except IntegrityError as error:
        if refusal := _taken(account, facts.kind, fields):
            raise refusal from error
        raise


def _taken(account: Account, kind: DocumentKind, fields: dict[str, Any]) -> InvalidInput | None:
    """Return why the database refused: what is there already under the same key."""
    papers = CreditNote.objects.all() if kind == DocumentKind.CREDIT_NOTE else Invoice.objects.all()
    if papers.filter(account=account, number=fields["number"]).exists():
        return NumberTaken(fields={"number": NumberTaken.message})
    same_source = papers.for_organization(account.organization_id).filter(source_id=fields["source_id"])
    if fields["source_id"] and same_source.exists():
        return SourceIdTaken(fields={"source_id": SourceIdTaken.message})
    return None


def _create_invoice(fields: dict[str, Any], facts: Facts, actor: Actor, today: date) -> Invoice:
    invoice = Invoice.objects.create(
        **fields,
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
