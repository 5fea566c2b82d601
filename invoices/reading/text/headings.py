"""The number, the dates and the order number: what stands in the head of a document."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .amounts import find_amounts
from .dates import Dated, date_at, find_dates
from .folding import NUMBER_SIGNS
from .lexicon import TITLES, Label
from .phrases import DUE_PHRASE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from invoices.reading.types import Found

    from .lexicon import Match
    from .sheet import Entry, Script

INLINE, BESIDE, BELOW, BESIDE_AND_MORE = (
    1.0,
    0.97,
    0.9,
    0.88,
)  # how sure a value belongs to its label, by where it stands
STRONG, TITLED, WEAK, GENERIC, BARE = 0.95, 0.86, 0.65, 0.5, 0.3
RELATED_PENALTY = 0.5
FAR = 0.5  # a title or a weak label says little about what stands below it
SAME_LINE = 25  # characters within which two things on a line speak of each other
MAX_NUMBER_LENGTH = 35
MAX_BREAKS = 2  # of a date in a narrow column: day, month, year
MAX_BROKEN_DATE = 22  # characters of a date before it goes on in the next line
PUNCTUATION = re.compile(r"[\s.:\-=#)\]>|/]*")
PARENTHESIS = re.compile(r"\s*\([^)]{0,25}\)")
SIGN = re.compile(r"(?:n\.o|nummer|numero|number|num|nro|nbr|nr|no|n|#)[\s.:]+(?=\S*\d)")
DATE_FILLER = re.compile(
    r"(?:(?:du|le|of|the|on|at|is|vom|von|den|der|am|del|di|dd|de|em|a|al|il|op|van|do|da|ist|est|es|em|el|li|per|zum"
    r"|and tax point)(?![a-z])[\s.:,]*){0,3}"
)
DATE_WORD = re.compile(r"(?:date|datum|fecha|data)\b|[a-z]{3,}datum\b")
OTHER_OCCASION = re.compile(
    r"deliver|liefer|leistung|livraison|prestation|entrega|consegna|lever|order|command|bestell|pedido|ordine|encomenda"
    r"|echeance|due|fallig|vencim|scadenza|verval|period|print|druck|paiement|payment|zahl|pago|pagamento|betaal|ship"
    r"|versand|start|end|debut|fin|inicio|inizio|fine"
)
"""What else a date may be about."""
CONNECTOR = re.compile(
    r"(?:(?:by|on|before|until|at|of|le|du|au|am|bis|zum|il|el|al|del|entro|op|voor|a|ao|ate|em|no|en)(?![a-z])[\s.:]*){1,2}"
    r"|(?:and|et|und|y|e|en|/|&)\s*(?:date|datum|fecha|data)[\s.:]*"
)
"""What may end a label whose value stands elsewhere: `Payment due by:`."""
MORE_WORDS = re.compile(r"[\s,]*[^\W\d_]{2}")
"""What makes a value in the next column part of something else: `8861 KJ Harlingen`."""
TOKEN = re.compile(r"\S+")
PREFIX = re.compile(r"[A-Z]{1,5}\.?")
REFERENCE = re.compile(r"[A-Za-z0-9#][\w./\-+#&()]*")
NOT_A_REFERENCE = re.compile(r"@|www\.|https?:|^\+|%|€|\$|£")


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
                    _scored(one, weight * (FAR if one.score == BELOW and weight <= TITLED else 1.0))
                    for one in after_label(entry, match, read)
                    if weight > TITLED or one.score != BELOW or one.end - one.start >= len(one.entry.text) - 1
                ]
    return found


def _scored[T](candidate: Candidate[T], weight: float) -> Candidate[T]:
    late_page = 0.1 if candidate.entry.sheet.page.number > 1 else 0.0
    score = max(candidate.score * weight - late_page, 0.05)
    return Candidate(candidate.value, score, candidate.entry, candidate.start, candidate.end)


def _number_weight(entry: Entry, match: Match, *, is_credit_note: bool) -> float:
    """Return how surely the label announces this document's number."""
    labels = match.labels
    weight = 0.0
    if Label.NUMBER in labels:
        weight = STRONG - (0.15 if is_credit_note else 0.0)
    elif Label.CREDIT_NUMBER in labels:
        weight = STRONG if is_credit_note else WEAK
    elif labels & TITLES and match.start == 0:
        is_other_kind = is_credit_note and Label.CREDIT_TITLE not in labels
        weight = TITLED - (0.2 if is_other_kind else 0.0)
    elif Label.NUMBER_WEAK in labels and match.start == 0 and Label.ORDER not in labels:
        weight = WEAK - 0.1
    if weight and any(
        Label.RELATED in other.labels and other.start < match.end + SAME_LINE for other in entry.headings
    ):
        weight -= RELATED_PENALTY
    return weight


def _number_reader(script: Script) -> ReadAt[str]:
    def read(entry: Entry, start: int) -> Span[str] | None:
        return _reference(entry, start, script, needs_digit=True)

    return read


def _reference(entry: Entry, start: int, script: Script, *, needs_digit: bool) -> Span[str] | None:
    """Return the reference that begins at `start`: one token, or a short prefix and the token behind it."""
    first = TOKEN.match(entry.text, start)
    if first is None:
        return None
    token, end = first.group(), first.end()
    if PREFIX.fullmatch(token) and token.lower().strip(".") not in NUMBER_SIGNS:
        second = TOKEN.match(entry.text, end + 1)
        if second is not None and _has_digit(second.group()) and not _is_value(entry, second.start(), script):
            token, end = entry.text[first.start() : second.end()], second.end()
    token = token.rstrip(".,;:)")
    if token.startswith("(") or (token.endswith("(") and len(token) > 1):
        return None
    end = start + len(token)
    if not _is_reference(token, needs_digit=needs_digit) or _is_value(entry, start, script):
        return None
    return token.lstrip("#"), start, end


