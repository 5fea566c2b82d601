"""Credit: it finds its invoices by itself, unless a person says where it goes. See docs/decisions/008."""

from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager
from enum import StrEnum
from itertools import batched
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.services import lock_account, note_change
from billabex.core import audit, money
from billabex.core.money import ZERO
from billabex.core.templatetags.ui.formats import money_text
from billabex.organizations.rules import local_date
from invoices import rules
from invoices.errors import AllocationNotFound, DocumentNotFound, InvalidAmount, OtherAccount, OtherCurrency
from invoices.models import Allocation, CreditNote, Invoice
from invoices.services.declarations import settle_declarations
from invoices.services.governing import refuse_read_only

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import date, datetime
    from decimal import Decimal
    from uuid import UUID

    from django.db.models import QuerySet

    from billabex.core.actors import Actor

_BATCH = 500


class Effect(StrEnum):
    """What allocating explicitly did to a note and an invoice."""

    MADE = "made"
    REPLACED = "replaced"
    NONE = "none"


def allocate_credit(account_ids: Iterable[UUID], *, on: date) -> int:
    """Apply the accounts' open credit notes to their open invoices, the oldest first; return how many shares moved.

    Runs in the caller's transaction, which holds the accounts' locks. Source: product.md 2.
    """
    made = 0
    for batch in batched(account_ids, _BATCH, strict=False):
        notes: dict[UUID, list[rules.Owed]] = defaultdict(list)
        for note in CreditNote.objects.filter(account__in=batch).open().order_by("issued_on", "number"):
            notes[note.account_id].append(rules.Owed(note.pk, note.currency, note.remaining_amount))
        if notes:
            made += _spread(notes, on)
    return made


def _spread(notes: dict[UUID, list[rules.Owed]], on: date) -> int:
    owed: dict[UUID, list[rules.Owed]] = defaultdict(list)
    for invoice in Invoice.objects.filter(account__in=notes).open().order_by("due_on", "issued_on", "number"):
        owed[invoice.account_id].append(rules.Owed(invoice.pk, invoice.currency, invoice.remaining_amount))
    if not owed:
        return 0
    note_ids = [note.id for of_account in notes.values() for note in of_account]
    standing = Allocation.objects.filter(credit_note__in=note_ids)
    earlier = {(one.credit_note_id, one.invoice_id): one for one in standing}
    decided = {pair for pair, one in earlier.items() if not one.is_automatic} | _kept_off(note_ids)
    grown: list[UUID] = []
    made: list[Allocation] = []
    for account_id, of_account in notes.items():
        for share in rules.allocate(of_account, owed[account_id], decided):
            amount = share.amount
            if before := earlier.get((share.credit_note_id, share.invoice_id)):  # one for a pair: it becomes larger
                grown.append(before.pk)
                amount += before.amount
            made.append(_allocation(share.credit_note_id, share.invoice_id, amount, on))
    Allocation.objects.filter(pk__in=grown).delete()
    Allocation.objects.bulk_create(made, batch_size=_BATCH)
    return len(made)


def _kept_off(note_ids: Collection[UUID]) -> set[tuple[UUID, UUID]]:
    """Return the pairs that a person took apart."""
    apart = CreditNote.objects.filter(pk__in=note_ids, kept_off__isnull=False)
    return set(apart.order_by().values_list("pk", "kept_off"))


def _allocation(note_id: UUID, invoice_id: UUID, amount: Decimal, on: date, *, by_hand: bool = False) -> Allocation:
    return Allocation(
        credit_note_id=note_id, invoice_id=invoice_id, amount=amount, allocated_on=on, is_automatic=not by_hand
    )


