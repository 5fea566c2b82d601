"""What this floor needs of the roof: the words of a message that is still a plan.

The agent's Scheduled messages have no text of their own until they leave: it is written from the facts of the moment,
for whoever looks. The agent registers its writer when the site starts.

A member's own message (`is_composed`) is no plan: it concerns the roof only when it leaves (`claim_own`).

A person may have had their say about such a message (`Communication.is_by_person`). What the roof owes them then:

- Planning leaves it as it is (`CommunicationQuerySet.plans` finds it as the account's one plan): its day, recipients
  and words stand. It is withdrawn when its reason is gone, and only held while the account is paused.
- Before it leaves everything is checked as for any other. Once edited, it leaves on the day that was chosen, whatever
  the calendar says, else on the first business day after; released (`is_released_on`), at any hour of that day.
- What is worded (`is_worded`) leaves as it stands; else the agent writes the words for the people it goes to.
- What a person cancelled (`CommunicationQuerySet.skipped`) counts for the rhythm, and only for it, as if it had left
  on its day; the reminders that it would have been are done (`NamedInvoiceQuerySet.reminders_done`).

Source: product.md 7; docs/decisions/011.
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
    """An invoice that a message names, with its amounts at that time.

    Attributes:
        is_reminder: The message would be its one pre-due reminder.
    """

    number: str
    due_on: date
    currency: str
    remaining_amount: Decimal
    is_reminder: bool = False


class Picture(Protocol):
    """A picture that travels within a message: its HTML shows it as `cid:<cid>`."""

    @property
    def cid(self) -> str:
        """Its name, known within the message alone."""

    @property
    def png(self) -> bytes:
        """The file."""


@dataclass(frozen=True, slots=True)
class Words:
    """A message as its reader would get it today, and why it is written: one sentence in the interface's language."""

    subject: str
    text: str
    html: str
    invoices: tuple[InvoiceLine, ...] = field(default=())
    why: str = ""
    images: tuple[Picture, ...] = field(default=())


class Previewer(Protocol):
    """Writes what a scheduled message would say if it left on its day and nothing changed."""

    def __call__(self, communication: Communication) -> Words | None:
        """Return the words, or None when the agent would no longer write at all.

        Once a person has had their say, it is written for the day and the recipients that they chose.
        """


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
