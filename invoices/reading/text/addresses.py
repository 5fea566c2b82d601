"""The parts of an address block: name, street, postal code, city, country."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .countries import PREFIXES, country_code
from .folding import fold
from .lexicon import Label
from .names import NUMBERED, PERSON

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable

    from invoices.reading.types import Fields, Found

    from .blocks import Block
    from .sheet import Entry


def address_fields(block: Block) -> Fields:
    """Return the customer's name and address as far as the block tells them."""
    fields: Fields = {}
    sure = 0.92 if block.heading is Label.BUYER else 0.8
    if block.name is not None:
        fields["buyer_name"] = block.name.found(sure)
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
    """Return the lines between the name and the postal code; what stands before the code if there are none."""
    name = block.name.lines[-1] if block.name else None
    first = block.lines.index(name) + 1 if name in block.lines else 0
    between = [
        line
        for line in block.lines[first : postal_index - 1 if without_city else postal_index]
        if not PERSON.match(line.folded) and not NUMBERED.search(line.folded)
    ]
    lines = [line for line in between if any(character.isdigit() for character in line.text)] or between[-1:]
    if lines:
        return lines[0].found(", ".join(line.text.strip(" ,") for line in lines), 0.8)
    return _street_on_line(block)


def _street_on_line(block: Block) -> Found[str] | None:
    if block.postal is None:
        return None
    index, match = block.postal
    head = block.lines[index].text[: match.start()].strip(" ,")
    return block.lines[index].found(head, 0.6, 0, match.start()) if head and block.name is not None else None


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
