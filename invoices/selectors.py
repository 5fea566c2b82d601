"""Reads about documents and what is owed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import DateField, Min, Prefetch, Q, Sum, Value
from django.db.models.functions import Cast

from accounts.models import Account
from accounts.rules import is_near
from billabex.core.money import ZERO, quantize
from invoices import rules
from invoices.enums import DocumentKind
from invoices.errors import DocumentNotFound
from invoices.models import Allocation, CreditNote, Dispute, Document, Invoice, Payment, PaymentDeclaration
from invoices.rules import Due

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from decimal import Decimal
    from uuid import UUID

    from django.db.models import QuerySet

    from billabex.organizations.models import Organization
    from invoices.models.documents import DocumentQuerySet
    from invoices.models.money import CreditNoteQuerySet, InvoiceQuerySet
    from invoices.rules import Aging

_NEAR_CANDIDATES = 500


@dataclass(frozen=True, slots=True)
class Balance:
    """What an account owes in one currency, in major units.

    Attributes:
        outstanding: What is left on its invoices minus its unallocated credit; negative in the account's favour.
        overdue: What is left on invoices past their due date.
        unallocated_credit: What is left on its credit notes.
        oldest_due_on: The earliest due date of its open invoices.
    """

    currency: str
    outstanding: Decimal = ZERO
    overdue: Decimal = ZERO
    unallocated_credit: Decimal = ZERO
    oldest_due_on: date | None = None


def balances(account_ids: Iterable[UUID], *, today: date) -> dict[UUID, list[Balance]]:
    """Return the balances of the accounts, per currency in alphabetical order. Two queries, whatever their number.

    Overpaid invoices count negatively: what was paid too much is owed back. Settled accounts have no entry.
    """
    ids = list(account_ids)
    sums = (
        Invoice.objects.filter(account__in=ids)
        .exclude(remaining_amount=0)
        .values("account_id", "currency")
        .order_by("account_id", "currency")
        .annotate(
            left=Sum("remaining_amount"),
            overdue=Sum("remaining_amount", filter=Q(due_on__lt=today, remaining_amount__gt=0)),
            oldest=Min("due_on", filter=Q(remaining_amount__gt=0)),
        )
    )
    credits_left = (
        CreditNote.objects.filter(account__in=ids)
        .open()
        .values("account_id", "currency")
        .order_by("account_id", "currency")
        .annotate(left=Sum("remaining_amount"))
    )
    notes = {(row["account_id"], row["currency"]): row["left"] for row in credits_left}
    found: dict[UUID, list[Balance]] = defaultdict(list)
    for row in sums:
        account_id, currency = row["account_id"], row["currency"]
        credit = _exact(notes.pop((account_id, currency), None), currency)
        outstanding, overdue = _exact(row["left"], currency) - credit, _exact(row["overdue"], currency)
        found[account_id].append(Balance(currency, outstanding, overdue, credit, row["oldest"]))
    for (account_id, currency), left in notes.items():
        credit = _exact(left, currency)
        found[account_id].append(Balance(currency, -credit, ZERO, credit))
    for entries in found.values():
        entries.sort(key=lambda balance: balance.currency)
    return dict(found)


def agings(account: Account, *, today: date) -> list[Aging]:
    """Return the account's aged balance per currency, net of unallocated credit against the oldest. One query."""
    rows = ("currency", "due_on", "remaining_amount")
    invoices = Invoice.objects.filter(account=account).exclude(remaining_amount=0).order_by().values_list(*rows)
    never = Cast(Value(None), DateField())
    notes = CreditNote.objects.filter(account=account).open().order_by().annotate(due_on=never).values_list(*rows)
    both = invoices.union(notes, all=True).order_by()
    return rules.aged((Due(currency, on, left if on else -left) for currency, on, left in both), today=today)


def latest_payments(account: Account, count: int) -> list[Payment]:
    """Return what was last recorded as paid on the account's invoices, each with its invoice. One query."""
    payments = Payment.objects.filter(invoice__account=account).select_related("invoice")
    return list(payments.order_by("-created_at", "-id")[:count])


def open_claims(account: Account) -> list[Dispute | PaymentDeclaration]:
    """Return what holds the account's invoices because its customer said so, the latest first, with the invoices.

    Four queries at most. Announced payments whose invoices are all gone are left out: nothing waits for them.
    """
    disputes = Dispute.objects.holding().filter(invoice__account=account, invoice__settled_on__isnull=True)
    announced = PaymentDeclaration.objects.open().filter(account=account).prefetch_related("invoices")
    claims: list[Dispute | PaymentDeclaration] = [*disputes.select_related("invoice")]
    claims += [declaration for declaration in announced if declaration.invoices.all()]
    return sorted(claims, key=lambda claim: claim.pk, reverse=True)


def latest_papers(account: Account, count: int) -> list[Invoice | CreditNote]:
    """Return what was last validated for the account, of either kind. Two queries."""
    return [
        *Invoice.objects.filter(account=account).order_by("-created_at", "-id")[:count],
        *CreditNote.objects.filter(account=account).order_by("-created_at", "-id")[:count],
    ]


def _exact(amount: Decimal | None, currency: str) -> Decimal:
    """Return the sum exactly: SQLite adds in binary, whose noise lies far below the currency's last decimal."""
    return quantize(amount or ZERO, currency)


def invoice_list(organization: Organization, *, today: date) -> InvoiceQuerySet:
    """Return the organization's invoices with status and account, ready to filter, sort and page."""
    return Invoice.objects.for_organization(organization).with_status(today).select_related("account")


def credit_note_list(organization: Organization) -> CreditNoteQuerySet:
    """Return the organization's credit notes with status and account, ready to filter, sort and page."""
    return CreditNote.objects.for_organization(organization).with_status().select_related("account")


