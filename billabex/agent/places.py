"""What the agent puts on the pages of lower floors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from accounts.timeline import Panel
from billabex.agent.explaining import explain, what, why_written
from billabex.agent.impact import settings_impact
from billabex.agent.simulating import AHEAD, forecast
from billabex.core import clock
from billabex.core.places import fills

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from accounts.models import Account
    from billabex.agent.explaining import Explanation
    from billabex.agent.rules import Message
    from billabex.organizations.models import Organization
    from billabex.organizations.ports import Impact
    from communications.models import Communication

MOST_UPCOMING = 3


@fills("account.follow_up")
def follow_up(account: Account, *, today: date) -> Explanation:
    """Say on the account's page what happens next, or why nothing does."""
    return _explained(account, today)


@fills("account.aside", order=5)
def upcoming_card(account: Account, *, today: date) -> Panel | None:
    """Show what comes next: the messages of the next 60 days, and the invoices that the first of them leaves out."""
    explanation = _explained(account, today)
    if not explanation.invoices:
        return None
    shown = explanation.upcoming[:MOST_UPCOMING]
    return Panel(
        "agent/upcoming_card.html",
        {
            "messages": [(message, what(message)) for message in shown],
            "more": len(explanation.upcoming) - len(shown),
            "left_out": [part for part in explanation.invoices if not part.is_in and part.code != "out_held"],
        },
    )


@fills("account.preview")
def account_preview(account: Account, *, today: date) -> tuple[Message, ...]:
    """Return every message that the account would get in the next 60 days if nothing changed."""
    return _explained(account, today).upcoming


@fills("organization.preview")
def organization_preview(organization: Organization, *, today: date) -> Panel:
    """Show what the organization's agent would send in the next 60 days if nothing changed."""
    found = forecast(organization, today=today)
    return Panel(
        "agent/forecast.html",
        {
            "until": today + AHEAD,
            "messages": [(one.account, one.message, what(one.message)) for one in found.first],
            "count": sum(found.per_day.values()),
            "weeks": list(found.per_week.items()),
            "examined": found.examined,
            "followed_up": found.followed_up,
        },
    )


@fills("settings.impact")
def impact(organization: Organization, changes: Mapping[str, Any]) -> Impact | None:
    """Say what a change of settings would do to planned messages."""
    return settings_impact(organization, changes, now=clock.now())


@fills("communication.why")
def why(communication: Communication) -> str:
    """Say on a message why the agent wrote it, or why it was withdrawn."""
    return why_written(communication)


def _explained(account: Account, today: date) -> Explanation:
    """Explain once for all places of a page: kept on the account that was loaded for it, as prefetched rows are."""
    known: tuple[date, Explanation] | None = account.__dict__.get("agent_explained")
    if known is None or known[0] != today:
        known = account.__dict__["agent_explained"] = today, explain(account, today=today)
    return known[1]
