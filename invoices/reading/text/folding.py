"""Text made comparable, character by character, so that places in it stay where they are."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

SPECIAL = {
    "ß": "s",
    "ø": "o",
    "œ": "o",
    "æ": "a",
    "ł": "l",
    "º": "o",
    "°": "o",
    "ª": "a",
    "№": "#",
    "’": "'",
    "`": "'",
    "´": "'",
    "–": "-",
    "—": "-",
    "−": "-",
    "：": ":",
}
REMEMBERED = 4096  # texts of the pages at hand, which are looked at for one thing after the other
TOKEN = re.compile(r"n\.o(?![a-z])|[a-z]+|#")
DIGIT = re.compile(r"\d")
CURRENCY_WORDS = frozenset(["eur", "euro", "euros", "usd", "gbp", "chf"])
GAP = re.compile(r"[\s.\-/'()]{0,3}(?:(?:euros?|eur|usd|gbp|chf|[€$£])[\s.)]{0,3})?")
NUMBER_SIGNS = frozenset(["#", "n", "no", "n.o", "nr", "nro", "num", "nbr", "numero", "numeros", "number", "nummer"])


class _Folder(dict[int, str]):
    """Folds characters as they are first met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        plain = unicodedata.normalize("NFD", character.lower())[:1] or character
        folded = SPECIAL.get(character, SPECIAL.get(plain, " " if plain.isspace() else plain))
        self[code] = folded
        return folded


_FOLDER = _Folder()


def fold(text: str) -> str:
    """Return the text in lower case without accents; every character stays at its index."""
    return text.translate(_FOLDER)


class Token(NamedTuple):
    """A word of folded text and where it stands."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=REMEMBERED)
def tokens(folded: str) -> tuple[Token, ...]:
    """Return the words; numbers, punctuation and currencies lie between them."""
    return tuple(
        Token(match.group(), match.start(), match.end())
        for match in TOKEN.finditer(folded)
        if match.group() not in CURRENCY_WORDS
    )


def is_gap(between: str) -> bool:
    """Return whether two words with this between them may belong to one label."""
    return GAP.fullmatch(between) is not None


def has_digit(text: str) -> bool:
    """Return whether there is a digit in a text."""
    return DIGIT.search(text) is not None


def squeeze(text: str) -> str:
    """Return folded text with letters and digits only: what names are compared by."""
    return re.sub(r"[^a-z0-9]", "", fold(text))
