"""What accounts themselves put on their page: the history that the audit log keeps of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.enums import AccountStatus, FollowUpOwner, PauseReason
from accounts.selectors import history_of
from accounts.timeline import Event
from billabex.core.places import fill, fills

if TYPE_CHECKING:
    from datetime import date
    from typing import Any

    from django.utils.functional import _StrPromise

    from accounts.models import Account
    from billabex.core.models import AuditEntry

TITLES = {
    "account.created": ("building-2", gettext_lazy("Account created")),
    "account.updated": ("pencil", gettext_lazy("Information changed")),
    "account.paused": ("pause", gettext_lazy("Follow-ups paused")),
    "account.resumed": ("play", gettext_lazy("Follow-ups resumed")),
    "account.follow-up-owner-changed": ("users", gettext_lazy("Follow-ups handed over")),
    "account.status-changed": ("archive", gettext_lazy("Status changed")),
    "account.source-linked": ("link", gettext_lazy("Linked to another system")),
    "account.source-unlinked": ("link", gettext_lazy("Link to another system removed")),
    "account.note-added": ("message-square-text", pgettext_lazy("history of an account", "Note added")),
}


@fills("account.overview")
def overview(account: Account, *, today: date) -> list[Event]:
    """Tell what people did to the account itself, and to what higher floors keep in its history. One query."""
    titles: dict[str, tuple[str, _StrPromise]] = dict(TITLES)
    for more in fill("account.history"):
        titles |= more
    return [_event(entry, *titles[entry.action]) for entry in history_of(account, titles)]


def _event(entry: AuditEntry, icon: str, title: _StrPromise) -> Event:
    told = _facts(entry.action, entry.changes) if entry.action in TITLES else [entry.object_label]
    return Event(entry.created_at, icon, str(title), " · ".join(filter(None, (*told, entry.actor_label))))


def _facts(action: str, changes: dict[str, Any]) -> list[str]:
    """Return what an entry about the account says beyond its title, in the reader's language."""
    match action:
        case "account.paused":
            return [str(PauseReason(changes["reason"]).label), changes.get("note", "")]
        case "account.resumed" if changes.get("because") == "document":
            return [_("a new document arrived")]
        case "account.follow-up-owner-changed":
            return [str(FollowUpOwner(changes["follow_up_owner"]).label)]
        case "account.status-changed":
            return [str(AccountStatus(changes["status"]["to"]).label), changes.get("note", "")]
        case "account.source-linked" | "account.source-unlinked":
            return [changes["external_id"]]
        case _:
            return []
