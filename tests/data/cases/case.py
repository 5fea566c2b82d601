"""The form of a case, and what many cases say."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import reduce
from typing import TYPE_CHECKING, Any, Final

from factory.django import DjangoModelFactory

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SAME: Final = object()
"""Stands for the first row's own value, where the second row shares it."""

type Fields = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Case:
    """Rows around one constraint.

    Attributes:
        factory: Makes the rows; its defaults satisfy the constraint.
        good: Fields of rows that are taken, one test each.
        bad: Fields of rows that are refused, by this constraint and no other.
        first: Fields of the row that is there already when the constraint is about two.
        stricter: The constraint that refuses all that this one does, so that it may be the one that speaks.
    """

    factory: type[DjangoModelFactory[Any]]
    good: Sequence[Fields]
    bad: Sequence[Fields]
    first: Fields = field(default_factory=dict)
    stricter: str = ""

    def create(self, fields: Fields, first: object = None) -> object:
        """Insert a row; the values may be those of the first row, or made by a factory of their own."""

        def value_of(name: str, value: Any) -> Any:
            if value is SAME:
                return reduce(getattr, name.split("__"), first)
            return value.create() if isinstance(value, type) and issubclass(value, DjangoModelFactory) else value

        return self.factory.create(**{name: value_of(name, value) for name, value in fields.items()})


def _values(factory: type[DjangoModelFactory[Any]], column: str, good: Sequence[str], bad: Sequence[str]) -> Case:
    return Case(factory=factory, good=[{column: value} for value in good], bad=[{column: value} for value in bad])


def filled(factory: type[DjangoModelFactory[Any]], column: str) -> Case:
    """Return the case of a text that must hold something."""
    return _values(factory, column, ["x", " x "], ["", "  ", "\t\n"])


def one_of(factory: type[DjangoModelFactory[Any]], column: str, *known: str) -> Case:
    """Return the case of an enumeration, of which these are taken."""
    return _values(factory, column, known, ["xx", ""])


def currency(factory: type[DjangoModelFactory[Any]], column: str = "currency") -> Case:
    """Return the case of a currency."""
    return _values(factory, column, ["EUR", "TND"], ["eur", "EU", "E1R", ""])
