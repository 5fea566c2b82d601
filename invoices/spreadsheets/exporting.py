"""Every list as rows to write: what imports know comes first, then what is only told.

An export comes back as the same data: its titles are those that imports know. Rows are loaded batch by batch.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import batched
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Subquery
from django.utils import translation
from django.utils.translation import gettext_lazy

from accounts.models import Account
from billabex.core.templatetags.ui.formats import money_text
from contacts.models import Contact
from invoices.enums import CreditNoteStatus, InvoiceStatus
from invoices.models import CreditNote, Invoice, Payment
from invoices.selectors import balances

from .columns import COLUMNS, column_of
from .enums import ExportKind, ImportKind
from .writing import Amount

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    from django.utils.functional import _StrPromise

    from billabex.organizations.models import Organization

    from .writing import Written

BATCH = 500

type Titles = Sequence[_StrPromise]
type Rows = Iterator[Sequence[Written]]


@dataclass(frozen=True, slots=True)
class Export:
    """A list on its way out.

    Attributes:
        titles: Of its columns.
        rows: Read from the database as they are written.
    """

    titles: Sequence[str]
    rows: Rows


def export_of(kind: ExportKind, organization: Organization, *, today: date, language: str) -> Export:
    """Return a list of the organization, whole, in the order in which it came to be.

    Words are in `language`, whatever is active while the rows are read.
    """
    titles, rows = EXPORTS[kind]
    with translation.override(language):
        return Export([str(title) for title in titles], _speaking(language, rows(organization, today, language)))


def _speaking(language: str, rows: Rows) -> Rows:
    """Read each row in the language: a response streams after its request, when no language is active any more."""
    while True:
        with translation.override(language):
            row = next(rows, None)
        if row is None:
            return
        yield row


def _labels(kind: ImportKind, *names: str) -> tuple[_StrPromise, ...]:
    columns = [column_of(kind, name) for name in names] if names else COLUMNS[kind]
    return tuple(column.label for column in columns)


def _code(account: Account) -> str:
    source = getattr(account, "source", None)
    return source.external_id if source else ""


def _reference(account: Account) -> tuple[Written, ...]:
    return account.name, _code(account), account.registration_number, account.vat_number


ACCOUNT_TITLES: Titles = (
    *_labels(ImportKind.ACCOUNTS),
    gettext_lazy("Status"),
    gettext_lazy("Follow-ups"),
    gettext_lazy("Outstanding"),
    gettext_lazy("Overdue"),
    gettext_lazy("Outstanding in other currencies"),
)


def _accounts(organization: Organization, today: date, language: str) -> Rows:
    accounts = Account.objects.for_organization(organization).select_related("source").order_by("pk")
    for batch in batched(accounts.iterator(chunk_size=BATCH), BATCH, strict=False):
        owed = balances([account.pk for account in batch], today=today)
        for account in batch:
            known = owed.get(account.pk, [])
            own = next((balance for balance in known if balance.currency == account.currency), None)
            others = [money_text(one.outstanding, one.currency, language) for one in known if one is not own]
            yield (
                *_reference(account),
                account.street,
                account.postal_code,
                account.city,
                account.state_or_province,
                account.country,
                account.currency,
                account.phone,
                account.language,
                account.get_status_display(),
                account.get_follow_up_owner_display(),
                Amount(own.outstanding, account.currency) if own else None,
                Amount(own.overdue, account.currency) if own else None,
                "; ".join(others),
            )


CONTACT_TITLES: Titles = (*_labels(ImportKind.CONTACTS), gettext_lazy("Email status"))


def _contacts(organization: Organization, today: date, language: str) -> Rows:
    contacts = Contact.objects.filter(account__organization=organization).select_related("account__source")
    for contact in contacts.order_by("pk").iterator(chunk_size=BATCH):
        yield (
            *_reference(contact.account),
            contact.full_name,
            contact.email,
            contact.language,
            contact.role,
            contact.notes,
            contact.is_primary,
            contact.do_not_contact,
            contact.copy_only,
            contact.get_email_status_display(),
        )


PAPER = ("company", "external_id", "registration_number", "vat_number")
INVOICE_TITLES: Titles = (
    *_labels(
        ImportKind.INVOICES,
        *PAPER,
        *("number", "issued_on", "due_on", "currency", "total", "tax", "paid", "paid_on", "purchase_order"),
        *("billing_name", "billing_address"),
    ),
    gettext_lazy("Credited"),
    gettext_lazy("Remaining"),
    gettext_lazy("Status"),
    gettext_lazy("Settled on"),
)


def _invoices(organization: Organization, today: date, language: str) -> Rows:
    last_payment = Payment.objects.filter(invoice=OuterRef("pk")).order_by("-created_at", "-id").values("paid_on")[:1]
    invoices = (
        Invoice.objects.for_organization(organization)
        .with_status(today)
        .annotate(last_paid_on=Subquery(last_payment))
        .select_related("account__source")
    )
    for invoice in invoices.order_by("pk").iterator(chunk_size=BATCH):
        currency = invoice.currency
        yield (
            *_reference(invoice.account),
            invoice.number,
            invoice.issued_on,
            invoice.due_on,
            currency,
            Amount(invoice.total_amount, currency),
            None if invoice.tax_amount is None else Amount(invoice.tax_amount, currency),
            Amount(invoice.paid_amount, currency),
            invoice.last_paid_on if invoice.paid_amount else None,  # type: ignore[attr-defined]  # annotated
            invoice.purchase_order,
            invoice.billing_name,
            invoice.billing_address,
            Amount(invoice.credited_amount, currency),
            Amount(invoice.remaining_amount, currency),
            str(InvoiceStatus(invoice.status).label),
            invoice.settled_on,
        )


CREDIT_NOTE_TITLES: Titles = (
    *_labels(ImportKind.INVOICES, *PAPER),
    gettext_lazy("Credit note number"),
    *_labels(ImportKind.INVOICES, "issued_on", "currency", "total", "tax", "billing_name", "billing_address"),
    gettext_lazy("Applied"),
    gettext_lazy("Unallocated"),
    gettext_lazy("Status"),
)


def _credit_notes(organization: Organization, today: date, language: str) -> Rows:
    notes = CreditNote.objects.for_organization(organization).with_status().select_related("account__source")
    for note in notes.order_by("pk").iterator(chunk_size=BATCH):
        currency = note.currency
        yield (
            *_reference(note.account),
            note.number,
            note.issued_on,
            currency,
            Amount(note.total_amount, currency),
            None if note.tax_amount is None else Amount(note.tax_amount, currency),
            note.billing_name,
            note.billing_address,
            Amount(note.allocated_amount, currency),
            Amount(note.remaining_amount, currency),
            str(CreditNoteStatus(note.status).label),
        )


PAYMENT_TITLES: Titles = (
    *_labels(ImportKind.PAYMENTS, *PAPER, "number", "amount", "currency", "paid_on", "note"),
    gettext_lazy("Paid before"),
    gettext_lazy("Recorded by"),
)


def _payments(organization: Organization, today: date, language: str) -> Rows:
    payments = Payment.objects.filter(invoice__organization=organization).select_related("invoice__account__source")
    for payment in payments.order_by("created_at", "pk").iterator(chunk_size=BATCH):
        currency = payment.invoice.currency
        yield (
            *_reference(payment.invoice.account),
            payment.invoice.number,
            Amount(payment.amount, currency),
            currency,
            payment.paid_on,
            payment.note,
            Amount(payment.previous_amount, currency),
            payment.recorded_by,
        )


EXPORTS: Mapping[ExportKind, tuple[Titles, Callable[[Organization, date, str], Rows]]] = {
    ExportKind.ACCOUNTS: (ACCOUNT_TITLES, _accounts),
    ExportKind.CONTACTS: (CONTACT_TITLES, _contacts),
    ExportKind.INVOICES: (INVOICE_TITLES, _invoices),
    ExportKind.CREDIT_NOTES: (CREDIT_NOTE_TITLES, _credit_notes),
    ExportKind.PAYMENTS: (PAYMENT_TITLES, _payments),
}
