"""Importing invoices: new ones are frozen like validated documents; known ones never change."""

from __future__ import annotations

from itertools import batched
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.rules import Company
from billabex.core.money import ZERO
from invoices import rules
from invoices.enums import DocumentKind
from invoices.models import Invoice, Payment
from invoices.services import allocate_credit
from invoices.spreadsheets.directory import BATCH, Reference
from invoices.spreadsheets.enums import Effect
from invoices.spreadsheets.importing.accounts import NewAccounts, trace_new_accounts
from invoices.spreadsheets.importing.arrivals import lift_pauses
from invoices.spreadsheets.importing.base import Importer
from invoices.spreadsheets.values import Money

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from accounts.models import Account
    from invoices.spreadsheets.importing.base import Setting
    from invoices.spreadsheets.understanding import Line, Sheet

FROZEN = {
    "issued_on": "issued_on",
    "due_on": "due_on",
    "currency": "currency",
    "total": "total_amount",
    "tax": "tax_amount",
    "purchase_order": "purchase_order",
}
"""What the file may say of an invoice that is there already, by its field: it has to agree."""


class InvoiceImporter(Importer):
    """Creates invoices, and the accounts that they are the first to name."""

    def __init__(self, sheet: Sheet, setting: Setting) -> None:
        super().__init__(sheet, setting)
        self._new: list[tuple[Line, Account, rules.Facts]] = []
        self._accounts = NewAccounts(setting.organization)
        self._without_due_date = self._other_paid_amounts = 0

    def plan(self) -> None:
        """Find or prepare each line's account, then compare the line with the invoice of that number, if any."""
        placed = list(self._placed())
        known = self._known(placed)
        rows: dict[tuple[UUID, str], int] = {}
        for line, account in placed:
            key = (account.pk, line.values["number"])
            if (row := rows.setdefault(key, line.number)) != line.number:
                sentence = _("Row %(row)d is the same invoice. Keep one of them.")
                self.sheet.refuse(line, "number", sentence % {"row": row})
            elif invoice := known.get(key):
                self._compare(line, invoice)
            else:
                self._prepare(line, account)
        self._say()

    def _placed(self) -> Iterable[tuple[Line, Account]]:
        directory = self.directory()
        for line in self.sheet.good_lines:
            reference = Reference.of(line.values)
            account = directory.find(reference)
            if account is None and reference.name:
                account = self._accounts.add(directory, line.values, self._currency(line, None))
            if account is not None:
                yield line, account
            elif reference:
                sentence = _("There is no account “%(account)s”, and the row does not say the company's name.")
                self.sheet.refuse(line, "company", sentence % {"account": reference})
            else:
                self.sheet.refuse(line, "company", _("This row does not say which account it is about."))

    def _known(self, placed: list[tuple[Line, Account]]) -> dict[tuple[UUID, str], Invoice]:
        """Return the invoices that are there, by account and number."""
        known: dict[tuple[UUID, str], Invoice] = {}
        numbers = dict.fromkeys(line.values["number"] for line, _account in placed)
        invoices = Invoice.objects.for_organization(self.setting.organization)
        for batch in batched(numbers, BATCH, strict=False):
            known |= {(invoice.account_id, invoice.number): invoice for invoice in invoices.filter(number__in=batch)}
        return known

    def _compare(self, line: Line, invoice: Invoice) -> None:
        """Refuse a line that says something else than the frozen invoice does."""
        for name, field in FROZEN.items():
            value = line.values.get(name)
            said = value.amount if isinstance(value, Money) else value
            if said is not None and said != getattr(invoice, field):
                sentence = _("The invoice %(number)s is here already and says %(value)s. An invoice never changes.")
                facts = {"number": invoice.number, "value": _shown(getattr(invoice, field))}
                self.sheet.refuse(line, name, sentence % facts)
        if line.number in self.sheet.issues.rows:
            return
        paid = line.values.get("paid")
        self._other_paid_amounts += paid is not None and paid.amount != invoice.paid_amount
        self.note(line, Effect.UNCHANGED, invoice.account_id)

    def _prepare(self, line: Line, account: Account) -> None:
        """Prepare a new invoice, when all that documents are held to is true of it."""
        facts = self._facts(line, account)
        errors = rules.facts_errors(facts)
        errors |= self._more_errors(line, facts)
        for name, sentence in errors.items():
            self.sheet.refuse(line, name, sentence)
        if errors:
            return
        self._without_due_date += "due_on" not in line.values
        self._new.append((line, account, facts))
        self.note(line, Effect.NEW, account.pk)

    def _currency(self, line: Line, account: Account | None) -> str:
        """Return the line's currency: as its own cell says, else as stands at its total, else as is usual."""
        at_total = line.values["total"].currency
        usual = account.currency if account else self.setting.organization.default_currency
        currency: str = line.values.get("currency") or at_total or usual
        return currency

    def _facts(self, line: Line, account: Account) -> rules.Facts:
        values = line.values
        return rules.Facts(
            kind=DocumentKind.INVOICE,
            number=values["number"],
            issued_on=values["issued_on"],
            due_on=rules.due_date(
                issued_on=values["issued_on"],
                due_on=values.get("due_on"),
                printed_terms=None,
                default_terms=self.setting.organization.payment_terms_days,
            ),
            currency=self._currency(line, account),
            total=values["total"].amount,
            tax=values["tax"].amount if "tax" in values else None,
            paid=values["paid"].amount if "paid" in values else ZERO,
            purchase_order=values.get("purchase_order", ""),
            company=Company(
                values.get("company") or account.name,
                *(values.get(name, "") for name in ("street", "postal_code", "city", "country")),
            ),
        )

    def _more_errors(self, line: Line, facts: rules.Facts) -> dict[str, str]:
        """Return what only a file can say wrong."""
        errors: dict[str, str] = {}
        for name in ("total", "tax", "paid"):
            written = line.values.get(name, Money(ZERO)).currency
            if written and written != facts.currency:
                errors[name] = _("This amount is in %(written)s, but the invoice in %(currency)s.") % {
                    "written": written,
                    "currency": facts.currency,
                }
        if line.values.get("paid_on", facts.issued_on) > max(self.setting.today, facts.issued_on):
            errors["paid_on"] = _("This day is yet to come. Record the payment when it has arrived.")
        return errors

    def _invoice(self, line: Line, account: Account, facts: rules.Facts) -> Invoice:
        company = facts.company
        place = f"{company.postal_code} {company.city}".strip()
        address = "\n".join(filter(None, (company.street, place, company.country)))
        paid_on = line.values.get("paid_on", self.setting.today)
        return Invoice(
            organization=self.setting.organization,
            account=account,
            number=facts.number,
            issued_on=facts.issued_on,
            due_on=facts.due_on or facts.issued_on,
            currency=facts.currency,
            total_amount=facts.total,
            tax_amount=facts.tax,
            purchase_order=facts.purchase_order,
            paid_amount=facts.paid,
            settled_on=paid_on if facts.paid >= facts.total else None,
            billing_name=line.values.get("billing_name") or company.name,
            billing_address=line.values.get("billing_address") or address,
            validated_by=self.setting.actor.label,
        )

    def _say(self) -> None:
        """Tell the person what was filled in, and what was left aside."""
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

    def new_names(self) -> list[str]:
        """Return the names of the accounts that the file is the first to name."""
        return [account.name for account in self._accounts.accounts]

    def write(self) -> None:
        """Store accounts, invoices and what was paid on them; then apply open credit."""
        self._accounts.write()
        trace_new_accounts(self, self._accounts)
        new = [(self._invoice(line, account, facts), line) for line, account, facts in self._new]
        Invoice.objects.bulk_create([invoice for invoice, _line in new], batch_size=BATCH)
        Payment.objects.bulk_create(
            [
                Payment(
                    invoice=invoice,
                    previous_amount=ZERO,
                    amount=invoice.paid_amount,
                    paid_on=line.values.get("paid_on", invoice.issued_on),
                    recorded_by=self.setting.actor.label,
                )
                for invoice, line in new
                if invoice.paid_amount
            ],
            batch_size=BATCH,
        )
        for invoice, _line in new:
            changes = {
                "number": invoice.number,
                "total_amount": invoice.total_amount,
                "currency": invoice.currency,
            }
            self.trace("invoice.validated", invoice, invoice.account_id, changes)
        lift_pauses(self)
        allocate_credit(self.touched, on=self.setting.today)


def _shown(value: Any) -> str:
    return f"{value.normalize():f}" if hasattr(value, "normalize") else "–" if value in {None, ""} else str(value)
