"""Reads a reply with a language model: one row of the table in agent.md 7, or unsure.

Whatever a reply says, and whatever a model makes of it, nothing else can come out. A row is believed only if it names
the account's own invoices, a day that can be, and people that the reply itself names.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings

from billabex.agent.language_model.port import Cause, ModelFailed, Reading, Said

if TYPE_CHECKING:
    from billabex.agent.language_model.port import Context, LanguageModel, Reply

logger = logging.getLogger(__name__)

LONGEST_REPLY = 10_000
"""Characters. A longer one says more than one thing, or is a document."""

_FARTHEST = timedelta(days=366)
_NO_DAY = timedelta(0)

_DAYS = {
    Said.PAYMENT_ANNOUNCED: (_NO_DAY, _FARTHEST),
    Said.PAYMENT_REPORTED: (-_FARTHEST, _NO_DAY),
    Said.MORE_TIME: (_NO_DAY, _FARTHEST),
    Said.ABSENCE: (_NO_DAY, _FARTHEST),
}
"""Between which days, counted from the reply's, the day of a row can be; the other rows have none."""

_NEEDS_DAY = frozenset({Said.PAYMENT_ANNOUNCED, Said.ABSENCE})
_NAMES_PERSON = frozenset({Said.ABSENCE, Said.WRONG_PERSON})


def read(reply: Reply, context: Context, model: LanguageModel) -> Reading:
    """Ask a model what a reply says; whatever goes wrong is unsure, never raised. Must run outside any transaction."""
    if len(reply.text) > LONGEST_REPLY:
        return Reading.unsure(Cause.TOO_LONG)
    try:
        reading = model.read(reply, context)
    except ModelFailed as failure:
        if failure.cause != Cause.RESTING:  # told once, when it began
            logger.warning("Language model %s did not read a reply: %s", model.name, failure.cause)
        return Reading.unsure(failure.cause)
    if reading.said == Said.UNSURE:
        return Reading.unsure(reading.cause or Cause.UNSURE)
    cause = _unbelievable(reading, reply, context)
    return Reading.unsure(cause) if cause else _of_its_row(reading, reply)


def _unbelievable(reading: Reading, reply: Reply, context: Context) -> Cause | None:
    """Return why the reading must not be acted on; None when it may."""
    if not settings.LANGUAGE_MODEL_CONFIDENCE <= reading.confidence <= 1:  # nor is a confidence that is no number
        return Cause.LOW_CONFIDENCE
    if not {invoice.number for invoice in context.invoices}.issuperset(reading.invoice_numbers):
        return Cause.WRONG_INVOICE
    if not _is_day_possible(reading, reply):
        return Cause.WRONG_DATE
    return None if _is_person_named(reading, reply) else Cause.WRONG_PERSON


def _is_day_possible(reading: Reading, reply: Reply) -> bool:
    if reading.on is None:
        return reading.said not in _NEEDS_DAY
    if reading.said not in _DAYS:
        return True  # it has no day, and gets none
    earliest, latest = _DAYS[reading.said]
    return reply.received_on + earliest <= reading.on <= reply.received_on + latest


def _is_person_named(reading: Reading, reply: Reply) -> bool:
    """Tell whether the reply itself has the name and the address that were read from it."""
    if reading.said not in _NAMES_PERSON:
        return True
    text = " ".join(reply.text.split()).casefold()
    return all(" ".join(one.split()).casefold() in text for one in (reading.contact_name, reading.contact_email))


def _of_its_row(reading: Reading, reply: Reply) -> Reading:
    """Return the reading with what its row knows, and nothing else."""
    names_person = reading.said in _NAMES_PERSON
    return replace(
        reading,
        on=reading.on if reading.said in _DAYS else None,
        invoice_numbers=tuple(dict.fromkeys(reading.invoice_numbers)),
        has_proof=reading.said == Said.PAYMENT_REPORTED and reading.has_proof and reply.has_attachments,
        dispute_reason=reading.dispute_reason if reading.said == Said.DISPUTE else None,
        contact_name=reading.contact_name.strip() if names_person else "",
        contact_email=reading.contact_email.strip() if names_person else "",
        wants_no_more=reading.said == Said.WRONG_PERSON and reading.wants_no_more,
        cause=None,
    )