@transaction.atomic
def allocate(
    *, credit_note: CreditNote, invoice: Invoice, amount: Decimal, actor: Actor, now: datetime
) -> tuple[Allocation, Effect]:
    """Apply so much of a credit note to an invoice, because somebody says so; it stands until somebody says otherwise.

    What was applied automatically gives way as far as needed, of that note first, then to that invoice; what comes
    free allocates itself again. There is one allocation for a pair: another amount replaces it.

    Returns:
        The allocation, and what became of the pair: the same again writes nothing.

    Raises:
        OtherAccount, OtherCurrency: The two do not belong together.
        ReadOnlyDocument: Another system governs one of them.
        InvalidAmount: Not positive, too many decimals, or beyond what the note or the invoice has left when all that
            is automatic gave way.
        DocumentNotFound: One of them is gone.
    """
    _refuse_mismatch(credit_note, invoice)
    account = lock_account(credit_note.account_id)
    credit_note, invoice = _lock_both(credit_note.pk, invoice.pk)
    refuse_read_only(actor, credit_note, invoice)
    pair = Allocation.objects.filter(credit_note=credit_note, invoice=invoice)
    earlier = pair.first()
    if earlier and not earlier.is_automatic and earlier.amount == amount:
        return earlier, Effect.NONE
    _refuse_amount(credit_note, invoice, amount)
    today = local_date(account.organization, now)
    with _keeping_settled_days(credit_note, invoice):
        pair.delete()
        _make_room(credit_note, invoice, amount)
        # The same amount as came by itself is still credit of the day it came.
        on = earlier.allocated_on if earlier and earlier.amount == amount else today
        allocation = _allocation(credit_note.pk, invoice.pk, amount, on, by_hand=True)
        allocation.save(force_insert=True)
        credit_note.kept_off.remove(invoice)
        allocate_credit([account.pk], on=today)
    settle_declarations([account.pk], now=now)
    amounts = {"from": earlier.amount if earlier else ZERO, "to": amount}
    _tell(actor, "credit-note.allocated", credit_note, invoice, amounts)
    return allocation, Effect.REPLACED if earlier and not earlier.is_automatic else Effect.MADE


@transaction.atomic
def remove_allocation(
    *, credit_note: CreditNote, invoice: Invoice, actor: Actor, now: datetime, amount: Decimal | None = None
) -> None:
    """Take a credit note off an invoice, because somebody says so; it goes back there only by hand.

    Its credit goes on to the account's other invoices, and other notes may settle this one.

    Args:
        credit_note: The note.
        invoice: The invoice; its account is locked first.
        actor: Who says so.
        now: The instant.
        amount: What they believe to be applied; None where they do not say.

    Raises:
        AllocationNotFound: It is not applied there.
        InvalidAmount: Another amount than the one given is.
        ReadOnlyDocument: Another system governs one of them.
        DocumentNotFound: One of them is gone.
    """
    account = lock_account(credit_note.account_id)
    credit_note, invoice = _lock_both(credit_note.pk, invoice.pk)
    refuse_read_only(actor, credit_note, invoice)
    allocation = Allocation.objects.filter(credit_note=credit_note, invoice=invoice).first()
    if allocation is None:
        raise AllocationNotFound
    if amount is not None and amount != allocation.amount:
        applied = money_text(allocation.amount, invoice.currency, get_language() or "en")
        raise _invalid(_("%(amount)s is applied there. Give this amount, or none.") % {"amount": applied})
    with _keeping_settled_days(credit_note, invoice):
        allocation.delete()
        credit_note.kept_off.add(invoice)
        allocate_credit([account.pk], on=local_date(account.organization, now))
    settle_declarations([account.pk], now=now)
    amounts = {"from": allocation.amount, "to": ZERO}
    _tell(actor, "credit-note.allocation-removed", credit_note, invoice, amounts)


def _note_room(credit_note: CreditNote, invoice: Invoice) -> Decimal:
    held = Allocation.objects.filter(credit_note=credit_note, is_automatic=False).exclude(invoice=invoice)
    room: Decimal = credit_note.total_amount - _total(held, credit_note.currency)
    return room


def _invoice_room(credit_note: CreditNote, invoice: Invoice) -> Decimal:
    held = Allocation.objects.filter(invoice=invoice, is_automatic=False).exclude(credit_note=credit_note)
    room: Decimal = invoice.total_amount - invoice.paid_amount - _total(held, invoice.currency)
    return room


def _total(allocations: QuerySet[Allocation], currency: str) -> Decimal:
    total: Decimal | None = allocations.aggregate(total=Sum("amount"))["total"]
    return money.quantize(total or ZERO, currency)


def _refuse_mismatch(credit_note: CreditNote, invoice: Invoice) -> None:
    if credit_note.account_id != invoice.account_id:
        raise OtherAccount(fields={"invoice": OtherAccount.message})
    if credit_note.currency != invoice.currency:
        raise OtherCurrency(fields={"invoice": OtherCurrency.message})


