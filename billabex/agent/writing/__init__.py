"""What the agent writes: a pure function from facts to a message. No database, no clock, no ambient language.

The words are in `templates/emails/<language>/`, one file per tone; adding a language is adding its folder.
"""

from __future__ import annotations

from dataclasses import dataclass

from billabex.agent.writing.brief import Brief, BriefInvoice, CurrencyTotal, PaymentInstructions
from billabex.agent.writing.language import language, languages
from billabex.agent.writing.layout import as_html, as_text
from billabex.agent.writing.letter import compose

__all__ = ["Brief", "BriefInvoice", "CurrencyTotal", "PaymentInstructions", "Written", "languages", "write"]


@dataclass(frozen=True, slots=True)
class Written:
    """A message ready to be sent. `text` and `html` say the same; the subject is one line."""

    subject: str
    text: str
    html: str


def write(brief: Brief) -> Written:
    """Write the message that the brief asks for.

    Deterministic: the same brief gives the same words, and follow-up n never those of n-1. Nothing is named that
    the brief does not hold.

    Raises:
        InvariantBroken: The brief's language or tone has no texts, or it is about no invoice.
    """
    letter = compose(brief, language(brief.language))
    return Written(subject=letter.subject, text=as_text(letter), html=as_html(letter))
