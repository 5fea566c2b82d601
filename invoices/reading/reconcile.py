"""What the embedded XML and the page say about the same document: compare, locate, complete, warn."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from .refusal import Reason, Refused
from .text.amounts import find_amounts
from .text.identifiers import is_iban
from .types import Fields, Found, Notice, Reading

if TYPE_CHECKING:
    from datetime import date

    from .layout import Page

CLEARLY = 0.9  # from this confidence on, the page's own word counts against the XML
ROUNDING = Decimal("0.05")
COMPLETED = (
    "due_date",
    "payment_terms_days",
    "iban",
    "purchase_order",
    "buyer_email",
    "buyer_vat_number",
    "buyer_registration_number",
    "seller_vat_number",
    "seller_registration_number",
    "language",
)
"""Fields that a small XML profile leaves out and the page may tell."""


def reconcile(exact: Reading, page: Reading, pages: tuple[Page, ...]) -> Reading:
    """Return the XML's reading with places on the page, and with what only the page tells.

    Raises:
        Refused: The page clearly says something else.
    """
    notices = _contradictions(exact, page, _Shown.on(pages))
    fields: Fields = {}
    for name in (*LOCATED, *COMPLETED):
        ours, theirs = exact.found(name), page.found(name)
        if ours is None and name in COMPLETED:
            fields[name] = theirs
        elif ours is not None and theirs is not None and ours.value == theirs.value:
            fields[name] = replace(ours, page=theirs.page, box=theirs.box)
    return replace(exact, **fields, warnings=(*exact.warnings, *notices))


LOCATED = (
    "kind",
    "number",
    "issue_date",
    "currency",
    "total",
    "net",
    "tax",
    "paid",
    "seller_name",
    "buyer_name",
    "buyer_street",
    "buyer_postal_code",
    "buyer_city",
    "buyer_country",
)


@dataclass(frozen=True)
class _Shown:
    """Everything the pages show: their text without spaces and punctuation, and every amount."""

    text: str
    amounts: frozenset[Decimal]

    @classmethod
    def on(cls, pages: tuple[Page, ...]) -> _Shown:
        amounts = {
            abs(one.value)
            for page in pages
            for cell in page.cells
            for mark in ",."
            for one in find_amounts(cell.text, mark)
        }
        return cls("".join(_squeeze(page.text) for page in pages), frozenset(amounts))


def _contradictions(exact: Reading, page: Reading, shown: _Shown) -> list[Notice]:
    """Return what differs and is for a person to look at.

    Another total, or another number on the same date, is another document. A page drawn from an earlier one of a
    series shows both another number and another date beside the same amounts and customer: that is only a warning.

    Raises:
        Refused: The page clearly says something else.
    """
    notices: list[Notice] = []
    if _total_differs(exact, page, shown.amounts):
        raise _refusal(exact.total, page.total)
    has_other_date = _date_differs(exact.issue_date, page.issue_date)
    if _number_differs(exact, page, shown.text):
        is_same_total = _same_amount(exact.total, page.total)
        is_same_buyer = exact.buyer_name is not None and _squeeze(exact.buyer_name.value) in shown.text
        if not (has_other_date and is_same_total and is_same_buyer):
            raise _refusal(exact.number, page.number)
        notices.append(_differs("number", exact, page))
    if has_other_date:
        notices.append(_differs("issue_date", exact, page))
    return notices


def _date_differs(exact: Found[date] | None, page: Found[date] | None) -> bool:
    return exact is not None and page is not None and page.confidence >= CLEARLY and exact.value != page.value


def _total_differs(exact: Reading, page: Reading, shown: frozenset[Decimal]) -> bool:
    if exact.total is None or page.total is None or page.total.confidence < CLEARLY:
        return False
    said = {page.total.value, -page.total.value}
    if page.paid is not None:
        said.add(page.total.value + page.paid.value)
    paid = exact.paid.value if exact.paid else Decimal(0)
    meant = {exact.total.value, exact.total.value - paid}
    is_shown = any(abs(other) in shown for other in meant if other)
    return not is_shown and all(abs(one - other) > ROUNDING for one in said for other in meant)


def _same_amount(one: Found[Decimal] | None, other: Found[Decimal] | None) -> bool:
    return one is not None and other is not None and abs(one.value - other.value) <= ROUNDING


def _number_differs(exact: Reading, page: Reading, text: str) -> bool:
    return (
        exact.number is not None
        and page.number is not None
        and page.number.confidence >= CLEARLY
        and _squeeze(exact.number.value) not in text
    )


def _squeeze(text: str) -> str:
    return re.sub(r"\W", "", text).casefold()


def _refusal(exact: Found[Any] | None, page: Found[Any] | None) -> Refused:
    in_xml, on_page = (str(one.value) if one else "" for one in (exact, page))
    return Refused(Reason.XML_CONTRADICTS_PAGE, in_xml=in_xml, on_page=on_page)


def _differs(name: str, exact: Reading, page: Reading) -> Notice:
    ours, theirs = exact.found(name), page.found(name)
    return Notice(
        f"{name.replace('_', '-')}-differs",
        (("in_xml", str(ours.value) if ours else ""), ("on_page", str(theirs.value) if theirs else "")),
    )


def with_notices(reading: Reading) -> Reading:
    """Return the reading with warnings about what does not add up in it."""
    found = [*_about_figures(reading), *_about_dates(reading), *_about_iban(reading)]
    return replace(reading, warnings=(*reading.warnings, *found))


def _about_figures(reading: Reading) -> list[Notice]:
    net, tax, total = reading.net, reading.tax, reading.total
    if not (net and tax and total) or abs(net.value + tax.value - total.value) <= ROUNDING:
        return []
    params = (("net", str(net.value)), ("tax", str(tax.value)), ("total", str(total.value)))
    return [Notice("figures-inconsistent", params)]


def _about_dates(reading: Reading) -> list[Notice]:
    issued, due = reading.issue_date, reading.due_date
    if not (issued and due) or due.value >= issued.value:
        return []
    params = (("issue_date", issued.value.isoformat()), ("due_date", due.value.isoformat()))
    return [Notice("due-before-issue", params)]


def _about_iban(reading: Reading) -> list[Notice]:
    if reading.iban is None or is_iban(reading.iban.value):
        return []
    return [Notice("iban-invalid", (("iban", reading.iban.value),))]
