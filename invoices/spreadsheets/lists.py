"""The lists of accounts, contacts, invoices, credit notes and payments as rows to write.

What imports know comes first, then what is only told: an export comes back as the same data. Contacts are those of the
accounts that the address asks for, payments those of the invoices.
"""

from __future__ import annotations

from itertools import batched
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from accounts.filters import AccountFilter
from accounts.selectors import account_list
from billabex.core.templatetags.ui.formats import money_text
from contacts.models import Contact
from invoices.enums import CreditNoteStatus, InvoiceStatus
from invoices.filters import CreditNoteFilter, InvoiceFilter
from invoices.models import Payment
from invoices.selectors import balances, credit_note_list, invoice_list

from .columns import COLUMNS, REFERENCE, column_of
from .enums import ImportKind
from .exporting import BATCH, exports
from .values import written_tags
from .writing import Amount

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from django.utils.functional import _StrPromise

    from accounts.models import Account, AccountQuerySet
    from invoices.models.money import InvoiceQuerySet
    from invoices.selectors import Balance

    from .exporting import Asked, Rows
    from .writing import Written


def _labels(kind: ImportKind, *names: str) -> tuple[_StrPromise, ...]:
    columns = [column_of(kind, name) for name in names] if names else COLUMNS[kind]
    return tuple(column.label for column in columns)


def _reference(account: Account) -> tuple[Written, ...]:
    source = getattr(account, "source", None)
    code = source.external_id if source else ""
    return account.name, code, account.registration_number, account.vat_number


def _amount(value: Decimal | None, currency: str) -> Amount | None:
    return None if value is None else Amount(value, currency)


def _accounts_asked_for(asked: Asked) -> tuple[AccountFilter, AccountQuerySet]:
    wanted = AccountFilter(asked.query)
    return wanted, wanted.narrow(account_list(asked.member.organization, today=asked.today))


def _invoices_asked_for(asked: Asked) -> InvoiceQuerySet:
    listed = invoice_list(asked.member.organization, today=asked.today)
    return InvoiceFilter(asked.query).apply(listed)  # type: ignore[return-value]  # it narrows what it gets


@exports(
    "accounts",
    _("Accounts"),
    (
        *_labels(ImportKind.ACCOUNTS),
        *(_("Status"), _("Follow-ups"), _("Outstanding"), _("Overdue"), _("Outstanding in other currencies")),
    ),
)
def accounts(asked: Asked) -> Rows:
    """Yield accounts, with what they owe."""
    wanted, narrowed = _accounts_asked_for(asked)
    ordered = wanted.order(narrowed, asked.member.organization.default_currency)
    for batch in batched(ordered.iterator(chunk_size=BATCH), BATCH, strict=False):
        owed = balances([account.pk for account in batch], today=asked.today)
        for account in batch:
            yield (*_account(account), *_owed(account.currency, owed.get(account.pk, ()), asked.language))


def _account(account: Account) -> tuple[Written, ...]:
    return (
        *_reference(account),
        account.street,
        account.postal_code,
        account.city,
        account.state_or_province,
        account.country,
        account.currency,
        account.phone,
        account.language,
        written_tags(tag.name for tag in account.tags.all()),
        account.get_status_display(),
        account.get_follow_up_owner_display(),
    )


def _owed(currency: str, known: Iterable[Balance], language: str) -> tuple[Written, ...]:
    """Return what an account owes: amounts in its own currency, and a text of the others."""
    own = next((balance for balance in known if balance.currency == currency), None)
    others = [money_text(one.outstanding, one.currency, language) for one in known if one is not own]
    amounts = (own.outstanding, own.overdue) if own else (None, None)
    return *(_amount(amount, currency) for amount in amounts), "; ".join(others)


@exports("contacts", _("Contacts"), (*_labels(ImportKind.CONTACTS), _("Email status")))
def contacts(asked: Asked) -> Rows:
    """Yield the contacts of the accounts that are asked for."""
    _wanted, narrowed = _accounts_asked_for(asked)
    theirs = Contact.objects.filter(account__in=narrowed.values("pk")).select_related("account__source")
    for contact in theirs.order_by("account__name", "account_id", "pk").iterator(chunk_size=BATCH):
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


@exports(
    "invoices",
    _("Invoices"),
    (
        *_labels(
            ImportKind.INVOICES,
            *REFERENCE,
            *("number", "issued_on", "due_on", "currency", "total", "tax", "paid", "paid_on", "purchase_order"),
            *("billing_name", "billing_address"),
        ),
        *(_("Credited"), _("Remaining"), _("Status"), _("Settled on")),
    ),
)
def invoices(asked: Asked) -> Rows:
    """Yield invoices, with what is left of them."""
    last_payment = Payment.objects.filter(invoice=OuterRef("pk")).order_by("-created_at", "-id").values("paid_on")[:1]
    found = _invoices_asked_for(asked).annotate(last_paid_on=Subquery(last_payment)).select_related("account__source")
    for invoice in found.iterator(chunk_size=BATCH):
        currency = invoice.currency
        yield (
            *_reference(invoice.account),
            invoice.number,
            invoice.issued_on,
            invoice.due_on,
            currency,
            Amount(invoice.total_amount, currency),
            _amount(invoice.tax_amount, currency),
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


@exports(
    "credit-notes",
    _("Credit notes"),
    (
        *_labels(
            ImportKind.CREDIT_NOTES,
            *REFERENCE,
            *("number", "issued_on", "currency", "total", "tax", "billing_name", "billing_address"),
        ),
        *(_("Applied"), _("Unallocated"), _("Status")),
    ),
)
def credit_notes(asked: Asked) -> Rows:
    """Yield credit notes, with what is left of them."""
    found = CreditNoteFilter(asked.query).apply(credit_note_list(asked.member.organization))
    for note in found.select_related("account__source").iterator(chunk_size=BATCH):
        currency = note.currency
        yield (
            *_reference(note.account),
            note.number,
            note.issued_on,
            currency,
            Amount(note.total_amount, currency),
            _amount(note.tax_amount, currency),
            note.billing_name,
            note.billing_address,
            Amount(note.allocated_amount, currency),
            Amount(note.remaining_amount, currency),
            str(CreditNoteStatus(note.status).label),
        )


@exports(
    "payments",
    _("Payments"),
    (
        *_labels(ImportKind.PAYMENTS, *REFERENCE, "number", "paid_in_all", "currency", "paid_on", "note"),
        *(_("Paid before"), _("Recorded by")),
    ),
)
def payments(asked: Asked) -> Rows:
    """Yield the payments of the invoices that are asked for, in the order in which they were recorded."""
    theirs = Payment.objects.filter(invoice__in=_invoices_asked_for(asked).order_by().values("pk"))
    found = theirs.select_related("invoice__account__source").order_by("created_at", "pk")
    for payment in found.iterator(chunk_size=BATCH):
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
