"""Finding labels: all labels of all languages in one tree of words, so that a page is scanned once.

The longest label at a place wins, so `Total HT` is never taken for `Total`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from .folding import NUMBER_SIGNS, is_gap, tokens
from .languages import VOCABULARIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .folding import Token
    from .vocabulary import Vocabulary


class Label(StrEnum):
    """What a label announces: the field of the same name in `Vocabulary`."""

    NUMBER = "number"
    CREDIT_NUMBER = "credit_number"
    NUMBER_WEAK = "number_weak"
    RELATED = "related"
    ISSUED = "issued"
    ISSUED_WEAK = "issued_weak"
    DUE = "due"
    ORDER = "order"
    INVOICE_TITLE = "invoice_titles"
    CREDIT_TITLE = "credit_titles"
    NET = "net"
    TAX = "tax"
    TOTAL = "total"
    TOTAL_WEAK = "total_weak"
    PAYABLE = "payable"
    PAID = "paid"
    PREVIOUS = "previous"
    WITHHELD = "withheld"
    ADDED = "added"
    BUYER = "buyer"
    SELLER = "seller"
    DELIVERY = "delivery"
    YOURS = "yours"


HEADINGS = frozenset(
    {
        Label.NUMBER,
        Label.CREDIT_NUMBER,
        Label.NUMBER_WEAK,
        Label.RELATED,
        Label.ISSUED,
        Label.ISSUED_WEAK,
        Label.DUE,
        Label.ORDER,
    }
)
TITLES = frozenset({Label.INVOICE_TITLE, Label.CREDIT_TITLE})
MONEY = frozenset(
    {
        Label.NET,
        Label.TAX,
        Label.TOTAL,
        Label.TOTAL_WEAK,
        Label.PAYABLE,
        Label.PAID,
        Label.PREVIOUS,
        Label.WITHHELD,
        Label.ADDED,
    }
)
PARTIES = frozenset({Label.BUYER, Label.SELLER, Label.DELIVERY})


GLUING = frozenset({"de", "nl"})
"""Languages that write a word and its number as one."""
INTO_DIGITS = re.compile(r"[-/_]?\d")
COMPOUNDED = ("rechnung", "factuur", "gutschrift", "rechnungsnummer", "rechnungsdatum")
"""Words that others are glued to the front of: Baurechnung, verkoopfactuur."""


@dataclass(frozen=True, slots=True)
class Match:
    """A label in folded text: what it may announce, and where it stands."""

    labels: frozenset[Label]
    start: int
    end: int
    words: int


class _Node:
    __slots__ = ("labels", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.labels: set[Label] = set()


def _derived(vocabulary: Vocabulary, kind: Label) -> Iterator[str]:
    """Yield the labels that follow from others: `Invoice no.` from a title, `Bestellnr.` from `bestell #`."""
    titles = {Label.NUMBER: vocabulary.invoice_titles, Label.CREDIT_NUMBER: vocabulary.credit_titles}
    for title in titles.get(kind, ()):
        yield f"{title} #"
        yield f"# {title}"
    if vocabulary.code in GLUING:
        for label in getattr(vocabulary, kind):
            if label.endswith(" #"):
                yield f"{label[:-2]}nr"
                yield f"{label[:-2]}nummer"


class Lexicon:
    """The labels of some kinds, ready to be found."""

    def __init__(self, kinds: Iterable[Label]) -> None:
        self._root = _Node()
        for kind in kinds:
            for vocabulary in VOCABULARIES:
                for label in (*getattr(vocabulary, kind), *_derived(vocabulary, kind)):
                    self._add(label, kind)

    def _add(self, label: str, kind: Label) -> None:
        node = self._root
        for word in label.replace("'", " ").split():
            node = node.next.setdefault(word, _Node())
        node.labels.add(kind)

    def find(self, folded: str) -> list[Match]:
        """Return the labels in folded text from left to right, the longest at each place, none overlapping."""
        words = tokens(folded)
        found: list[Match] = []
        index = 0
        while index < len(words):
            match = self._longest(folded, words, index)
            if match is not None:
                found.append(match)
            index += match.words if match is not None else 1
        return found

    def _longest(self, folded: str, words: Sequence[Token], first: int) -> Match | None:
        best: Match | None = None
        for last, node in self._walk(folded, words, first, self._root):
            if (
                node.labels
                and not _runs_into_digits(folded, words[last])
                and (best is None or last - first + 1 >= best.words)
            ):
                labels = frozenset(node.labels) | (best.labels if best and best.words == last - first + 1 else set())
                best = Match(labels, words[first].start, words[last].end, last - first + 1)
        return best

    def _walk(self, folded: str, words: Sequence[Token], index: int, node: _Node) -> Iterator[tuple[int, _Node]]:
        """Yield every node that the words from `index` on lead to, with the index of its last word."""
        for key in _keys(words[index].text, is_first=node is self._root):
            after = node.next.get(key)
            if after is None:
                continue
            yield index, after
            if index + 1 < len(words) and is_gap(folded[words[index].end : words[index + 1].start]):
                yield from self._walk(folded, words, index + 1, after)


def _keys(word: str, *, is_first: bool) -> Iterator[str]:
    """Yield what a word may be listed as: itself, a number sign, or the last part of a compound."""
    yield word
    if word in NUMBER_SIGNS and word != "#":
        yield "#"
    if is_first:
        yield from (title for title in COMPOUNDED if word.endswith(title) and len(word) > len(title) + 1)


def _runs_into_digits(folded: str, last: Token) -> bool:
    """Return whether a word is the beginning of a reference, as PO in PO445; a sign for "number" never is."""
    return last.text not in NUMBER_SIGNS and INTO_DIGITS.match(folded, last.end) is not None


def hints_by_word() -> dict[str, frozenset[str]]:
    """Return the languages that each hint word speaks for."""
    languages: dict[str, set[str]] = defaultdict(set)
    for vocabulary in VOCABULARIES:
        for word in vocabulary.hints:
            languages[word].add(vocabulary.code)
    return {word: frozenset(codes) for word, codes in languages.items()}
