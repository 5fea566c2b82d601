"""Company names: which line of an address is one, and where a long one goes on in the next line."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from invoices.reading.types import Box, Found

from .languages import VOCABULARIES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .sheet import Entry

MAX_LINE = 80  # characters; longer is a sentence
MIN_LETTERS = 2  # a name has more than an initial
LONG_NAME = 24  # characters from which on a name may have needed a second line
MAX_REST = 3  # words of a name that went on in a second line

CONTACT = re.compile(
    r"@|www\.|https?:"
    r"|\b(?:iban|bic|swift|tel|phone|fon|fax|telefon|telefono|telephone|telefoon|telefone|mobile?)\b"
)
NUMBERED = re.compile(
    r"\b(?:vat|tva|ust|uid|iva|btw|nif|cif|siret|siren|hr[ab]|gln|steuernummer|rcs|kvk|reg|contribuinte|ape|naf)\b"
    r"|^[a-z .\-/]{1,25}\s*[:#]\s*[\d(]"
)
PERSON = re.compile(
    r"^(?:(?:z\.? ?hd|att|attn|attention|a l'attention|c/o|t\.?a\.?v|ter attentie|alla c\.?a|a/c|at|herrn?|frau"
    r"|mr|mrs|ms|m|mme|sig|sr|sra|dr)\b|\(?(?:contact|kontakt)\b)"
)
NAME_KEY = re.compile(
    r"(?:name|nom|denominazione|denominacion|designacao social|raison sociale|firma|nombre|nome|naam|societe|company"
    r"|razon social|ragione sociale)\s*:\s*"
)
FORMS = re.compile(
    r"(?<![a-z])(?:" + "|".join(
        re.escape(form).replace(r"\ ", r"\.? ?")
        for form in sorted({form for v in VOCABULARIES for form in v.company_forms}, key=len, reverse=True)
    ) + r")(?![a-z])"
)  # fmt: skip
AMBIGUOUS_FORMS = frozenset({"co", "se", "ss", "cv", "sc", "cb", "ek", "lp", "eg", "company", "coop", "ev"})
GOES_ON = re.compile(r"(?:[&+,/-]|\b(?:and|et|und|y|e|en|of|de|du|des|der|fur|for|pour|para|per|voor|di|van|da|do))$")
"""What a name cannot end with."""
ONLY_FORMS = re.compile(rf"(?:(?:{FORMS.pattern})|[&+.,()\s]|und|and|et)+$")


@dataclass(frozen=True, slots=True)
class Name:
    """A company's name on a page.

    Attributes:
        text: The name.
        lines: The cells it stands in, one unless it was too long.
        start: Where it begins in the first.
    """

    text: str
    lines: tuple[Entry, ...]
    start: int = 0

    def found(self, confidence: float) -> Found[str]:
        """Return it as a value read."""
        first, *rest = self.lines
        place = first.found(self.text, confidence, self.start)
        boxes = [one for one in (place.box, *(line.found("", 0.0).box for line in rest)) if one is not None]
        return replace(place, box=_around(boxes)) if boxes else place


def _around(boxes: Sequence[Box]) -> Box:
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return Box(min(x0), min(y0), max(x1), max(y1))


def has_company_form(folded: str) -> bool:
    """Return whether a line names a legal form: GmbH, SARL, Ltd…."""
    return any(match.group() not in AMBIGUOUS_FORMS for match in FORMS.finditer(folded))


def name_in(lines: Sequence[Entry]) -> Name | None:
    """Return the name in the lines above the postal code: one with a legal form, else the first."""
    possible = [line for line in lines if _may_be_name(line)]
    if not possible:
        return None
    chosen = next((line for line in possible[:3] if has_company_form(line.folded)), possible[0])
    key = NAME_KEY.match(chosen.folded)
    if key:
        return Name(chosen.text[key.end() :].strip(" ,;:"), (chosen,), key.end())
    index = lines.index(chosen)
    if index > 0 and lines[index - 1] in possible and _runs_over(lines[index - 1], chosen):
        return _joined(lines[index - 1], chosen)
    if index + 1 < len(lines) and GOES_ON.search(chosen.folded) and _may_go_on(lines[index + 1]):
        return _joined(chosen, lines[index + 1])
    return Name(chosen.text.strip(" ,;:"), (chosen,))


def name_from(line: Entry, start: int, rest: Sequence[Entry]) -> Name:
    """Return the name behind a heading on the same line, and what the next line adds to it."""
    if rest and GOES_ON.search(line.folded) and _may_go_on(rest[0]):
        return _joined(line, rest[0], start)
    return Name(line.text[start:].strip(" ,;"), (line,), start)


def _runs_over(line: Entry, following: Entry) -> bool:
    """Return whether a name goes on in the line that follows, which ends in a legal form."""
    if GOES_ON.search(line.folded.rstrip()) or ONLY_FORMS.match(following.folded):
        return True
    is_short = len(following.text.split()) <= MAX_REST
    return is_short and len(line.text) >= LONG_NAME and following.cell.x1 < line.cell.x1


def _may_go_on(line: Entry) -> bool:
    return _may_be_name(line) and not any(character.isdigit() for character in line.text)


def _joined(line: Entry, following: Entry, start: int = 0) -> Name:
    head, tail = line.text[start:].strip(" ,;:"), following.text.strip(" ,;:")
    if head.endswith("-"):
        # Möbel-/werkstätten was divided by the printer, Hautes-/Collines is written so.
        return Name((head[:-1] if tail[:1].islower() else head) + tail, (line, following), start)
    return Name(f"{head} {tail}", (line, following), start)


def _may_be_name(line: Entry) -> bool:
    text = line.text
    letters = sum(character.isalpha() for character in text)
    return (
        len(text) <= MAX_LINE
        and letters >= MIN_LETTERS
        and letters > sum(character.isdigit() for character in text)
        and PERSON.match(line.folded) is None
        and CONTACT.search(line.folded) is None
        and NUMBERED.search(line.folded) is None
        and not text.rstrip().endswith(":")
        and not (line.headings and line.headings[0].start == 0 and (":" in text or _is_all(line)))
    )


def _is_all(line: Entry) -> bool:
    """Return whether a line is nothing but a label: a column heading is nobody's name."""
    return line.headings[0].end >= len(line.folded.rstrip(" .:#"))
