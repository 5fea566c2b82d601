"""Lists by keyset: a cursor names the last row seen, so that a page costs the same at any depth and misses nothing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core import signing
from django.db.models import F, Q
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan

from billabex.api.errors import InvalidCursor

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.db.models import Lookup, Model, QuerySet
    from django.db.models.expressions import Combinable

type Sorts = Mapping[str, Combinable]

_READERS: dict[str, Callable[[str], Any]] = {
    "s": str,
    "i": int,
    "d": date.fromisoformat,
    "t": datetime.fromisoformat,
    "n": Decimal,
    "u": UUID,
}


@dataclass(slots=True)
class Page[Row: Model]:
    """Some rows of a list.

    Attributes:
        nodes: The rows; whoever answers may load more onto them.
        end_cursor: Where the next page begins; None on the last page.
    """

    nodes: list[Row]
    end_cursor: str | None


def narrowed[Rows: QuerySet[Any]](rows: Rows, query: Mapping[str, Any], filters: Mapping[str, str]) -> Rows:
    """Return what is asked for of a list, by those parameters that are there; `filters` says what each looks up."""
    return rows.filter(**{lookup: query[name] for name, lookup in filters.items() if name in query})


def page_of[Row: Model](
    rows: QuerySet[Row], query: Mapping[str, Any], *, list_name: str, sorts: Sorts, default: str = ""
) -> Page[Row]:
    """Return the page that a validated `ListQuery` asks for. One query.

    Args:
        rows: The filtered list; its order is replaced.
        query: `first`, `after`, `sort`, and the filters, which the cursor is bound to.
        list_name: Which list it is; a list below one account is not that below another.
        sorts: What the list can be sorted by: expressions that are never null, by the name in `sort`.
        default: The sort without `sort`, with a minus for descending; "" for the order of creation, as keys tell it.

    Raises:
        InvalidCursor: `after` is of another list, other filters, or another sort.
    """
    asked = query.get("sort") or default
    name, falls = asked.removeprefix("-"), asked.startswith("-")
    key = list_key(list_name, query, asked)
    order = ["-pk" if falls else "pk"]
    if name:
        rows = rows.annotate(sort_key=sorts[name])  # type: ignore[assignment]
        order.insert(0, "-sort_key" if falls else "sort_key")
    if after := query.get("after"):
        rows = rows.filter(_beyond(opened_cursor(after, key), falls=falls, is_sorted=bool(name)))
    found = list(rows.order_by(*order)[: query["first"] + 1])
    nodes = found[: query["first"]]
    if len(found) == len(nodes):
        return Page(nodes, None)
    last = nodes[-1]
    place = [last.pk, last.sort_key] if name else [last.pk]  # type: ignore[attr-defined]
    return Page(nodes, sealed_cursor(place, key))


def _beyond(place: list[Any], *, falls: bool, is_sorted: bool) -> Q | Lookup[bool]:
    """Return the rows behind a place. Pairs are compared as one: an index over both is entered right there."""
    if not is_sorted:
        return Q(**{f"pk__{'lt' if falls else 'gt'}": place[0]})
    key, value = place
    behind = TupleLessThan if falls else TupleGreaterThan
    return behind(Tuple(F("sort_key"), F("pk")), (value, key))


def list_key(list_name: str, query: Mapping[str, Any], sort: str = "") -> str:
    """Return what a cursor is bound to: the list, its filters and its sort; not the size of its pages."""
    filters = {name: str(value) for name, value in sorted(query.items()) if name not in {"first", "after", "sort"}}
    return json.dumps(["cursor", list_name, filters, sort])


def sealed_cursor(place: list[Any], key: str) -> str:
    """Return the cursor that names a place in a list, signed for the list of that key alone."""
    return signing.dumps([_packed(value) for value in place], salt=key)


def _packed(value: Any) -> str:
    if isinstance(value, datetime):
        return f"t{value.isoformat()}"
    if isinstance(value, date):
        return f"d{value.isoformat()}"
    kinds = ((UUID, "u"), (Decimal, "n"), (int, "i"), (str, "s"))
    kind = next(mark for type_, mark in kinds if isinstance(value, type_))
    return f"{kind}{value}"


def opened_cursor(cursor: str, key: str) -> list[Any]:
    """Return the place that a cursor names. It is signed: nobody else's makes it into a question.

    Raises:
        InvalidCursor: It is none, or of another list.
    """
    try:
        packed: list[str] = signing.loads(cursor, salt=key)
    except signing.BadSignature:
        raise InvalidCursor from None
    return [_READERS[value[0]](value[1:]) for value in packed]
