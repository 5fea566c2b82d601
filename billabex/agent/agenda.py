"""The agent's agenda: which accounts a day asks it to look at. See docs/decisions/013.

An account is looked at again when its day has come, when it has changed since (whatever became of the job that the
change queued), or when settings, calendars or rules are no longer those that its decision knew.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

from django.db.models import F, Q

from accounts.models import Account
from billabex.agent.models import Agenda
from billabex.core import bulk

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime
    from uuid import UUID

    from accounts.models import AccountQuerySet
    from billabex.organizations.models import Organization

RULES = 1
"""To be raised whenever the rules or their words change, so that every account is decided anew."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the agenda says of an account.

    Attributes:
        fingerprint: That of the decision that stands.
    """

    account_id: UUID
    decision_id: UUID
    look_on: date | None
    seen_at: datetime
    basis: str
    fingerprint: str


def basis_of(organization: Organization) -> str:
    """Return a text that changes with whatever all decisions of the organization rest on."""
    whole = f"{organization.pk} {organization.updated_at.isoformat()} {version('holidays')} {RULES}"
    return hashlib.sha256(whole.encode()).hexdigest()


def due_accounts(organization: Organization, *, today: date) -> AccountQuerySet:
    """Return the accounts that are to be decided anew on a civil date of the organization, by their ids."""
    is_due = (
        Q(agenda__isnull=True)
        | Q(agenda__look_on__lte=today)
        | ~Q(agenda__seen_at=F("updated_at"))
        | ~Q(agenda__basis=basis_of(organization))
    )
    return Account.objects.for_organization(organization).filter(is_due).order_by("pk")


def standing(account_ids: Sequence[UUID]) -> dict[UUID, Entry]:
    """Return what the agenda says of the accounts. One query."""
    rows = Agenda.objects.filter(account__among=account_ids).values_list(
        "account_id", "decision_id", "look_on", "seen_at", "basis", "decision__fingerprint"
    )
    return {row[0]: Entry(*row) for row in rows}


def keep(entries: Iterable[Entry], before: Mapping[UUID, Entry]) -> None:
    """Write down what the agenda says now; an entry that stays as it was is not touched. Two statements at most.

    Runs in the caller's transaction, which holds the accounts' locks.
    """
    changed = [entry for entry in entries if before.get(entry.account_id) != entry]
    new = [entry for entry in changed if entry.account_id not in before]
    bulk.insert(Agenda, _COLUMNS, ([getattr(entry, name) for name in _COLUMNS] for entry in new))
    Agenda.objects.bulk_create(
        (_row(entry) for entry in changed if entry.account_id in before),
        update_conflicts=True,
        unique_fields=["account"],
        update_fields=_COLUMNS[1:],
    )


_COLUMNS = ["account_id", "decision_id", "look_on", "seen_at", "basis"]


def _row(entry: Entry) -> Agenda:
    return Agenda(**{name: getattr(entry, name) for name in _COLUMNS})
