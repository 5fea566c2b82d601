"""Pure rule: what a document says after somebody has corrected what was read from it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from invoices.enums import DocumentKind
from invoices.reading import Source
from invoices.rules.facts import complete, due_date

if TYPE_CHECKING:
    from datetime import date

    from invoices.reading import Reading
    from invoices.rules.facts import Draft, Facts


def corrected(draft: Draft, reading: Reading, changes: dict[str, Any], *, default_terms: int) -> Facts:
    """Return the facts with some of what was read replaced; what follows from them follows from the corrections.

    A due date that was counted from the issue date is counted from the corrected one.

    Args:
        draft: What the reading suggests.
        reading: What was read.
        changes: Other values, by field of the draft.
        default_terms: The organization's payment terms, in days.

    Raises:
        InvalidFacts: Something that no document can do without was neither read nor given; `fields` says what.
    """
    wanted = replace(draft, **changes)
    if wanted.kind == DocumentKind.CREDIT_NOTE:
        wanted = replace(wanted, due_on=None)
    elif wanted.issued_on is not None and "due_on" not in changes and _is_stale(wanted, draft):
        terms = reading.payment_terms_days
        due_on = due_date(
            issued_on=wanted.issued_on,
            due_on=_printed_due_date(reading),
            printed_terms=terms.value if terms else None,
            default_terms=default_terms,
        )
        wanted = replace(wanted, due_on=due_on)
    return complete(wanted)


def _is_stale(wanted: Draft, draft: Draft) -> bool:
    return wanted.due_on is None or wanted.issued_on != draft.issued_on


def _printed_due_date(reading: Reading) -> date | None:
    """Return the due date as it is printed: not one that the reader counted from the terms."""
    found = reading.due_date
    is_counted = found is not None and found.source == Source.TERMS and reading.payment_terms_days is not None
    return None if found is None or is_counted else found.value
