"""The parts of an address block: name, street, postal code, city, country."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from invoices.reading.types import Source

from .countries import PREFIXES, country_code
from .folding import fold, has_digit
from .keyed import keyed_parts, without_key
from .lexicon import Label
from .names import CONTACT, NUMBERED, PERSON

if TYPE_CHECKING:
    from collections.abc import Iterable

    from invoices.reading.types import Fields, Found

    from .blocks import Block
    from .postal import Postal
    from .sheet import Entry


NUMBER_LINE = re.compile(r"[A-Z]{0,3}-?[\d .\-/]{6,}[A-Z]?\d{0,2}$")
"""A line that is nothing but somebody's number."""
COUNTY = re.compile(
    r"[a-z ]*shire$|(?:kent|essex|surrey|(?:east |west )?sussex|norfolk|suffolk|devon|cornwall|dorset|somerset|cumbria"
    r"|(?:county |co\.? )?durham|greater manchester|merseyside|middlesex|west midlands|tyne (?:and|&) wear)$"
)


def address_fields(block: Block) -> Fields:
    """Return the customer's name and address as far as the block tells them."""
    fields: Fields = {}
    sure = 0.92 if block.heading is Label.BUYER else 0.8
    if block.name is not None:
        fields["buyer_name"] = block.name.found(sure)
    if block.postal is not None:
        index, postal = block.postal
        line = block.lines[index]
        fields["buyer_postal_code"] = line.found(postal.code, sure, *postal.code_span)
        fields["buyer_country"] = _country(block, index, postal)
        city_index = index
        city, _, _tail = postal.city.partition(",")
        if city:
            fields["buyer_city"] = line.found(city.strip(), sure, *postal.city_span)
        elif index > 0:
            city_index = _city_above(block, index)
            fields["buyer_city"] = block.lines[city_index].found(block.lines[city_index].text.strip(" ,"), 0.6)
        fields["buyer_street"] = _street(block, city_index)
    return fields | keyed_parts(block.lines, sure)


def _city_above(block: Block, index: int) -> int:
    """Return the line of the city over a postal code, where Britain may put a county between the two."""
    has_county = index > 1 and COUNTY.match(block.lines[index - 1].folded.strip(" ,."))
    return index - 2 if has_county else index - 1


def _street(block: Block, end: int) -> Found[str] | None:
    """Return the lines between the name and the city; what stands before the code if there are none."""
    name = block.name.lines[-1] if block.name else None
    first = block.lines.index(name) + 1 if name in block.lines else 0
    between = [line for line in block.lines[first:end] if _may_be_street(line)]
    lines = [line for line in between if has_digit(line.text)] or between[-1:]
    if lines:
        return lines[0].found(", ".join(without_key(line).strip(" ,") for line in lines), 0.8)
    return _street_on_line(block)


def _may_be_street(line: Entry) -> bool:
    return not (
        PERSON.match(line.folded)
        or NUMBERED.search(line.folded)
        or CONTACT.search(line.folded)
        or NUMBER_LINE.match(line.text)
    )


def _street_on_line(block: Block) -> Found[str] | None:
    if block.postal is None:
        return None
    index, postal = block.postal
    head = block.lines[index].text[: postal.start].strip(" ,")
    return block.lines[index].found(head, 0.6, 0, postal.start) if head and block.name is not None else None


def _country(block: Block, index: int, postal: Postal) -> Found[str] | None:
    line = block.lines[index]
    tail = line.text[max(postal.city_span[1], postal.code_span[1]) :].strip(" ,()-")
    tail = tail.rpartition(" - ")[2]
    candidates: Iterable[tuple[Entry, str]] = [
        (line, tail),
        *((one, one.text) for one in block.lines[index + 1 : index + 3]),
    ]
    for entry, text in candidates:
        code = country_code(fold(text)) if text else None
        if code is not None:
            return entry.found(code, 0.9)
    code = PREFIXES.get(postal.prefix, country_code(postal.prefix.lower()))
    if code is None and postal.country:
        return replace(line.found(postal.country, 0.7, *postal.code_span), source=Source.ARITHMETIC)
    return line.found(code, 0.8, *postal.code_span) if code else None
