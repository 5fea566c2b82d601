"""Importing invoices, with what was paid on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from billabex.core.money import ZERO
from invoices import rules
from invoices.enums import DocumentKind
from invoices.models import Invoice, Payment
from invoices.spreadsheets.importing.papers import PaperImporter

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import Account
    from invoices.models.money import InvoiceQuerySet
    from invoices.spreadsheets.importing.base import Setting
    from invoices.spreadsheets.understanding import Line, Sheet


class InvoiceImporter(PaperImporter[Invoice]):
    """Creates invoices."""

    kind = DocumentKind.INVOICE
    frozen = PaperImporter.frozen | {"due_on": "due_on", "purchase_order": "purchase_order"}
    said_twice = gettext_lazy("Row %(row)d is the same invoice. Keep one of them.")
    said_otherwise = gettext_lazy(
        "The invoice %(number)s is here already and says %(value)s. An invoice never changes."
    )
    other_currency = gettext_lazy("This amount is in %(written)s, but the invoice in %(currency)s.")

    def __init__(self, sheet: Sheet, setting: Setting) -> None:
        super().__init__(sheet, setting)
        self._without_due_date = self._other_paid_amounts = 0

    @property
    def papers(self) -> InvoiceQuerySet:
        """All invoices."""
        return Invoice.objects.all()

    def plan(self) -> None:
        """Plan, then tell the person what was filled in, and what was left aside."""
        super().plan()
        self._without_due_date = sum("due_on" not in line.values for line, _account, _facts in self._new)
        self._say()

    def _compare(self, line: Line, paper: Invoice) -> None:
        super()._compare(line, paper)
        paid = line.values.get("paid")
        self._other_paid_amounts += paid is not None and paid.amount != paper.paid_amount

    def facts(self, line: Line, account: Account, **more: Any) -> rules.Facts:
        """Return what a line says of a new invoice; a missing due date follows from the organization's terms."""
        values = line.values
        due_on = rules.due_date(
            issued_on=values["issued_on"],
            due_on=values.get("due_on"),
            printed_terms=None,
            default_terms=self.setting.organization.payment_terms_days,
        )
        paid = values["paid"].amount if "paid" in values else ZERO
        order = values.get("purchase_order", "")
        return super().facts(line, account, due_on=due_on, paid=paid, purchase_order=order, **more)

    def more_errors(self, line: Line, facts: rules.Facts) -> dict[str, str]:
        """Refuse a payment that is yet to come, too, and a credit note that stands among invoices."""
        errors = super().more_errors(line, facts)
        if facts.total < 0:
            errors["total"] = _("A negative total is that of a credit note. Import it with the credit notes.")
        paid_on = line.values.get("paid_on", facts.issued_on)
        if sentence := rules.paid_on_error(paid_on, max(self.setting.today, facts.issued_on)):
            errors["paid_on"] = sentence
        return errors

    def store(self, batch: Iterable[tuple[Line, Account, rules.Facts]]) -> list[Invoice]:
        """Store invoices and the first entries of their payment histories."""
        invoices, payments = [], []
        for line, account, facts in batch:
            invoice = self._invoice(line, account, facts)
            invoices.append(invoice)
            if invoice.paid_amount:
                payments.append(self._payment(line, invoice))
        Invoice.objects.bulk_create(invoices)
        Payment.objects.bulk_create(payments)
        return invoices

    def _invoice(self, line: Line, account: Account, facts: rules.Facts) -> Invoice:
        paid_on = line.values.get("paid_on", self.setting.today)
        return Invoice(
            **self.frozen_fields(line, account, facts),
            due_on=facts.due_on or facts.issued_on,
            purchase_order=facts.purchase_order,
            paid_amount=facts.paid,
            settled_on=paid_on if facts.paid >= facts.total else None,
        )

    def _payment(self, line: Line, invoice: Invoice) -> Payment:
        return Payment(
            invoice_id=invoice.pk,
            previous_amount=ZERO,
            amount=invoice.paid_amount,
            paid_on=line.values.get("paid_on", invoice.issued_on),
            recorded_by=self.setting.actor.label,
        )

    def _say(self) -> None:
        if count := self._without_due_date:
            days = self.setting.organization.payment_terms_days
            sentence = ngettext(
                "%(count)d invoice has no due date: it gets your default payment terms, %(days)d days.",
                "%(count)d invoices have no due date: they get your default payment terms, %(days)d days.",
                count,
            )
            self.sheet.notices.append(sentence % {"count": count, "days": days})
        if count := self._other_paid_amounts:
            sentence = ngettext(
                "The paid amount of %(count)d known invoice differs. Import payments to change it.",
                "The paid amounts of %(count)d known invoices differ. Import payments to change them.",
                count,
            )
            self.sheet.notices.append(sentence % {"count": count})
