"""The labels in the head of a document and the values they announce: its number, the customer's order number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .amounts import find_amounts
from .dates import date_at
from .folding import NUMBER_SIGNS, has_digit
from .identifiers import compact, is_vat_number
from .lexicon import TITLES, Label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from invoices.reading.types import Found

    from .lexicon import Match
    from .sheet import Entry, Script

INLINE, BESIDE, BELOW, BESIDE_AND_MORE = (
    1.0,
    0.97,
    0.9,
    0.88,
)  # how sure a value belongs to its label, by where it stands
STRONG, TITLED, WEAK = 0.95, 0.86, 0.65
ORDER_SURE, ORDER, REFERENCE_ONLY = 0.9, 0.75, 0.5
ORDERED = re.compile(
    r"purchase|\bp\.? ?o\b|your|buyer|votre|vos\b|\bv/|bon de commande|engagement|ihre?\b|bestell|\bsu\b|compra"
    r"|vostro|vs\b|acquisto|inkoop|\buw\b|bestel|vossa|requisic|compromisso"
)
"""Words of a label that make an order the customer's own and not the number it got from the issuer."""
REFERENCES = frozenset(["reference", "ref", "referenz", "referencia", "riferimento", "referentie"])
"""Labels that say only that something is referred to, which most programs keep for the customer's order."""
RELATED_PENALTY = 0.5
SAME_LINE = 25  # characters within which two things on a line speak of each other
FAR = 0.5  # a title or a weak label says little about what stands below it
MAX_NUMBER_LENGTH = 35
PUNCTUATION = re.compile(r"[\s.:\-=#)\]>|/]*")
PARENTHESIS = re.compile(r"\s*\([^)]{0,25}\)")
SIGN = re.compile(r"(?:n\.o|nummer|numero|number|num|nro|nbr|nr|no|n|#)[\s.:]+(?=\S*\d)")
CONNECTOR = re.compile(
    r"(?:(?:by|on|before|until|at|of|le|du|au|am|bis|zum|il|el|al|del|entro|op|voor|a|ao|ate|em|no|en)(?![a-z])[\s.:]*){1,2}"
    r"|(?:(?:and|et|und|y|e|en|/|&)\s*)?(?:(?:[a-z]+ )?date|[a-z]*datum|fecha|data)(?: [a-z' ]{1,25})?[\s.:]*"
)
"""What may end a label whose value stands elsewhere: `Payment due by:`."""
MORE_WORDS = re.compile(r"[\s,]*[^\W\d_]{2}")
"""What makes a value in the next column part of something else: `8861 KJ Harlingen`."""
TOKEN = re.compile(r"\S+")
PREFIX = re.compile(r"[A-Z]{1,5}\.?")
NEUTRAL = re.compile(r"doc|beleg|piece|^(?:number|nummer|numero|num|nr|no|n|#)\W*(?:date|datum|data|fecha)?$")
GROUPS = re.compile(r"(?=.{6,20}$)(?:[A-Z]{1,3} )?\d{2,}(?: [A-Z]?\d{2,}){1,3}")
"""A number in groups of digits that is all there is: `2026 0121`, `12 3456 7890 1234`."""
COUNT = re.compile(r"\d{1,3}\.?")
REFERENCE = re.compile(r"[A-Za-z0-9#][\w./\-+#&()]*")
NOT_A_REFERENCE = re.compile(r"@|www\.|https?:|^\+|%|€|\$|£")
CREDITOR_REFERENCE = re.compile(r"RF\d{2}")
"""How a reference for the payment begins (ISO 11649), which is no order."""


@dataclass(frozen=True, slots=True)
class Candidate[T]:
    """A possible value, where it stands and how sure we are."""

    value: T
    score: float
    entry: Entry
    start: int
    end: int

    def found(self) -> Found[T]:
        """Return it as a value read."""
        return self.entry.found(self.value, self.score, self.start, self.end)


type Span[T] = tuple[T, int, int]
type ReadAt[T] = Callable[[Entry, int], Span[T] | None]


