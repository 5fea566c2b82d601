"""A reading made from what the pages say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from invoices.reading.types import Fields, Found, Kind, OwnIdentity, Reading, Source

from .countries import CURRENCIES
from .dates import Order
from .figures import figures
from .headings import best, is_neutral, numbers, order_numbers
from .lexicon import TITLES, Label
from .occasions import due_dates, issue_dates
from .parties import Parties
from .phrases import language_of, payment_terms
from .sheet import open_script

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from invoices.reading.layout import Page

    from .phrases import Terms
    from .sheet import Entry, Script

MAX_TITLE_WORDS = 8  # `Nota di credito nr. 12/2026 del 10/05/2026`
USUAL_DAYS = 100  # at most, between invoice and payment
CODE_OF_KIND = re.compile(r"td\d\d \(")
"""How Italian invoices that were drawn from XML say what they are: `TD04 (nota di credito)`."""


def read_pages(pages: Sequence[Page], own: OwnIdentity, *, page_count: int, parser: str) -> Reading:
    """Return what the pages say."""
    script = open_script(pages)
    language = language_of(script)
    script = _in_likely_order(script, language)
    money = figures(script)
    kind = _kind(script, money)
    number = best(numbers(script, is_credit_note=kind.value is Kind.CREDIT_NOTE))
    issued = best(issue_dates(script, number, is_credit_note=kind.value is Kind.CREDIT_NOTE))
    order = best(order_numbers(script, number))
    issue_date = issued.found() if issued else None
    parties = Parties(script, own, language).fields()
    money["currency"] = money["currency"] or _usual_currency(parties)
    return Reading(
        kind=kind,
        number=number.found() if number else None,
        issue_date=issue_date,
        **_payment(script, issue_date),
        **money,
        **parties,
        purchase_order=order.found() if order else None,
        language=Found(language, Source.TEXT, 0.9) if language else None,
        page_count=page_count,
        parser=parser,
    )


def _in_likely_order(script: Script, language: str | None) -> Script:
    """Return the script whose dates in figures, where they can be read either way, fit the terms or each other.

    Where nothing tells, only English puts the month first, whatever the currency.
    """
    if script.is_order_shown:
        return script
    if script.order is Order.MONTH_FIRST and language not in {None, "en"}:
        script = script.in_other_order
    terms = payment_terms(script)
    return max((script, script.in_other_order), key=lambda one: _fitness(one, terms))


def _fitness(script: Script, terms: Terms | None) -> int:
    """Return how well due and issue date fit: by the terms, in the usual time, in any, or not at all."""
    issued, due = best(issue_dates(script, None)), best(due_dates(script))
    if issued is None or due is None:
        return 0
    if terms is not None and due.value == terms.due_date(issued.value):
        return 3
    days = (due.value - issued.value).days
    return 2 if 0 <= days <= USUAL_DAYS else 1 if days > 0 else -1


def _kind(script: Script, money: Fields) -> Found[Kind]:
    """Return what the title in the largest print says; a negative total makes any document a credit note."""
    titles = [entry for entry in script.sheets[0].entries if _is_title(entry)]
    title = max(titles, key=_prominence, default=None)
    total = money.get("total")
    if total is not None and total.value < 0:
        return Found(Kind.CREDIT_NOTE, Source.ARITHMETIC, 0.9)
    if title is None:
        return Found(Kind.INVOICE, Source.DEFAULT, 0.5)
    match = title.headings[0]
    is_credit = not match.labels.isdisjoint({Label.CREDIT_TITLE, Label.CREDIT_NUMBER})
    return title.found(Kind.CREDIT_NOTE if is_credit else Kind.INVOICE, 0.9, match.start, match.end)


def _prominence(entry: Entry) -> tuple[bool, int, float]:
    return CODE_OF_KIND.match(entry.folded) is not None, round(entry.cell.height), -entry.cell.y0


def _is_title(entry: Entry) -> bool:
    if len(entry.cell.words) > MAX_TITLE_WORDS or not entry.headings:
        return False
    first = entry.headings[0]
    start = CODE_OF_KIND.match(entry.folded)
    if is_neutral(entry, first):
        return False
    return first.start == (start.end() if start else 0) and not first.labels.isdisjoint(
        TITLES | {Label.NUMBER, Label.CREDIT_NUMBER}
    )


def _usual_currency(parties: Fields) -> Found[str] | None:
    """Return the currency of the issuer's country, for Italian invoices above all name none."""
    numbers = (parties.get(name) for name in ("seller_vat_number", "iban"))
    country = next((one.value[:2] for one in numbers if one is not None), "")
    return Found(CURRENCIES[country], Source.DEFAULT, 0.5) if country in CURRENCIES else None


def _payment(script: Script, issue_date: Found[date] | None) -> Fields:
    terms = payment_terms(script)
    due = best(due_dates(script))
    fields: Fields = {}
    if terms is not None:
        fields["payment_terms_days"] = terms.entry.found(terms.days, 0.85, terms.start, terms.end)
    if due is not None and (issue_date is None or terms is None or due.value >= issue_date.value):
        fields["due_date"] = due.found()
    elif terms is not None and issue_date is not None:
        fields["due_date"] = _due_by_terms(terms, issue_date)
    return fields


def _due_by_terms(terms: Terms, issue_date: Found[date]) -> Found[date]:
    place = terms.entry.found(terms.due_date(issue_date.value), 0.75, terms.start, terms.end)
    return Found(place.value, Source.TERMS, min(place.confidence, issue_date.confidence), place.page, place.box)
