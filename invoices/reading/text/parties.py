"""Who wrote the document and to whom: address blocks, told apart by headings, place and the organization's names."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from invoices.reading.types import Fields, Found, OwnIdentity, Source

from .countries import PREFIXES, country_code
from .folding import fold, squeeze
from .identifiers import Identifier, Sort, compact, find_identifiers
from .languages import VOCABULARIES
from .lexicon import Label
from .sheet import shares_column

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .lexicon import Match
    from .sheet import Entry, Script, Sheet

ALIGNED = 5.0
LINE_GAP = 2.3  # of the text's height: the most that lines of one block lie apart
HANDED_DOWN = 4.0  # of the text's height: how far under its heading a block may begin
UNEVEN = 1.9  # times the block's own line gap: more is another block
MAX_LINES = 9
FOOT, TOP, WINDOW_END = 0.78, 0.11, 0.45  # of the page's height
SHORT_LABEL = 4  # letters; a shorter label must stand alone to count
MIN_SCORE = 0.5

POSTAL = re.compile(
    r"(?:^|[,•·|●-]\s*|\s)(?:(?P<prefix>[A-Z]{1,2})[- ])?(?P<code>\d{4}-\d{3}|\d{4} ?[A-Z]{2}(?= [A-Z])|\d{4,5})\s+"
    r"(?P<city>[A-ZÀ-Ýa-z'’][^\d,|•·●]*[^\W\d_](?:\s?\d{1,2}(?![\d]))?)"
)
GLUED = re.compile(r"^(?P<prefix>)(?P<code>\d{5})(?P<city>[A-ZÀ-Ý][a-zà-ÿ]+.*)$")
BRITISH = re.compile(r"(?P<city>[A-Z][A-Za-z' .-]+?)?,?\s*\b(?P<code>[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})\b(?P<prefix>)")
AMERICAN = re.compile(r"(?P<city>[A-Z][A-Za-z' .-]+),?\s+(?P<prefix>)[A-Z]{2},?\s+(?P<code>\d{5}(?:-\d{4})?)\b")
SEPARATORS = re.compile(r"\s+[•·|●∙◦–—-]\s+|\s*[•·|●∙]\s*|, ")
CONTACT = re.compile(
    r"@|www\.|https?:|\b(?:iban|bic|swift|tel|phone|fon|fax|telefon|telefono|telephone|telefoon|telefone|mobil|mobile)\b"
)
NUMBERED = re.compile(
    r"\b(?:vat|tva|ust|uid|iva|btw|nif|cif|siret|siren|hr[ab]|gln|steuernummer|rcs|kvk|reg|contribuinte|ape|naf)\b"
    r"|^[a-z .\-/]{1,25}\s*[:#]\s*[\d(]"
)
PERSON = re.compile(
    r"^(?:(?:z\.? ?hd|att|attn|attention|a l'attention|c/o|t\.?a\.?v|ter attentie|alla c\.?a|a/c|at|herrn?|frau|mr|mrs|ms|m|mme"
    r"|mme|sig|sr|sra|dr)\b|\(?(?:contact|kontakt)\b)"
)
NAME_KEY = re.compile(r"(?:name|nom|firma|nombre|nome|naam|societe|company|razon social|ragione sociale)\s*:\s*")
FORMS = re.compile(
    r"(?<![a-z])(?:" + "|".join(
        re.escape(form).replace(r"\ ", r"\.? ?")
        for form in sorted({form for v in VOCABULARIES for form in v.company_forms}, key=len, reverse=True)
    ) + r")(?![a-z])"
)  # fmt: skip
AMBIGUOUS_FORMS = frozenset({"co", "se", "ss", "cv", "sc", "cb", "ek", "lp", "eg", "company", "coop", "ev"})


@dataclass
class Block:
    """Lines that stand together, and what they say."""

    lines: list[Entry]
    heading: Label | None = None
    heading_rest: tuple[Entry, int] | None = None
    title: Entry | None = None
    has_return_line: bool = False
    identifiers: list[Identifier] = field(default_factory=list)

    @property
    def first(self) -> Entry:
        """The topmost line."""
        return self.lines[0]

    @property
    def sheet(self) -> Sheet:
        """The page it stands on."""
        return self.first.sheet

    @cached_property
    def postal(self) -> tuple[int, re.Match[str]] | None:
        """The line with the postal code, if there is one."""
        return next(((i, match) for i, line in enumerate(self.lines) if (match := _postal(line.text))), None)

    @cached_property
    def name(self) -> tuple[Entry, int, str] | None:
        """The line that names the company, where the name begins, and the name."""
        if self.heading_rest is not None:
            entry, start = self.heading_rest
            return entry, start, entry.text[start:].strip(" ,;")
        last = self.postal[0] if self.postal else len(self.lines)
        lines = [line for line in self.lines[: max(last, 1)] if _may_be_name(line)]
        if not lines:
            return None
        chosen = next((line for line in lines[:3] if has_company_form(line.folded)), lines[0])
        key = NAME_KEY.match(chosen.folded)
        start = key.end() if key else 0
        return chosen, start, chosen.text[start:].strip(" ,;:")


def has_company_form(folded: str) -> bool:
    """Return whether a line names a legal form: GmbH, SARL, Ltd…."""
    return any(match.group() not in AMBIGUOUS_FORMS for match in FORMS.finditer(folded))


def _may_be_name(line: Entry) -> bool:
    text = line.text
    letters = sum(character.isalpha() for character in text)
    return (
        letters >= 2  # noqa: PLR2004 - a name has more than an initial
        and letters > sum(character.isdigit() for character in text)
        and PERSON.match(line.folded) is None
        and CONTACT.search(line.folded) is None
        and NUMBERED.search(line.folded) is None
        and not text.rstrip().endswith(":")
        and not (line.headings and line.headings[0].start == 0 and ":" in text)
    )


def _postal(text: str) -> re.Match[str] | None:
    for pattern in (POSTAL, GLUED, BRITISH, AMERICAN):
        match = pattern.search(text)
        if match is not None:
            return match
    return None


def blocks_of(sheet: Sheet) -> list[Block]:
    """Return the groups of lines that stand together on a page, top to bottom."""
    blocks: list[Block] = []
    for entry in sheet.entries:
        if is_return_line(entry):
            continue
        heading = _heading(entry)
        home = None if heading else next((block for block in reversed(blocks) if _continues(block, entry)), None)
        if home is not None:
            home.lines.append(entry)
        else:
            block = Block([entry])
            if heading is not None:
                block.heading, start = heading
                if start < len(entry.text):
                    block.heading_rest = (entry, start)
            blocks.append(block)
    for block in blocks:
        _take_heading_out(block)
    filled = [block for block in blocks if block.lines]
    for block in blocks:
        if block.title is not None and not block.lines:
            _hand_down(block, block.title, filled)
    return filled


def _hand_down(block: Block, title: Entry, others: list[Block]) -> None:
    """Give the heading of an empty block to the nearest one under it, wherever its lines are aligned."""
    below = [
        other
        for other in others
        if other.heading is None
        and other.sheet is title.sheet
        and -1 <= other.first.cell.y0 - title.cell.y1 <= HANDED_DOWN * title.cell.height
        and shares_column(title.cell, other.first.cell)
    ]
    nearest = min(below, key=lambda other: other.first.cell.y0, default=None)
    if nearest is not None:
        nearest.heading = block.heading


def _heading(entry: Entry) -> tuple[Label, int] | None:
    """Return what party a cell is the heading of, and where the rest of its text begins."""
    for match in entry.parties[:1]:
        kind = _party(match)
        if kind is None or match.start > 0:
            continue
        rest = entry.folded[match.end :]
        stripped = rest.lstrip(" :.-)")
        is_colon = rest.lstrip(" .").startswith(":")
        if not stripped or (is_colon and not stripped[0].isdigit()):
            return kind, len(entry.text) - len(stripped)
    return None


def _party(match: Match) -> Label | None:
    return next((kind for kind in (Label.DELIVERY, Label.BUYER, Label.SELLER) if kind in match.labels), None)


def _continues(block: Block, entry: Entry) -> bool:
    last, cell = block.lines[-1].cell, entry.cell
    gap = cell.y0 - last.y1
    height = max(last.height, 1.0)
    if len(block.lines) >= MAX_LINES or not -0.6 * height <= gap <= LINE_GAP * height or cell.row == last.row:
        return False
    if len(block.lines) > 1:
        usual = block.lines[1].cell.y0 - block.lines[0].cell.y1
        if gap > max(UNEVEN * max(usual, 1.0), usual + 0.5 * height):
            return False
    centre = abs((last.x0 + last.x1) - (cell.x0 + cell.x1)) / 2
    return min(abs(last.x0 - cell.x0), abs(last.x1 - cell.x1) + 2, centre + 2) <= ALIGNED


def _take_heading_out(block: Block) -> None:
    if block.heading is None:
        return
    if block.heading_rest is None:
        block.title = block.lines.pop(0)
    # In a table of keys and values, the lines are the values.
    block.lines = [_value_of(line) for line in block.lines]


def _value_of(line: Entry) -> Entry:
    beside = line.sheet.right_of(line)
    return beside[0] if line.text.rstrip().endswith(":") and beside else line


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
        self.buyer = max(self.blocks, key=self._buyer_score, default=None)
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

    def _buyer_score(self, block: Block) -> float:
        text = " ".join(line.text for line in block.lines)
        name = block.name
        if name is None or not name[2]:
            return -9.0
        score = {Label.BUYER: 3.0, Label.SELLER: -3.0, Label.DELIVERY: -1.5}.get(block.heading or Label.YOURS, 0.0)
        score += 1.6 if block.postal else 0.0
        score += 2.0 if block.has_return_line else 0.0
        score -= 6.0 if self.is_own(text) else 0.0
        score -= 0.8 * min(sum(CONTACT.search(line.folded) is not None for line in block.lines), 3)
        score += self._place_score(block)
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
            fields |= _address(self.buyer)
        fields |= {"seller_name": self._seller_name()}
        fields |= self._identifier_fields()
        if fields.get("buyer_country") is None and fields.get("buyer_vat_number") is not None and self.buyer:
            code = {"EL": "GR", "XI": "GB"}.get(
                fields["buyer_vat_number"].value[:2], fields["buyer_vat_number"].value[:2]
            )
            fields["buyer_country"] = Found(code, Source.ARITHMETIC, 0.7)
        return fields

    def _seller_name(self) -> Found[str] | None:
        for block in self.blocks:
            if block.heading is Label.SELLER and block.name is not None:
                entry, start, name = block.name
                return entry.found(name, 0.9, start)
        for entry in self.script.entries:
            if self.own_names and self.is_own(entry.text) and not is_return_line(entry):
                return entry.found(entry.text.strip(" ,;:"), 0.9)
        return self._unlabelled_seller()

    def _unlabelled_seller(self) -> Found[str] | None:
        for entry in self.script.sheets[0].entries:
            if is_return_line(entry):
                name = SEPARATORS.split(entry.text)[0].strip()
                return entry.found(name, 0.8, 0, len(name))
        others = [block for block in self.blocks if block is not self.buyer and block.heading is None and block.name]
        ranked = sorted(others, key=_seller_score, reverse=True)
        if ranked and _seller_score(ranked[0]) > 0 and ranked[0].name is not None:
            entry, start, name = ranked[0].name
            return entry.found(name, 0.6, start)
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


YOURS = re.compile(r"\b(?:" + "|".join(sorted({w for v in VOCABULARIES for w in v.yours if len(w) > 2}, key=len, reverse=True)) + r")")  # fmt: skip


def is_return_line(entry: Entry) -> bool:
    """Return whether a cell is an address in one line: `Lieferant GmbH · Straße 20 · 80333 München`."""
    parts = [part for part in SEPARATORS.split(entry.text) if part]
    return len(parts) >= 3 and _postal(entry.text) is not None and any(_postal(part) for part in parts[1:])  # noqa: PLR2004


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
    form = block.name is not None and has_company_form(fold(block.name[2]))
    return min(contacts, 2) + (1 if block.postal else 0) + (0.8 if form else 0) + (0.5 if top < TOP else 0) - 1


def _address(block: Block) -> Fields:
    fields: Fields = {}
    sure = 0.92 if block.heading is Label.BUYER else 0.8
    if block.name is not None:
        entry, start, name = block.name
        fields["buyer_name"] = entry.found(name, sure, start)
    if block.postal is None:
        return fields
    index, match = block.postal
    line = block.lines[index]
    city = (match["city"] or "").strip(" ,")
    fields["buyer_postal_code"] = line.found(match["code"], sure, match.start("code"), match.end("code"))
    country = _country(block, index, match)
    city, _, _tail = city.partition(",")
    if city:
        fields["buyer_city"] = line.found(city.strip(), sure, match.start("city"), match.end("city"))
    elif index > 0:
        fields["buyer_city"] = block.lines[index - 1].found(block.lines[index - 1].text, 0.6)
    fields["buyer_country"] = country
    fields["buyer_street"] = _street(block, index, without_city=not city)
    return fields


def _street(block: Block, postal_index: int, *, without_city: bool) -> Found[str] | None:
    name = block.name[0] if block.name else None
    end = postal_index - 1 if without_city else postal_index
    before = [
        line
        for line in block.lines[:end]
        if line is not name and not PERSON.match(line.folded) and not NUMBERED.search(line.folded)
    ]
    after_name = before[block.lines.index(name) :] if name in block.lines and name in before else before
    lines = [line for line in after_name if any(c.isdigit() for c in line.text)] or after_name[-1:]
    if not lines:
        head = block.lines[postal_index].text[: (block.postal or (0, None))[1].start()] if block.postal else ""  # type: ignore[union-attr]
        return block.lines[postal_index].found(head.strip(" ,"), 0.6) if head.strip(" ,") else None
    text = ", ".join(line.text.strip(" ,") for line in lines)
    return lines[0].found(text, 0.8)


def _country(block: Block, index: int, match: re.Match[str]) -> Found[str] | None:
    line = block.lines[index]
    tail = line.text[match.end() :].strip(" ,()-")
    candidates: Iterable[tuple[Entry, str]] = [
        (line, tail),
        *((one, one.text) for one in block.lines[index + 1 : index + 3]),
    ]
    for entry, text in candidates:
        code = country_code(fold(text)) if text else None
        if code is not None:
            return entry.found(code, 0.9)
    prefix = match["prefix"] or ""
    code = PREFIXES.get(prefix, country_code(prefix.lower()) if prefix else None)
    return line.found(code, 0.8) if code else None
