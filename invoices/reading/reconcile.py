"""What the embedded XML and the page say about the same document: compare, locate, complete, warn."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from .refusal import Reason, Refused
from .shown import Shown, squeeze
from .text.identifiers import is_iban
from .types import FIELD_NAMES, Fields, Found, Notice, Reading

if TYPE_CHECKING:
    from datetime import date

    from .layout import Page

CLEARLY = 0.9  # from this confidence on, the page's own word counts against the XML
ROUNDING = Decimal("0.05")
MIN_NUMBER = 3  # characters that two numbers share
COMPLETED = (
    "due_date",
    "payment_terms_days",
    "iban",
    "purchase_order",
    "buyer_name",
    "buyer_email",
    "buyer_vat_number",
    "buyer_registration_number",
    "seller_name",
    "seller_vat_number",
    "seller_registration_number",
    "language",
)
"""Fields that a small XML profile leaves out and the page may tell."""
ADDRESS = ("buyer_street", "buyer_postal_code", "buyer_city", "buyer_country")
FIGURES = ("net", "tax")
UNPLACED = frozenset({"kind", "currency", "language", "buyer_country", "payment_terms_days"})
"""Fields whose values are written in words of their own, or stand everywhere."""


def reconcile(exact: Reading, page: Reading, pages: tuple[Page, ...]) -> Reading:
    """Return the XML's reading with places on the page, and with what only the page tells.

    Raises:
        Refused: The page clearly says something else.
    """
    shown = Shown(pages)
    notices = _contradictions(exact, page, shown)
    fields: Fields = {name: page.found(name) for name in _completed(exact, page) if exact.found(name) is None}
    for name in FIELD_NAMES:
        ours, theirs = exact.found(name), page.found(name)
        if ours is None:
            continue
        if theirs is not None and ours.value == theirs.value and theirs.box is not None:
            fields[name] = replace(ours, page=theirs.page, box=theirs.box)
        elif name not in UNPLACED and (place := shown.find(ours.value)) is not None:
            fields[name] = replace(ours, page=place[0], box=place[1])
    return replace(exact, **fields, warnings=(*exact.warnings, *notices))


def _completed(exact: Reading, page: Reading) -> list[str]:
    """Return what may be taken from the page: parts of the address, and of the figures, only if the rest agrees."""
    names = list(COMPLETED)
    has_address = any(exact.found(name) for name in ADDRESS)
    if not has_address and (exact.buyer_name is None or _same_name(exact.buyer_name, page.buyer_name)):
        names += ADDRESS
    if _same_amount(exact.total, page.total):
        names += FIGURES
    return names


def _same_name(one: Found[str], other: Found[str] | None) -> bool:
    return other is not None and squeeze(one.value) == squeeze(other.value)


def _contradictions(exact: Reading, page: Reading, shown: Shown) -> list[Notice]:
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
        is_same_buyer = exact.buyer_name is not None and squeeze(exact.buyer_name.value) in shown.text
        if not (has_other_date and is_same_total and is_same_buyer):
            raise _refusal(exact.number, page.number)
        notices.append(_differs("number", exact, page))
    elif _is_number_cut(exact, page, shown.text):
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
        and squeeze(exact.number.value) not in text
        and not _is_number_cut(exact, page, text)
    )


def _is_number_cut(exact: Reading, page: Reading, text: str) -> bool:
    """Return whether one number is the end of the other: a prefix is left out, `2026-118` for `F-2026-118`."""
    if exact.number is None or page.number is None:
        return False
    one, other = squeeze(exact.number.value), squeeze(page.number.value)
    is_end = min(len(one), len(other)) >= MIN_NUMBER and (one.endswith(other) or other.endswith(one))
    return is_end and one not in text


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
