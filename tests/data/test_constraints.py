"""Every constraint of every table takes its good rows and refuses its bad ones, on both databases."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import CheckConstraint, UniqueConstraint

from tests.data.cases import CASES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

OUR_MODELS = [model for model in apps.get_models() if not model.__module__.startswith(("django.", "oauth2_provider."))]


@dataclass(frozen=True)
class Constraint:
    """A constraint as the models declare it; `columns` are those of a unique one that is about columns alone."""

    name: str
    is_unique: bool
    columns: tuple[str, ...] = ()

    @property
    def complaint(self) -> str:
        """What the database says, as a pattern, when a row breaks it."""
        if not self.is_unique:
            return rf'CHECK constraint failed: {self.name}$|violates check constraint "{self.name}"'
        if connection.vendor == "sqlite":  # names an expression's index, but of columns only the columns
            return rf"UNIQUE constraint failed: {re.escape(', '.join(self.columns) or f"index '{self.name}'")}$"
        if self.name in self.columns:
            return rf"Key \({self.name.partition('.')[2]}\)="
        return rf'violates unique constraint "{self.name}"'


def _constraints() -> Iterator[Constraint]:
    for meta in (model._meta for model in OUR_MODELS):
        columns = {field.name: f"{meta.db_table}.{field.column}" for field in meta.local_fields}
        for rule in meta.constraints:
            names = rule.fields if isinstance(rule, UniqueConstraint) else ()
            yield Constraint(rule.name, not isinstance(rule, CheckConstraint), tuple(columns[name] for name in names))
        for field in meta.local_fields:
            if field.unique and not field.primary_key:
                yield Constraint(columns[field.name], is_unique=True, columns=(columns[field.name],))


CONSTRAINTS = {constraint.name: constraint for constraint in _constraints()}


def _rows(side: str) -> list[Any]:
    return [
        pytest.param(name, row, id=f"{name}-{n}")
        for name, case in sorted(CASES.items())
        for n, row in enumerate(getattr(case, side))
    ]


def _first(name: str) -> object:
    """Make the row that is there already, for a constraint about two."""
    return CASES[name].create(CASES[name].first) if CONSTRAINTS[name].is_unique else None


def test_every_constraint_has_its_case_and_no_case_is_left_over() -> None:
    assert set(CASES) == set(CONSTRAINTS)


@pytest.mark.parametrize("name", sorted(CASES))
def test_every_case_has_a_good_and_a_bad_row(name: str) -> None:
    assert CASES[name].good
    assert CASES[name].bad


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "row"), _rows("good"))
def test_good_row_is_taken(name: str, row: Mapping[str, Any]) -> None:
    first = _first(name)
    CASES[name].create(row, first)
    expected = 1 if first is None else 2
    assert CASES[name].factory._meta.model.objects.count() == expected


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "row"), _rows("bad"))
def test_bad_row_is_refused_by_that_constraint_and_no_other(name: str, row: Mapping[str, Any]) -> None:
    first = _first(name)
    complaint = "|".join(CONSTRAINTS[told].complaint for told in (name, CASES[name].stricter) if told)
    with pytest.raises(IntegrityError, match=complaint), transaction.atomic():
        CASES[name].create(row, first)
