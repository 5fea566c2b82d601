"""What the other places of a name say about its bearer: who signs, who holds the account, who is the customer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .blocks import is_return_line
from .folding import squeeze
from .lexicon import Label

if TYPE_CHECKING:
    from .blocks import Block
    from .sheet import Entry, Script

MIN_NAME = 5  # letters; a shorter name is found in too many words
MIN_LABEL = 4  # letters; `to`, `a` and `an` say too little
LABELLED, UNLABELLED = 1.5, 1.0
HEAD, FOOT = 0.12, 0.78  # of the page's height: where only issuers put their names
MAX_LINE = 200


class Mentions:
    """The cells of all pages, searchable for names."""

    def __init__(self, script: Script) -> None:
        self._entries = [(entry, squeeze(entry.text)) for entry in script.entries if len(entry.text) <= MAX_LINE]

    def weigh(self, block: Block) -> float:
        """Return what speaks for the customer (more) or the issuer (less) where the block's name stands elsewhere."""
        name = squeeze(block.name.text) if block.name is not None else ""
        if len(name) < MIN_NAME:
            return 0.0
        elsewhere = [entry for entry, text in self._entries if name in text and entry not in block.lines]
        kinds = {_kind_of_place(entry) for entry in elsewhere}
        weights = {Label.BUYER: LABELLED, Label.SELLER: -LABELLED, Label.YOURS: -UNLABELLED}
        return sum(weights.get(kind, 0.0) for kind in kinds if kind is not None)


def _kind_of_place(entry: Entry) -> Label | None:
    """Return the party whose label stands before the cell; `YOURS` where an issuer speaks about himself."""
    for other in (entry, *entry.sheet.left_of(entry)[:1], *entry.sheet.above(entry)):
        first = other.parties[0] if other.parties else None
        if first is not None and first.start == 0 and first.end >= MIN_LABEL:
            return next((kind for kind in (Label.BUYER, Label.SELLER) if kind in first.labels), None)
    height = entry.cell.y0 / entry.sheet.page.height
    return Label.YOURS if is_return_line(entry) or not HEAD < height < FOOT else None
