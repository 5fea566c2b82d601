"""From what a customer has written to a short answer: thanks, and what happens now."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from billabex.agent.writing.letter import Letter, clean
from billabex.agent.writing.payment import payment
from billabex.agent.writing.sender import sender_facts, signature
from billabex.core.errors import InvariantBroken

if TYPE_CHECKING:
    from billabex.agent.writing.brief import AcknowledgementBrief
    from billabex.agent.writing.language import Facts, Language

_FILE = "acknowledgements"
# As mail programs of the seven languages write it, once or several times.
_ANSWER_MARKS = re.compile(r"^(?:(?:re|aw|antw|rif|r|res|rv|sv|fw|fwd|tr|wg)\s*:\s*)+", re.IGNORECASE)


def acknowledge(brief: AcknowledgementBrief, language: Language) -> Letter:
    """Say what the brief holds, in a language.

    Raises:
        InvariantBroken: A payment is announced for no day, or there are no bank details to send.
    """
    if brief.reason == "payment_announced" and brief.on is None:
        raise InvariantBroken("A payment is announced for no day.", code="agent.writing.no-day")
    sends_details = brief.reason == "bank_details"
    if sends_details and not (brief.payment.iban or brief.payment.link):
        raise InvariantBroken("There are no bank details to send.", code="agent.writing.no-bank-details")
    facts = _facts(brief, language)
    return Letter(
        language=language.code,
        subject=_subject(brief, language, facts),
        organization=clean(brief.organization_name),
        greeting=language.sentence("greeting", facts),
        opening=(language.say(_FILE, f"thanks_{brief.reason}", facts),),
        colon=language.label("colon"),
        payment=payment(brief.payment, language, one=len(brief.invoice_numbers) == 1) if sends_details else None,
        closing=(language.say(_FILE, f"next_{brief.reason}", facts),),
        regards=language.regards(_FILE, facts),
        signature=signature(brief, language.sentence("on_behalf", facts)),
        notice=language.sentence("notice", facts),
    )


def _facts(brief: AcknowledgementBrief, language: Language) -> Facts:
    return sender_facts(brief) | {
        "tone": "courteous",
        "numbers": language.enumerate(clean(number) for number in brief.invoice_numbers),
        "one": len(brief.invoice_numbers) == 1,
        "date": language.day(brief.on) if brief.on else "",
        "proof": brief.has_proof,
        "contact": clean(brief.contact_name),
    }


def _subject(brief: AcknowledgementBrief, language: Language, facts: Facts) -> str:
    """Return the customer's own subject, marked as answered once, so that mail programs keep the thread together."""
    answered = _ANSWER_MARKS.sub("", clean(brief.answered_subject))
    return f"Re: {answered}" if answered else language.say(_FILE, "subject", facts)
