"""The page of an invoice or a credit note, and what can be done there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from billabex.core import clock
from billabex.core.errors import InvalidInput, RuleViolation
from billabex.core.places import fill
from billabex.core.templatetags.ui.formats import money_text
from billabex.organizations.access import for_members, for_writers, today_for
from invoices.errors import AllocationNotFound, PaidMeanwhile, ReadOnlyDocument
from invoices.forms import AllocationForm, PaidAmountForm
from invoices.forms.claims import AnnouncementForm, DisputeForm, FindingForm
from invoices.forms.refusals import show_refusal
from invoices.rules import read_only_reason
from invoices.selectors import (
    credit_note_neighbours,
    credit_note_page,
    invoice_neighbours,
    invoice_page,
    rooms_for,
)
from invoices.services import allocate, delete_credit_note, delete_invoice, remove_allocation, set_paid_amount

if TYPE_CHECKING:
    from uuid import UUID

    from django.forms import Form
    from django.http import HttpResponse

    from accounts.timeline import Event
    from billabex.organizations.access import MemberRequest
    from invoices.models import CreditNote, Document, Invoice, PaymentDeclaration


@for_members
@require_safe
def invoice(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Show an invoice: what it says, what settled it, what its customer says of it, and which messages named it."""
    return show_invoice(request, invoice_of(request, pk))


@for_writers
def paid_amount(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Edit how much of an invoice is paid in all."""
    found = invoice_of(request, pk)
    data = request.POST if request.method == "POST" else None
    form = PaidAmountForm(data, invoice=found, today=today_for(request.member))
    if form.is_valid():
        try:
            set_paid_amount(invoice=found, actor=request.member.actor, now=clock.now(), **form.cleaned_data)
        except PaidMeanwhile:
            found = invoice_of(request, pk)
            form.catch_up(found)
        except (InvalidInput, RuleViolation) as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("The paid amount of %(number)s is saved.") % {"number": found.number})
            return redirect(found)
    return show_invoice(request, found, opened="paid_amount", paid_form=form)


def invoice_of(request: MemberRequest, pk: UUID) -> Invoice:
    """Return the invoice of a page's address, as its page shows it.

    Raises:
        DocumentNotFound: No such invoice in the member's organization.
    """
    return invoice_page(request.member.organization, pk, today=today_for(request.member))


def show_invoice(
    request: MemberRequest,
    found: Invoice,
    *,
    opened: str = "",
    deciding: PaymentDeclaration | None = None,
    **forms: Form,
) -> HttpResponse:
    """Show the page of an invoice, with one of its dialogs open; a form that was refused answers 422.

    Args:
        request: The member's.
        found: As `invoice_of` loads it.
        opened: The dialog that stands open.
        deciding: The announced payment that its form is about.
        **forms: The forms of the dialogs, as far as they are not empty ones.
    """
    today = today_for(request.member)
    newer, older = invoice_neighbours(found)
    events: list[Event] = [event for events in fill("invoice.communications", found) for event in events]
    context: dict[str, Any] = {
        "paper": found,
        "today": today,
        "newer": newer,
        "older": older,
        "payments": [(payment, payment.amount - payment.previous_amount) for payment in found.payments.all()],
        "communications": sorted(events, key=lambda event: event.at, reverse=True),
        "explanation": next(iter(fill("account.follow_up", found.account, today=today)), None),
        "pages": _pages(found.document),
        "read_only": read_only_reason(found.source_system, request.member.actor.kind),
        "dispute": next(iter(found.disputes.all()), None),
        "opened": {opened: True},
        "deciding": deciding,
        "paid_form": PaidAmountForm(invoice=found, today=today),
        "dispute_form": DisputeForm(dialog="dispute"),
        "finding_form": FindingForm(dialog="resolve-dispute"),
        "announcement_form": AnnouncementForm(dialog="announce-payment"),
    }
    status = 422 if any(form.errors for form in forms.values()) else 200
    return render(request, "invoices/invoice.html", context | forms, status=status)


@for_members
@require_safe
def credit_note(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Show a credit note: what it says and where it was applied."""
    return _shown_note(request, credit_note_page(request.member.organization, pk))


@for_writers
def allocate_note(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Apply a credit note to an invoice by hand."""
    note = credit_note_page(request.member.organization, pk)
    if request.method != "POST":
        return _shown_note(request, note, is_allocating=True)
    form = AllocationForm(request.POST, note=note, rooms=rooms_for(note))
    if form.is_valid():
        amount = form.cleaned_data["amount"]
        try:
            allocate(credit_note=note, invoice=form.chosen, amount=amount, actor=request.member.actor, now=clock.now())
        except (InvalidInput, RuleViolation) as error:
            show_refusal(form, error)
        else:
            facts = {
                "amount": money_text(amount, note.currency, get_language() or "en"),
                "note": note.number,
                "invoice": form.chosen.number,
            }
            messages.success(request, _("%(amount)s of %(note)s is applied to %(invoice)s.") % facts)
            return redirect(note)
    return _shown_note(request, note, form=form, is_allocating=True, status=422)


@for_members
@require_POST
def take_off(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Take a credit note off an invoice."""
    note = credit_note_page(request.member.organization, pk)
    chosen = request.POST.get("invoice")
    found = [one.invoice for one in note.allocations.all() if str(one.invoice_id) == chosen]
    try:
        for invoice in found:
            remove_allocation(credit_note=note, invoice=invoice, actor=request.member.actor, now=clock.now())
            sentence = _("%(note)s is no longer applied to %(invoice)s, and goes back there only by hand.")
            messages.success(request, sentence % {"note": note.number, "invoice": invoice.number})
    except AllocationNotFound:  # somebody was faster
        found = []
    except ReadOnlyDocument as error:
        messages.error(request, str(error))
    if not found:
        messages.info(request, AllocationNotFound.message)
    return redirect(note)


def _shown_note(
    request: MemberRequest,
    note: CreditNote,
    *,
    form: AllocationForm | None = None,
    is_allocating: bool = False,
    status: int = 200,
) -> HttpResponse:
    newer, older = credit_note_neighbours(note)
    rooms = rooms_for(note)
    read_only = read_only_reason(note.source_system, request.member.actor.kind)
    context = {
        "paper": note,
        "read_only": read_only,
        "can_apply": request.member.can_write and not read_only,
        "newer": newer,
        "older": older,
        "pages": _pages(note.document),
        "rooms": rooms,
        "form": form or AllocationForm(note=note, rooms=rooms),
        "is_allocating": is_allocating,
    }
    return render(request, "invoices/credit_note.html", context, status=status)


def _pages(document: Document | None) -> range:
    return range(1, document.page_count + 1) if document else range(0)


@for_members
@require_POST
def delete(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Delete an invoice with its PDF and its payments."""
    found = invoice_of(request, pk)
    try:
        delete_invoice(invoice=found, actor=request.member.actor, now=clock.now())
    except ReadOnlyDocument as error:
        messages.error(request, str(error))
        return redirect(found)
    messages.success(request, _("Invoice %(number)s is deleted.") % {"number": found.number})
    return redirect("invoices:list")


@for_members
@require_POST
def delete_note(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Delete a credit note with its PDF; what it settled is open again."""
    note = credit_note_page(request.member.organization, pk)
    try:
        delete_credit_note(credit_note=note, actor=request.member.actor, now=clock.now())
    except ReadOnlyDocument as error:
        messages.error(request, str(error))
        return redirect(note)
    messages.success(request, _("Credit note %(number)s is deleted.") % {"number": note.number})
    return redirect("invoices:credit-notes")
