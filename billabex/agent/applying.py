"""Makes the scheduled messages say what was decided: creates, moves, and withdraws them in bulk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from billabex.agent.composing import language_for
from billabex.agent.planned import OUT_OF_REACH, is_kept_waiting, is_out_of_reach
from billabex.core import bulk
from billabex.core.ids import new_id
from billabex.organizations.rules import opening
from communications.enums import Author, RecipientField, Status
from communications.models import Communication, Recipient

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any
    from uuid import UUID

    from billabex.agent import rules
    from billabex.agent.facts import Facts
    from billabex.organizations.models import Organization

_NEW = ["id", "organization_id", "account_id", "status", "author"]
_PLAN = ["kind", "step", "tone", "language", "planned_on", "scheduled_for", "reasons"]
_RECIPIENT = ["communication_id", "field", "contact_id", "name", "address"]


def apply_messages(organization: Organization, decided: Sequence[tuple[Facts, rules.Decision]]) -> None:
    """Bring the Scheduled message of each account in line with its decision, in at most six statements.

    Runs in the caller's transaction, which holds the accounts' locks. A message that stays as it was is not touched,
    not even its `updated_at`.
    """
    new: list[tuple[Any, ...]] = []
    moved: list[Communication] = []
    withdrawn: list[Communication] = []
    recipients: list[tuple[Any, ...]] = []
    readdressed: list[Communication] = []
    for one, decision in decided:
        standing = one.standing.scheduled
        if decision.message is None:
            if standing is not None and not is_kept_waiting(standing, decision):
                withdrawn.append(_withdraw(standing, decision))
            continue
        if standing is not None and standing.is_by_person:
            if not is_out_of_reach(standing, one.state):
                continue
            withdrawn.append(_withdraw(standing, OUT_OF_REACH))
            standing = None
        plan = _plan(organization, one, decision, decision.message)
        if standing is None:
            key = new_id()
            new.append((key, organization.pk, one.account.pk, Status.SCHEDULED, Author.AGENT, *plan.values()))
            recipients += _recipients(key, decision.message)
            continue
        if not _is_same(standing, plan):
            moved.append(_move(standing, plan))
        if _addresses(standing) != _wanted(standing, decision.message):
            readdressed.append(standing)
            recipients += _recipients(standing.pk, decision.message)
    _update(withdrawn, ["status", "reasons", "updated_at"])  # first, as an account has one plan at a time
    bulk.insert(Communication, [*_NEW, *_PLAN], new)
    _update(moved, [*_PLAN, "updated_at"])
    if readdressed:
        Recipient.objects.filter(communication__in=readdressed).delete()
    bulk.insert(Recipient, _RECIPIENT, recipients)


def _update(messages: Sequence[Communication], fields: list[str]) -> None:
    """Write the fields of messages that exist: an upsert, as Django's own bulk update takes ten times as long."""
    Communication.objects.bulk_create(messages, update_conflicts=True, unique_fields=["id"], update_fields=fields)


def _plan(organization: Organization, one: Facts, decision: rules.Decision, message: rules.Message) -> dict[str, Any]:
    """Return the message's fields as decided. A message put back for a later try keeps that instant on its day."""
    scheduled_for = opening(organization, message.on)
    standing = one.standing.scheduled
    if standing is not None and standing.attempts and standing.planned_on == message.on and standing.scheduled_for:
        scheduled_for = max(scheduled_for, standing.scheduled_for)
    return {  # in the order of `_PLAN`
        "kind": message.kind,
        "step": message.step,
        "tone": message.tone,
        "language": language_for(message.recipients.to, account=one.account, organization=organization),
        "planned_on": message.on,
        "scheduled_for": scheduled_for,
        "reasons": [reason.to_json() for reason in decision.reasons],
    }


def _is_same(standing: Communication, plan: dict[str, Any]) -> bool:
    return all(getattr(standing, field) == value for field, value in plan.items())


def _move(standing: Communication, plan: dict[str, Any]) -> Communication:
    for field, value in plan.items():
        setattr(standing, field, value)
    return standing


def _withdraw(standing: Communication, decision: rules.Decision) -> Communication:
    """Cancel a message whose reason is gone; it says why."""
    standing.status = Status.CANCELLED
    standing.reasons = [reason.to_json() for reason in decision.reasons]
    return standing


def _recipients(communication_id: UUID, message: rules.Message) -> list[tuple[Any, ...]]:
    """Return the rows of the message's recipients; the database knows that no two contacts share an address."""
    people = message.recipients
    fields = [(RecipientField.TO, people.to), *((RecipientField.CC, person) for person in people.cc)]
    return [(communication_id, field, person.id, person.name, person.email) for field, person in fields]


def _wanted(communication: Communication, message: rules.Message) -> set[tuple[object, ...]]:
    return set(_recipients(communication.pk, message))


def _addresses(communication: Communication) -> set[tuple[object, ...]]:
    return {(communication.pk, r.field, r.contact_id, r.name, r.address) for r in communication.recipients.all()}