def _has_digit(text: str) -> bool:
    return any(character.isdigit() for character in text)


def _is_reference(token: str, *, needs_digit: bool) -> bool:
    return (
        0 < len(token) <= MAX_NUMBER_LENGTH
        and (_has_digit(token) or not needs_digit)
        and REFERENCE.fullmatch(token.replace(" ", "")) is not None
        and NOT_A_REFERENCE.search(token) is None
    )


def _is_value(entry: Entry, start: int, script: Script) -> bool:
    """Return whether a date or a sum of money begins here."""
    if date_at(entry.folded, script.order, start) is not None:
        return True
    amount = next((one for one in find_amounts(entry.text, script.mark, start) if one.start == start), None)
    return amount is not None and (amount.currency is not None or "," in entry.text[start : amount.end])


def issue_dates(script: Script, number: Candidate[str] | None) -> list[Candidate[date]]:
    """Return the possible issue dates; `number` is the document's, whose line often carries its date."""
    read = _date_reader(script)
    found: list[Candidate[date]] = []
    for entry in script.labels:
        for match in entry.headings:
            if Label.ISSUED in match.labels:
                found += [_scored(one, STRONG) for one in after_label(entry, match, read)]
            elif Label.ISSUED_WEAK in match.labels and _stands_alone(entry, match):
                found += [_scored(one, 0.8) for one in after_label(entry, match, read)]
    if number is not None:
        found += _beside_number(number, script)
    return found or _loosely_labelled(script) or _bare_dates(script)


def _stands_alone(entry: Entry, match: Match) -> bool:
    """Return whether a weak label is not part of a longer one: at the start, or behind a comma or colon."""
    before = entry.folded[: match.start].rstrip()
    return not before or before[-1] in ",:;|)" or before.endswith((" den", ", le", ", li"))


def _beside_number(number: Candidate[str], script: Script) -> list[Candidate[date]]:
    entry = number.entry
    dates = find_dates(entry.folded, script.order, number.end)
    return [
        Candidate(one.value, 0.9, entry, one.start, one.end) for one in dates[:1] if one.start - number.end <= SAME_LINE
    ]


def _loosely_labelled(script: Script) -> list[Candidate[date]]:
    """Return the dates in cells that begin with a word for date and name no other occasion."""
    found: list[Candidate[date]] = []
    for entry in script.sheets[0].entries:
        if not DATE_WORD.match(entry.folded) or OTHER_OCCASION.search(entry.folded):
            continue
        beside = [entry, *entry.sheet.right_of(entry)[:1]]
        found += [
            Candidate(one.value, GENERIC, other, one.start, one.end)
            for other in beside
            for one in find_dates(other.folded, script.order)[:1]
        ]
    return found


def _bare_dates(script: Script) -> list[Candidate[date]]:
    """Return the dates of the first page that no label explains, the topmost surest."""
    found = [
        Candidate(one.value, BARE, entry, one.start, one.end)
        for entry in script.sheets[0].entries
        if not entry.headings
        for one in find_dates(entry.folded, script.order)
    ]
    return found[:1]


def _date_reader(script: Script) -> ReadAt[Any]:
    def read(entry: Entry, start: int) -> Span[date] | None:
        filler = DATE_FILLER.match(entry.folded, start)
        start = filler.end() if filler else start
        dated = date_at(entry.folded, script.order, start)
        if dated is None and len(entry.text) - start <= MAX_BROKEN_DATE:
            dated = _broken_date(entry, start, script)
        return None if dated is None else (dated.value, dated.start, dated.end)

    return read


def _broken_date(entry: Entry, start: int, script: Script) -> Dated | None:
    """Return a date whose year, or year and month, stands in the next line."""
    pair: Entry | None = entry
    for _ in range(MAX_BREAKS):
        pair = entry.sheet.with_next_line(pair) if pair is not None else None
        dated = date_at(pair.folded, script.order, start) if pair is not None else None
        if dated is not None and dated.end >= len(entry.text) + len(" 2026") and _has_digit(entry.text[start:]):
            return dated
    return None


def due_dates(script: Script) -> list[Candidate[date]]:
    """Return the possible due dates; of equals the last, because the earlier ones earn a cash discount."""
    read = _date_reader(script)
    found: list[Candidate[date]] = []
    for entry in script.labels:
        for match in entry.headings:
            if Label.DUE in match.labels:
                found += [_scored(one, STRONG) for one in after_label(entry, match, read)]
        for phrase in DUE_PHRASE.finditer(entry.folded):
            dated = date_at(entry.folded, script.order, _skip_to_date(entry.folded, phrase.end()))
            if dated is not None:
                found.append(Candidate(dated.value, 0.9, entry, dated.start, dated.end))
    return sorted(found, key=lambda one: one.value, reverse=True)


def _skip_to_date(folded: str, start: int) -> int:
    while start < len(folded) and folded[start] in " :.":
        start += 1
    return start


def order_numbers(script: Script) -> list[Candidate[str]]:
    """Return the possible order numbers of the customer."""

    def read(entry: Entry, start: int) -> Span[str] | None:
        return _reference(entry, start, script, needs_digit=True)

    found: list[Candidate[str]] = []
    for entry in script.labels:
        for match in entry.headings:
            if Label.ORDER in match.labels and match.labels.isdisjoint({Label.NUMBER, Label.ISSUED}):
                found += [_scored(one, 0.85) for one in after_label(entry, match, read)]
    return found
