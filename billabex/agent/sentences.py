"""The sentences for each code that the rules give as a reason, in the language of the interface."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from accounts.enums import PauseReason
from billabex.core.days import written_day
from billabex.core.templatetags.ui.formats import day_text, locale_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def long_date(day: date | str) -> str:
    """Write a civil date out in the interface's language."""
    if isinstance(day, str):
        day = date.fromisoformat(day)
    return written_day(day, "full", locale_of(get_language() or "en"))


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


def _by_person(facts: Mapping[str, Any]) -> str:
    return _("{person} has planned it so").format(person=facts["by"])


def _in_overdue(facts: Mapping[str, Any]) -> str:
    return ngettext("Named in it: {age} day late then.", "Named in it: {age} days late then.", facts["age"]).format(
        age=facts["age"]
    )


def _out_declared(facts: Mapping[str, Any]) -> str:
    if not facts["until"]:
        return _("Left out: the customer says that it is paid.")
    return _("Left out until {until}: payment is announced for {promised_on}.").format(
        until=_day(facts["until"]), promised_on=_day(facts["promised_on"])
    )


def _out_later(facts: Mapping[str, Any]) -> str:
    if not facts["reminder_on"]:
        return _("Not in it yet: due on {due_on}.").format(due_on=_day(facts["due_on"]))
    return _("Not in it yet: due on {due_on}, reminded on {reminder_on}.").format(
        due_on=_day(facts["due_on"]), reminder_on=_day(facts["reminder_on"])
    )


def _day(day: str) -> str:
    return day_text(date.fromisoformat(day), get_language() or "en")


def _fixed(template: Callable[[], str]) -> Callable[[Mapping[str, Any]], str]:
    """Return a sentence that only needs the account's name; translated when it is said."""
    return lambda facts: template().format(account=facts["account"])


PLANNED: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "first_follow_up": _first_follow_up,
    "follow_up": _follow_up,
    "after_notice": _after_notice,
    "after_skip": _after_skip,
    "formal_notice": _formal_notice,
    "reminder": _reminder,
    "broken_promise": _broken_promise,
    "by_person": _by_person,
}
"""Why a message is planned: the part of a sentence after "because"."""

NOT_PLANNED: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "written_off": _fixed(lambda: _("Nothing is planned: {account} is written off.")),
    "suspended": _fixed(lambda: _("Nothing is planned: {account} is suspended.")),
    "in_house": _fixed(lambda: _("Nothing is planned: your team follows {account} up in-house.")),
    "paused": _paused,
    "out_of_reach": _fixed(
        lambda: _("Withdrawn: nobody it was addressed to at {account} can be written to; the agent writes to another.")
    ),
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
"""Why nothing is planned: whole sentences."""

PARTS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "in_overdue": _in_overdue,
    "in_as_reminder": lambda facts: _("Reminded in it: due on {due_on}.").format(due_on=_day(facts["due_on"])),
    "in_soon": lambda facts: _("Named in it: due soon, on {due_on}.").format(due_on=_day(facts["due_on"])),
    "out_disputed": lambda _facts: _("Left out: it is disputed."),
    "out_declared": _out_declared,
    "out_credit": lambda _facts: _("Left out: the account's credit covers it."),
    "out_later": _out_later,
    "out_held": lambda _facts: _("No message is planned."),
}
"""What becomes of an invoice in the next message: whole sentences."""
