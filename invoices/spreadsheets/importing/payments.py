"""Importing payments: how much of each invoice is paid in all, by account and number.

The amounts are absolute, so that the same file again changes nothing. A file may hold an invoice's whole history: its
rows are taken by date, and when the last of them is what is recorded already, none does anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import batched
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from accounts.models import Account
from invoices import rules
from invoices.models import Invoice, Payment
from invoices.spreadsheets.directory import BATCH, Reference
from invoices.spreadsheets.enums import Effect
from invoices.spreadsheets.importing.arrivals import settle_accounts
from invoices.spreadsheets.importing.base import Importer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from decimal import Decimal
    from uuid import UUID

    from django.db.models import QuerySet

    from invoices.spreadsheets.importing.base import Setting
    from invoices.spreadsheets.understanding import Line, Sheet


PAID_FIELDS = ("paid_amount", "settled_on", "updated_at")


@dataclass(frozen=True, slots=True)
class Step:
    """One line about an invoice: by that day so much was paid in all."""

    line: Line
    paid_on: date
    amount: Decimal


class PaymentImporter(Importer):
    """Sets paid amounts."""

    cause = "payment"

    def __init__(self, sheet: Sheet, setting: Setting) -> None:
        super().__init__(sheet, setting)
        self._steps: list[tuple[Invoice, list[Step]]] = []
        self._shared: set[str] = set()

    def plan(self) -> None:
        """Find each line's invoice, then see which lines change what is recorded of it."""
        steps_by_invoice: dict[UUID, tuple[Invoice, list[Step]]] = {}
        for line, invoice in self._placed():
            if sentence := self._error(line, invoice):
                self.sheet.refuse(line, *sentence)
                continue
            step = Step(line, line.values.get("paid_on", self.setting.today), line.values["amount"].amount)
            steps_by_invoice.setdefault(invoice.pk, (invoice, []))[1].append(step)
        for invoice, steps in steps_by_invoice.values():
            self._plan_steps(invoice, sorted(steps, key=lambda step: step.paid_on))

    def _placed(self) -> Iterable[tuple[Line, Invoice]]:
        meant = list(self._meant())
        known = self._known(meant)
        for line, account in meant:
            number = line.values["number"]
            if invoice := known.get((account.pk if account else None, number)):
                yield line, invoice
            elif account is None and number in self._shared:
                sentence = _("Several accounts have an invoice %(number)s. Say in the row whose it is.")
                self.sheet.refuse(line, "number", sentence % {"number": number})
            else:
                sentence = _("There is no invoice %(number)s. Import invoices before payments.")
                self.sheet.refuse(line, "number", sentence % {"number": number})

    def _meant(self) -> Iterable[tuple[Line, Account | None]]:
        """Yield the lines with the accounts that they name, None where they name none; refuse unknown ones."""
        directory = self.directory()
        for line in self.sheet.good_lines:
            reference = Reference.of(line.values)
            account = directory.find(reference) if reference else None
            if reference and account is None:
                self.sheet.refuse(line, "company", _("There is no account “%(name)s”.") % {"name": reference})
            else:
                yield line, account

    def _known(self, meant: list[tuple[Line, Account | None]]) -> dict[tuple[UUID | None, str], Invoice]:
        """Return the lines' invoices by account and number; those of lines without an account by number alone."""
        pairs = [(account.pk, line.values["number"]) for line, account in meant if account is not None]
        known: dict[tuple[UUID | None, str], Invoice] = {}
        for batch in batched(dict.fromkeys(pairs), BATCH, strict=False):
            account_ids, numbers = map(set, zip(*batch, strict=True))
            for invoice in self._loaded(Q(account__in=account_ids, number__in=numbers)):
                known[invoice.account_id, invoice.number] = invoice
        bare = dict.fromkeys(line.values["number"] for line, account in meant if account is None)
        for some in batched(bare, BATCH, strict=False):
            shared = self._shared_of(some)
            self._shared |= shared
            for invoice in self._loaded(Q(number__in=set(some) - shared), are_accounts_locked=False):
                known[None, invoice.number] = invoice
        return known

    def _shared_of(self, numbers: Iterable[str]) -> set[str]:
        """Return the numbers that several accounts have."""
        found = Invoice.objects.for_organization(self.setting.organization).filter(number__in=numbers)
        counted = found.order_by().values("number").annotate(count=Count("*"))
        return set(counted.filter(count__gt=1).values_list("number", flat=True))

    def _loaded(self, which: Q, *, are_accounts_locked: bool = True) -> QuerySet[Invoice]:
        """Return invoices, locked in the order of their ids where the plan will be written; their accounts before."""
        invoices = Invoice.objects.for_organization(self.setting.organization).filter(which).order_by("pk")
        if not self.setting.is_locked:
            return invoices
        if not are_accounts_locked:
            theirs = Account.objects.filter(pk__in=invoices.order_by().values("account")).order_by("pk")
            list(theirs.select_for_update().values_list("pk"))
        return invoices.select_for_update()

    def _error(self, line: Line, invoice: Invoice) -> tuple[str, str] | None:
        """Return the field that is wrong and why; None when the line can be."""
        paid = line.values["amount"]
        for name, currency in (("currency", line.values.get("currency")), ("amount", paid.currency)):
            if currency and currency != invoice.currency:
                sentence = _("The invoice is in %(currency)s. Enter what is paid of it in that currency.")
                return name, sentence % {"currency": invoice.currency}
        today = self.setting.today
        sentences = {
            "number": rules.read_only_reason(invoice.source_system, self.setting.actor.kind),
            "amount": rules.amount_error(paid.amount, invoice.currency, may_be_zero=True),
            "paid_on": rules.paid_on_error(line.values.get("paid_on", today), today),
        }
        return next(((name, sentence) for name, sentence in sentences.items() if sentence), None)

    def _plan_steps(self, invoice: Invoice, steps: list[Step]) -> None:
        """Keep the steps after the one that is recorded already; all of them when none is."""
        recorded = [index for index, step in enumerate(steps) if step.amount == invoice.paid_amount]
        done = recorded[-1] + 1 if recorded else 0
        kept: list[Step] = []
        before = invoice.paid_amount
        for index, step in enumerate(steps):
            is_change = index >= done and step.amount != before
            self.note(step.line, Effect.CHANGED if is_change else Effect.UNCHANGED, invoice.account_id)
            if is_change:
                kept.append(step)
                before = step.amount
        if kept:
            self._steps.append((invoice, kept))

    def write(self) -> Iterator[int]:
        """Store the payment histories and the paid amounts; then apply credit that is free again."""
        stored = 0
        for batch in batched(self._steps, BATCH, strict=False):
            payments = [self._pay(invoice, step) for invoice, steps in batch for step in steps]
            Payment.objects.bulk_create(payments, batch_size=BATCH)
            Invoice.objects.bulk_update([invoice for invoice, _steps in batch], PAID_FIELDS)
            self.keep_trail()
            stored += len(payments)
            yield stored
        settle_accounts(self)

    def _pay(self, invoice: Invoice, step: Step) -> Payment:
        """Return the entry of the payment's history, and set what it makes of the invoice."""
        note = step.line.values.get("note", "")
        before, invoice.paid_amount = invoice.paid_amount, step.amount
        is_settled = step.amount + invoice.credited_amount >= invoice.total_amount
        invoice.settled_on = (invoice.settled_on or step.paid_on) if is_settled else None
        invoice.updated_at = self.setting.now
        changes = {"paid_amount": {"from": before, "to": step.amount}, "paid_on": step.paid_on, "note": note}
        self.trace("invoice.paid-amount-changed", invoice, invoice.account_id, changes)
        return Payment(
            invoice=invoice,
            previous_amount=before,
            amount=step.amount,
            paid_on=step.paid_on,
            note=note,
            recorded_by=self.setting.actor.label,
        )
