"""VAT numbers, registration numbers, IBANs and mail addresses, believed more when their check digits agree."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from stdnum import iban as iban_rules
from stdnum import luhn
from stdnum.ch import vat as swiss_vat
from stdnum.eu import vat as eu_vat
from stdnum.exceptions import ValidationError
from stdnum.gb import vat as gb_vat
from stdnum.util import get_cc_module

from .folding import has_digit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .sheet import Entry


class Sort(Enum):
    """What an identifier identifies."""

    VAT = "vat"
    REGISTRATION = "registration"
    IBAN = "iban"
    EMAIL = "email"


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identifier, compact, and where it stands."""

    sort: Sort
    value: str
    is_valid: bool
    entry: Entry
    start: int
    end: int


EU = "AT|BE|BG|CY|CZ|DE|DK|EE|EL|ES|FI|FR|GR|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK|XI|GB"
VAT = re.compile(rf"(?<![A-Z0-9])(?:{EU})[ .-]?(?=[0-9A-Z]*\d)[0-9A-Z](?:[ .-]?[0-9A-Z]){{6,13}}(?![A-Za-z0-9])")
SWISS_VAT = re.compile(r"CHE[- ]?\d{3}[. ]?\d{3}[. ]?\d{3}(?: ?(?:MWST|TVA|IVA))?")
VAT_LABEL = re.compile(
    r"\b(?:vat|t\.?v\.?a|ust|u?id-?nr|uid|mwst|umsatzsteuer|steuernummer|i\.?v\.?a|btw|nif|cif|contribuinte|contrib"
    r"|tax id|p\.? ?iva)\b"
)
NATIONAL = {
    # What a label promises when the country's letters are left out: the label, the number, whose it is.
    "IT": re.compile(r"(?:p(?:artita)?\.? ?iva|p\.i\.)\D{0,12}(?P<number>\d{11})(?!\d)"),
    "ES": re.compile(r"\b(?:n\.?i\.?f|c\.?i\.?f)\.?[\s:.-]*(?P<number>[a-z]-?\d{7}-?[a-z0-9]|\d{8}-?[a-z])\b"),
    "PT": re.compile(r"\b(?:nif|nipc|contribuinte|contrib)\D{0,12}(?P<number>[1-9]\d{2} ?\d{3} ?\d{3})(?!\d)"),
    "GB": re.compile(r"\bvat[a-z .:#]{0,25}(?P<number>\d{3} ?\d{4} ?\d{2})(?![\d ])"),
}
SPANISH_LINE = re.compile(r"[A-HJNP-SUVW]-?\d{7}-?[A-J0-9]|\d{8}-?[A-Z]")
REGISTRATION = re.compile(
    r"(?<!vat )(?<!tax )(?<!gst )\b(?:(?P<french>siret|siren|rcs[a-z ]{0,25})|(?P<german>hr[ab])"
    r"|(?P<other>company (?:reg(?:istration)?\.? )?(?:no|number|nr)|registration (?:no|number)|reg\.? no"
    r"|registered (?:no|number|in [a-z &]{3,30}(?:no|number)?)|crn|kvk(?:-?n(?:umme)?r)?|kbo|rea|ondernemingsnummer"
    r"|handelsregister\w*|firmenbuch\w*|fn))\b[\s.:#no°-]{0,8}(?P<number>(?:[a-z]{2}[- ]?)?\d[\d .]{3,18}\d)"
)
IBAN = re.compile(r"(?<![A-Z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![A-Z0-9])")
IBAN_LABEL = re.compile(r"\biban\b[^a-z0-9]{0,5}$")
IBAN_HEAD = re.compile(r"(?<![A-Z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{1,4}){0,7}$")
IBAN_TAIL = re.compile(r"[A-Z0-9]{1,4}(?: ?[A-Z0-9]{1,4}){0,6}(?![A-Za-z0-9])")
NEXT_LINE = 1.2  # line heights
EMAIL = re.compile(r"[\w.+'-]{1,64}@[\w-]+(?:\.[\w-]+)+")
USUAL_COUNTRIES = ("at", "be", "de", "es", "fr", "ie", "it", "lu", "nl", "pt")
LUHN_LENGTHS = frozenset({9, 14})


def load_usual_countries() -> None:
    """Load the rules of the countries most numbers come from, which are otherwise loaded when one is met."""
    for country in USUAL_COUNTRIES:
        get_cc_module(country, "vat")


def compact(value: str) -> str:
    """Return an identifier without the separators people put into it."""
    return re.sub(r"[\s.\-/]", "", value).upper()


def find_identifiers(entry: Entry) -> Iterator[Identifier]:
    """Yield the identifiers in a cell."""
    if has_digit(entry.text):
        ibans = list(_broken_ibans(entry)) or list(_ibans(entry))
        yield from ibans
        yield from _vat_numbers(entry, [(one.start, one.end) for one in ibans])
        yield from _registrations(entry)
    for match in EMAIL.finditer(entry.text):
        yield Identifier(Sort.EMAIL, match.group(), is_valid=True, entry=entry, start=match.start(), end=match.end())