def _refuse_amount(credit_note: CreditNote, invoice: Invoice, amount: Decimal) -> None:
    currency = credit_note.currency
    if sentence := rules.amount_error(amount, currency):
        raise _invalid(sentence)
    rooms = (
        (_note_room(credit_note, invoice), credit_note, _("Credit note %(number)s has %(amount)s to apply at most.")),
        (_invoice_room(credit_note, invoice), invoice, _("Invoice %(number)s has %(amount)s left to settle at most.")),
    )
    for room, paper, sentence in rooms:
        if amount > room:
            at_most = money_text(max(room, ZERO), currency, get_language() or "en")
            raise _invalid(sentence % {"number": paper.number, "amount": at_most})


def _invalid(sentence: str) -> InvalidAmount:
    return InvalidAmount(sentence, fields={"amount": sentence})


def _make_room(credit_note: CreditNote, invoice: Invoice, amount: Decimal) -> None:
    """Let automatic allocations give way: of the note, the last due first; then to the invoice, the newest first."""
    credit_note.refresh_from_db()
    of_note = Allocation.objects.filter(credit_note=credit_note, is_automatic=True)
    _release(
        of_note.order_by("-invoice__due_on", "-invoice__issued_on", "-invoice__number"),
        amount - credit_note.remaining_amount,
    )
    invoice.refresh_from_db()
    of_invoice = Allocation.objects.filter(invoice=invoice, is_automatic=True)
    _release(of_invoice.order_by("-credit_note__issued_on", "-credit_note__number"), amount - invoice.remaining_amount)


def _release(allocations: QuerySet[Allocation], needed: Decimal) -> None:
    by_pair = {(one.credit_note_id, one.invoice_id): one for one in allocations}
    shares = [rules.Share(*pair, one.amount) for pair, one in by_pair.items()]
    for given in list(rules.give_way(shares, needed)):
        allocation = by_pair[given.credit_note_id, given.invoice_id]
        allocation.delete()
        # An invoice that was paid after it was credited keeps no more than it has room for.
        room = Invoice.objects.values_list("remaining_amount", flat=True).get(pk=given.invoice_id)
        left = min(allocation.amount - given.amount, room)
        if left > 0:
            kept = _allocation(given.credit_note_id, given.invoice_id, left, allocation.allocated_on)
            kept.save(force_insert=True)


@contextmanager
def _keeping_settled_days(credit_note: CreditNote, invoice: Invoice) -> Iterator[None]:
    """Let invoices that stay settled keep the day they were settled on, whichever credit does it now."""
    touched = {invoice.pk, *credit_note.allocations.values_list("invoice_id", flat=True)}
    before = dict(Invoice.objects.filter(pk__in=touched, settled_on__isnull=False).values_list("pk", "settled_on"))
    yield
    for settled in Invoice.objects.filter(pk__in=before, settled_on__isnull=False):
        if settled.settled_on != before[settled.pk]:
            settled.settled_on = before[settled.pk]
            settled.save(update_fields=["settled_on", "updated_at"])


def _lock_both(note_id: UUID, invoice_id: UUID) -> tuple[CreditNote, Invoice]:
    """Lock both documents by id, after their account.

    Raises:
        DocumentNotFound: One of them is gone.
    """
    notes = CreditNote.objects.select_for_update().filter(pk=note_id)
    invoices = Invoice.objects.select_for_update().filter(pk=invoice_id)
    try:
        if note_id < invoice_id:
            return notes.get(), invoices.get()
        invoice = invoices.get()
        return notes.get(), invoice
    except (CreditNote.DoesNotExist, Invoice.DoesNotExist):
        raise DocumentNotFound from None


def _tell(actor: Actor, action: str, note: CreditNote, invoice: Invoice, amounts: dict[str, Decimal]) -> None:
    audit.record(
        actor,
        action,
        note,
        organization_id=note.organization_id,
        account_id=note.account_id,
        changes={"invoice": invoice.number, "invoice_id": invoice.pk, "amount": amounts, "currency": note.currency},
    )
    note_change(note.account_id, "credit")
