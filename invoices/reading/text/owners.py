"""Whose an identifier is: the customer's, the issuer's, or nobody says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .blocks import ALIGNED, Block, is_return_line
from .identifiers import Identifier, Sort, compact
from .languages import VOCABULARIES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from invoices.reading.types import Fields, OwnIdentity

    from .sheet import Entry

FOOT = 0.78  # of the page's height, from where on issuers tell about themselves
SHORTEST_WORD = 3  # shorter words make too many things the customer's
GUESSED = 0.6
NEAR = 30  # characters before a number that may say whose it is
YOURS = re.compile(
    r"\b(?:v[/.]\s?(?=n|c)|"
    + "|".join(sorted({word for v in VOCABULARIES for word in v.yours if len(word) >= SHORTEST_WORD}))
    + ")"
)


class Owners:
    """Tells whose the identifiers on the pages are."""

    def __init__(
        self, own: OwnIdentity, identifiers: Sequence[Identifier], *, buyer: Block | None, seller: Block | None
    ) -> None:
        self.own_numbers = {compact(one) for one in (*own.vat_numbers, *own.registration_numbers, *own.ibans)}
        self._buyer, self._seller = buyer, seller
        self._identifiers = sorted(identifiers, key=lambda one: not one.is_valid)
        # A number that stands with the issuer somewhere is his wherever else it stands.
        self._sellers = {one.value for one in identifiers if not self._is_buyers(one) and self._is_sellers(one)}

    def fields(self) -> Fields:
        """Return the identifiers of both."""
        fields: Fields = {}
        for one in self._identifiers:
            name = self._field_of(one)
            if name is not None and fields.get(name) is None:
                fields[name] = one.entry.found(one.value, 0.95 if one.is_valid else 0.5, one.start, one.end)
        vat = self._left_for_buyer(fields)
        if vat is not None:
            fields["buyer_vat_number"] = vat.entry.found(vat.value, GUESSED, vat.start, vat.end)
        return fields

    def _field_of(self, one: Identifier) -> str | None:
        if one.sort is Sort.IBAN:
            return "iban"
        is_buyers = self._is_buyers(one)
        if one.sort is Sort.EMAIL:
            return "buyer_email" if is_buyers else None
        if not is_buyers and self._has_sellers(one.sort) and one.value not in self._sellers:
            return None
        return f"{'buyer' if is_buyers else 'seller'}_{one.sort.value}_number"

    def _has_sellers(self, sort: Sort) -> bool:
        return any(one.sort is sort and one.value in self._sellers for one in self._identifiers)

    def _left_for_buyer(self, fields: Fields) -> Identifier | None:
        """Return the VAT number that stands with neither party, when the issuer's is known and is another."""
        if self._buyer is None or fields.get("buyer_vat_number") is not None or not self._has_sellers(Sort.VAT):
            return None
        left = [one for one in self._identifiers if one.sort is Sort.VAT and one.value not in self._sellers]
        return left[0] if len({one.value for one in left}) == 1 and left[0].is_valid else None

    def _is_buyers(self, one: Identifier) -> bool:
        if one.value in self.own_numbers:
            return False
        before = one.entry.folded[max(one.start - NEAR, 0) : one.start]
        beside = [] if before.strip() else [*one.entry.sheet.left_of(one.entry)[:1], *one.entry.sheet.above(one.entry)]
        if YOURS.search(" ".join([*(other.folded for other in beside), before])):
            return True
        return self._buyer is not None and belongs(one.entry, self._buyer)

    def _is_sellers(self, one: Identifier) -> bool:
        entry = one.entry
        is_at_foot = entry.cell.y0 / entry.sheet.page.height > FOOT or is_return_line(entry)
        return (
            one.value in self.own_numbers or is_at_foot or (self._seller is not None and belongs(entry, self._seller))
        )


def belongs(entry: Entry, block: Block) -> bool:
    """Return whether a cell is one of a block's lines or stands right under them."""
    if entry in block.lines:
        return True
    last, cell = block.lines[-1].cell, entry.cell
    if entry.sheet is not block.sheet:
        return False
    gap = cell.y0 - last.y1
    return -1 <= gap <= 5 * max(last.height, 1.0) and abs(cell.x0 - last.x0) <= 2 * ALIGNED
