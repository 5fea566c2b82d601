"""Who wrote the document and to whom: address blocks, told apart by headings, place and the organization's names."""

from __future__ import annotations

import re
from statistics import median
from typing import TYPE_CHECKING

from invoices.reading.types import Fields, Found, OwnIdentity, Source

from .addresses import address_fields
from .blocks import Block, blocks_of, is_return_line, parts_of_line
from .folding import fold, has_digit, squeeze
from .identifiers import compact, find_identifiers
from .lexicon import Label
from .mentions import Mentions
from .names import CONTACT, FORMS, PERSON, SECTION, has_company_form
from .owners import Owners
from .postal import STREET

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .sheet import Entry, Script, Sheet

FOOT, TOP, WINDOW_END = 0.78, 0.11, 0.45  # of the page's height
COUNTRY_OF_PREFIX = {"EL": "GR", "XI": "GB"}  # the two whose VAT numbers begin otherwise than their code
BUYER_STANDS_RIGHT = frozenset({"fr", "es", "it", "pt"})
"""Languages of countries where the window of the envelope is on the right."""
MIN_SCORE = 0.5
SURELY_POSTAL, PERHAPS_POSTAL = 1.6, 0.5
PAYEE = re.compile(
    r"^(?:bank )?account|kontoinhaber|titulaire|titular|beneficiar|payee|^pay |remit|payable|cheques|checks|zahlbar"
    r"|zahlungsempfanger|begunstig|rekeninghouder|ten name|t\.?n\.?v|op naam|intestatario|a l'ordre"
)
TABLE = 2.0
LETTERHEAD = 0.5
LARGE = 1.15  # times the usual height of the text: the name over a letter
CAPITAL = re.compile(r"\b(?:au|de|con|com) capital|\bcapitale? social|stammkapital")
"""What tells that a legal form is described and no part of the name: `X - SA au capital de 10 000 €`."""
IS_AMOUNT = re.compile(r"[^\w]{0,3}\d[\d .,']*[.,]\d{2}(?:\s?\S{1,3})?$")


class Parties:
    """The blocks of the first page, scored for being the customer's."""

    def __init__(self, script: Script, own: OwnIdentity, language: str | None) -> None:
        self.script = script
        self.own_names = [squeeze(name) for name in own.names if squeeze(name)]
        self.own_numbers = {compact(one) for one in (*own.vat_numbers, *own.registration_numbers, *own.ibans)}
        self._mentions = Mentions(script)
        sheet = script.sheets[0]
        self.blocks = blocks_of(sheet)
        self._mark_return_lines(sheet)
        self._buyer_stands_right = language in BUYER_STANDS_RIGHT
        self._scores = {id(block): self._buyer_score(block) for block in self.blocks}
        likeliest = max(self.blocks, key=self._rank, default=None)
        self.buyer = likeliest if likeliest is not None and self._scores[id(likeliest)] >= MIN_SCORE else None
        self.seller = self._find_seller()
        identifiers = [one for entry in script.entries for one in find_identifiers(entry)]
        self.owners = Owners(own, identifiers, buyer=self.buyer, seller=self.seller)

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
        return round(self._scores[id(block)], 3), round(cell.y0), side

    def _buyer_score(self, block: Block) -> float:
        text = " ".join(line.text for line in block.lines)
        name = block.name
        if name is None or not name.text:
            return -9.0
        score = {Label.BUYER: 3.0, Label.SELLER: -3.0, Label.DELIVERY: -1.5}.get(block.heading or Label.YOURS, 0.0)
        score += 0.0 if block.postal is None else SURELY_POSTAL if block.postal[1].sure > 0 else PERHAPS_POSTAL
        score += 2.0 if block.has_return_line else 0.0
        score -= 6.0 if self.is_own(text) else 0.0
        score -= 0.8 * min(sum(CONTACT.search(line.folded) is not None for line in block.lines), 3)
        score += self._place_score(block)
        score -= LETTERHEAD if block.heading is None and _is_letterhead(block) else 0.0
        score += 0.5 if any(PERSON.match(line.folded) for line in block.lines) else 0.0
        if block.heading is None and len(block.lines) == 1:
            score -= 2.0
        score -= TABLE * _share_in_table(block)
        return score + (self._mentions.weigh(block) if score > MIN_SCORE else 0.0)

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
        fields |= self.owners.fields()
        if fields.get("buyer_country") is None and fields.get("buyer_vat_number") is not None:
            prefix = fields["buyer_vat_number"].value[:2]
            code = COUNTRY_OF_PREFIX.get(prefix, prefix)
            fields["buyer_country"] = Found(code, Source.ARITHMETIC, 0.7)
        return fields

    def _find_seller(self) -> Block | None:
        """Return the block of the issuer: by its heading, else the likeliest of those that are not the customer's."""
        named = [block for block in self.blocks if block.heading is Label.SELLER and block.name is not None]
        headed = [block for block in named if block.postal is not None or not _is_payee(block)]
        others = [block for block in self.blocks if block is not self.buyer and block.heading is None and block.name]
        if headed or not others:
            return next(iter([*headed, *named]), None)
        usual = median(line.cell.height for block in self.blocks for line in block.lines)
        likeliest = max(others, key=lambda block: _seller_score(block, usual) - self._mentions.weigh(block))
        likely = _seller_score(likeliest, usual) > 0
        return _longer_name(likeliest, others) if likely else next(iter(named), None)

    def _seller_name(self) -> Found[str] | None:
        name = self.seller.name if self.seller is not None else None
        if name is not None and self.seller is not None and self.seller.heading is Label.SELLER:
            return name.found(0.9)
        for entry in self.script.entries:
            if self.own_names and self.is_own(entry.text) and not is_return_line(entry):
                return entry.found(entry.text.strip(" ,;:"), 0.9)
        is_company = name is not None and has_company_form(fold(name.text))
        for entry in self.script.sheets[0].entries:
            sender = sender_of(entry) if is_return_line(entry) else None
            if sender is not None and (not is_company or has_company_form(fold(sender.value))):
                return sender
        return None if name is None else name.found(0.6)


