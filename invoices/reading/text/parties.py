"""Who wrote the document and to whom: address blocks, told apart by headings, place and the organization's names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from invoices.reading.types import Fields, Found, OwnIdentity, Source

from .addresses import address_fields
from .blocks import ALIGNED, Block, blocks_of, is_return_line, parts_of_line
from .folding import fold, squeeze
from .identifiers import Identifier, Sort, compact, find_identifiers
from .languages import VOCABULARIES
from .lexicon import Label
from .names import CONTACT, ONLY_FORMS, PERSON, has_company_form
from .phrases import language_of

if TYPE_CHECKING:
    from .sheet import Entry, Script, Sheet

FOOT, TOP, WINDOW_END = 0.78, 0.11, 0.45  # of the page's height
COUNTRY_OF_PREFIX = {"EL": "GR", "XI": "GB"}  # the two whose VAT numbers begin otherwise than their code
BUYER_STANDS_RIGHT = frozenset({"fr", "es", "it", "pt"})
"""Languages of countries where the window of the envelope is on the right."""
MIN_SCORE = 0.5
SHORTEST_WORD = 3  # shorter words make too many things the customer's
YOURS = re.compile(
    r"\b(?:" + "|".join(sorted({word for v in VOCABULARIES for word in v.yours if len(word) >= SHORTEST_WORD})) + ")"
)


class Parties:
    """The blocks of the first page, scored for being the customer's."""

    def __init__(self, script: Script, own: OwnIdentity) -> None:
        self.script = script
        self.own_names = [squeeze(name) for name in own.names if squeeze(name)]
        self.own_numbers = {compact(one) for one in (*own.vat_numbers, *own.registration_numbers, *own.ibans)}
        sheet = script.sheets[0]
        self.blocks = blocks_of(sheet)
        self.identifiers = [one for entry in script.entries for one in find_identifiers(entry)]
        self._mark_return_lines(sheet)
        self._buyer_stands_right = language_of(script) in BUYER_STANDS_RIGHT
        self.buyer = max(self.blocks, key=self._rank, default=None)
        if self.buyer is not None and self._buyer_score(self.buyer) < MIN_SCORE:
            self.buyer = None

    def _mark_return_lines(self, sheet: Sheet) -> None:
        """Mark the blocks under a sender's address in one line: that is the window of the envelope."""
        for entry in sheet.entries:
            if not is_return_line(entry):
                continue
            below = [block for block in self.blocks if _is_under(block, entry)]
            nearest = min(below, key=lambda block: block.first.cell.y0, default=None)
            if nearest is not None:
                nearest.has_return_line = True

    def is_own(self, text: str) -> bool:
        """Return whether a text names the organization itself."""
        squeezed = squeeze(text)
        return any(name in squeezed for name in self.own_names) or any(
            number in compact(text) for number in self.own_numbers
        )

    def _rank(self, block: Block) -> tuple[float, float, float]:
        """Return the score; of equals the lower block, because whoever writes puts himself first, then the side."""
        cell = block.first.cell
        side = cell.x0 if self._buyer_stands_right else -cell.x0
        return round(self._buyer_score(block), 3), round(cell.y0), side

    def _buyer_score(self, block: Block) -> float:
        text = " ".join(line.text for line in block.lines)
        name = block.name
        if name is None or not name.text:
            return -9.0
        score = {Label.BUYER: 3.0, Label.SELLER: -3.0, Label.DELIVERY: -1.5}.get(block.heading or Label.YOURS, 0.0)
        score += 1.6 if block.postal else 0.0
        score += 2.0 if block.has_return_line else 0.0
        score -= 6.0 if self.is_own(text) else 0.0
        score -= 0.8 * min(sum(CONTACT.search(line.folded) is not None for line in block.lines), 3)
        score += self._place_score(block)
        score += 0.5 if any(PERSON.match(line.folded) for line in block.lines) else 0.0
        if block.heading is None and len(block.lines) == 1:
            score -= 2.0
        return score

    def _place_score(self, block: Block) -> float:
        page, cell = block.sheet.page, block.first.cell
        top = cell.y0 / page.height
        if top > FOOT:
            return -3.0
        if top < TOP:
            return -0.7
        return 0.4 if top < WINDOW_END else -1.0

    def fields(self) -> Fields:
        """Return what is known about the customer and the issuer."""
        fields: Fields = {}
        if self.buyer is not None:
            fields |= address_fields(self.buyer)
        fields |= {"seller_name": self._seller_name()}
        fields |= self._identifier_fields()
        if fields.get("buyer_country") is None and fields.get("buyer_vat_number") is not None:
            prefix = fields["buyer_vat_number"].value[:2]
            code = COUNTRY_OF_PREFIX.get(prefix, prefix)
            fields["buyer_country"] = Found(code, Source.ARITHMETIC, 0.7)
        return fields

    def _seller_name(self) -> Found[str] | None:
        for block in self.blocks:
            if block.heading is Label.SELLER and block.name is not None:
                return block.name.found(0.9)
        for entry in self.script.entries:
            if self.own_names and self.is_own(entry.text) and not is_return_line(entry):
                return entry.found(entry.text.strip(" ,;:"), 0.9)
        return self._unlabelled_seller()

    def _unlabelled_seller(self) -> Found[str] | None:
        for entry in self.script.sheets[0].entries:
            if is_return_line(entry):
                name, form, *_ = parts_of_line(entry.text)
                end = entry.text.index(form) + len(form) if ONLY_FORMS.match(fold(form)) else len(name)
                return entry.found(entry.text[:end], 0.8, 0, end)
        others = [block for block in self.blocks if block is not self.buyer and block.heading is None and block.name]
        ranked = sorted(others, key=_seller_score, reverse=True)
        if ranked and _seller_score(ranked[0]) > 0 and ranked[0].name is not None:
            return ranked[0].name.found(0.6)
        return None

    def _identifier_fields(self) -> Fields:
        fields: Fields = {}
        for one in sorted(self.identifiers, key=lambda one: not one.is_valid):
            name = self._field_of(one)
            if name is not None and fields.get(name) is None:
                fields[name] = one.entry.found(one.value, 0.95 if one.is_valid else 0.5, one.start, one.end)
        return fields

    def _field_of(self, one: Identifier) -> str | None:
        if one.sort is Sort.IBAN:
            return "iban"
        is_buyers = self._is_buyers(one)
        if one.sort is Sort.EMAIL:
            return "buyer_email" if is_buyers else None
        return f"{'buyer' if is_buyers else 'seller'}_{one.sort.value}_number"

    def _is_buyers(self, one: Identifier) -> bool:
        if one.value in self.own_numbers:
            return False
        before = one.entry.folded[: one.start]
        beside = one.entry.sheet.left_of(one.entry)[:1] if not before.strip() else []
        if YOURS.search(" ".join([*(other.folded for other in beside), before])):
            return True
        return self.buyer is not None and _belongs(one.entry, self.buyer)


def _is_under(block: Block, entry: Entry) -> bool:
    cell, first = entry.cell, block.first.cell
    gap = first.y0 - cell.y1
    return -1 <= gap <= 6 * cell.height + 12 and min(cell.x1, first.x1) - max(cell.x0, first.x0) > 0


def _belongs(entry: Entry, block: Block) -> bool:
    """Return whether a cell is one of a block's lines or stands right under them."""
    if entry in block.lines:
        return True
    last, cell = block.lines[-1].cell, entry.cell
    if entry.sheet is not block.sheet:
        return False
    gap = cell.y0 - last.y1
    return -1 <= gap <= 5 * max(last.height, 1.0) and abs(cell.x0 - last.x0) <= 2 * ALIGNED


def _seller_score(block: Block) -> float:
    contacts = sum(CONTACT.search(line.folded) is not None for line in block.lines)
    top = block.first.cell.y0 / block.sheet.page.height
    form = block.name is not None and has_company_form(fold(block.name.text))
    return min(contacts, 2) + (1 if block.postal else 0) + (0.8 if form else 0) + (0.5 if top < TOP else 0) - 1
