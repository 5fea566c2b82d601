"""Money: what is paid, what is credited, and what is taken back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from accounts.services import lock_account, note_change
from billabex.core import audit
from billabex.organizations.rules import local_date
from invoices import rules
from invoices.errors import DocumentNotFound, InvalidAmount, InvalidDate, PaidMeanwhile
from invoices.models import CreditNote, Document, Invoice, Payment
from invoices.services.allocations import allocate_credit
from invoices.services.declarations import settle_declarations
from invoices.services.governing import refuse_read_only

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from decimal import Decimal
    from uuid import UUID

    from accounts.models import Account
    from billabex.core.actors import Actor


@transaction.atomic
def set_paid_amount(
    *,
    invoice: Invoice,
    amount: Decimal,
    paid_on: date,
    actor: Actor,
    now: datetime,
    note: str = "",
    shown: Decimal | None = None,
) -> Invoice:
    """Record how much of an invoice is paid in all.

    Args:
        invoice: The invoice; locked, after its account.
        amount: Everything paid so far, in the invoice's currency; may exceed the total (overpaid).
        paid_on: The civil date of the payment, today or before.
        actor: Who records it.
        now: The instant.
        note: What the person wants to remember of it.
        shown: What the person saw as paid when they typed the amount; without, the amount stands whatever was paid.

    Raises:
        PaidMeanwhile: Something else is paid than what was shown.
        InvalidAmount: Negative, absurd, or with more decimals than the currency has.
        InvalidDate: A payment that is yet to come, or that cannot be so old.
        ReadOnlyDocument: Another system governs the invoice.
        DocumentNotFound: The invoice is gone.
    """
    account = lock_account(invoice.account_id)
    invoice = _lock(invoice.pk)
    refuse_read_only(actor, invoice)
    _refuse_payment(amount, invoice.currency, paid_on, today=local_date(account.organization, now))
    if amount == invoice.paid_amount:
        return invoice
    before = invoice.paid_amount
    if shown not in {None, before}:
        raise PaidMeanwhile
    Payment.objects.create(
        invoice=invoice, previous_amount=before, amount=amount, paid_on=paid_on, note=note, recorded_by=actor.label
    )
    is_settled = amount + invoice.credited_amount >= invoice.total_amount
    invoice.paid_amount = amount
    invoice.settled_on = (invoice.settled_on or paid_on) if is_settled else None
    invoice.save(update_fields=["paid_amount", "settled_on", "updated_at"])
    audit.record(
        actor,
        "invoice.paid-amount-changed",
        invoice,
        organization_id=invoice.organization_id,
        account_id=invoice.account_id,
        changes={"paid_amount": {"from": before, "to": amount}, "paid_on": paid_on, "note": note},
    )
    settle_account(account, now=now)
    note_change(invoice.account_id, "payment")
    invoice.refresh_from_db()
    return invoice


def _refuse_payment(amount: Decimal, currency: str, paid_on: date, *, today: date) -> None:
    if sentence := rules.amount_error(amount, currency, may_be_zero=True):
        raise InvalidAmount(sentence, fields={"amount": sentence})
    if sentence := rules.paid_on_error(paid_on, today):
        raise InvalidDate(sentence, fields={"paid_on": sentence})


@transaction.atomic
def delete_invoice(*, invoice: Invoice, actor: Actor, now: datetime) -> None:
    """Delete an invoice with its PDF; credit applied to it goes back to its notes, which allocate it again.

    Raises:
        ReadOnlyDocument: Another system governs it.
        DocumentNotFound: It is gone already.
    """
    account = lock_account(invoice.account_id)
    invoice = _lock(invoice.pk)
    refuse_read_only(actor, invoice)
    _delete_paper(invoice, actor, now, "invoice.deleted")
    settle_account(account, now=now)
    note_change(account.pk, "document")


@transaction.atomic
def delete_credit_note(*, credit_note: CreditNote, actor: Actor, now: datetime) -> None:
    """Delete a credit note with its PDF; the invoices it settled are open again.

    Raises:
        ReadOnlyDocument: Another system governs it.
        DocumentNotFound: It is gone already.
    """
    account = lock_account(credit_note.account_id)
    fresh = CreditNote.objects.select_for_update().filter(pk=credit_note.pk).first()
    if fresh is None:
        raise DocumentNotFound
    refuse_read_only(actor, fresh)
    _delete_paper(fresh, actor, now, "credit-note.deleted")
    settle_account(account, now=now)
    note_change(account.pk, "document")


def settle_account(account: Account, *, now: datetime) -> None:
    """Let the account's credit find its invoices, and its announced payments come true.

    What follows from every change of documents or money. Runs in the caller's transaction, which holds the lock.
    """
    allocate_credit([account.pk], on=local_date(account.organization, now))
    settle_declarations([account.pk], now=now)


def _delete_paper(paper: Invoice | CreditNote, actor: Actor, now: datetime, action: str) -> None:
    audit.record(
        actor,
        action,
        paper,
        organization_id=paper.organization_id,
        account_id=paper.account_id,
        changes={"number": paper.number, "total_amount": paper.total_amount, "currency": paper.currency, "at": now},
    )
    document = paper.document
    paper.delete()
    if document is not None:
        delete_documents([document])


def delete_papers_of(account: Account) -> None:
    """Delete all invoices and credit notes of an account that goes as a whole, with their PDFs.

    Runs in the caller's transaction, which holds the account's lock.
    """
    theirs = Document.objects.filter(Q(invoice__account=account) | Q(credit_note__account=account))
    documents = list(theirs.only("file"))  # what was read of them is the most of it
    Invoice.objects.filter(account=account).delete()
    CreditNote.objects.filter(account=account).delete()
    delete_documents(documents)


def delete_documents(documents: Sequence[Document]) -> None:
    """Delete uploads that nothing points at; their files go once the caller's transaction has committed.

    A file that cannot be removed is logged: what is committed is not undone by it.
    """
    Document.objects.filter(pk__in=[document.pk for document in documents]).delete()
    for document in documents:
        remove = partial(document.file.storage.delete, str(document.file.name))
        transaction.on_commit(remove, robust=True)


def _lock(invoice_id: UUID) -> Invoice:
    try:
        return Invoice.objects.select_for_update().get(pk=invoice_id)
    except Invoice.DoesNotExist:
        raise DocumentNotFound from None
