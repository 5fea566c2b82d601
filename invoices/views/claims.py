"""What a customer says of an invoice, noted down and decided on the invoice's page."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from billabex.core import clock
from billabex.core.errors import InvalidInput, RuleViolation
from billabex.organizations.access import for_writers
from invoices.errors import DocumentNotFound
from invoices.forms.claims import ALL, AnnouncementForm, DecisionForm, DisputeForm, FindingForm
from invoices.forms.refusals import show_refusal
from invoices.services import declare_payment, open_dispute, resolve_declaration, resolve_dispute
from invoices.views.papers import invoice_of, show_invoice

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.forms import Form
    from django.http import HttpResponse

    from billabex.organizations.access import MemberRequest
    from invoices.models import Invoice


@for_writers
def dispute(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Note down that the customer disputes an invoice."""
    found = invoice_of(request, pk)
    form = DisputeForm(_posted(request), dialog="dispute")
    write = partial(open_dispute, invoice=found, actor=request.member.actor, now=clock.now())
    if _is_done(form, write):
        return _said(request, found, _("%(number)s is disputed: the agent no longer asks for it."))
    return show_invoice(request, found, opened="dispute", dispute_form=form)


@for_writers
def resolve(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Resolve the open dispute of an invoice in favour of one of the sides."""
    found = invoice_of(request, pk)
    standing = found.disputes.open().first()
    if standing is None:
        return _said(request, found, _("%(number)s is not disputed."))
    form = FindingForm(_posted(request), dialog="resolve-dispute")
    write = partial(resolve_dispute, dispute=standing, actor=request.member.actor, now=clock.now())
    if _is_done(form, write):
        return _said(request, found, _("The dispute about %(number)s is resolved."))
    return show_invoice(request, found, opened="resolve_dispute", finding_form=form)


@for_writers
def announce(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Note down that the customer has paid, or will by a day."""
    found = invoice_of(request, pk)
    form = AnnouncementForm(_posted(request), dialog="announce-payment")

    def write(covers: str, **given: Any) -> None:
        named = [] if covers == ALL else [found]
        declare_payment(account=found.account, invoices=named, actor=request.member.actor, now=clock.now(), **given)

    if _is_done(form, write):
        return _said(request, found, _("The announced payment is noted: the agent waits for it."))
    return show_invoice(request, found, opened="announce_payment", announcement_form=form)


@for_writers
def decide(request: MemberRequest, pk: UUID, declaration_id: UUID) -> HttpResponse:
    """Say what became of an announced payment."""
    found = invoice_of(request, pk)
    standing = found.payment_declarations.filter(pk=declaration_id).first()
    if standing is None:
        raise DocumentNotFound
    form = DecisionForm(_posted(request), dialog="decide-payment")
    write = partial(resolve_declaration, declaration=standing, actor=request.member.actor, now=clock.now())
    if _is_done(form, write):
        return _said(request, found, _("What became of the announced payment is noted."))
    return show_invoice(request, found, opened="decide_payment", decision_form=form, deciding=standing)


def _posted(request: MemberRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _is_done(form: Form, write: Callable[..., object]) -> bool:
    """Write what the form says, if it says it rightly; a refusal is shown in it."""
    if not form.is_valid():
        return False
    try:
        write(**form.cleaned_data)
    except (InvalidInput, RuleViolation) as error:
        show_refusal(form, error)
        return False
    return True


def _said(request: MemberRequest, found: Invoice, sentence: str) -> HttpResponse:
    messages.info(request, sentence % {"number": found.number})
    return redirect(found)
