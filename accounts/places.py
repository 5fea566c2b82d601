"""What accounts themselves put on their page: the history that the audit log keeps of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.enums import AccountStatus, FollowUpOwner, PauseReason
from accounts.selectors import history_of
from accounts.timeline import Event
from billabex.core.places import fills

if TYPE_CHECKING:
    from datetime import date
    from typing import Any

    from accounts.models import Account
    from billabex.core.models import AuditEntry

TITLES = {
    "account.created": ("building-2", gettext_lazy("Account created")),
    "account.updated": ("pencil", gettext_lazy("Information changed")),
    "account.paused": ("pause", gettext_lazy("Follow-ups paused")),
    "account.resumed": ("play", gettext_lazy("Follow-ups resumed")),
    "account.follow-up-owner-changed": ("users", gettext_lazy("Follow-ups handed over")),
    "account.status-changed": ("archive", gettext_lazy("Status changed")),
    "account.note-added": ("message-square-text", pgettext_lazy("history of an account", "Note added")),
}


@fills("account.overview")
def overview(account: Account, *, today: date) -> list[Event]:
    """Tell what people did to the account itself."""
    return [_event(entry) for entry in history_of(account, TITLES)]


def _event(entry: AuditEntry) -> Event:
    icon, title = TITLES[entry.action]
    facts = filter(None, (*_facts(entry.action, entry.changes), entry.actor_label))
    return Event(entry.created_at, icon, str(title), " · ".join(facts))


def _facts(action: str, changes: dict[str, Any]) -> list[str]:
    """Return what the entry says beyond its title, in the reader's language."""
    match action:
        case "account.paused":
            return [str(PauseReason(changes["reason"]).label), changes.get("note", "")]
        case "account.resumed" if changes.get("because") == "document":
            return [_("a new document arrived")]
        case "account.follow-up-owner-changed":
            return [str(FollowUpOwner(changes["follow_up_owner"]).label)]
        case "account.status-changed":
            return [str(AccountStatus(changes["status"]["to"]).label), changes.get("note", "")]
        case _:
            return []
