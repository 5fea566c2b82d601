"""Company names: which line of an address is one, and where a long one goes on in the next line."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from invoices.reading.types import Box, Found

from .dates import Order, find_dates
from .folding import fold, has_digit
from .languages import VOCABULARIES
from .postal import MAX_LINE, STREET

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .sheet import Entry

MAX_NAME = 120  # a line with a legal form in it is a name all the same
MIN_LETTERS = 2  # a name has more than an initial
LONG_NAME = 24  # characters from which on a name may have needed a second line
VERY_LONG_NAME = 32
SAME_PRINT = 1.2  # larger is other print
MIN_TELLING = 4  # letters of a word that tells names apart
MIN_WORDS = 3  # of a shorter name that was broken
MAX_REST = 3  # words of a name that went on in a second line

CONTACT = re.compile(
    r"@|www\.|https?:"
    r"|\b(?:iban|tel|phone|fon|fax|telefon|telefono|telephone|telefoon|telefone|mobile?)\b"
    r"|\b(?:bic|swift)(?=\W*(?:code|bic|swift|:|[a-z]{6}[a-z0-9]{2}(?:[a-z0-9]{3})?\b))"
)
NUMBERED = re.compile(
    r"\b(?:vat|tva|ust|uid|iva|btw|nif|cif|c\.? ?f|siret|siren|hr[ab]|gln|steuernummer|rcs|kvk|reg|contribuinte"
    r"|ape|naf)\b|^[a-z .\-/]{1,25}\s*[:#]\s*[\d(]"
)
PERSON = re.compile(
    r"^(?:(?:z\.? ?hd|att|attn|attention|a l'attention|c/o|t\.?a\.?v|ter attentie|alla c\.?a|a/c|at|herrn?|frau"
    r"|mr|mrs|ms|m|mme|sig|sr|sra|dr)\b|\(?(?:contact|kontakt)\b)"
)
NAME_KEY = re.compile(
    r"(?:(?:account |company |customer |client )?name|account holder|kontoinhaber|titulaire du compte"
    r"|titular de la cuenta|nom|denominazione|denominacion|designacao social|raison sociale|firma|nombre|nome|naam"
    r"|societe|company|razon social|ragione sociale)\s*:\s*"
)
FORMS = re.compile(
    r"(?<![a-z])(?:" + "|".join(
        re.escape(form).replace(r"\ ", r"\.? ?")
        for form in sorted({form for v in VOCABULARIES for form in v.company_forms}, key=len, reverse=True)
    ) + r")(?![a-z])"
)  # fmt: skip
ORGANIZATION = re.compile(
    r"\b(?:gemeinde|stadt|stadtwerke|gemeente|stichting|vereniging|verein|stiftung|comune|mairie|commune|ayuntamiento"
    r"|camara municipal|junta|city of|county|council|universit\w+|hoch?schule|ecole|school|hospital|hopital|clini\w+"
    r"|klinik\w*|praxis|hotel\w*|restaurant\w*|ristorante|farmacia|pharmacie|apotheke|cooperativ\w+|association"
    r"|asociacion|associazione|associacao|fondation|fundacion|fondazione|fundacao|group|groupe|gruppe|gruppo|grupo"
    r"|holding|societe|supply|services|partners|agencia|agence|agenzia)\b|& (?:co|fils|sons|zn|sohne|figli|filhos)\b"
    r"|\w[ ,]+co\.?$|^\w+ (?:&|\+) \w+$"
)
"""What shows without a legal form that a line names no person."""
POLITE = re.compile(
    r"(?:spett(?:\.? ?le|abile)?|messrs|egr(?:egio)?|gent(?:\.? ?le|ile)|exm[oa]s?\.?(?:\(s\))? ?srs?\.?(?:\(s\))?"
    r"|firma|fa)"
    r"(?:\.\s*|:\s*|\s+)"
)
"""How a company is addressed, before its name."""
POST_BOX = re.compile(r"(?:p\.? ?o\.? ?box|postfach|postbus|apartado|casella postale|boite postale|caixa postal|bp) \d")
SECTION = re.compile(
    r"(?:datos|dados|dati|donnees|details?|detalles?|resumen|resume|summary|riepilog\w+|ubersicht|informations?|angaben"
    r"|gegevens|overzicht|service (?:client|desk|center)|customer service|kundenservice|klantenservice)\b"
)
AMBIGUOUS_FORMS = frozenset({"co", "se", "ss", "cv", "sc", "cb", "ek", "lp", "eg", "company", "coop", "ev"})
GOES_ON = re.compile(r"(?:[&+,/-]|\b(?:and|et|und|y|e|en|of|de|du|des|der|fur|for|pour|para|per|voor|di|van|da|do))$")
"""What a name cannot end with."""
ADDRESS_BEHIND = re.compile(r"\.?(?P<rest>(?:[\s,;:·|-]+(?=\d)|\s*[,;·|]\s)(?=.*\d).+$)")
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
    possible = [line for line in lines if _may_be_name(line) and not _looks_like_street(line)]
    if not possible:
        return None
    chosen = next((line for line in possible[:3] if has_company_form(line.folded)), None)
    chosen = chosen or next((line for line in possible[:2] if ORGANIZATION.search(line.folded)), possible[0])
    key = NAME_KEY.match(chosen.folded)
    if key:
        return Name(chosen.text[key.end() :].strip(" ,;:"), (chosen,), key.end())
    first = last = lines.index(chosen)
    while first > 0 and lines[first - 1] in possible and _runs_over(lines[first - 1], lines[first], lines):
        first -= 1
    while last + 1 < len(lines) and GOES_ON.search(lines[last].folded) and _may_go_on(lines[last + 1]):
        last += 1
    return _joined(lines[first : last + 1])


def name_from(line: Entry, start: int, rest: Sequence[Entry]) -> Name:
    """Return the name behind a heading on the same line, and what the next line adds to it."""
    if rest and GOES_ON.search(line.folded) and _may_go_on(rest[0]):
        return _joined([line, rest[0]], start)
    return _joined([line], start)


def _runs_over(line: Entry, following: Entry, block: Sequence[Entry]) -> bool:
    """Return whether a name goes on in the line that follows, which ends in a legal form."""
    if GOES_ON.search(line.folded.rstrip()) or ONLY_FORMS.match(following.folded):
        return True
    words, more = line.folded.split(), following.folded.split()
    is_same = any(len(word) >= MIN_TELLING and word in more for word in words)
    if is_same or has_company_form(line.folded) or line.cell.height > SAME_PRINT * following.cell.height:
        return False  # a trade name, or a title, over the name of the company
    is_long = len(line.text) >= (LONG_NAME if len(more) <= MAX_REST else VERY_LONG_NAME)
    if not is_long and (len(words) < MIN_WORDS or len(more) > MAX_REST):
        return False
    # Had the next word found room in the column, it would stand there.
    letter = (line.cell.x1 - line.cell.x0) / len(line.text)
    return line.cell.x1 + letter * (len(more[0]) + 1) > max(other.cell.x1 for other in block)


def _may_go_on(line: Entry) -> bool:
    return _may_be_name(line) and not has_digit(line.text)


def _joined(lines: Sequence[Entry], start: int = 0) -> Name:
    text = lines[0].text[start:].strip(" ,;:")
    for line in lines[1:]:
        tail = line.text.strip(" ,;:")
        # Möbel-/werkstätten was divided by the printer, Hautes-/Collines is written so.
        head = text[:-1] if text.endswith("-") and tail[:1].islower() else text
        text = f"{head}{tail}" if text.endswith("-") else f"{text} {tail}"
    polite = POLITE.match(fold(text))
    begin = polite.end() if polite else 0
    return Name(text[begin : _end_of_name(fold(text))], tuple(lines), start + begin)


def _end_of_name(folded: str) -> int:
    """Return where a name ends that is followed by an address on the same line: behind its legal form."""
    behind = (ADDRESS_BEHIND.match(folded, form.end()) for form in FORMS.finditer(folded))
    return next((match.start("rest") for match in behind if match is not None), len(folded))


def _may_be_name(line: Entry) -> bool:
    text = line.text
    letters = sum(character.isalpha() for character in text)
    return (
        len(text) <= (MAX_NAME if has_company_form(line.folded) else MAX_LINE)
        and letters >= MIN_LETTERS
        and letters > sum(character.isdigit() for character in text)
        and PERSON.match(line.folded) is None
        and CONTACT.search(line.folded) is None
        and NUMBERED.search(line.folded) is None
        and not text.rstrip().endswith(":")
        and (has_company_form(line.folded) or not _says_something(line))
    )


def _says_something(line: Entry) -> bool:
    """Return whether a line is a label, a date or the title of a section, which is nobody's name."""
    labels = [found[0] for found in (line.headings, line.money) if found and found[0].start == 0]
    is_labelled = any(":" in line.text or one.end > len(line.folded) / 3 for one in labels)
    return is_labelled or SECTION.match(line.folded) is not None or bool(find_dates(line.folded, Order.DAY_FIRST))


def _looks_like_street(line: Entry) -> bool:
    is_street = has_digit(line.text) and STREET.search(line.folded) is not None
    return (is_street or POST_BOX.match(line.folded) is not None) and not has_company_form(line.folded)
