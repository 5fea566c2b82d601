"""What this floor needs of the roof: the words of a message that is still a plan.

The agent's Scheduled messages have no text of their own until they leave: it is written from the facts of the moment,
for whoever looks. The agent registers its writer when the site starts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from django.core.exceptions import ImproperlyConfigured

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from communications.models import Communication


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    """An invoice that a message names, with its amounts at that time."""

    number: str
    due_on: date
    currency: str
    remaining_amount: Decimal


@dataclass(frozen=True, slots=True)
class Words:
    """A message as its reader would get it today, and why it is written: one sentence in the interface's language."""

    subject: str
    text: str
    html: str
    invoices: tuple[InvoiceLine, ...] = field(default=())
    why: str = ""


class Previewer(Protocol):
    """Writes what a scheduled message would say if it left on its day and nothing changed."""

    def __call__(self, communication: Communication) -> Words | None:
        """Return the words, or None when the agent would no longer write at all."""


_previewer: Previewer | None = None


def register_previewer(previewer: Previewer) -> None:
    """Install the agent's previewer; once, at start."""
    global _previewer  # noqa: PLW0603 - the one place where the roof plugs in
    _previewer = previewer


def preview(communication: Communication) -> Words | None:
    """Return what a scheduled message would say."""
    if _previewer is None:
        raise ImproperlyConfigured("No previewer is registered: is billabex.agent installed?")
    return _previewer(communication)
