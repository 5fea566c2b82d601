"""How far a running import is: told outside the database, where its own transaction would hide it till the end.

Nothing depends on it but what people see, and the guess that a worker which tells nothing any more has died.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

STEP = 1_000
"""Rows after which progress is told anew."""
SILENCE = timedelta(minutes=5)
"""A worker that told nothing for so long has died."""


class Phase(TextChoices):
    """What an import is at."""

    READING = "reading", pgettext_lazy("import", "Reading the rows")
    COMPARING = "comparing", pgettext_lazy("import", "Comparing them with what is here")
    STORING = "storing", pgettext_lazy("import", "Storing")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is: so many rows are done in this phase; `done` is None where a phase has no middle."""

    phase: Phase
    done: int | None = None


type Watch = Callable[[Progress], None]


def unwatched(_progress: Progress) -> None:
    """Tell nobody."""


def teller(import_id: UUID) -> Watch:
    """Return the function that keeps an import's progress for whoever asks."""

    def tell(progress: Progress) -> None:
        cache.set(_key(import_id), (progress.phase.value, progress.done), SILENCE.total_seconds())

    return tell


def progress_of(import_id: UUID) -> Progress | None:
    """Return how far an import is; None when it is not running, or silent for too long."""
    told = cache.get(_key(import_id))
    return Progress(Phase(told[0]), told[1]) if told else None


def forget(import_id: UUID) -> None:
    """Forget how far it was: it is no longer running."""
    cache.delete(_key(import_id))


def _key(import_id: UUID) -> str:
    return f"spreadsheet-import-{import_id}"
