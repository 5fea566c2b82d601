"""The timeline of an account: each floor tells what happened on it, in one shape."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to an account.

    Attributes:
        at: The instant.
        icon: The name of an icon of the design system.
        title: What happened, in the reader's language.
        text: More of it; may be empty.
        href: Where to see it; may be empty.
    """

    at: datetime
    icon: str
    title: str
    text: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """A card in the aside of the account's page, with a template of the floor that fills it."""

    template: str
    context: dict[str, object]
