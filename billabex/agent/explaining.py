"""Puts decisions into words: one sentence that says what happens next for an account and why, or why nothing does.

Spoken to members, in the language of their interface.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from babel.dates import format_date
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from accounts.enums import PauseReason
from billabex.agent import facts as agent_facts
from billabex.agent.rules import decide
from communications.enums import Kind, Tone

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from accounts.models import Account
    from billabex.agent import rules
    from communications.models import Communication


@dataclass(frozen=True, slots=True)
class Explanation:
    """What happens next for an account.

    Attributes:
        decision: As decided now.
        sentence: The whole of it in one sentence.
    """

    decision: rules.Decision
    sentence: str


def explain(account: Account, *, today: date) -> Explanation:
    """Decide for the account as things stand, and say it. Writes nothing.

    Args:
        account: With its organization loaded.
        today: The organization's civil date.
    """
    [one] = agent_facts.load(account.organization, [account.pk], today=today)
    decision = decide(one.state, today)
    return Explanation(decision, sentence(decision, account.name))


def sentence(decision: rules.Decision, account_name: str) -> str:
    """Say in one sentence what the decision comes to and why."""
    if decision.message is None:
        reason = decision.reasons[0]
        return because(reason.code, {**reason.facts, "account": account_name})
    message = decision.message
    whole = _("{when} the agent writes to {who}: {what}, because {why}.")
    return whole.format(
        when=_("On {date}").format(date=long_date(message.on)),
        who=f"{message.recipients.to.name} <{message.recipients.to.email}>",
        what=_what(message),
        why=_(" and ").join(why(reason.to_json()) for reason in decision.reasons),
    )


def why(reason: Mapping[str, Any]) -> str:
    """Say why a message is planned: the part of a sentence after "because"."""
    return _PLANNED[reason["code"]](reason)


def why_written(communication: Communication) -> str:
    """Say why a message was written, planned or withdrawn: a whole sentence, or "" for a person's own message."""
    reasons = communication.reasons
    if not reasons:
        return ""
    if reasons[0]["code"] in _NOT_PLANNED:
        return because(reasons[0]["code"], {**reasons[0], "account": communication.account.name})
    parts = _(" and ").join(why(reason) for reason in reasons)
    return f"{parts[:1].upper()}{parts[1:]}."


def because(code: str, facts: Mapping[str, Any]) -> str:
    """Say why nothing is planned: a whole sentence."""
    return _NOT_PLANNED[code](facts)


def long_date(day: date | str) -> str:
    """Write a civil date out in the interface's language."""
    if isinstance(day, str):
        day = date.fromisoformat(day)
    return format_date(day, "full", locale=get_language() or "en")


def _what(message: rules.Message) -> str:
    if message.kind == Kind.PRE_DUE_REMINDER:
        return _("a reminder before the due date")
    if message.kind == Kind.FORMAL_NOTICE:
        return _("a formal notice")
    return _("follow-up #{step}, {tone}").format(step=message.step, tone=str(Tone(message.tone).label).lower())


def _first_follow_up(facts: Mapping[str, Any]) -> str:
    return _("{lateness} and nobody has written yet").format(lateness=_lateness(facts))


def _follow_up(facts: Mapping[str, Any]) -> str:
    pace = ngettext(
        "at that age the agent writes every business day",
        "at that age the agent writes every {interval} business days",
        facts["interval"],
    ).format(interval=facts["interval"])
    last = _("last on {last_on}").format(last_on=long_date(facts["last_on"]))
    return _("{lateness}; {pace} ({last})").format(lateness=_lateness(facts), pace=pace, last=last)


def _after_notice(facts: Mapping[str, Any]) -> str:
    quiet = _("the time that the formal notice of {last_on} gave is over").format(last_on=long_date(facts["last_on"]))
    return _("{lateness} and {what}").format(lateness=_lateness(facts), what=quiet)


def _after_skip(facts: Mapping[str, Any]) -> str:
    skipped = _("the message of {last_on} was cancelled").format(last_on=long_date(facts["last_on"]))
    return _("{lateness} and {what}").format(lateness=_lateness(facts), what=skipped)


def _formal_notice(facts: Mapping[str, Any]) -> str:
    return _("{lateness} and you agreed to a formal notice").format(lateness=_lateness(facts))


def _broken_promise(facts: Mapping[str, Any]) -> str:
    return _("the payment announced for {promised_on} has not come").format(promised_on=long_date(facts["promised_on"]))


def _lateness(facts: Mapping[str, Any]) -> str:
    """Say how late the oldest invoice will be on the day of the message; today it may not even be due."""
    return ngettext(
        "invoice {number} is {age} day late on that day",
        "invoice {number} is {age} days late on that day",
        facts["age"],
    ).format(number=facts["number"], age=facts["age"])


def _reminder(facts: Mapping[str, Any]) -> str:
    if facts["count"] == 1:
        return _("invoice {number} is due on {due_on}").format(
            number=facts["number"], due_on=long_date(facts["due_on"])
        )
    return _("{count} invoices are about to be due, the first on {due_on}").format(
        count=facts["count"], due_on=long_date(facts["due_on"])
    )


def _paused(facts: Mapping[str, Any]) -> str:
    label = str(PauseReason(facts["reason"]).label)
    if facts["until"]:
        return _("Follow-ups of {account} are paused until {until} ({reason}).").format(
            account=facts["account"], until=long_date(facts["until"]), reason=label
        )
    return _("Follow-ups of {account} are paused ({reason}) until someone resumes them.").format(
        account=facts["account"], reason=label
    )


def _declared(facts: Mapping[str, Any]) -> str:
    if not facts["until"]:
        return _("Nothing is planned: {account} says that what is open is paid; a person has to confirm it.").format(
            account=facts["account"]
        )
    return _(
        "Nothing is planned: {account} announced its payment for {promised_on}; the agent waits until {until}."
    ).format(account=facts["account"], promised_on=long_date(facts["promised_on"]), until=long_date(facts["until"]))


def _fixed(template: Callable[[], str]) -> Callable[[Mapping[str, Any]], str]:
    """Return a sentence that only needs the account's name; translated when it is said."""
    return lambda facts: template().format(account=facts["account"])


_PLANNED: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "first_follow_up": _first_follow_up,
    "follow_up": _follow_up,
    "after_notice": _after_notice,
    "after_skip": _after_skip,
    "formal_notice": _formal_notice,
    "reminder": _reminder,
    "broken_promise": _broken_promise,
}

_NOT_PLANNED: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "written_off": _fixed(lambda: _("Nothing is planned: {account} is written off.")),
    "suspended": _fixed(lambda: _("Nothing is planned: {account} is suspended.")),
    "in_house": _fixed(lambda: _("Nothing is planned: your team follows {account} up in-house.")),
    "paused": _paused,
    "declared": _declared,
    "disputed": _fixed(lambda: _("Nothing is planned: all that {account} still owes is disputed.")),
    "no_contact": _fixed(
        lambda: _("Nothing is planned: the agent waits for a contact at {account}; a task asks for one.")
    ),
    "no_usable_contact": _fixed(
        lambda: _("Nothing is planned: no contact at {account} can be written to; a task asks for another.")
    ),
    "nothing_open": _fixed(lambda: _("Nothing to do: {account} has no open invoice.")),
    "credit_covers": _fixed(lambda: _("Nothing is planned: the credit of {account} covers all that is open.")),
}
