"""Telling what the columns of a file are, by their titles. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import translation

from .columns import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .cells import Row
    from .enums import ImportKind

TITLE_ROWS = 10
MIN_TITLES = 2
_LETTERS = str.maketrans({"ß": "ss", "œ": "oe", "æ": "ae", "°": " ", "º": " "})


@dataclass(frozen=True, slots=True)
class Titles:
    """The row of a file that names its columns.

    Attributes:
        index: Where it stands in the file, counted from 0.
        texts: The titles, as they are written.
    """

    index: int
    texts: tuple[str, ...]


def plain_title(title: str) -> str:
    """Return the title without case, accents, spaces, punctuation, and what stands in brackets."""
    unbracketed = re.sub(r"[(\[][^)\]]*[)\]]", " ", title)
    decomposed = unicodedata.normalize(
        "NFKD", (unbracketed if unbracketed.strip() else title).casefold().translate(_LETTERS)
    )
    return re.sub(r"[\W_]+", "", "".join(char for char in decomposed if not unicodedata.combining(char)))


@cache
def fields_by_title(kind: ImportKind) -> Mapping[str, str]:
    """Return the field that each known title means; of a title that two fields share, the first one's."""
    known: dict[str, str] = {}
    for column in COLUMNS[kind]:  # what our own exports say comes first
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                known.setdefault(plain_title(str(column.label)), column.name)
        known.setdefault(plain_title(column.name), column.name)
    for column in COLUMNS[kind]:
        for title in column.titles:
            known.setdefault(plain_title(title), column.name)
    return known


def find_titles(rows: Sequence[Row], kind: ImportKind) -> Titles:
    """Return the row of titles: of the first rows the one with the most known ones, else the first that holds any.

    Programs write their name, a date or a heading above it.
    """
    known = fields_by_title(kind)
    first = next(index for index, row in enumerate(rows) if row)
    filled = [index for index in range(first, min(first + TITLE_ROWS, len(rows))) if rows[index]]

    def recognised(index: int) -> int:
        return len({known[title] for cell in rows[index] if (title := plain_title(str(cell))) in known})

    best = max(filled, key=lambda index: (recognised(index), -index))
    index = best if recognised(best) >= MIN_TITLES else first
    return Titles(index, tuple(str(cell) for cell in rows[index]))


def match_columns(titles: Sequence[str], kind: ImportKind) -> dict[str, int]:
    """Return the place of each field that a title names; of several columns for one field, the first."""
    known = fields_by_title(kind)
    places: dict[str, int] = {}
    for place, title in enumerate(titles):
        field = known.get(plain_title(title))
        if field is not None:
            places.setdefault(field, place)
    return places
