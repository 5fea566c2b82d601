"""The decision: what happens next for one account, and why. Source: agent.md 2 to 5."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from accounts.enums import AccountStatus, FollowUpOwner
from billabex.agent.enums import Outcome
from billabex.agent.rules.claims import resumes_on, stages
from billabex.agent.rules.decision import Ask, Decision, Reason
from billabex.agent.rules.episode import episode_start
from billabex.agent.rules.netting import net_of_credit
from billabex.agent.rules.notice import QUESTION, notice_asked_from
from billabex.agent.rules.planning import message_of_day, next_message
from contacts.rules import recipients
from tasks.enums import TaskType

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from billabex.agent.rules.claims import Stage
    from billabex.agent.rules.decision import Message
    from billabex.agent.rules.state import AccountState, OpenInvoice
    from contacts.rules import Recipients


_ONE_DAY = timedelta(days=1)


def decide(state: AccountState, today: date) -> Decision:
    """Decide what happens next for an account, as things stand on a day.

    Pure: the same facts and day give the same decision. The message, if any, is planned for the earliest day on which
    the rules ask for one, today or later, as if nothing changed until then.

    Args:
        state: The account's facts.
        today: The organization's civil date.
    """
    if held := _held(state, today):
        return held
    if recipients(state.people, copies=False) is None:
        return _needs_contact(state)
    debts = net_of_credit(state.invoices, state.credit).invoices
    if not debts:
        return Decision(Outcome.NOTHING, (Reason.of("credit_covers" if state.invoices else "nothing_open"),))
    to_come = stages(state, today)
    if not to_come[0].owed.invoices:
        return _withheld(state, to_come[0])
    return _planned(state, debts, to_come, today)


def message_on(state: AccountState, day: date, people: Recipients | None = None) -> Message | None:
    """Return what a message says that a person lets leave on a day, or None when nothing may be written then.

    The day need not be one that the rules ask for. But what may not be asked for at all is no more a person's to ask.

    Args:
        state: The account's facts.
        day: When it leaves.
        people: To whom; the rules' own choice by default.
    """
    if _held(state, day) or (people or recipients(state.people, copies=False)) is None:
        return None
    owed = stages(state, day)[0].owed
    if not owed.invoices:
        return None
    return message_of_day(state, net_of_credit(state.invoices, state.credit).invoices, owed, day, people)


def _held(state: AccountState, today: date) -> Decision | None:
    """Return the rule that forbids any message, if one does."""
    reason, until = None, None
    if state.status == AccountStatus.WRITTEN_OFF:
        reason = Reason.of("written_off")
    elif state.status == AccountStatus.SUSPENDED:
        reason = Reason.of("suspended")
    elif state.owner == FollowUpOwner.IN_HOUSE:
        reason = Reason.of("in_house")
    elif state.pause and (state.pause.until is None or state.pause.until > today):
        until = state.pause.until
        reason = Reason.of("paused", reason=state.pause.reason, until=until or "")
    return Decision(Outcome.HOLD, (reason,), review_on=until) if reason else None


def _needs_contact(state: AccountState) -> Decision:
    """Ask for somebody to write to: nobody is known, or nobody of those known can be reached."""
    code = "no_usable_contact" if state.people else "no_contact"
    reason = Reason.of(code, known=len(state.people), open=len(state.invoices))
    return Decision(Outcome.TASK, (reason,), ask=Ask(TaskType.NEED_CONTACTS, code))


def _withheld(state: AccountState, now: Stage) -> Decision:
    """Hold, as the customer's own word leaves nothing to ask for today: announced payments, or else disputes."""
    declared = [one for one in state.invoices if one.declared and not one.is_disputed and one not in now.invoices]
    disputed = sum(one.is_disputed for one in state.invoices)
    if not net_of_credit([*now.invoices, *declared], state.credit).invoices:
        return Decision(Outcome.HOLD, (Reason.of("disputed", count=disputed),))
    ends = {end: one.declared.promised_on for one in declared if one.declared and (end := resumes_on(state, one))}
    until = min(ends, default=None)
    facts = {"promised_on": ends[until], "until": until} if until else {"promised_on": "", "until": ""}
    reason = Reason.of("declared", count=len(declared), disputed=disputed, **facts)
    return Decision(Outcome.HOLD, (reason,), review_on=until)


def _planned(state: AccountState, debts: Sequence[OpenInvoice], to_come: Sequence[Stage], today: date) -> Decision:
    """Plan the next message, and ask people what is to be asked meanwhile."""
    message, reasons = next_message(state, debts, to_come, today)
    asked_from = notice_asked_from(
        state, since=episode_start(state, debts, today), due_on=to_come[0].owed.invoices[0].due_on
    )
    ask = QUESTION if asked_from and asked_from <= today else None
    turns = [asked_from, *(stage.starts_on for stage in to_come)]
    review_on = min([message.on + _ONE_DAY, *(turn for turn in turns if turn and turn > today)])
    return Decision(Outcome.MESSAGE, reasons, message, ask, review_on)
