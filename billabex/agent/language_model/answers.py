"""The shapes in which a language model answers. Their fields are told to it, and whatever does not fit is no answer.

Annotations are evaluated here, as shapes are read from them.
"""

from dataclasses import dataclass, field
from datetime import date

from billabex.agent.language_model.port import Reading, Said
from invoices.enums import DisputeReason


@dataclass(frozen=True)
class Words:
    """Paragraphs in other words."""

    paragraphs: list[str]


@dataclass(frozen=True)
class Understood:
    """What a reply says; see `port.Reading`."""

    said: Said
    confidence: float
    on: date | None = None
    invoice_numbers: list[str] = field(default_factory=list)
    has_proof: bool = False
    dispute_reason: DisputeReason | None = None
    contact_name: str = ""
    contact_email: str = ""
    wants_no_more: bool = False

    def as_reading(self) -> Reading:
        """Return it as the agent knows it."""
        return Reading(
            said=self.said,
            confidence=self.confidence,
            on=self.on,
            invoice_numbers=tuple(self.invoice_numbers),
            has_proof=self.has_proof,
            dispute_reason=self.dispute_reason,
            contact_name=self.contact_name,
            contact_email=self.contact_email,
            wants_no_more=self.wants_no_more,
        )
