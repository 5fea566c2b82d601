"""Puts decisions into words: one sentence that says what happens next for an account and why, or why nothing does.

Spoken to members, in the language of their interface.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from django.utils.translation import gettext as _

from billabex.agent import facts as agent_facts
from billabex.agent.planned import as_it_stands
from billabex.agent.rules import QUESTION, parts
from billabex.agent.sentences import NOT_PLANNED, PARTS, PLANNED, long_date
from billabex.agent.simulating import upcoming
from communications.enums import Kind, Tone

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from uuid import UUID

    from accounts.models import Account
    from billabex.agent import rules
    from communications.models import Communication


@dataclass(frozen=True, slots=True)
class InvoicePart:
    """What becomes of an open invoice in the next message.

    Attributes:
        is_in: The message names it.
        code: The rule that decided so.
        sentence: The same in words.
    """

    id: UUID
    number: str
    is_in: bool
    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """What happens next for an account.

    Attributes:
        decision: As decided now; the message as it stands, where a person has planned it.
        sentence: The whole of it in one sentence.
        invoices: Its open invoices, the oldest due first.
        upcoming: Every message of the next 60 days if nothing changes.
    """

    decision: rules.Decision
    sentence: str
    invoices: tuple[InvoicePart, ...]
    upcoming: tuple[rules.Message, ...]


class Voice(Protocol):
    """How a message speaks: planned now, or as a record tells of it."""

    @property
    def kind(self) -> str:
        """One of `communications.enums.Kind`."""

    @property
    def step(self) -> int:
        """The number of the follow-up, from 1."""

    @property
    def tone(self) -> str:
        """One of `communications.enums.Tone`."""


def explain(account: Account, *, today: date) -> Explanation:
    """Decide for the account as things stand, and say it. Writes nothing.

    Args:
        account: With its organization loaded.
        today: The organization's civil date.
    """
    [one] = agent_facts.load(account.organization, [account.pk], today=today)
    decision = as_it_stands(one, today)
    found = parts(one.state, decision.message, today)
    return Explanation(
        decision=decision,
        sentence=sentence(decision, account.name),
        invoices=tuple(
            InvoicePart(part.invoice.id, part.invoice.number, part.is_in, part.reason.code, _part(part.reason))
            for part in found
        ),
        upcoming=tuple(upcoming(one, today=today)),
    )


def sentence(decision: rules.Decision, account_name: str) -> str:
    """Say what the decision comes to and why: one sentence, and one more while a question waits beside a message."""
    if decision.message is None:
        reason = decision.reasons[0]
        return because(reason.code, {**reason.facts, "account": account_name})
    message, people = decision.message, decision.message.recipients
    return planned_sentence(
        on=message.on,
        who=f"{people.to.name} <{people.to.email}>",
        voice=message,
        reasons=[reason.to_json() for reason in decision.reasons],
        is_notice_asked=decision.ask == QUESTION,
    )


def planned_sentence(
    *, on: date, who: str, voice: Voice, reasons: Iterable[Mapping[str, Any]], is_notice_asked: bool
) -> str:
    """Say when, to whom, what and why the agent will write; and one sentence more while a question waits beside it."""
    whole = _("{when} the agent will write to {who}: {what}, because {why}.").format(
        when=_("On {date}").format(date=long_date(on)),
        who=who,
        what=what(voice),
        why=_(" and ").join(why(reason) for reason in reasons),
    )
    if not is_notice_asked:
        return whole
    asked = _("A task asks you to agree to a formal notice.")
    return f"{whole} {asked}"


def what(message: Voice) -> str:
    """Name a planned message within a sentence: "follow-up #2, professional"."""
    if message.kind == Kind.PRE_DUE_REMINDER:
        return _("a reminder before the due date")
    if message.kind == Kind.FORMAL_NOTICE:
        return _("a formal notice")
    return _("follow-up #{step}, {tone}").format(step=message.step, tone=str(Tone(message.tone).label).lower())


def why(reason: Mapping[str, Any]) -> str:
    """Say why a message is planned: the part of a sentence after "because"."""
    return PLANNED[reason["code"]](reason)


def why_written(communication: Communication) -> str:
    """Say why a message was written, planned or withdrawn: a whole sentence, or "" for a person's own message."""
    reasons = communication.reasons
    if not reasons:
        return ""
    if reasons[0]["code"] in NOT_PLANNED:
        return because(reasons[0]["code"], {**reasons[0], "account": communication.account.name})
    parts_of_it = _(" and ").join(why(reason) for reason in reasons)
    return f"{parts_of_it[:1].upper()}{parts_of_it[1:]}."


def because(code: str, facts: Mapping[str, Any]) -> str:
    """Say why nothing is planned: a whole sentence."""
    return NOT_PLANNED[code](facts)


def _part(reason: rules.Reason) -> str:
    return PARTS[reason.code](reason.facts)
