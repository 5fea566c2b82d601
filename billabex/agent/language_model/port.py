"""What a language model is asked, and what it may answer: two questions, typed in and out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from billabex.core.errors import GatewayError

if TYPE_CHECKING:
    from datetime import date

    from billabex.agent.writing import BriefInvoice
    from invoices.enums import DisputeReason


class Cause(StrEnum):
    """Why what a model answered, or did not answer, is not used."""

    # There was no answer.
    TIME_OUT = "time_out"
    UNREACHABLE = "unreachable"
    QUOTA = "quota"
    ERROR = "error"
    REJECTED = "rejected"
    NOT_INSTALLED = "not_installed"
    RESTING = "resting"
    # There was one that is none.
    GARBAGE = "garbage"
    REFUSED = "refused"
    # Its words are not faithful.
    SHAPE = "shape"
    FACT_LOST = "fact_lost"
    FACT_ADDED = "fact_added"
    NAME_ADDED = "name_added"
    WEIGHT_ADDED = "weight_added"
    LANGUAGE = "language"
    FACTS_CHANGED = "facts_changed"
    # Its reading does not hold.
    NOT_READ = "not_read"
    TOO_LONG = "too_long"
    UNSURE = "unsure"
    LOW_CONFIDENCE = "low_confidence"
    WRONG_INVOICE = "wrong_invoice"
    WRONG_DATE = "wrong_date"
    WRONG_PERSON = "wrong_person"


UNANSWERED = frozenset(
    {
        Cause.TIME_OUT,
        Cause.UNREACHABLE,
        Cause.QUOTA,
        Cause.ERROR,
        Cause.REJECTED,
        Cause.NOT_INSTALLED,
        Cause.RESTING,
    }
)
"""Causes that the next question would meet, too."""


class ModelFailed(GatewayError):
    """A language model gave no answer that can be used."""

    code = "agent.language-model.failed"

    def __init__(self, cause: Cause) -> None:
        self.cause = cause
        super().__init__(f"The language model failed: {cause}.", cause=str(cause))


@dataclass(frozen=True, slots=True)
class Draft:
    """The prose of a message, to be said in other words.

    Attributes:
        language: ISO 639-1.
        voice: "courteous", "professional", "firm" or "pre_due_reminder".
        paragraphs: One line each; facts stand in them as `{amount_1}`.
    """

    language: str
    voice: str
    paragraphs: tuple[str, ...]


class Said(StrEnum):
    """What a customer can have said: the rows of the table in agent.md 7, named as `writing.brief.Acknowledged`."""

    PAYMENT_ANNOUNCED = "payment_announced"
    PAYMENT_REPORTED = "payment_reported"
    DISPUTE = "dispute"
    COPY = "copy"
    PURCHASE_ORDER = "purchase_order"
    BANK_DETAILS = "bank_details"
    STATEMENT = "statement"
    MORE_TIME = "more_time"
    ABSENCE = "absence"
    WRONG_PERSON = "wrong_person"
    STOP = "stop"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Reply:
    """What a customer has written, without what it quotes and its signature.

    Attributes:
        received_on: The organization's civil date.
    """

    text: str
    received_on: date
    subject: str = ""
    has_attachments: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of the account that a reply comes from: this account, and no other.

    Attributes:
        language: What the account is written to in; the reply may be in another.
        invoices: Its open ones.
    """

    language: str
    account_name: str
    invoices: tuple[BriefInvoice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a reply says: one row of the table, with what that row needs to know.

    Attributes:
        confidence: From 0 to 1.
        on: By when they will pay, when they paid, until when they ask for time or are away.
        invoice_numbers: The invoices that they name, as the account has them; empty when they name none.
        has_proof: They sent a proof of the payment that they report.
        dispute_reason: What is wrong with the invoices.
        contact_name: Whom they name in their place.
        contact_email: That person's address, as the reply writes it.
        wants_no_more: Whoever wrote asks not to be written to again.
        cause: Why it is unsure; None where it is not.
    """

    said: Said
    confidence: float = 1.0
    on: date | None = None
    invoice_numbers: tuple[str, ...] = ()
    has_proof: bool = False
    dispute_reason: DisputeReason | None = None
    contact_name: str = ""
    contact_email: str = ""
    wants_no_more: bool = False
    cause: Cause | None = None

    @classmethod
    def unsure(cls, cause: Cause) -> Reading:
        """Return the reading that leaves it to a person."""
        return cls(said=Said.UNSURE, confidence=0.0, cause=cause)


class LanguageModel(Protocol):
    """Words messages and reads replies."""

    name: str
    """As the settings name it, for the record."""

    def phrase(self, draft: Draft) -> tuple[str, ...]:
        """Return the paragraphs in other words: as many, in the same order.

        Raises:
            ModelFailed: There is no answer that can be used.
        """

    def read(self, reply: Reply, context: Context) -> Reading:
        """Return what the reply says.

        Raises:
            ModelFailed: There is no answer that can be used.
        """


class BuiltIn:
    """The default: the texts as they are, and no reply read."""

    name = "built-in"

    def phrase(self, draft: Draft) -> tuple[str, ...]:
        """Return the paragraphs unchanged."""
        return draft.paragraphs

    def read(self, reply: Reply, context: Context) -> Reading:
        """Leave it to a person."""
        return Reading.unsure(Cause.NOT_READ)
