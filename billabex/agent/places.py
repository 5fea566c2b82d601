"""What the agent puts on the pages of lower floors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from billabex.agent.explaining import explain, why_written
from billabex.core.places import fills

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import Account
    from billabex.agent.explaining import Explanation
    from communications.models import Communication


@fills("account.follow_up")
def follow_up(account: Account, *, today: date) -> Explanation:
    """Say on the account's page what happens next, or why nothing does."""
    return explain(account, today=today)


@fills("communication.why")
def why(communication: Communication) -> str:
    """Say on a message why the agent wrote it, or why it was withdrawn."""
    return why_written(communication)
