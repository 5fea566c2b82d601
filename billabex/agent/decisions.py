"""Reads of the agent's record: what it decided about an account, told again in words. See docs/decisions/004.

Spoken to members, in the language of their interface.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F, OuterRef, Q

from billabex.agent import facts as agent_facts
from billabex.agent.agenda import basis_of
from billabex.agent.enums import Outcome
from billabex.agent.explaining import because, planned_sentence, sentence
from billabex.agent.models import Decision
from billabex.agent.planned import as_it_stands
from billabex.agent.rules import QUESTION
from communications.models import Communication

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from accounts.models import Account
    from billabex.organizations.models import Organization


@dataclass(frozen=True, slots=True)
class NamedThen:
    """An invoice as the message that was planned named it; amounts in major units of its currency."""

    number: str
    due_on: date
    currency: str
    remaining: Decimal
    days_late: int


@dataclass(frozen=True, slots=True)
class CreditThen:
    """Credit that the message deducted, positive, in major units."""

    currency: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class MessageThen:
    """The message that was planned; `step` is 0 for a pre-due reminder and a formal notice."""

    kind: str
    step: int
    tone: str
    to: str
    cc: tuple[str, ...]
    invoices: tuple[NamedThen, ...]
    credit: tuple[CreditThen, ...]
    deadline_on: date | None
    broken_promise_on: date | None


@dataclass(frozen=True, slots=True)
class ReasonThen:
    """A rule that led to the decision, and what it looked at; dates are dates, and what there was not is None."""

    code: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """A decision of the record, in words.

    Attributes:
        code: Of the deciding rule.
        sentence: The whole of it, as it was to be said then.
        reasons: The deciding rule first.
        message: What was planned, if a message was.
        asked: What people were asked in a task; "" for nothing.
    """

    id: UUID
    created_at: datetime
    decided_on: date
    outcome: str
    planned_on: date | None
    code: str
    sentence: str
    reasons: tuple[ReasonThen, ...]
    message: MessageThen | None
    asked: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an account's next message is planned, or why none is: the deciding rule, and the whole of it in words."""

    code: str
    sentence: str


def decisions_of(account: Account) -> QuerySet[Decision]:
    """Return the account's record; `told` puts each of its decisions into words."""
    return Decision.objects.for_organization(account.organization_id).filter(account=account)


def reason_now(account: Account, *, today: date) -> Reason:
    """Decide for the account as things stand, and say why it comes to that. Writes nothing.

    Args:
        account: With its organization loaded.
        today: The organization's civil date.
    """
    [one] = agent_facts.load(account.organization, [account.pk], today=today)
    decision = as_it_stands(one, today)
    return Reason(decision.reasons[0].code, sentence(decision, account.name))


def standing_reasons(organization: Organization, accounts: Iterable[Account], *, today: date) -> dict[UUID, Reason]:
    """Return what the record says of accounts, where it is not out of date. One query, whatever their number.

    Left out are accounts that the agent has still to decide anew: those that changed in the last seconds, or whose day
    has come since the last hourly cycle. So are those whose message a person has had their say about: the record knows
    what the agent decided, and not what stands in its place (docs/decisions/011).
    """
    theirs = Communication.objects.plans().by_person().filter(account=OuterRef("account"))
    named = {account.pk: account.name for account in accounts}
    holds = Q(agenda__look_on__isnull=True) | Q(agenda__look_on__gt=today)
    found = (
        Decision.objects.for_organization(organization)
        .filter(holds, agenda__account__in=named, agenda__basis=basis_of(organization))
        .filter(agenda__seen_at=F("account__updated_at"))
        .exclude(Exists(theirs), outcome=Outcome.MESSAGE)
    )
    return {
        decision.account_id: Reason(decision.reasons[0]["code"], _sentence(decision, named[decision.account_id]))
        for decision in found
    }


def told(decision: Decision, account_name: str) -> Told:
    """Tell a recorded decision in words, and its facts as values."""
    return Told(
        id=decision.pk,
        created_at=decision.created_at,
        decided_on=decision.decided_on,
        outcome=decision.outcome,
        planned_on=decision.planned_on,
        code=decision.reasons[0]["code"],
        sentence=_sentence(decision, account_name),
        reasons=tuple(_reason(reason) for reason in decision.reasons),
        message=_message(decision.facts),
        asked=decision.facts.get("ask", ""),
    )


def _sentence(decision: Decision, account_name: str) -> str:
    message = _message(decision.facts)
    if message is None or decision.planned_on is None:
        reason = decision.reasons[0]
        return because(reason["code"], {**reason, "account": account_name})
    return planned_sentence(
        on=decision.planned_on,
        who=message.to,
        voice=message,
        reasons=decision.reasons,
        is_notice_asked=decision.facts.get("ask") == QUESTION.code,
    )


def _reason(reason: Mapping[str, Any]) -> ReasonThen:
    facts = {name: _day(value) if _is_day(name) else value for name, value in reason.items() if name != "code"}
    return ReasonThen(reason["code"], facts)


def _is_day(name: str) -> bool:
    return name.endswith("_on") or name == "until"


def _day(written: str) -> date | None:
    return date.fromisoformat(written) if written else None


def _message(facts: Mapping[str, Any]) -> MessageThen | None:
    if "kind" not in facts:
        return None
    return MessageThen(
        kind=facts["kind"],
        step=facts["step"],
        tone=facts["tone"],
        to=facts["to"],
        cc=tuple(facts["cc"]),
        invoices=tuple(_named(one) for one in facts["invoices"]),
        credit=tuple(CreditThen(currency, Decimal(amount)) for currency, amount in facts["credit"].items()),
        deadline_on=_day(facts["deadline_on"]),
        broken_promise_on=_day(facts["broken_promise_on"]),
    )


def _named(one: Mapping[str, Any]) -> NamedThen:
    return NamedThen(
        number=one["number"],
        due_on=date.fromisoformat(one["due_on"]),
        currency=one["currency"],
        remaining=Decimal(one["remaining"]),
        days_late=one["days_late"],
    )
