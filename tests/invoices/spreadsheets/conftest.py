"""Importing rows as a member does."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

import pytest

from billabex.core.actors import Actor, ActorKind
from invoices.spreadsheets.enums import Effect, ImportKind
from invoices.spreadsheets.reading import read_rows
from invoices.spreadsheets.services import import_spreadsheet, preview_spreadsheet
from tests.invoices.spreadsheets.files import csv_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from billabex.organizations.models import Organization
    from invoices.spreadsheets.services import Outcome

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
MAUD = Actor(ActorKind.MEMBER, "Maud Petit")

type Table = Sequence[Sequence[object]]


class Importing(Protocol):
    """Imports a table of one kind, whatever it lowers; returns how many rows were new, changed and unchanged."""

    def __call__(self, kind: str, table: Table) -> tuple[int, int, int]: ...


class Previewing(Protocol):
    """Previews a table of one kind."""

    def __call__(self, kind: str, table: Table) -> Outcome: ...


@pytest.fixture
def importing(organization: Organization) -> Importing:
    def run(kind: str, table: Table) -> tuple[int, int, int]:
        counts = import_spreadsheet(
            organization=organization,
            rows=read_rows(csv_of(table)),
            kind=ImportKind(kind),
            file_name="table.csv",
            actor=MAUD,
            now=NOW,
            may_lower=True,
        ).counts
        return counts[Effect.NEW], counts[Effect.CHANGED], counts[Effect.UNCHANGED]

    return run


@pytest.fixture
def previewing(organization: Organization) -> Previewing:
    def run(kind: str, table: Table) -> Outcome:
        rows = read_rows(csv_of(table))
        return preview_spreadsheet(organization=organization, rows=rows, kind=ImportKind(kind), actor=MAUD, now=NOW)

    return run
