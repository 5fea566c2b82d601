"""Makes the scheduled messages say what was decided: creates, moves, and withdraws them in bulk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from billabex.agent.composing import language_for
from billabex.agent.planned import is_kept_waiting
from billabex.organizations.rules import opening
from communications.enums import Author, RecipientField, Status
from communications.models import Communication, Recipient

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from billabex.agent import rules
    from billabex.agent.facts import Facts
    from billabex.organizations.models import Organization

_FIELDS = ["kind", "step", "tone", "language", "planned_on", "scheduled_for", "reasons", "updated_at"]


def apply_messages(organization: Organization, decided: Sequence[tuple[Facts, rules.Decision]]) -> None:
    """Bring the Scheduled message of each account in line with its decision, in at most six statements.

    Runs in the caller's transaction, which holds the accounts' locks. A message that stays as it was is not touched,
    not even its `updated_at`.
    """
    new: list[Communication] = []
    moved: list[Communication] = []
    withdrawn: list[Communication] = []
    recipients: list[Recipient] = []
    readdressed: list[Communication] = []
    for one, decision in decided:
        standing = one.standing.scheduled
        if decision.message is None:
            if standing is not None and not is_kept_waiting(standing, decision):
                withdrawn.append(_withdraw(standing, decision))
            continue
        if standing is not None and standing.is_by_person:
            continue
        plan = _plan(organization, one, decision, decision.message)
        if standing is None:
            standing = Communication(
                organization=organization, account=one.account, status=Status.SCHEDULED, author=Author.AGENT, **plan
            )
            new.append(standing)
            recipients += _recipients(standing, decision.message)
            continue
        if not _is_same(standing, plan):
            moved.append(_move(standing, plan))
        if _addresses(standing) != _wanted(decision.message):
            readdressed.append(standing)
            recipients += _recipients(standing, decision.message)
    Communication.objects.bulk_create(new)
    _update(moved, _FIELDS)
    _update(withdrawn, ["status", "reasons", "updated_at"])
    if readdressed:
        Recipient.objects.filter(communication__in=readdressed).delete()
    Recipient.objects.bulk_create(recipients)


def _update(messages: Sequence[Communication], fields: list[str]) -> None:
    """Write the fields of messages that exist: an upsert, as Django's own bulk update takes ten times as long."""
    Communication.objects.bulk_create(messages, update_conflicts=True, unique_fields=["id"], update_fields=fields)


def _plan(organization: Organization, one: Facts, decision: rules.Decision, message: rules.Message) -> dict[str, Any]:
    """Return the message's fields as decided. A message put back for a later try keeps that instant on its day."""
    scheduled_for = opening(organization, message.on)
    standing = one.standing.scheduled
    if standing is not None and standing.attempts and standing.planned_on == message.on and standing.scheduled_for:
        scheduled_for = max(scheduled_for, standing.scheduled_for)
    return {
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


def _recipients(communication: Communication, message: rules.Message) -> list[Recipient]:
    """Return the message's recipients, unsaved; the database knows that no two contacts share an address."""
    people = message.recipients
    fields = [(RecipientField.TO, people.to), *((RecipientField.CC, person) for person in people.cc)]
    return [
        Recipient(
            communication=communication, field=field, contact_id=person.id, name=person.name, address=person.email
        )
        for field, person in fields
    ]


def _wanted(message: rules.Message) -> set[tuple[object, ...]]:
    return {(str(r.field), r.contact_id, r.address, r.name) for r in _recipients(Communication(), message)}


def _addresses(communication: Communication) -> set[tuple[object, ...]]:
    return {(r.field, r.contact_id, r.address, r.name) for r in communication.recipients.all()}
