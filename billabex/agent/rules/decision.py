"""What the agent decides: a message and when, or why there is none."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from billabex.agent.enums import Outcome
    from billabex.agent.rules.state import OpenInvoice
    from communications.enums import Kind, Tone
    from contacts.rules import Recipients
    from tasks.enums import TaskType


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule that led to the decision, with the facts it looked at, as JSON carries them.

    `billabex.agent.explaining` puts each code into words.
    """

    code: str
    facts: Mapping[str, str | int]

    @classmethod
    def of(cls, code: str, **facts: Any) -> Reason:
        """Return a reason whose dates and amounts are written as JSON carries them."""
        return cls(code, {key: value if isinstance(value, int) else str(value) for key, value in facts.items()})

    def to_json(self) -> dict[str, Any]:
        """Return it as it is stored."""
        return {"code": self.code, **self.facts}


@dataclass(frozen=True, slots=True)
class Named:
    """An invoice as a message of a certain day names it.

    Attributes:
        days_late: On the day of the message; 0 or negative while not overdue.
        is_reminder: The message is its one pre-due reminder.
    """

    invoice: OpenInvoice
    days_late: int
    is_reminder: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """The next message to an account.

    Attributes:
        on: The organization's civil date on which it leaves.
        step: The number of the follow-up in its overdue episode, from 1; 0 for a pre-due reminder.
        invoices: What it names: overdue ones, the oldest first, then those soon due.
        credit: What it deducts, per currency of its invoices, positive.
        deadline_on: With a formal notice only: by when it asks for payment.
        broken_promise_on: By when the customer was going to pay, if it did not and no message has said so yet.
    """

    on: date
    kind: Kind
    step: int
    tone: Tone
    recipients: Recipients
    invoices: tuple[Named, ...]
    credit: tuple[tuple[str, Decimal], ...] = ()
    deadline_on: date | None = None
    broken_promise_on: date | None = None

    @property
    def overdue(self) -> tuple[Named, ...]:
        """The overdue ones among its invoices."""
        return tuple(named for named in self.invoices if named.days_late > 0)

    @property
    def due_soon(self) -> tuple[Named, ...]:
        """Those that are not overdue yet."""
        return tuple(named for named in self.invoices if named.days_late <= 0)


@dataclass(frozen=True, slots=True)
class Ask:
    """What a person is asked, in a task: once, as long as the decision asks it.

    Attributes:
        code: What the agent says; `tasks.speaking` puts it into words.
        about: What it is about within its type.
    """

    type: TaskType
    code: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be done for one account, decided on one day.

    Attributes:
        reasons: The deciding rule first.
        message: The next message, with `Outcome.MESSAGE` only.
        ask: What people are asked meanwhile.
        review_on: The first day on which time alone may lead to another decision; None when it never does.
    """

    outcome: Outcome
    reasons: tuple[Reason, ...]
    message: Message | None = None
    ask: Ask | None = None
    review_on: date | None = None

    @property
    def planned_on(self) -> date | None:
        """When the next message leaves."""
        return self.message.on if self.message else None

    def facts(self) -> dict[str, Any]:
        """Return the facts of the decision as they are recorded."""
        asked = {"ask": self.ask.code} if self.ask else {}
        if self.message is None:
            return asked
        message = self.message
        people = message.recipients
        return asked | {
            "kind": str(message.kind),
            "step": message.step,
            "tone": str(message.tone),
            "to": people.to.email,
            "cc": [person.email for person in people.cc],
            "invoices": [
                {
                    "number": named.invoice.number,
                    "due_on": str(named.invoice.due_on),
                    "currency": named.invoice.currency,
                    "remaining": f"{named.invoice.remaining:f}",
                    "days_late": named.days_late,
                }
                for named in message.invoices
            ],
            "credit": {currency: f"{amount:f}" for currency, amount in message.credit},
            "deadline_on": str(message.deadline_on or ""),
            "broken_promise_on": str(message.broken_promise_on or ""),
        }

    def fingerprint(self) -> str:
        """Return the same text for two decisions that come to the same: replanning without a change writes nothing."""
        whole = {
            "outcome": str(self.outcome),
            "on": str(self.planned_on),
            "reasons": [reason.to_json() for reason in self.reasons],
            "facts": self.facts(),
        }
        return hashlib.sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()
