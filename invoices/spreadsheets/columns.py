"""The columns that each kind of spreadsheet knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from . import titles
from .enums import ImportKind, ValueType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True)
class Column:
    """What a column may hold.

    Attributes:
        name: Its field.
        label: Its title in templates and exports.
        type: How its cells are read and written.
        titles: What other programs call it.
        is_required: Whether a file without it makes no sense.
        limit: The most characters that are kept.
        examples: Two cells for the template.
        meaning: What it holds, where its title alone may be misread.
    """

    name: str
    label: _StrPromise
    type: ValueType = ValueType.TEXT
    titles: tuple[str, ...] = ()
    is_required: bool = False
    limit: int = 200
    examples: tuple[str, str] = ("", "")
    meaning: _StrPromise | str = ""


COMPANIES = ("Brasserie du Port SAS", "Müller GmbH")

_NUMBERS = (
    Column("external_id", _("Customer code"), titles=titles.CODE, examples=("C-1001", "C-1002")),
    Column(
        "registration_number", _("Registration number"), ValueType.COMPACT, titles.REGISTRATION, limit=40,
        examples=("552 100 554", ""),
    ),
    Column("vat_number", _("VAT number"), ValueType.COMPACT, titles.VAT, limit=30, examples=("", "DE 136695976")),
)  # fmt: skip
_REFERENCE = (Column("company", _("Company name"), titles=titles.COMPANY, examples=COMPANIES), *_NUMBERS)
_STREET = Column(
    "street", _("Street"), titles=titles.STREET, limit=300, examples=("4 quai de la Fosse", "Hauptstraße 5")
)
_POSTAL_CODE = Column("postal_code", _("Postal code"), titles=titles.POSTAL_CODE, limit=20, examples=("44000", "10827"))
_CITY = Column("city", _("City"), titles=titles.CITY, limit=120, examples=("Nantes", "Berlin"))
_STATE = Column("state_or_province", _("State or province"), titles=titles.STATE, limit=120)
_COUNTRY = Column("country", _("Country"), ValueType.COUNTRY, titles.COUNTRY, limit=60, examples=("FR", "DE"))
_CURRENCY = Column("currency", _("Currency"), ValueType.CURRENCY, titles.CURRENCY, limit=40, examples=("EUR", "EUR"))
_LANGUAGE = Column("language", _("Language"), ValueType.LANGUAGE, titles.LANGUAGE, limit=40, examples=("fr", "de"))
_TAX = Column("tax", _("Tax"), ValueType.AMOUNT, titles.TAX, examples=("200.00", ""))
_TOTAL = Column("total", _("Total"), ValueType.AMOUNT, titles.TOTAL, is_required=True, examples=("1200.00", "834.50"))
_INVOICE_NUMBER = Column(
    "number", _("Invoice number"), titles=titles.INVOICE_NUMBER, is_required=True, limit=100,
    examples=("F-2026-0042", "F-2026-0043"),
)  # fmt: skip
_BILLED_TO = (
    _STREET,
    _POSTAL_CODE,
    _CITY,
    _COUNTRY,
    Column("billing_name", _("Billed company"), titles=titles.BILLING_NAME),
    Column("billing_address", _("Billing address"), titles=titles.BILLING_ADDRESS, limit=1000),
)

COLUMNS: Mapping[ImportKind, tuple[Column, ...]] = {
    ImportKind.ACCOUNTS: (
        Column(
            "company", _("Company name"), titles=titles.COMPANY + titles.OWN_NAME, is_required=True, examples=COMPANIES
        ),
        *_NUMBERS,
        *(_STREET, _POSTAL_CODE, _CITY, _STATE, _COUNTRY, _CURRENCY),
        Column("phone", _("Phone"), titles=titles.PHONE, limit=40, examples=("+33 2 40 00 00 00", "")),
        _LANGUAGE,
        Column("tags", _("Tags"), ValueType.TAGS, titles.TAGS, limit=1000, examples=("VIP, Bretagne", "")),
    ),
    ImportKind.CONTACTS: (
        *_REFERENCE,
        Column("full_name", _("Full name"), titles=titles.FULL_NAME, examples=("Jeanne Martin", "Jonas Weber")),
        Column(
            "email", _("Email"), ValueType.EMAIL, titles.EMAIL, limit=254,
            examples=("jeanne@brasserie.example", "weber@mueller.example"),
        ),
        _LANGUAGE,
        Column("role", _("Role"), titles=titles.ROLE, limit=120, examples=("Comptable", "Buchhaltung")),
        Column("notes", _("Notes"), titles=titles.NOTES, limit=5000),
        Column("is_primary", _("Primary contact"), ValueType.YES_NO, titles.PRIMARY, examples=("1", "1")),
        Column("do_not_contact", _("Do not contact"), ValueType.YES_NO, titles.DO_NOT_CONTACT),
        Column("copy_only", _("Copy only"), ValueType.YES_NO, titles.COPY_ONLY),
    ),
    ImportKind.INVOICES: (
        *_REFERENCE,
        _INVOICE_NUMBER,
        Column(
            "issued_on", _("Issue date"), ValueType.DATE, titles.INVOICE_DATE, is_required=True,
            examples=("2026-01-05", "2026-01-12"),
        ),
        Column("due_on", _("Due date"), ValueType.DATE, titles.DUE_DATE, examples=("2026-02-04", "2026-02-11")),
        _CURRENCY,
        _TOTAL,
        _TAX,
        Column("paid", _("Paid"), ValueType.AMOUNT, titles.PAID, examples=("", "400.00")),
        Column("paid_on", _("Paid on"), ValueType.DATE, titles.PAID_ON, examples=("", "2026-02-02")),
        Column(
            "purchase_order", _("Purchase order"), titles=titles.PURCHASE_ORDER, limit=100, examples=("PO-77", "")
        ),
        *_BILLED_TO,
    ),
    ImportKind.CREDIT_NOTES: (
        *_REFERENCE,
        Column(
            "number", _("Credit note number"), titles=titles.CREDIT_NOTE_NUMBER, is_required=True, limit=100,
            examples=("A-2026-0007", "A-2026-0008"),
        ),
        Column(
            "issued_on", _("Issue date"), ValueType.DATE, titles.CREDIT_NOTE_DATE, is_required=True,
            examples=("2026-01-19", "2026-01-26"),
        ),
        *(_CURRENCY, _TOTAL, _TAX),
        *_BILLED_TO,
    ),
    ImportKind.PAYMENTS: (
        *_REFERENCE,
        _INVOICE_NUMBER,
        Column(
            "paid_in_all", _("Paid in all"), ValueType.AMOUNT, titles.PAID_IN_ALL, is_required=True,
            examples=("600.00", "834.50"), meaning=_("all payments of the invoice together, not one of them"),
        ),
        _CURRENCY,
        Column("paid_on", _("Paid on"), ValueType.DATE, titles.PAYMENT_DATE, examples=("2026-02-06", "2026-02-02")),
        Column("note", _("Note"), titles=titles.PAYMENT_NOTE, limit=2000, examples=("Virement", "")),
    ),
}  # fmt: skip

REFERENCE = tuple(column.name for column in _REFERENCE)
"""The columns that say which account a row is about."""


def column_of(kind: ImportKind, name: str) -> Column:
    """Return a column of a kind by its field."""
    return next(column for column in COLUMNS[kind] if column.name == name)