def sender_of(entry: Entry) -> Found[str] | None:
    """Return the name that an address in one line begins with, if it does."""
    name, form, *_ = parts_of_line(entry.text)
    start = name.rfind(": ") + len(": ") if ": " in name else 0
    begins_with_form = None if CAPITAL.search(fold(form)) else FORMS.match(fold(form))
    is_place = (
        (has_digit(name[start:]) or STREET.match(fold(name[start:])))
        and not has_company_form(fold(name))
        and not begins_with_form
    )
    if is_place or SECTION.match(fold(name)):
        return None
    end = entry.text.index(form) + begins_with_form.end() if begins_with_form else len(name)
    return entry.found(entry.text[start:end], 0.8, start, end)


def _is_letterhead(block: Block) -> bool:
    """Return whether the name is in larger print than the address under it: nobody writes to others like that."""
    first, *rest = (line.cell.height for line in block.lines)
    return bool(rest) and first > LARGE * max(rest)


def _longer_name(block: Block, others: Sequence[Block]) -> Block:
    """Return the block with the whole name of which this one's is a part, as a logo is."""
    part = squeeze(block.name.text) if block.name is not None else ""
    named = [(squeeze(other.name.text), other) for other in others if other.name is not None and other.postal]
    return next((other for name, other in named if block.postal is None and part in name != part), block)


def _is_payee(block: Block) -> bool:
    """Return whether the heading names who holds the account, which may be a person or another company."""
    heading = block.title or (block.heading_rest[0] if block.heading_rest is not None else None)
    return heading is not None and PAYEE.search(heading.folded) is not None


def _share_in_table(block: Block) -> float:
    """Return the share of lines beside which an amount stands that is nothing else: lines of the table of goods."""
    beside = [any(IS_AMOUNT.match(one.text) for one in line.sheet.right_of(line)) for line in block.lines]
    return sum(beside) / len(beside)


def _is_under(block: Block, entry: Entry) -> bool:
    cell, first = entry.cell, block.first.cell
    gap = first.y0 - cell.y1
    return -1 <= gap <= 6 * cell.height + 12 and min(cell.x1, first.x1) - max(cell.x0, first.x0) > 0


def _seller_score(block: Block, usual_height: float) -> float:
    contacts = sum(CONTACT.search(line.folded) is not None for line in block.lines)
    top = block.first.cell.y0 / block.sheet.page.height
    is_large = 0.6 * (top < WINDOW_END / 3 and block.first.cell.height > LARGE * usual_height)
    form = block.name is not None and has_company_form(fold(block.name.text))
    return (
        min(contacts, 2) + (1 if block.postal else 0) + (0.8 if form else 0) + (0.5 if top < TOP else 0) + is_large - 1
    )
