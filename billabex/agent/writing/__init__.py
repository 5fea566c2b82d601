"""What the agent writes: a pure function from facts to a message. No database, no clock, no ambient language.

The words are in `templates/emails/<language>/`; adding a language is adding its folder (docs/languages.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from billabex.agent.writing.acknowledgement import acknowledge
from billabex.agent.writing.brief import (
    AcknowledgementBrief,
    Brief,
    BriefInvoice,
    CurrencyTotal,
    InvoiceInterest,
    LateCosts,
    PaymentInstructions,
)
from billabex.agent.writing.composition import compose
from billabex.agent.writing.language import language, languages
from billabex.agent.writing.layout import as_html, as_text
from billabex.agent.writing.letter import InlineImage

if TYPE_CHECKING:
    from billabex.agent.writing.letter import Letter

__all__ = [
    "AcknowledgementBrief",
    "Brief",
    "BriefInvoice",
    "CurrencyTotal",
    "InlineImage",
    "InvoiceInterest",
    "LateCosts",
    "PaymentInstructions",
    "Written",
    "languages",
    "write",
    "write_acknowledgement",
]


@dataclass(frozen=True, slots=True)
class Written:
    """A message ready to be sent. `text` and `html` say the same; the subject is one line.

    Attributes:
        images: What the HTML shows from within the message, by `cid:`.
    """

    subject: str
    text: str
    html: str
    images: tuple[InlineImage, ...] = ()


def write(brief: Brief, *, with_images: bool = True) -> Written:
    """Write the message that the brief asks for.

    Deterministic: the same brief gives the same words, and follow-up n never those of n-1. Nothing is named that
    the brief does not hold.

    Args:
        brief: What the message may say.
        with_images: Whether the caller carries pictures along; without them, the HTML shows none.

    Raises:
        InvariantBroken: The brief's language or tone has no texts, it is about no invoice, or a formal notice has no
            deadline.
    """
    return _written(compose(brief, language(brief.language), with_images=with_images))


def write_acknowledgement(brief: AcknowledgementBrief) -> Written:
    """Write a short answer to what a customer has written.

    Raises:
        InvariantBroken: The brief's language has no texts, a payment is announced for no day, or there are no bank
            details to send.
    """
    return _written(acknowledge(brief, language(brief.language)))


def _written(letter: Letter) -> Written:
    code = letter.payment.code if letter.payment else None
    images = (code.image,) if code else ()
    return Written(subject=letter.subject, text=as_text(letter), html=as_html(letter), images=images)
