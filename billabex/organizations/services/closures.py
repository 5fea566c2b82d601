"""Writes of the days on which an organization is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from billabex.core import audit
from billabex.core.calendars import LAST_DAY
from billabex.organizations.errors import ClosureRefused
from billabex.organizations.models import LONGEST_CLOSURE, Closure
from billabex.organizations.rules import local_date
from billabex.organizations.selectors import closure_of
from billabex.organizations.services.settings import lock_organization, note_change

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from billabex.core.actors import Actor
    from billabex.organizations.models import Organization


def checked_closure(
    *, organization: Organization, now: datetime, starts_on: date, ends_on: date, label: str = ""
) -> Closure:
    """Return the closure that these days would be. Writes nothing.

    Raises:
        ClosureRefused: The days are the wrong way round, too many, over, or beyond all planning.
    """
    refusal = ""
    if ends_on < starts_on:
        refusal = _("The last day must not be before the first.")
    elif ends_on - starts_on >= LONGEST_CLOSURE:
        refusal = _("A closure lasts a year at most.")
    elif ends_on < local_date(organization, now):
        refusal = _("These days are over.")
    elif ends_on > LAST_DAY:
        refusal = _("This is too far ahead.")
    if refusal:
        raise ClosureRefused(refusal, fields={"ends_on": refusal})
    return Closure(organization=organization, starts_on=starts_on, ends_on=ends_on, label=label.strip())


@transaction.atomic
def add_closure(
    *, organization: Organization, actor: Actor, now: datetime, starts_on: date, ends_on: date, label: str = ""
) -> Closure:
    """Close the organization from one civil date of it to another, both included: the agent does not write then.

    Closures may overlap.

    Raises:
        ClosureRefused: The days are the wrong way round, too many, over, or beyond all planning.
    """
    organization = lock_organization(organization.pk)
    closure = checked_closure(organization=organization, now=now, starts_on=starts_on, ends_on=ends_on, label=label)
    closure.save()
    _record("closure.added", closure, actor, now)
    return closure


@transaction.atomic
def remove_closure(*, organization: Organization, actor: Actor, now: datetime, closure_id: UUID) -> None:
    """Open the organization again on the days of one of its closures.

    Raises:
        ClosureNotFound: It has no such closure.
    """
    organization = lock_organization(organization.pk)
    closure = closure_of(organization, closure_id)
    _record("closure.removed", closure, actor, now)
    closure.delete()


def _record(action: str, closure: Closure, actor: Actor, now: datetime) -> None:
    days = {"starts_on": closure.starts_on, "ends_on": closure.ends_on, "label": closure.label}
    audit.record(actor, action, closure, organization_id=closure.organization_id, changes=days)
    note_change(closure.organization, ["closures"], now)
