"""Having a say about a planned message: editing it, sending it at once, cancelling it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from billabex.core import clock
from billabex.core.errors import RuleViolation
from billabex.organizations.access import for_writers, today_for
from billabex.organizations.forms import refusals_on
from communications import services
from communications.enums import Status
from communications.errors import EditedMeanwhile, NoLongerPlanned
from communications.forms import MessageForm
from communications.selectors import calendar_for, communication_page, whole
from communications.views.reading import message_page
from contacts.selectors import contacts_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from billabex.organizations.access import MemberRequest
    from communications.models import Communication


@for_writers
def edit(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Make a planned message a person's: another day, other people, other words."""
    communication = communication_page(request.member.organization, pk)
    if communication.status != Status.SCHEDULED:
        return _too_late(request, communication, NoLongerPlanned())
    message = whole(communication, today=today_for(request.member))
    people = contacts_of(communication.account)
    form = MessageForm(request.POST if request.method == "POST" else None, message=message, people=people)
    context: dict[str, Any] = {"communication": communication, "message": message, "form": form}
    if form.is_valid():
        with refusals_on(form):
            try:
                edited = services.edit_message(
                    communication=communication, actor=request.member.actor, now=clock.now(), **form.wanted()
                )
            except EditedMeanwhile:
                context |= _caught_up(request, form, pk)
            else:
                _tell(request, edited, has_changed=form.has_changed_meanwhile())
                return redirect(communication)
    return render(request, "communications/edit.html", context, status=422 if form.is_bound else 200)


@for_writers
def send_now(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Send a planned message at once, after asking."""
    communication = communication_page(request.member.organization, pk)
    if request.method != "POST":
        return message_page(request, communication, dialog="send-now")
    try:
        services.send_now(communication=communication, actor=request.member.actor, now=clock.now())
    except RuleViolation as refusal:
        return _too_late(request, communication, refusal)
    messages.success(request, _("The message leaves within a minute."))
    return redirect(communication)


@for_writers
def cancel(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Cancel a planned message, after asking."""
    communication = communication_page(request.member.organization, pk)
    if request.method != "POST":
        return message_page(request, communication, dialog="cancel")
    try:
        services.cancel_message(communication=communication, actor=request.member.actor, now=clock.now())
    except RuleViolation as refusal:
        return _too_late(request, communication, refusal)
    if communication.is_composed:  # it was no follow-up: none is skipped
        messages.success(request, _("The message is cancelled."))
    else:
        messages.success(request, _("The message is cancelled. The agent writes again an interval later."))
    return redirect(communication)


def _too_late(request: MemberRequest, communication: Communication, refusal: RuleViolation) -> HttpResponse:
    """Lead back to the message, saying why not."""
    messages.error(request, str(refusal))
    return redirect(communication)


def _caught_up(request: MemberRequest, form: MessageForm, pk: UUID) -> dict[str, Any]:
    """Have the form show the message as it stands by now; what the person wrote stays beside it, to be copied."""
    communication = communication_page(request.member.organization, pk)
    message = whole(communication, today=today_for(request.member))
    unsaved = form.own_words()
    form.catch_up(message)
    return {"communication": communication, "message": message, "unsaved": unsaved}


def _tell(request: MemberRequest, edited: Communication, *, has_changed: bool) -> None:
    """Say what was saved, and what the person should look at again."""
    messages.success(request, _("Saved."))
    if has_changed:
        messages.warning(request, _("What the account owes changed while you wrote. Read the message again."))
    if edited.planned_on and not calendar_for(edited).is_business_day(edited.planned_on):
        messages.warning(request, _("That day is not a business day. The message leaves all the same."))
