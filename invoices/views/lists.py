"""The lists of invoices and credit notes: of the organization, and of one account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.selectors import account_page
from accounts.views import account_context
from billabex.organizations.access import for_members, today_for
from invoices.enums import CreditNoteStatus, InvoiceStatus
from invoices.filters import DEFAULT_SORT, TO_VERIFY, CreditNoteFilter, InvoiceFilter, PaperFilter
from invoices.selectors import credit_note_list, documents_to_verify, invoice_list

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet
    from django.http import HttpResponse

    from billabex.organizations.access import MemberRequest
    from invoices.models import CreditNote, Invoice

PAGE_SIZE = 25


@for_members
@require_safe
def invoices(request: MemberRequest) -> HttpResponse:
    """List the organization's invoices, or the uploads that wait to be verified."""
    waiting = documents_to_verify(request.member.organization)
    if request.GET.get("status") == TO_VERIFY:
        return _uploads(request, waiting.count())
    today = today_for(request.member)
    papers = invoice_list(request.member.organization, today=today)
    context = _listed(request, papers, InvoiceFilter(request.GET))
    return render(
        request,
        "invoices/list.html",
        context | _statuses_of_invoices() | {"today": today, "to_verify": waiting.count()},
    )


def _uploads(request: MemberRequest, to_verify: int) -> HttpResponse:
    asked = PaperFilter(request.GET)
    name = asked.cleaned_data.get("q", "") if asked.is_valid() else ""
    found = documents_to_verify(request.member.organization, name=name)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "to_verify": to_verify, "is_narrowed": bool(name)}
    return render(request, "invoices/to_verify.html", context)


@for_members
@require_safe
def invoices_of_account(request: MemberRequest, pk: UUID) -> HttpResponse:
    """List an account's invoices, in a tab of its page."""
    account = account_page(request.member.organization, pk)
    papers = invoice_list(request.member.organization, today=today_for(request.member)).filter(account=account)
    context = account_context(request, account) | _listed(request, papers, InvoiceFilter(request.GET))
    return render(request, "invoices/of_account.html", context | _statuses_of_invoices())


@for_members
@require_safe
def credit_notes(request: MemberRequest) -> HttpResponse:
    """List the organization's credit notes."""
    papers = credit_note_list(request.member.organization)
    context = _listed(request, papers, CreditNoteFilter(request.GET))
    return render(request, "invoices/credit_notes.html", context | _statuses_of_notes())


@for_members
@require_safe
def credit_notes_of_account(request: MemberRequest, pk: UUID) -> HttpResponse:
    """List an account's credit notes, in a tab of its page."""
    account = account_page(request.member.organization, pk)
    papers = credit_note_list(request.member.organization).filter(account=account)
    context = account_context(request, account) | _listed(request, papers, CreditNoteFilter(request.GET))
    return render(request, "invoices/credit_notes_of_account.html", context | _statuses_of_notes())


def _listed[Row: (Invoice, CreditNote)](
    request: MemberRequest, papers: QuerySet[Row], asked: PaperFilter
) -> dict[str, Any]:
    narrowed = asked.narrow(papers)
    pages = Paginator(asked.order(narrowed), PAGE_SIZE)
    pages.count = narrowed.count()  # without the tables that only their order asks for
    return {"page": pages.get_page(request.GET.get("page")), "is_narrowed": asked.is_narrowed, "sort": DEFAULT_SORT}


def _statuses_of_invoices() -> dict[str, Any]:
    return {"statuses": list(InvoiceStatus)}


def _statuses_of_notes() -> dict[str, Any]:
    return {"statuses": list(CreditNoteStatus)}