def best[T](candidates: list[Candidate[T]]) -> Candidate[T] | None:
    """Return the surest candidate; of equals, the first in reading order."""
    return max(candidates, key=lambda one: one.score, default=None)


def after_label[T](entry: Entry, match: Match, read: ReadAt[T]) -> Iterator[Candidate[T]]:
    """Yield what stands behind, beside or below a label, by how it is read."""
    start = _skip(entry.folded, match.end)
    if start < len(entry.text) and not CONNECTOR.fullmatch(entry.folded, start):
        span = read(entry, start)
        if span is not None:
            yield Candidate(span[0], INLINE, entry, span[1], span[2])
        return
    for other in entry.sheet.right_of(entry)[:1]:
        span = read(other, _skip(other.folded, 0))
        if span is not None:
            goes_on = MORE_WORDS.match(other.text, span[2]) is not None
            yield Candidate(span[0], BESIDE_AND_MORE if goes_on else BESIDE, other, span[1], span[2])
            if not goes_on:
                return
    for other in entry.sheet.below(entry):
        span = read(other, _skip(other.folded, 0))
        if span is not None:
            yield Candidate(span[0], BELOW, other, span[1], span[2])
            return
        if other.headings and other.cell.x0 == entry.cell.x0:
            return  # another label: this one has no value


def _skip(folded: str, start: int) -> int:
    """Return where the value begins: behind punctuation, a remark in brackets and a sign for "number"."""
    for pattern in (PUNCTUATION, PARENTHESIS, PUNCTUATION, SIGN, PUNCTUATION):
        match = pattern.match(folded, start)
        start = match.end() if match else start
    return start


def numbers(script: Script, *, is_credit_note: bool) -> list[Candidate[str]]:
    """Return the possible numbers of the document."""
    read = _number_reader(script)
    found: list[Candidate[str]] = []
    for entry in script.labels:
        for match in entry.headings:
            weight = _number_weight(entry, match, is_credit_note=is_credit_note)
            if weight > 0:
                found += [
                    scored(one, weight * (FAR if one.score == BELOW and weight <= TITLED else 1.0))
                    for one in after_label(entry, match, read)
                    if (weight > TITLED or one.score != BELOW or one.end - one.start >= len(one.entry.text) - 1)
                    and not _is_count(one, match)
                ]
    return found


def scored[T](candidate: Candidate[T], weight: float) -> Candidate[T]:
    """Return a candidate whose label is believed so much; later pages say less."""
    late_page = 0.1 if candidate.entry.sheet.page.number > 1 else 0.0
    score = max(candidate.score * weight - late_page, 0.05)
    return Candidate(candidate.value, score, candidate.entry, candidate.start, candidate.end)


def _number_weight(entry: Entry, match: Match, *, is_credit_note: bool) -> float:
    """Return how surely the label announces this document's number."""
    labels = match.labels
    weight = 0.0
    if Label.NUMBER in labels:
        weight = STRONG - (0.15 if is_credit_note and not is_neutral(entry, match) else 0.0)
    elif Label.CREDIT_NUMBER in labels:
        weight = STRONG if is_credit_note else WEAK
    elif labels & TITLES and _begins(entry, match):
        is_other_kind = is_credit_note and Label.CREDIT_TITLE not in labels
        weight = TITLED - (0.2 if is_other_kind else 0.0)
    elif Label.NUMBER_WEAK in labels and match.start == 0 and Label.ORDER not in labels:
        weight = WEAK - 0.1
    if weight and any(
        Label.RELATED in other.labels and other.start < match.end + SAME_LINE for other in entry.headings
    ):
        weight -= RELATED_PENALTY
    if any(Label.PAID in other.labels and other.start == 0 < match.start for other in entry.money):
        weight -= RELATED_PENALTY  # `Deposit, invoice no. 9908`
    return weight


def is_neutral(entry: Entry, match: Match) -> bool:
    """Return whether the label of a number leaves open what the document is."""
    return NEUTRAL.search(entry.folded[match.start : match.end]) is not None


