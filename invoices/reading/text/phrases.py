"""Sentences about payment: due dates in prose, payment terms, and the language a document is written in."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from .folding import has_digit, tokens
from .languages import VOCABULARIES
from .lexicon import hints_by_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .sheet import Entry, Script
    from .vocabulary import Vocabulary

MAX_DAYS = 365
NEARBY = 30  # characters within which a percentage turns days into a cash discount
MIN_HINTS = 3


def _any(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def _words(*groups: tuple[str, ...]) -> re.Pattern[str]:
    found = sorted({word for group in groups for word in group}, key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(re.escape(word) for word in found) + ")")


GAP = r"[^.\d]{0,70}?"
GAP_OR_AMOUNT = r"(?:[^.\d]|\d{1,3}(?:[.,' ]?\d{3})*[.,]\d{2}(?![.,]?\d)){0,70}?"
"""What may stand between the words of a phrase: `Überweisen Sie den Betrag von 18.490,56 EUR bis zum …`."""
DUE_PHRASES = "|".join(phrase.replace(GAP, GAP_OR_AMOUNT) for v in VOCABULARIES for phrase in v.due_phrases)
DUE_PHRASE = re.compile(rf"(?:{DUE_PHRASES})\s*:?\s*(?=[a-z]{{0,9}}\.? ?\d)")
PAST = re.compile(
    r"(?:received|recu|erhalten|eingegangen|recibid[oa]|ricevut[oa]|ontvangen|recebid[oa])\b"
    r"|\b(?:betaald|voldaan|bezahlt|gezahlt|pagad[oa]|pagat[oa]|pago|paye|regle)\s+(?:op|am|el|il|em|le)\W*$"
)
"""What makes a phrase tell of a payment that was made."""
AT_ONCE = _any(pattern for vocabulary in VOCABULARIES for pattern in vocabulary.at_once)
END_OF_MONTH = _any(pattern for vocabulary in VOCABULARIES for pattern in vocabulary.end_of_month)
BEYOND_MONTH = re.compile(r"[\s,]*(?:le|\+)\s*(?P<days>[12]?\d)(?:er)?\b(?!\s?[%./])")
"""What moves the day into the next month: `30 jours fin de mois le 10`."""
LATE = _words(*(vocabulary.late for vocabulary in VOCABULARIES))
HINTS = hints_by_word()


INSTALMENTS = r"(?:\d{1,3}\s?(?:[,/-]|y|e|et|und|and|en)\s?){0,4}"
"""The earlier days of several: `30, 60 y 90 días`."""
REMARK = r"\s*(?:\([^)]{1,20}\)\s*)?"


def _terms_patterns(vocabulary: Vocabulary) -> Iterator[re.Pattern[str]]:
    # `Zahlung` begins Zahlungsziel; the `a` of `à 30 jours` begins too much.
    before = "|".join(re.escape(word) + r"\b" * (len(word) == 1) for word in vocabulary.before_days)
    after = "|".join(re.escape(word) for word in vocabulary.after_days)
    days = rf"\b{INSTALMENTS}(?P<days>\d{{1,3}}){REMARK}{vocabulary.day}"
    yield re.compile(rf"{days}[\s,]+(?:{after})\b")
    yield re.compile(rf"\b(?:{before})[^.\d%]{{0,60}}?{days}(?![a-z])")


TERMS = [
    *(pattern for vocabulary in VOCABULARIES for pattern in _terms_patterns(vocabulary)),
    re.compile(r"\bnet(?:to|s)?\.?\s*(?P<days>\d{1,3})\b(?!\s*[.,%]\d)(?!\d)"),
]

ONLY_DAYS = re.compile(rf"\d{{1,3}}\s?(?:{'|'.join(v.day for v in VOCABULARIES)})\.?(?:\s\w+)?$")
SOME_DAYS = re.compile(rf"\b\d{{1,3}}{REMARK}(?:{'|'.join(v.day for v in VOCABULARIES)})|\bnet(?:to|s)?\.?\s*\d")
"""What there must be for any of them to match: most cells have nothing of it."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Payment terms and where they stand; `extra_days` count from the end of the month."""

    days: int
    is_end_of_month: bool
    extra_days: int
    entry: Entry
    start: int
    end: int

    def due_date(self, issued: date) -> date:
        """Return the day on which an invoice of `issued` falls due."""
        due = issued + timedelta(days=self.days)
        if not self.is_end_of_month:
            return due
        return due.replace(day=monthrange(due.year, due.month)[1]) + timedelta(days=self.extra_days)


def payment_terms(script: Script) -> Terms | None:
    """Return the terms of payment; of several the longest, because shorter ones earn a cash discount."""
    found = [terms for entry in script.entries for terms in _terms_in(entry)]
    return max(found, key=lambda terms: terms.days, default=None)


def _terms_in(entry: Entry) -> Iterator[Terms]:
    folded = _with_label(entry)
    offset = len(folded) - len(entry.folded)
    has_days, at_once = SOME_DAYS.search(folded) is not None, AT_ONCE.search(folded)
    if not (has_days or at_once) or LATE.search(folded):
        return  # "interest 30 days after the due date" sets no terms
    end_of_month = END_OF_MONTH.search(folded)
    beyond = BEYOND_MONTH.match(folded, end_of_month.end()) if end_of_month else None
    extra = int(beyond["days"]) if beyond else 0
    for pattern in TERMS if has_days else ():
        for match in pattern.finditer(folded):
            days = int(match["days"])
            if 0 < days <= MAX_DAYS and not _earns_discount(folded, match.start("days"), match.end()):
                start, end = max(match.start() - offset, 0), match.end() - offset
                yield Terms(days, end_of_month is not None, extra, entry, start, end)
    if at_once is not None:
        start, end = max(at_once.start() - offset, 0), at_once.end() - offset
        yield Terms(0, is_end_of_month=False, extra_days=0, entry=entry, start=start, end=end)


def _with_label(entry: Entry) -> str:
    """Return the folded text of a cell; one that says only how many days, behind its label beside or above it."""
    if not ONLY_DAYS.match(entry.folded):
        return entry.folded
    labels = [*entry.sheet.left_of(entry)[:1], *entry.sheet.above(entry)]
    label = next((one.folded for one in labels if not has_digit(one.folded)), "")
    return f"{label}: {entry.folded}" if label else entry.folded


def _earns_discount(folded: str, start: int, end: int) -> bool:
    """Return whether a percentage stands with these days and not with others between them."""
    behind = re.match(r"[^\d;.]{0,25}\d+(?:[.,]\d+)?\s*%", folded[end : end + NEARBY])
    before = re.search(r"\d+(?:[.,]\d+)?\s*%[^\d;.,]{0,40}$", folded[:start])
    return behind is not None or before is not None


def language_of(script: Script) -> str | None:
    """Return the language most of the words speak for, or None when too few do."""
    votes: Counter[str] = Counter()
    for entry in script.entries:
        for token in tokens(entry.folded):
            for code in HINTS.get(token.text, ()):
                votes[code] += 1
    (code, count), *_ = [*votes.most_common(1), ("", 0)]
    return code if count >= MIN_HINTS else None