def _context(entry: Entry) -> str:
    """Return the folded text of a cell behind that of the label beside or above it that names a tax number."""
    beside, above = entry.sheet.left_of(entry)[:1], entry.sheet.above(entry)
    label = next((one.folded for one in (*above, *beside) if VAT_LABEL.search(one.folded)), "")
    return f"{label} {entry.folded}"


def _ibans(entry: Entry) -> Iterator[Identifier]:
    beside = "".join(other.folded for other in entry.sheet.left_of(entry)[:1])
    for match in IBAN.finditer(entry.text):
        number, is_valid = _longest_valid_iban(match.group())
        if is_valid or IBAN_LABEL.search(f"{beside} {entry.folded[: match.start()]}"):
            yield Identifier(Sort.IBAN, number, is_valid, entry, match.start(), match.end())


def _broken_ibans(entry: Entry) -> Iterator[Identifier]:
    """Yield an IBAN that begins at the end of this cell and ends in the one below; only check digits prove that."""
    head = IBAN_HEAD.search(entry.text)
    if head is None or _longest_valid_iban(head.group())[1]:
        return
    for below in entry.sheet.below(entry, lines=NEXT_LINE):
        tail = IBAN_TAIL.match(below.text)
        if tail is not None:
            number, is_valid = _longest_valid_iban(f"{head.group()} {tail.group()}")
            if is_valid:
                yield Identifier(Sort.IBAN, number, is_valid, entry, head.start(), head.end())
            return


def _longest_valid_iban(text: str) -> tuple[str, bool]:
    """Return the IBAN that a text begins with: what follows on the line may look like more of it."""
    parts = text.split(" ")
    for end in range(len(parts), 0, -1):
        number = compact("".join(parts[:end]))
        if is_iban(number):
            return number, True
    return compact(text), False


def is_iban(number: str) -> bool:
    """Return whether the length, the structure and the check digits are those of an IBAN."""
    try:
        iban_rules.validate(number, check_country=False)
    except ValidationError:
        return False
    return True


def _vat_numbers(entry: Entry, taken: list[tuple[int, int]]) -> Iterator[Identifier]:
    context = _context(entry)
    is_labelled = VAT_LABEL.search(context) is not None
    for pattern in (VAT, SWISS_VAT):
        for match in pattern.finditer(entry.text):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            number, is_valid = _longest_valid_vat(match.group())
            if is_valid or (is_labelled and sum(c.isdigit() for c in number) >= 8):  # noqa: PLR2004
                yield Identifier(Sort.VAT, number, is_valid, entry, match.start(), match.end())
    yield from _national_vat_numbers(entry, context)


def _national_vat_numbers(entry: Entry, context: str) -> Iterator[Identifier]:
    """Yield the numbers behind a label without the letters of their country; in Spain, a line may be nothing else."""
    before = len(context) - len(entry.folded)
    for country, pattern in NATIONAL.items():
        for match in pattern.finditer(context):
            start, end = match.start("number") - before, match.end("number") - before
            number = country + compact(match["number"])
            if start >= 0 and is_vat_number(number):
                yield Identifier(Sort.VAT, number, is_valid=True, entry=entry, start=start, end=end)
    if SPANISH_LINE.fullmatch(entry.text) and is_vat_number("ES" + compact(entry.text)):
        number = "ES" + compact(entry.text)
        yield Identifier(Sort.VAT, number, is_valid=True, entry=entry, start=0, end=len(entry.text))


def _longest_valid_vat(text: str) -> tuple[str, bool]:
    parts = re.split(r"(?<=.)[ ]", text)
    for end in range(len(parts), 0, -1):
        number = compact("".join(parts[:end]))
        if is_vat_number(number):
            return number, True
    return compact(text), False


def is_vat_number(number: str) -> bool:
    """Return whether the check digits are those of a European, British or Swiss VAT number."""
    if number.startswith("CHE"):
        return bool(swiss_vat.is_valid(number))
    if number.startswith("GB"):
        return bool(gb_vat.is_valid(number))
    return bool(eu_vat.is_valid(number))


def _registrations(entry: Entry) -> Iterator[Identifier]:
    for match in REGISTRATION.finditer(entry.folded):
        number = compact(match["number"])
        if match["french"]:
            if len(number) not in LUHN_LENGTHS:
                continue
            yield _registration(entry, match, number, is_valid=luhn.is_valid(number))
        elif match["german"]:
            yield _registration(entry, match, f"{match['german'].upper()}{number}", is_valid=True)
        else:
            yield _registration(entry, match, number, is_valid=True)


def _registration(entry: Entry, match: re.Match[str], number: str, *, is_valid: bool) -> Identifier:
    return Identifier(Sort.REGISTRATION, number, is_valid, entry, match.start("number"), match.end("number"))
