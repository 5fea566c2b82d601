"""Lists on their way out: a registry, so that higher floors hand out theirs, too.

Each list is what its page shows: the same selector, narrowed and sorted by the same filter from the same address.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import translation

from .errors import ListNotFound

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from django.http import QueryDict
    from django.utils.functional import _StrPromise

    from billabex.organizations.models import Membership

    from .writing import Written

BATCH = 500
"""Rows read from the database at once."""

type Titles = Sequence[_StrPromise]
type Rows = Iterator[Sequence[Written]]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which part of a list somebody wants.

    Attributes:
        member: Who wants it, of which organization.
        query: What the address of the list's page says: search, filters, sort.
        today: The organization's date.
        language: Of the words in it.
    """

    member: Membership
    query: QueryDict
    today: date
    language: str


@dataclass(frozen=True, slots=True)
class Export:
    """A list on its way out.

    Attributes:
        label: What it holds.
        titles: Of its columns.
        rows: Read from the database as they are written.
    """

    label: str
    titles: Sequence[str]
    rows: Rows


_lists: dict[str, tuple[_StrPromise, Titles, Callable[[Asked], Rows]]] = {}


def exports(
    word: str, label: _StrPromise, titles: Titles
) -> Callable[[Callable[[Asked], Rows]], Callable[[Asked], Rows]]:
    """Register the decorated function as the rows of a list, which is called `word` in addresses.

    It may read at most `BATCH` rows at once. For modules that are imported when the site starts.
    """

    def register(rows: Callable[[Asked], Rows]) -> Callable[[Asked], Rows]:
        _lists[word] = label, titles, rows
        return rows

    return register


def export_words() -> list[str]:
    """Return the lists that go out, as addresses call them."""
    return list(_lists)


def export_of(word: str, asked: Asked) -> Export:
    """Return a list, narrowed and sorted as asked, in the language asked for, whatever is active when rows are read.

    Raises:
        ListNotFound: There is no such list.
    """
    if word not in _lists:
        raise ListNotFound
    label, titles, rows = _lists[word]
    with translation.override(asked.language):
        return Export(str(label), [str(title) for title in titles], _speaking(asked.language, rows(asked)))


def _speaking(language: str, rows: Rows) -> Rows:
    """Read each row in the language: a response streams after its request, when no language is active any more."""
    while True:
        with translation.override(language):
            row = next(rows, None)
        if row is None:
            return
        yield row
