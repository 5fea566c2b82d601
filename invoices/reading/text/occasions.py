"""The dates of a document: when it was issued and when it falls due, by label, by sentence or by place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from .dates import Dated, date_at, find_dates
from .folding import has_digit
from .headings import SAME_LINE, STRONG, Candidate, after_label, scored
from .lexicon import Label
from .phrases import DUE_PHRASE, PAST

if TYPE_CHECKING:
    from datetime import date

    from .headings import ReadAt, Span
    from .lexicon import Match
    from .sheet import Entry, Script

GENERIC, BARE = 0.5, 0.3  # how sure a date is whose label says little, or that has none
MAX_BREAKS = 2  # of a date in a narrow column: day, month, year
MAX_BROKEN_DATE = 22  # characters of a date before it goes on in the next line
WEEKDAY = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|(?:mon|diens|donners|frei"
    r"|sams|sonn)tag|mittwoch|lunes|martes|miercoles|jueves|viernes|sabato|domingo|(?:lune|marte|mercole|giove|vener)di"
    r"|domenica|(?:maan|dins|woens|donder|vrij|zater|zon)dag|(?:segunda|terca|quarta|quinta|sexta)(?:-feira)?|sabado"
)
DATE_FILLER = re.compile(
    rf"(?:(?:{WEEKDAY}|du|le|of|the|on|at|is|vom|von|den|der|am|del|di|dd|de|em|a|al|il|op|van|do|da|ist|est|es|em|el|li|per|zum"
    r"|and tax point)(?![a-z])[\s.:,]*){0,4}"
)
EARNS_DISCOUNT = re.compile(r"[^\d;.]{0,25}\d+(?:[.,]\d+)?\s*%")
"""What behind a date makes it the last day of a cash discount: `bis 13.03.2026 2% Skonto`."""
EARLY = 0.8
OF_INVOICE = 0.7  # how sure a credit note's date is whose label speaks of the invoice
INVOICES = re.compile(r"^(?!.*(?:credit|avoir|rectific|korrektur|storno)).*(?:invoice|factu|fattura|fatura|rechnung)")
DATE_WORD = re.compile(r"(?:date|datum|fecha|data)\b|[a-z]{3,}datum\b")
OTHER_OCCASION = re.compile(
    r"deliver|liefer|leistung|livraison|prestation|entrega|consegna|lever|order|command|bestell|pedido|ordine|encomenda"
    r"|echeance|due|fallig|vencim|scadenza|verval|period|print|druck|paiement|payment|zahl|pago|pagamento|betaal|ship"
    r"|versand|start|end|debut|fin|inicio|inizio|fine"
)
"""What else a date may be about."""


def issue_dates(
    script: Script, number: Candidate[str] | None, *, is_credit_note: bool = False
) -> list[Candidate[date]]:
    """Return the possible issue dates; `number` is the document's, whose line often carries its date."""
    read = _date_reader(script)
    found: list[Candidate[date]] = []
    for entry in script.labels:
        for match in entry.headings:
            if Label.ISSUED in match.labels:
                label = entry.folded[match.start : match.end]
                weight = OF_INVOICE if is_credit_note and INVOICES.search(label) else STRONG
                found += [scored(one, weight) for one in after_label(entry, match, read)]
            elif Label.ISSUED_WEAK in match.labels and _stands_alone(entry, match):
                found += [scored(one, 0.8) for one in after_label(entry, match, read)]
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
        if dated is not None and dated.end >= len(entry.text) + len(" 2026") and has_digit(entry.text[start:]):
            return dated
    return None


def due_dates(script: Script) -> list[Candidate[date]]:
    """Return the possible due dates; of equals the last, because the earlier ones earn a cash discount."""
    read = _date_reader(script)
    found: list[Candidate[date]] = []
    for entry in script.labels:
        for match in entry.headings:
            if Label.DUE in match.labels:
                found += [scored(one, STRONG) for one in after_label(entry, match, read)]
        for phrase in DUE_PHRASE.finditer(entry.folded) if has_digit(entry.folded) else ():
            dated = date_at(entry.folded, script.order, _skip_to_date(entry.folded, phrase.end()))
            if dated is not None and not PAST.search(phrase.group()):
                found.append(Candidate(dated.value, 0.9, entry, dated.start, dated.end))
    found = [scored(one, EARLY) if EARNS_DISCOUNT.match(one.entry.folded, one.end) else one for one in found]
    return sorted(found, key=lambda one: one.value, reverse=True)


def _skip_to_date(folded: str, start: int) -> int:
    while start < len(folded) and folded[start] in " :.":
        start += 1
    return start
