"""Pure rules about what a document says: from a reading to facts that can be frozen."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pycountry
from django.utils.translation import gettext as _

from accounts.rules import Company, compact_number, match_key
from billabex.core import money
from billabex.core.calendars import FIRST_DAY, LAST_DAY
from invoices.enums import DocumentKind
from invoices.errors import InvalidFacts
from invoices.reading import Kind as ReadingKind
from invoices.reading import Source as ReadingSource
from invoices.rules.amounts import currency_error, size_error

if TYPE_CHECKING:
    from decimal import Decimal

    from invoices.reading import Found, OwnIdentity, Reading

LONGEST = {
    "number": 100,
    "purchase_order": 100,
    "company": 200,
    "street": 300,
    "postal_code": 20,
    "city": 120,
    "state_or_province": 120,
    "registration_number": 40,
    "vat_number": 30,
}
"""Characters that are kept of each text of a document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a document says, ready to be validated and frozen.

    Attributes:
        kind: Invoice or credit note.
        number: As printed.
        issued_on: The issue date.
        due_on: The due date; ignored for credit notes.
        currency: ISO 4217.
        total: What is owed in all, in major units; positive for both kinds.
        tax: How much of it is tax, when known.
        paid: What was paid when the document was made.
        purchase_order: The customer's reference.
        company: Whom it is billed to.
        state_or_province: Of the company's address; no document is read so closely.
    """

    kind: DocumentKind
    number: str
    issued_on: date
    due_on: date | None
    currency: str
    total: Decimal
    tax: Decimal | None = None
    paid: Decimal = money.ZERO
    purchase_order: str = ""
    company: Company = field(default_factory=lambda: Company(""))
    state_or_province: str = ""


def facts_errors(facts: Facts) -> dict[str, str]:
    """Return why the facts cannot be, as one sentence by field name; empty when they can.

    What is merely odd is for `facts_warnings`.
    """
    errors: dict[str, str] = {}
    if not facts.number.strip():
        errors["number"] = _("Enter the number printed on the document.")
    if not facts.company.name.strip():
        errors["company"] = _("Enter the name of the customer's company.")
    if sentence := currency_error(facts.currency):
        errors["currency"] = sentence
    if facts.company.country and _country(facts.company.country) != facts.company.country:
        errors["country"] = _("“%(code)s” is not a country. Enter its two letters, such as FR.") % {
            "code": facts.company.country
        }
    errors |= _text_errors(facts) | _amount_errors(facts) | _date_errors(facts)
    if facts.kind == DocumentKind.INVOICE:
        if facts.due_on is None:
            errors["due_on"] = _("Enter the due date.")
        elif facts.due_on < facts.issued_on and "issued_on" not in errors:
            errors["due_on"] = _("The due date lies before the issue date. Correct one of them.")
    return errors


def _date_errors(facts: Facts) -> dict[str, str]:
    """Return which dates are slips of the pen: a year of 202 or 9999, after which no day could be counted."""
    dates = {"issued_on": facts.issued_on, "due_on": facts.due_on}
    return {
        name: _("This date cannot be right. Check the year.")
        for name, day in dates.items()
        if day is not None and not FIRST_DAY <= day <= LAST_DAY
    }


def _text_errors(facts: Facts) -> dict[str, str]:
    """Return what cannot be kept: a page of text read as a number, say, or what no database takes as text."""
    texts = {
        "number": facts.number,
        "purchase_order": facts.purchase_order,
        "company": facts.company.name,
        "street": facts.company.street,
        "postal_code": facts.company.postal_code,
        "city": facts.company.city,
        "state_or_province": facts.state_or_province,
        "registration_number": facts.company.registration_number,
        "vat_number": facts.company.vat_number,
    }
    errors: dict[str, str] = {}
    for name, text in texts.items():
        if "\0" in text:
            errors[name] = _("This holds a character that is not text.")
        elif len(text.strip()) > LONGEST[name]:
            errors[name] = _("This is longer than %(limit)d characters.") % {"limit": LONGEST[name]}
    return errors


def _amount_errors(facts: Facts) -> dict[str, str]:
    amounts = {"total": facts.total, "tax": facts.tax, "paid": facts.paid}
    errors = {
        name: sentence
        for name, amount in amounts.items()
        if amount is not None and (sentence := size_error(amount, facts.currency))
    }
    if "total" not in errors and facts.total <= 0:
        errors["total"] = _("The total must be more than zero.")
    most = money.ZERO if "total" in errors else facts.total
    if "tax" not in errors and facts.tax is not None and not 0 <= facts.tax <= most:
        errors["tax"] = _("The tax must lie between zero and the total.")
    if "paid" not in errors and facts.paid < 0:
        errors["paid"] = _("The paid amount cannot be negative.")
    return errors


def due_date(*, issued_on: date, due_on: date | None, printed_terms: int | None, default_terms: int) -> date:
    """Return the due date: the printed one, else by the payment terms printed, else by the organization's.

    Terms are in calendar days from the issue date. Source: product.md 4.
    """
    if due_on is not None:
        return due_on
    try:
        return issued_on + timedelta(days=default_terms if printed_terms is None else printed_terms)
    except OverflowError:
        return date.max  # which `facts_errors` refuses


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a form starts with: the facts as far as they were read, None or empty where they were not.

    Attributes:
        due_from: How the due date was found: "printed", "terms" (printed payment terms) or "default".
    """

    kind: DocumentKind = DocumentKind.INVOICE
    number: str = ""
    issued_on: date | None = None
    due_on: date | None = None
    due_from: str = "printed"
    currency: str
    total: Decimal | None = None
    tax: Decimal | None = None
    paid: Decimal = money.ZERO
    purchase_order: str = ""
    company: Company = field(default_factory=lambda: Company(""))


