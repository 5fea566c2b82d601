"""The page of an invoice or a credit note, and what can be done there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from billabex.core import clock
from billabex.core.places import fill
from billabex.organizations.access import for_members, today_for
from invoices.errors import InvalidAmount
from invoices.forms import PaidAmountForm
from invoices.selectors import credit_note_neighbours, credit_note_page, invoice_neighbours, invoice_page
from invoices.services import delete_credit_note, delete_invoice, set_paid_amount

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from accounts.timeline import Event
    from billabex.organizations.access import MemberRequest
    from invoices.models import Document, Invoice


@for_members
@require_safe
def invoice(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Show an invoice: what it says, what settled it, and which messages named it."""
    return _shown(request, _invoice(request, pk))


@for_members
def paid_amount(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Edit how much of an invoice is paid in all."""
    found = _invoice(request, pk)
    if request.method != "POST":
        return _shown(request, found, is_editing=True)
    form = PaidAmountForm(request.POST, invoice=found, today=today_for(request.member))
    if form.is_valid():
        try:
            set_paid_amount(invoice=found, actor=request.member.actor, **form.cleaned_data)
        except InvalidAmount as error:
            form.add_error("amount", str(error))
        else:
            messages.success(request, _("The paid amount of %(number)s is saved.") % {"number": found.number})
            return redirect(found)
    return _shown(request, found, form=form, is_editing=True, status=422)


def _invoice(request: MemberRequest, pk: UUID) -> Invoice:
    return invoice_page(request.member.organization, pk, today=today_for(request.member))


def _shown(
    request: MemberRequest,
    found: Invoice,
    *,
    form: PaidAmountForm | None = None,
    is_editing: bool = False,
    status: int = 200,
) -> HttpResponse:
    today = today_for(request.member)
    newer, older = invoice_neighbours(found)
    events: list[Event] = [event for events in fill("invoice.communications", found) for event in events]
    context = {
        "paper": found,
        "today": today,
        "newer": newer,
        "older": older,
        "payments": [(payment, payment.amount - payment.previous_amount) for payment in found.payments.all()],
        "communications": sorted(events, key=lambda event: event.at, reverse=True),
        "pages": _pages(found.document),
        "form": form or PaidAmountForm(invoice=found, today=today),
        "is_editing": is_editing,
    }
    return render(request, "invoices/invoice.html", context, status=status)


@for_members
@require_safe
def credit_note(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Show a credit note: what it says and where it was applied."""
    note = credit_note_page(request.member.organization, pk)
    newer, older = credit_note_neighbours(note)
    context = {"paper": note, "newer": newer, "older": older, "pages": _pages(note.document)}
    return render(request, "invoices/credit_note.html", context)


def _pages(document: Document | None) -> range:
    return range(1, document.page_count + 1) if document else range(0)


@for_members
@require_POST
def delete(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Delete an invoice with its PDF and its payments."""
    found = _invoice(request, pk)
    delete_invoice(invoice=found, actor=request.member.actor, now=clock.now())
    messages.success(request, _("Invoice %(number)s is deleted.") % {"number": found.number})
    return redirect("invoices:list")


@for_members
@require_POST
def delete_note(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Delete a credit note with its PDF; what it settled is open again."""
    note = credit_note_page(request.member.organization, pk)
    delete_credit_note(credit_note=note, actor=request.member.actor, now=clock.now())
    messages.success(request, _("Credit note %(number)s is deleted.") % {"number": note.number})
    return redirect("invoices:credit-notes")
