"""What the agent puts on the pages of lower floors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from billabex.agent.explaining import explain
from billabex.core.places import fills

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import Account
    from billabex.agent.explaining import Explanation


@fills("account.follow_up")
def follow_up(account: Account, *, today: date) -> Explanation:
    """Say on the account's page what happens next, or why nothing does."""
    return explain(account, today=today)