def draft_from(reading: Reading, *, default_currency: str, default_terms: int) -> Draft:
    """Turn a reading into the facts it suggests.

    A credit note whose totals are printed negative owes their absolute amounts; the due date falls back to the
    printed terms, then to the organization's. Source: product.md 4.
    """

    def value[T](found: Found[T] | None, missing: T) -> T:
        return missing if found is None else found.value

    def text(found: Found[str] | None, name: str) -> str:
        read = value(found, "").strip()
        return read if len(read) <= LONGEST[name] else ""  # that much was misread: leave it to a person

    issued_on, due_on = value(reading.issue_date, None), value(reading.due_date, None)
    terms = value(reading.payment_terms_days, None)
    due_from = "printed" if due_on else "default" if terms is None else "terms"
    if reading.due_date is not None and reading.due_date.source == ReadingSource.TERMS:
        due_from = "terms"
    if issued_on is not None:
        due_on = due_date(issued_on=issued_on, due_on=due_on, printed_terms=terms, default_terms=default_terms)
    is_credit = value(reading.kind, ReadingKind.INVOICE) == ReadingKind.CREDIT_NOTE
    sign = -1 if is_credit and reading.total is not None and reading.total.value < 0 else 1
    return Draft(
        kind=DocumentKind.CREDIT_NOTE if is_credit else DocumentKind.INVOICE,
        number=text(reading.number, "number"),
        issued_on=issued_on,
        due_on=None if is_credit else due_on,
        due_from=due_from,
        currency=value(reading.currency, default_currency),
        total=None if reading.total is None else sign * reading.total.value,
        tax=None if reading.tax is None else sign * reading.tax.value,
        paid=money.ZERO if is_credit else value(reading.paid, money.ZERO),
        purchase_order=text(reading.purchase_order, "purchase_order"),
        company=Company(
            name=text(reading.buyer_name, "company"),
            street=text(reading.buyer_street, "street"),
            postal_code=text(reading.buyer_postal_code, "postal_code"),
            city=text(reading.buyer_city, "city"),
            country=_country(value(reading.buyer_country, "")),
            registration_number=text(reading.buyer_registration_number, "registration_number"),
            vat_number=text(reading.buyer_vat_number, "vat_number"),
        ),
    )


def _country(code: str) -> str:
    """Return the ISO 3166 code, nothing when it is none: electronic invoices carry what their authors typed."""
    country = pycountry.countries.get(alpha_2=code.strip().upper())
    return country.alpha_2 if country else ""


def complete(draft: Draft) -> Facts:
    """Return the draft as facts.

    Raises:
        InvalidFacts: Something that no invoice can do without was not read; `fields` says what.
    """
    missing = {
        "issued_on": _("No issue date was found on the document.") if draft.issued_on is None else "",
        "total": _("No total was found on the document.") if draft.total is None else "",
        "number": "" if draft.number.strip() else _("No number was found on the document."),
        "company": "" if draft.company.name.strip() else _("No customer was found on the document."),
    }
    if fields := {name: sentence for name, sentence in missing.items() if sentence}:
        raise InvalidFacts(fields=fields)
    assert draft.issued_on is not None and draft.total is not None  # noqa: S101, PT018 - checked above, for the types
    return Facts(
        kind=draft.kind,
        number=draft.number.strip(),
        issued_on=draft.issued_on,
        due_on=draft.due_on,
        currency=draft.currency,
        total=draft.total,
        tax=draft.tax,
        paid=draft.paid,
        purchase_order=draft.purchase_order,
        company=draft.company,
    )


def reading_warnings(reading: Reading, own: OwnIdentity) -> list[str]:
    """Return what a person should look at before validating, one sentence each. Source: product.md 4."""
    warnings = [
        _("The embedded data says %(in_xml)s where the page says %(on_page)s.") % dict(notice.params)
        for notice in reading.warnings
        if notice.code.endswith("-differs")
    ]
    net, tax, total = reading.net, reading.tax, reading.total
    if net and tax and total and net.value + tax.value != total.value:
        warnings.append(_("Net and tax do not add up to the total."))
    if reading.issue_date and reading.due_date and reading.due_date.value < reading.issue_date.value:
        warnings.append(_("The due date lies before the issue date."))
    if reading.seller_name and own.names and not _is_own(reading, own):
        warnings.append(
            _("This document was issued by %(seller)s, not by your organization.")
            % {"seller": reading.seller_name.value}
        )
    return warnings


def _is_own(reading: Reading, own: OwnIdentity) -> bool:
    """Tell whether the seller is the organization, by number where both have one, else by name."""
    for found, numbers in (
        (reading.seller_vat_number, own.vat_numbers),
        (reading.seller_registration_number, own.registration_numbers),
    ):
        known = {compact_number(number) for number in numbers if number}
        if found is not None and known and compact_number(found.value) in known:
            return True
    return reading.seller_name is not None and match_key(reading.seller_name.value) in {match_key(n) for n in own.names}
