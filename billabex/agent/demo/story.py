"""The story of the demonstration: 75 days at Atelier Lumen, always the same, counted from the day it starts.

It shows every state in which an account can be: courteous, professional and firm reminders (ages past 30 and 60),
reminders before the due date, a credit note that settles part of an invoice, two currencies on one account, a customer
without a contact, one who pays, and invoices that are not due yet when it ends.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from billabex.agent.demo.catalogue import CATALOGUE, Entry
from billabex.agent.demo.companies import CUSTOMERS, MENARD, ORGANIZATION, Customer
from billabex.agent.demo.documents import Company, Kind, PaperDocument

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

DAYS = 75
PREFIXES = {Kind.INVOICE: "LUM", Kind.CREDIT_NOTE: "AV"}
# A company that has been in business for a while does not start at 1.
LAST_NUMBERS = {Kind.INVOICE: 117, Kind.CREDIT_NOTE: 8}
PAID_INVOICE, PAID_AFTER = "pont-atelier", 33
ANSWER_AFTER = 16
ANSWER = "Agnès Le Guirriec, agnes.leguirriec@menard-filles.example, French"


@dataclass(frozen=True, slots=True)
class Arrival:
    """A document and the day on which a member imports its PDF."""

    document: PaperDocument
    imported_on: date


@dataclass(frozen=True, slots=True)
class TaskAnswer:
    """What a member answers, in free text, when the agent asks for contacts of a customer."""

    customer: Customer
    text: str
    answered_on: date


@dataclass(frozen=True, slots=True)
class ReceivedPayment:
    """Money for one invoice, in full."""

    document: PaperDocument
    amount: Decimal
    received_on: date


@dataclass(frozen=True, slots=True)
class Story:
    """All that happens, and when.

    Attributes:
        start: The first day; what was imported before is there on it.
        arrivals: In the order of import.
    """

    start: date
    organization: Company
    customers: tuple[Customer, ...]
    arrivals: tuple[Arrival, ...]
    answer: TaskAnswer
    payment: ReceivedPayment

    @property
    def days(self) -> tuple[date, ...]:
        """The days to let pass, the first and the last included."""
        return tuple(self.start + timedelta(days=day) for day in range(DAYS + 1))

    def imported_by(self, day: date, *, after: date | None = None) -> tuple[PaperDocument, ...]:
        """Return what is imported up to and with `day`, without what was there on `after`."""
        return tuple(
            arrival.document
            for arrival in self.arrivals
            if arrival.imported_on <= day and (after is None or arrival.imported_on > after)
        )


def tell(start: date) -> Story:
    """Tell the story that begins on `start`; the same date tells the same story."""
    documents = _documents(start)
    arrivals = [Arrival(documents[entry.key], _working_day(start, entry.imported)) for entry in CATALOGUE]
    paid = documents[PAID_INVOICE]
    return Story(
        start=start,
        organization=ORGANIZATION,
        customers=CUSTOMERS,
        arrivals=tuple(sorted(arrivals, key=lambda arrival: (arrival.imported_on, arrival.document.number))),
        answer=TaskAnswer(MENARD, ANSWER, _working_day(start, ANSWER_AFTER)),
        payment=ReceivedPayment(paid, paid.payable, _working_day(start, PAID_AFTER)),
    )


def _working_day(start: date, offset: int) -> date:
    """Return the day, or the Friday before it: offices issue and import nothing on a weekend.

    Going back keeps the order of the days, and keeps everything before `start` there.
    """
    day = start + timedelta(days=offset)
    return day - timedelta(days=max(0, day.isoweekday() - 5))


def _documents(start: date) -> Mapping[str, PaperDocument]:
    """Return the documents by key, numbered in the order of issue, as a tax office wants them."""
    counts = Counter(LAST_NUMBERS)
    documents: dict[str, PaperDocument] = {}
    for entry in sorted(CATALOGUE, key=lambda entry: entry.issued):
        counts[entry.kind] += 1
        issued_on = _working_day(start, entry.issued)
        number = f"{PREFIXES[entry.kind]}-{issued_on.year}-{counts[entry.kind]:04d}"
        documents[entry.key] = _document(entry, number, issued_on, documents)
    return documents


def _document(entry: Entry, number: str, issued_on: date, earlier: Mapping[str, PaperDocument]) -> PaperDocument:
    is_invoice = entry.kind is Kind.INVOICE
    corrected = earlier[entry.corrects] if entry.corrects else None
    return PaperDocument(
        kind=entry.kind,
        number=number,
        issued_on=issued_on,
        due_on=issued_on + timedelta(days=entry.terms_days) if is_invoice else None,
        language=entry.customer.language,
        currency=entry.currency,
        seller=ORGANIZATION,
        buyer=entry.customer.company,
        lines=entry.lines,
        layout=entry.layout,
        terms_days=entry.terms_days,
        purchase_order=entry.purchase_order,
        subject=entry.subject,
        paid=entry.paid,
        corrects=(corrected.number, corrected.issued_on) if corrected else None,
        is_facturx=entry.is_facturx,
    )