def invoice_page(organization: Organization, invoice_id: UUID, *, today: date) -> Invoice:
    """Return one invoice with all its page shows: status, account with its organization, PDF, payments, credit, claims.

    Its disputes come the latest first; `open_declarations` are the announced payments that wait to come true.

    Raises:
        DocumentNotFound: No such invoice in this organization.
    """
    applied = Prefetch("allocations", Allocation.objects.select_related("credit_note"))
    announced = Prefetch("payment_declarations", PaymentDeclaration.objects.open(), to_attr="open_declarations")
    try:
        return (
            invoice_list(organization, today=today)
            .select_related("document", "account__organization")
            .prefetch_related("payments", applied, "disputes", announced)
            .get(pk=invoice_id)
        )
    except Invoice.DoesNotExist:
        raise DocumentNotFound from None


def invoice_neighbours(invoice: Invoice) -> tuple[Invoice | None, Invoice | None]:
    """Return the invoices before and after this one, the newest first. Two queries."""
    return _neighbours(Invoice.objects.for_organization(invoice.organization_id), invoice)


def credit_note_neighbours(note: CreditNote) -> tuple[CreditNote | None, CreditNote | None]:
    """Return the credit notes before and after this one, the newest first. Two queries."""
    return _neighbours(CreditNote.objects.for_organization(note.organization_id), note)


def _neighbours[Row: (Invoice, CreditNote)](papers: QuerySet[Row], paper: Row) -> tuple[Row | None, Row | None]:
    same_day = Q(issued_on=paper.issued_on)
    newer = papers.filter(Q(issued_on__gt=paper.issued_on) | same_day & Q(pk__gt=paper.pk))
    older = papers.filter(Q(issued_on__lt=paper.issued_on) | same_day & Q(pk__lt=paper.pk))
    return newer.order_by("issued_on", "id").first(), older.order_by("-issued_on", "-id").first()


def credit_note_page(organization: Organization, note_id: UUID) -> CreditNote:
    """Return one credit note with all its page shows: status, account, PDF, where it was applied and where not.

    Raises:
        DocumentNotFound: No such credit note in this organization.
    """
    applied = Prefetch("allocations", Allocation.objects.select_related("invoice"))
    try:
        notes = credit_note_list(organization).select_related("document").prefetch_related(applied, "kept_off")
        return notes.get(pk=note_id)
    except CreditNote.DoesNotExist:
        raise DocumentNotFound from None


@dataclass(frozen=True, slots=True)
class Room:
    """So much of an invoice a credit note can settle, what it settles there already included."""

    invoice: Invoice
    amount: Decimal


def rooms_for(note: CreditNote) -> list[Room]:
    """Return where a credit note of `credit_note_page` can be applied, the oldest debt first. One query.

    Its account's open invoices in its currency, and those it is applied to already.
    """
    applied = {allocation.invoice_id: allocation.amount for allocation in note.allocations.all()}
    same = Invoice.objects.filter(account=note.account_id, currency=note.currency)
    found = same.filter(Q(remaining_amount__gt=0) | Q(pk__in=applied)).order_by("due_on", "issued_on", "number")
    rooms = (Room(invoice, invoice.remaining_amount + applied.get(invoice.pk, ZERO)) for invoice in found)
    return [room for room in rooms if room.amount > 0]


def document_of(organization: Organization, document_id: UUID) -> Document:
    """Return one uploaded PDF, with the invoice or credit note it became, if any.

    Raises:
        DocumentNotFound: No such document in this organization.
    """
    try:
        return (
            Document.objects.for_organization(organization)
            .select_related("invoice__account", "credit_note__account", "organization")
            .get(pk=document_id)
        )
    except Document.DoesNotExist:
        raise DocumentNotFound from None


def documents_to_verify(organization: Organization, *, name: str = "") -> DocumentQuerySet:
    """Return the uploads that nobody has validated yet, the newest first; `name` is a part of the file's name."""
    waiting = Document.objects.for_organization(organization).to_verify()
    return waiting.filter(original_name__icontains=name) if name else waiting


def paper_of(document: Document) -> Invoice | CreditNote | None:
    """Return what the document became, of a document as `document_of` loads it; None while it waits."""
    return getattr(document, "invoice", None) or getattr(document, "credit_note", None)


def paper_of_number(account: Account, kind: str, number: str) -> Invoice | CreditNote | None:
    """Return the account's document of that kind and number, if it has one. One query."""
    papers = CreditNote.objects.all() if kind == DocumentKind.CREDIT_NOTE else Invoice.objects.all()
    return papers.filter(account=account, number=number.strip()).first()


def is_new_account(paper: Invoice | CreditNote) -> bool:
    """Tell whether the account was created for this very paper: after its PDF had come in."""
    return paper.document is not None and paper.account.created_at >= paper.document.created_at


def near_accounts(account: Account) -> list[Account]:
    """Return accounts of nearly the same name, which a person may find to be the same company. One query."""
    others = Account.objects.for_organization(account.organization_id).exclude(pk=account.pk)
    candidates = others.filter(match_key__startswith=account.match_key[:2]).order_by("name", "id")[:_NEAR_CANDIDATES]
    return [other for other in candidates if is_near(account.match_key, other.match_key)]


def papers_of(account: Account, *, today: date) -> tuple[list[Invoice], list[CreditNote]]:
    """Return the account's invoices and credit notes with their statuses, the newest first. Two queries."""
    invoices = Invoice.objects.filter(account=account).with_status(today).order_by("-issued_on", "-id")
    notes = CreditNote.objects.filter(account=account).with_status().order_by("-issued_on", "-id")
    return list(invoices), list(notes)
