"""What this floor needs of higher ones when an organization's settings change.

The signal of the house tells of single accounts; a setting is of all of them. Whoever plans ahead registers a listener
when the site starts, and fills the place "settings.impact" to say beforehand what a change would do.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from django.db import transaction

from billabex.core.places import fill

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

    from billabex.organizations.models import Organization


class SettingsListener(Protocol):
    """Reacts to a change of settings, once it is committed."""

    def __call__(self, *, organization_id: UUID, fields: frozenset[str]) -> object:
        """Hear which settings changed: names of fields of `Organization`, "closures" or "domains"."""


_listeners: list[SettingsListener] = []


def on_settings_changed[Listener: SettingsListener](listener: Listener) -> Listener:
    """Have the listener called after each change of an organization's settings; once, at start."""
    _listeners.append(listener)
    return listener


def announce_settings(organization_id: UUID, fields: Iterable[str]) -> None:
    """Tell the listeners once the current transaction commits. One that fails is logged and stops nobody."""
    for listener in _listeners:
        told = partial(listener, organization_id=organization_id, fields=frozenset(fields))
        transaction.on_commit(told, robust=True)


@dataclass(frozen=True, slots=True)
class Difference:
    """What a change would do to one account, in the reader's language.

    Attributes:
        account: Its name.
        href: Its page.
        before: What is planned now.
        after: What would be planned instead.
    """

    account: str
    href: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Impact:
    """What a change of settings would do to planned messages.

    Attributes:
        sentence: All of it in one sentence.
        rows: Some of the accounts, the most telling first; empty when nothing would differ.
    """

    sentence: str
    rows: tuple[Difference, ...] = ()


def impact_of(organization: Organization, changes: Mapping[str, Any]) -> Impact | None:
    """Return what the changes would do, as the filler of "settings.impact" tells; None when nothing would differ.

    Args:
        organization: As it is now.
        changes: New values by field name, as `services.proposed_changes` returns them; under "closures" the list of
            all closures as they would be.
    """
    impacts: list[Impact] = fill("settings.impact", organization, dict(changes)) if changes else []
    return next((impact for impact in impacts if impact.rows), None)
