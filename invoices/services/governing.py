"""The guard before every change of a document: what another system governs is changed there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from invoices.errors import ReadOnlyDocument
from invoices.rules import read_only_reason

if TYPE_CHECKING:
    from billabex.core.actors import Actor
    from invoices.models import CreditNote, Invoice


def refuse_read_only(actor: Actor, *papers: Invoice | CreditNote) -> None:
    """Let the actor change the documents, their paid amounts and allocations, or not.

    Raises:
        ReadOnlyDocument: Another system governs one of them; the message says which and what to do.
    """
    for paper in papers:
        if reason := read_only_reason(paper.source_system, actor.kind):
            raise ReadOnlyDocument(reason)