def _begins(entry: Entry, match: Match) -> bool:
    """Return whether a label begins a cell or a part of it: `Situation n° 3 - Facture F-12`."""
    before = entry.folded[: match.start].rstrip()
    return not before or before[-1] in "-|,;/"


def _is_count(one: Candidate[str], match: Match) -> bool:
    """Return whether a value is the first number of a column that numbers its lines."""
    return match.labels == {Label.NUMBER_WEAK} and one.score == BELOW and COUNT.fullmatch(one.value) is not None


def _number_reader(script: Script) -> ReadAt[str]:
    def read(entry: Entry, start: int) -> Span[str] | None:
        span = _reference(entry, start, script, needs_digit=True)
        return None if span is None or is_vat_number(compact(span[0])) else span

    return read


def _reference(entry: Entry, start: int, script: Script, *, needs_digit: bool) -> Span[str] | None:
    """Return the reference that begins at `start`: one token, or a short prefix and the token behind it."""
    first = TOKEN.match(entry.text, start)
    if first is None:
        return None
    token, end = first.group(), first.end()
    if PREFIX.fullmatch(token) and token.lower().strip(".") not in NUMBER_SIGNS:
        second = TOKEN.match(entry.text, end + 1)
        if second is not None and has_digit(second.group()) and not _is_value(entry, second.start(), script):
            token, end = entry.text[first.start() : second.end()], second.end()
    grouped = GROUPS.fullmatch(entry.text, start)
    if grouped is not None and not _is_value(entry, start, script):
        return grouped.group(), start, grouped.end()
    token = token.rstrip(".,;:)")
    if token.startswith("(") or (token.endswith("(") and len(token) > 1):
        return None
    end = start + len(token)
    if not _is_reference(token, needs_digit=needs_digit) or _is_value(entry, start, script):
        return None
    return token.lstrip("#"), start, end


def _is_reference(token: str, *, needs_digit: bool) -> bool:
    return (
        0 < len(token) <= MAX_NUMBER_LENGTH
        and (has_digit(token) or not needs_digit)
        and REFERENCE.fullmatch(token.replace(" ", "")) is not None
        and NOT_A_REFERENCE.search(token) is None
    )


def _is_value(entry: Entry, start: int, script: Script) -> bool:
    """Return whether a date or a sum of money begins here."""
    if date_at(entry.folded, script.order, start) is not None:
        return True
    amount = next((one for one in find_amounts(entry.text, script.mark, start) if one.start == start), None)
    return amount is not None and (amount.currency is not None or "," in entry.text[start : amount.end])


def _is_of_goods(one: Candidate[str], script: Script) -> bool:
    """Return whether a value is the first of a column of articles: money stands in its row."""
    row = one.entry.sheet.rows[one.entry.cell.row]
    amounts = (amount for entry in row for amount in find_amounts(entry.text, script.mark))
    return one.score == BELOW and any(amount.looks_like_money for amount in amounts)


def order_numbers(script: Script, number: Candidate[str] | None) -> list[Candidate[str]]:
    """Return the possible order numbers of the customer; `number` is the document's, which is none."""

    def read(entry: Entry, start: int) -> Span[str] | None:
        return _reference(entry, start, script, needs_digit=True)

    found: list[Candidate[str]] = []
    for entry in script.labels:
        for match in entry.headings:
            if Label.ORDER in match.labels and match.labels.isdisjoint({Label.NUMBER, Label.ISSUED}):
                weight = ORDER_SURE if ORDERED.search(entry.folded, match.start, match.end) else ORDER
                found += [scored(one, weight) for one in after_label(entry, match, read)]
            elif entry.folded[: match.end] in REFERENCES:
                values = after_label(entry, match, read)
                found += [scored(one, REFERENCE_ONLY) for one in values if not _is_of_goods(one, script)]
    orders = [one for one in found if not CREDITOR_REFERENCE.match(one.value)]
    return [one for one in orders if number is None or one.value != number.value]
