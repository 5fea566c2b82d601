"""The cycle: loads facts, decides, and applies the decisions of many accounts in bulk.

Safe to run twice, late, or in parallel with itself: each batch locks its accounts in the order of their ids, and what
has not changed is not written. Source: agent.md 9, house.md 3.
"""

from __future__ import annotations

import logging
from collections import Counter
from itertools import batched
from typing import TYPE_CHECKING

from django.db import InterfaceError, OperationalError, ProgrammingError, transaction

from accounts.models import Account
from billabex.agent import agenda
from billabex.agent import facts as agent_facts
from billabex.agent.applying import apply_messages
from billabex.agent.recording import record_decisions
from billabex.agent.rules import QUESTION, decide
from billabex.organizations.rules import local_date
from contacts.rules import recipients
from invoices.services import settle_declarations
from tasks.enums import TaskType
from tasks.services import Question, ask, withdraw

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date, datetime
    from uuid import UUID

    from accounts.models import AccountQuerySet
    from billabex.agent import rules
    from billabex.agent.facts import Facts
    from billabex.organizations.models import Organization

logger = logging.getLogger(__name__)

BATCH = 1000

type Decided = tuple[Facts, rules.Decision]


def plan_organization(organization: Organization, *, now: datetime) -> Counter[str]:
    """Plan every account of an organization; return how many accounts came to each outcome.

    Batch by batch, in transactions of their own, in bounded memory. An organization whose own settings are broken is
    logged, and all its accounts are counted as "failed".
    """
    return _plan_all(organization, now, lambda _today: Account.objects.for_organization(organization).order_by("pk"))


def plan_due(organization: Organization, *, now: datetime) -> Counter[str]:
    """Plan what the day asks for, and what changed unplanned: as `plan_organization` for the accounts on the agenda."""
    return _plan_all(organization, now, lambda today: agenda.due_accounts(organization, today=today))


def _plan_all(
    organization: Organization, now: datetime, accounts_on: Callable[[date], AccountQuerySet]
) -> Counter[str]:
    try:
        accounts = accounts_on(local_date(organization, now))
    except Exception:  # the edge: one organization must never stop the others
        logger.exception("Organization %s could not be planned", organization.pk)
        return Counter(failed=Account.objects.for_organization(organization).count())
    ids = accounts.values_list("pk", flat=True)
    return plan_accounts(organization, ids.iterator(chunk_size=BATCH * 4), now=now)


def plan_accounts(organization: Organization, account_ids: Iterable[UUID], *, now: datetime) -> Counter[str]:
    """Plan the given accounts of an organization; return how many came to each outcome.

    An account that cannot be decided or written is logged and counted as "failed"; it never stops the others.

    Raises:
        OperationalError, ProgrammingError, InterfaceError: The database itself failed; batches planned before stay.
    """
    outcomes: Counter[str] = Counter()
    for batch in batched(account_ids, BATCH):
        outcomes += _plan_batch(organization, batch, now)
    return outcomes


def plan_one(organization: Organization, account_id: UUID, *, now: datetime) -> Decided:
    """Plan one account of an organization; return its facts, its message as it stands now, and the decision.

    Whatever makes that the account cannot be decided or written is raised.
    """
    [decided] = _plan_whole(organization, [account_id], now)
    return decided


def _plan_batch(organization: Organization, ids: Sequence[UUID], now: datetime) -> Counter[str]:
    """Plan a batch whole; if it fails, its halves each on their own, down to the one account that breaks it."""
    try:
        decided = _plan_whole(organization, ids, now)
    except (OperationalError, ProgrammingError, InterfaceError):  # no account's fault: its neighbours would fail, too
        raise
    except Exception:
        if len(ids) == 1:
            logger.exception("Account %s could not be planned", ids[0])
            return Counter(failed=1)
        middle = len(ids) // 2
        return _plan_batch(organization, ids[:middle], now) + _plan_batch(organization, ids[middle:], now)
    return Counter(str(decision.outcome) for _, decision in decided)


@transaction.atomic
def _plan_whole(organization: Organization, ids: Sequence[UUID], now: datetime) -> list[Decided]:
    """Lock the accounts, settle kept promises, decide each from its facts, write what has changed; all or nothing."""
    locked = list(Account.objects.select_for_update().filter(pk__among=ids).order_by("pk").values_list("pk", flat=True))
    settle_declarations(locked, now=now)
    today = local_date(organization, now)
    decided = [(one, decide(one.state, today)) for one in agent_facts.load(organization, locked, today=today)]
    _apply(organization, decided, now)
    return decided


def _apply(organization: Organization, decided: Sequence[Decided], now: datetime) -> None:
    """Write what has changed: the scheduled messages, the tasks, and the decision records."""
    apply_messages(organization, decided)
    changed = record_decisions(organization, decided, now=now)
    ask([Question(one.account, d.ask.type, d.ask.code, d.ask.about) for one, d in changed if d.ask])
    arrived = [one.account for one, _ in decided if _is_contact_task_moot(one)]
    withdraw(arrived, kind=TaskType.NEED_CONTACTS, code="contact_arrived", now=now)
    uncalled = [one.account for one, decision in decided if _is_notice_task_moot(one, decision)]
    withdraw(uncalled, kind=QUESTION.type, about=QUESTION.about, code="formal_notice_moot", now=now)


def _is_contact_task_moot(one: Facts) -> bool:
    """Tell whether the account has an open NeedContacts task although somebody can be written to now."""
    is_open = (TaskType.NEED_CONTACTS, "") in one.standing.open_tasks
    return is_open and recipients(one.state.people, copies=False) is not None


def _is_notice_task_moot(one: Facts, decision: rules.Decision) -> bool:
    """Tell whether the account has an open question for a formal notice that is no longer asked."""
    return (QUESTION.type, QUESTION.about) in one.standing.open_tasks and decision.ask != QUESTION
