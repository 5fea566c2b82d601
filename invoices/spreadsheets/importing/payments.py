"""Importing payments: how much of each invoice is paid in all, by account and number.

The amounts are absolute, so that the same file again changes nothing; a file has one row for an invoice. One that
would lower what is recorded needs a person's word: it may be a list of single payments, or an old one.
"""

from __future__ import annotations

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
from invoices.spreadsheets.importing.invoices import InvoiceImporter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from uuid import UUID

    from django.db.models import QuerySet

    from invoices.spreadsheets.importing.base import Setting
    from invoices.spreadsheets.understanding import Line, Sheet


PAID_FIELDS = ("paid_amount", "settled_on", "updated_at")


class PaymentImporter(Importer):
    """Sets paid amounts."""

    cause = "payment"

    def __init__(self, sheet: Sheet, setting: Setting) -> None:
        super().__init__(sheet, setting)
        self._changes: list[tuple[Line, Invoice]] = []
        self._shared: set[str] = set()

    def plan(self) -> None:
        """Find each line's invoice, then see which lines change what is recorded of it."""
        rows: dict[UUID, int] = {}
        for line, invoice in self._placed():
            self.currencies[line.number] = invoice.currency
            if (row := rows.setdefault(invoice.pk, line.number)) != line.number:
                self.sheet.refuse(line, "number", InvoiceImporter.said_twice % {"row": row})
            elif error := self._error(line, invoice):
                self.sheet.refuse(line, *error)
            else:
                self._compare(line, invoice)

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
        paid = line.values["paid_in_all"]
        for name, currency in (("currency", line.values.get("currency")), ("paid_in_all", paid.currency)):
            if currency and currency != invoice.currency:
                sentence = _("The invoice is in %(currency)s. Enter what is paid of it in that currency.")
                return name, sentence % {"currency": invoice.currency}
        today = self.setting.today
        sentences = {
            "number": rules.read_only_reason(invoice.source_system, self.setting.actor.kind),
            "paid_in_all": rules.amount_error(paid.amount, invoice.currency, may_be_zero=True),
            "paid_on": rules.paid_on_error(line.values.get("paid_on", today), today),
        }
        return next(((name, sentence) for name, sentence in sentences.items() if sentence), None)

    def _compare(self, line: Line, invoice: Invoice) -> None:
        """Keep the line when it says something else than what is recorded."""
        before, paid = invoice.paid_amount, line.values["paid_in_all"].amount
        if paid == before:
            self.note(line, Effect.UNCHANGED, invoice.account_id)
            return
        if paid < before and not self.setting.may_lower:
            sentence = _("This lowers what is paid of %(number)s. Import the file on its page, which asks first.")
            self.sheet.refuse(line, "paid_in_all", sentence % {"number": invoice.number})
            return
        self.note(line, Effect.CHANGED, invoice.account_id)
        self.paid_before[line.number] = before
        self._changes.append((line, invoice))

    def write(self) -> Iterator[int]:
        """Store the payment histories and the paid amounts; then apply credit that is free again."""
        stored = 0
        for batch in batched(self._changes, BATCH, strict=False):
            payments = [self._pay(*change) for change in batch]
            Payment.objects.bulk_create(payments)
            Invoice.objects.bulk_update([invoice for _line, invoice in batch], PAID_FIELDS)
            self.keep_trail()
            stored += len(payments)
            yield stored
        settle_accounts(self)

    def _pay(self, line: Line, invoice: Invoice) -> Payment:
        """Return the entry of the payment's history, and set what it makes of the invoice."""
        note, paid_on = line.values.get("note", ""), line.values.get("paid_on", self.setting.today)
        before, invoice.paid_amount = invoice.paid_amount, line.values["paid_in_all"].amount
        is_settled = invoice.paid_amount + invoice.credited_amount >= invoice.total_amount
        invoice.settled_on = (invoice.settled_on or paid_on) if is_settled else None
        invoice.updated_at = self.setting.now
        changes = {"paid_amount": {"from": before, "to": invoice.paid_amount}, "paid_on": paid_on, "note": note}
        self.trace("invoice.paid-amount-changed", invoice, invoice.account_id, changes)
        return Payment(
            invoice=invoice,
            previous_amount=before,
            amount=invoice.paid_amount,
            paid_on=paid_on,
            note=note,
            recorded_by=self.setting.actor.label,
        )
