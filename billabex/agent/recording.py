"""Keeps what was decided: a record where a decision differs from the one before, and the agenda."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from billabex.agent import agenda
from billabex.agent.models import Decision
from billabex.core import bulk
from billabex.core.ids import new_id
from billabex.organizations.rules import local_date

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from uuid import UUID

    from billabex.agent import rules
    from billabex.agent.facts import Facts
    from billabex.organizations.models import Organization

_COLUMNS = [
    "id",
    "organization_id",
    "account_id",
    "created_at",
    "decided_on",
    "outcome",
    "planned_on",
    "reasons",
    "facts",
    "fingerprint",
]


@dataclass(frozen=True, slots=True)
class _Record:
    """A decision with its record: a new one, or the one that stands."""

    id: UUID
    facts: Facts
    decision: rules.Decision
    fingerprint: str
    is_new: bool


def record_decisions(
    organization: Organization, decided: Sequence[tuple[Facts, rules.Decision]], *, now: datetime
) -> list[tuple[Facts, rules.Decision]]:
    """Write down decisions that differ from those that stand, and when to look again; return what differs.

    Runs in the caller's transaction, which holds the accounts' locks; four statements at most.
    """
    before = agenda.standing([one.account.pk for one, _ in decided])
    records = [_record(one, decision, before.get(one.account.pk)) for one, decision in decided]
    new = [record for record in records if record.is_new]
    today, basis = local_date(organization, now), agenda.basis_of(organization)
    bulk.insert(Decision, _COLUMNS, (_row(organization, record, now, today) for record in new))
    agenda.keep((_entry(record, basis) for record in records), before)
    return [(record.facts, record.decision) for record in new]


def _record(one: Facts, decision: rules.Decision, before: agenda.Entry | None) -> _Record:
    fingerprint = decision.fingerprint()
    if before is not None and before.fingerprint == fingerprint:
        return _Record(before.decision_id, one, decision, fingerprint, is_new=False)
    return _Record(new_id(), one, decision, fingerprint, is_new=True)


def _row(organization: Organization, record: _Record, now: datetime, today: date) -> tuple[Any, ...]:
    """Return the values of the record's row, in the order of `_COLUMNS`."""
    decision = record.decision
    reasons = [reason.to_json() for reason in decision.reasons]
    key = (record.id, organization.pk, record.facts.account.pk)
    return (
        *key,
        now,
        today,
        str(decision.outcome),
        decision.planned_on,
        reasons,
        decision.facts(),
        record.fingerprint,
    )


def _entry(record: _Record, basis: str) -> agenda.Entry:
    account = record.facts.account
    return agenda.Entry(account.pk, record.id, record.decision.review_on, account.updated_at, basis, record.fingerprint)
