"""Addresses written as keys and values: `Indirizzo: Via Roma 22`, `Cap: 20121 Nazione: IT`."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from .countries import country_code
from .folding import fold
from .vocabulary import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from invoices.reading.types import Fields

    from .sheet import Entry

KEYS = {
    "street": words("""
        address, street, street address, adresse, rue, anschrift, strasse, straße, direccion, domicilio, indirizzo,
        adres, straat, morada, endereco
    """),
    "postal_code": words("""
        postcode, post code, postal code, zip, zip code, code postal, cp, plz, postleitzahl, codigo postal, c.p., cap,
        cod. postal
    """),
    "city": words("""
        city, town, ville, commune, ort, stadt, ciudad, poblacion, localidad, comune, citta, localita, plaats,
        woonplaats, stad, localidade, cidade
    """),
    "country": words("country, pays, land, pais, nazione, paese, stato"),
    "other": words("provincia, province, state, region, county, distrito, prov., tel., tel, email, e-mail"),
}
_BY_KEY = {fold(key): part for part, keys in KEYS.items() for key in keys}
_ALL_KEYS = frozenset(
    [*_BY_KEY, "name", "nome", "nom", "nombre", "naam", "nif", "nif/nipc", "cif", "vat", "vat no", "tva", "denominacao"]
)
KEY = re.compile(
    r"(?:^|(?<=[\s,;]))(?P<key>"
    + "|".join(re.escape(key) for key in sorted(_BY_KEY, key=len, reverse=True))
    + r")\s?:\s*"
)


def keyed_parts(lines: Iterable[Entry], confidence: float) -> Fields:
    """Return the parts of an address whose keys stand before them, as fields of the buyer."""
    found: Fields = {}
    for line in lines:
        keys = list(KEY.finditer(line.folded))
        for key, following in itertools.zip_longest(keys, keys[1:]):
            end = following.start() if following else len(line.text)
            part, value = _BY_KEY[key["key"]], line.text[key.end() : end].strip(" ,;")
            if part == "country":
                value = country_code(fold(value)) or ""
            if value and part != "other":
                found.setdefault(f"buyer_{part}", line.found(value, confidence, key.end(), end))
    return found


def is_key(folded: str) -> bool:
    """Return whether a text is nothing but the key of a part of an address, or of a name or a number."""
    return folded.strip(" .:") in _ALL_KEYS


def without_key(line: Entry) -> str:
    """Return the text of a line without the key it begins with."""
    key = KEY.match(line.folded)
    return line.text[key.end() if key else 0 :]
