"""From rows to frozen facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from accounts.enums import AccountStatus, FollowUpOwner
from accounts.models import Account
from billabex.agent.facts.batch import Batch
from billabex.agent.rules import AccountState
from billabex.organizations.rules import closed_days

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from uuid import UUID

    from billabex.organizations.models import Organization
    from communications.models import Communication


@dataclass(frozen=True, slots=True)
class Standing:
    """What the agent has standing for an account: what a new decision is compared with.

    Attributes:
        scheduled: Its planned message, the agent's or one that a person has made theirs; with recipients prefetched.
        open_tasks: The types of its open tasks, and what they are about.
    """

    scheduled: Communication | None
    open_tasks: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Facts:
    """One account, what the rules see of it, and what stands."""

    account: Account
    state: AccountState
    standing: Standing


def load(
    organization: Organization, account_ids: Iterable[UUID], *, today: date, closed: frozenset[date] | None = None
) -> list[Facts]:
    """Return the facts of the accounts, in the order of their ids, in fifteen queries whatever their number.

    Args:
        organization: Whose accounts they are; others' are left out. Its settings are read from it, not from the
            database: changed ones that are not saved yet show what they would change.
        account_ids: At most a thousand or so, as everything is held in memory.
        today: The organization's civil date.
        closed: Its closed days, where others than those kept count.
    """
    accounts = list(Account.objects.for_organization(organization).filter(pk__among=list(account_ids)).order_by("pk"))
    if closed is None:
        closed = closed_days(organization.closures.all())
    batch = Batch(organization, [account.pk for account in accounts], today, closed)
    return [Facts(account, _state(organization, account, batch), _standing(account, batch)) for account in accounts]


def _state(organization: Organization, account: Account, batch: Batch) -> AccountState:
    key = account.pk
    history = batch.history[key]
    return AccountState(
        account_id=key,
        calendar=batch.calendar_for(account.place),
        extra_delay=organization.extra_delay_days,
        status=AccountStatus(account.status),
        owner=FollowUpOwner(account.follow_up_owner),
        pause=batch.pauses.get(key),
        people=tuple(batch.people[key]),
        invoices=tuple(batch.invoices[key]),
        credit=tuple(sorted(batch.credit[key].items())),
        settled_late=tuple(batch.settled[key]),
        follow_ups=tuple(history.follow_ups),
        last_message_on=history.last_message_on,
        last_agent_message_on=batch.tries.get(key),
        skipped_on=tuple(history.skipped_on),
        last_reply_on=batch.replies.get(key),
        last_notice_on=history.last_notice_on,
        notice=batch.notices.get(key),
    )


def _standing(account: Account, batch: Batch) -> Standing:
    key = account.pk
    return Standing(
        scheduled=batch.scheduled.get(key),
        open_tasks=frozenset(batch.open_tasks[key]),
    )
