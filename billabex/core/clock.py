"""The clock. Only edges read it (views, jobs, commands, the stamp of a new row); everything else is handed `now`.

It can be set, so that a demonstration or a test lets days pass with every stamp in step.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

_set_to: ContextVar[datetime | None] = ContextVar("clock", default=None)


def now() -> datetime:
    """Return the current instant, aware."""
    return _set_to.get() or timezone.now()


@contextmanager
def stopped_at(moment: datetime) -> Iterator[None]:
    """Stop the clock at an instant within the block, for this thread or task alone."""
    token = _set_to.set(moment)
    try:
        yield
    finally:
        _set_to.reset(token)


class ChangedAtField(models.DateTimeField):  # type: ignore[type-arg]  # generic for the checker only
    """The instant of the row's last save, by this clock."""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Stamp the row."""
        moment = now()
        setattr(model_instance, self.attname, moment)
        return moment
