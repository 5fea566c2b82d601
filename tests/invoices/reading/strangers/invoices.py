"""The strangers' invoices as PDFs."""

from __future__ import annotations

from dataclasses import dataclass

from weasyprint import HTML

from .cases import Case, Truth
from .looks import LOOKS

COUNT = 60


@dataclass(frozen=True)
class StrangersInvoice:
    """An invoice and what it says."""

    name: str
    html: str
    truth: Truth

    @property
    def pdf(self) -> bytes:
        """The file; drawn anew each time."""
        content: bytes = HTML(string=self.html).write_pdf()
        return content


def strangers_invoices(count: int = COUNT) -> list[StrangersInvoice]:
    """Return the first `count` of them; looks and languages change from one to the next."""
    return [_invoice(index) for index in range(count)]


def _invoice(index: int) -> StrangersInvoice:
    # 10 looks and 7 languages have no common factor, so 60 invoices are 60 different pairs.
    look = LOOKS[index % len(LOOKS)]
    case = Case(index)
    html, truth = look(case)
    return StrangersInvoice(f"{index:02}-{case.tongue.code}-{look.__name__}", html, truth)
