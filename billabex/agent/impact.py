"""What a change of settings would do: the messages to come, with the settings as they are and as they would be.

Answers "settings.impact" (see `billabex.organizations.ports`). Source: issue 4, "Explain".
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from billabex.agent import facts as agent_facts
from billabex.agent.composing import language_for
from billabex.agent.planned import as_it_stands
from billabex.agent.simulating import EXAMINED, upcoming
from billabex.core.templatetags.ui.formats import day_text, locale_of
from billabex.organizations.ports import Difference, Impact
from billabex.organizations.rules import closed_days, local_date
from communications.models import Communication

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import date, datetime
    from uuid import UUID

    from accounts.models import Account
    from billabex.agent.facts import Facts
    from billabex.organizations.models import Closure, Organization

SHOWN = 10
"""How many differences are named."""

_PLANNING = frozenset(["closures", "country", "default_language", "extra_delay_days", "subdivision", "time_zone"])
"""The settings that a plan depends on; the others change only the words of a message, or its hour."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is planned for an account.

    Attributes:
        told: The next message in the reader's language: its day, to whom, in which language.
        count: How many messages there are in the next 60 days.
    """

    account: Account
    told: str
    count: int


def settings_impact(organization: Organization, changes: Mapping[str, Any], *, now: datetime) -> Impact | None:
    """Compare what is planned for the accounts written to next with what would be. Writes nothing.

    Args:
        organization: As it is now.
        changes: New values by field name; under "closures" all closures as they would be.
        now: The instant.

    Returns:
        None when plans do not depend on these settings, or stay as they are.
    """
    if not _PLANNING & changes.keys():
        return None
    plans = Communication.objects.for_organization(organization).plans()
    ids = list(plans.order_by("planned_on", "id").values_list("account_id", flat=True)[:EXAMINED])
    closures: Iterable[Closure] = changes.get("closures", organization.closures.all())
    after = {plan.account.pk: plan for plan in _plans(_changed(organization, changes), ids, closures, now)}
    before = {plan.account.pk: plan for plan in _plans(organization, ids, organization.closures.all(), now)}
    pairs = [(before[key], after[key]) for key in ids if key in before and key in after]  # others are gone meanwhile
    rows = [
        Difference(old.account.name, old.account.get_absolute_url(), old.told, new.told)
        for old, new in pairs
        if old.told != new.told
    ]
    counts = sum(old.count for old, _new in pairs), sum(new.count for _old, new in pairs)
    if not rows:
        return None
    return Impact(_sentence(len(rows), len(pairs), plans.count(), counts), tuple(rows[:SHOWN]))


def _changed(organization: Organization, changes: Mapping[str, Any]) -> Organization:
    """Return the organization as it would be, unsaved."""
    proposal = copy(organization)
    for name in changes.keys() - {"closures"}:
        setattr(proposal, name, changes[name])
    return proposal


def _plans(
    organization: Organization, ids: Collection[UUID], closures: Iterable[Closure], now: datetime
) -> Iterator[_Plan]:
    today = local_date(organization, now)
    for one in agent_facts.load(organization, ids, today=today, closed=closed_days(closures)):
        count = sum(1 for _message in upcoming(one, today=today))
        yield _Plan(one.account, _tell(organization, one, today), count)


def _tell(organization: Organization, one: Facts, today: date) -> str:
    message = as_it_stands(one, today).message
    if message is None:
        return _("No message")
    reader, to = get_language() or "en", message.recipients.to
    language = locale_of(reader).languages[language_for(to, account=one.account, organization=organization)]
    return f"{day_text(message.on, reader)} · {to.name} · {language}"


def _sentence(differing: int, examined: int, total: int, counts: tuple[int, int]) -> str:
    """Say all of it: for how many accounts, out of which, and how many messages more or fewer."""
    said = [
        ngettext(
            "The next message changes for {count} of {examined} accounts.",
            "The next message changes for {count} of {examined} accounts.",
            differing,
        ).format(count=differing, examined=examined)
    ]
    if examined < total:
        said.append(_("These are the ones written to next, of {total}.").format(total=total))
    if counts[0] != counts[1]:
        told = _("In the next 60 days they would get {after} messages instead of {before}.")
        said.append(told.format(before=counts[0], after=counts[1]))
    return " ".join(said)
