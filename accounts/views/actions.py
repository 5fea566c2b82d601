"""What can be done with an account: edit, pause, hand over, change its status, delete; its notes and tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.forms import model_to_dict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts import services
from accounts.enums import AccountStatus, FollowUpOwner, PauseReason
from accounts.forms import AccountForm, DeleteForm, NoteForm, OwnerForm, PauseForm, StatusForm, TagForm
from accounts.selectors import account_page
from accounts.views.page import details_page, overview_page
from billabex.core import clock
from billabex.organizations.access import for_members, for_writers
from billabex.organizations.forms import refusals_on

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse, QueryDict

    from billabex.organizations.access import MemberRequest

STATUS_DONE = {
    AccountStatus.ACTIVE: gettext_lazy("The account is active again."),
    AccountStatus.SUSPENDED: gettext_lazy("The account is suspended: the agent leaves it alone."),
    AccountStatus.WRITTEN_OFF: gettext_lazy("The account is written off."),
}
OWNER_DONE = {
    FollowUpOwner.AGENT: gettext_lazy("Follow-ups are entrusted to the agent."),
    FollowUpOwner.IN_HOUSE: gettext_lazy("Follow-ups are taken back in-house."),
}


def _posted(request: MemberRequest) -> QueryDict | None:
    """Return what a form was sent with; None while it is only being looked at."""
    return request.POST if request.method == "POST" else None


@for_writers
def edit(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Edit the account's information."""
    account = account_page(request.member.organization, pk)
    form = AccountForm(
        _posted(request), initial=model_to_dict(account), is_currency_fixed=services.has_documents(account)
    )
    if form.is_valid():
        with refusals_on(form):
            services.update_account(account=account, actor=request.member.actor, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("accounts:details-tab", account.pk)
    context = {"account": account, "form": form}
    return render(request, "accounts/edit.html", context, status=422 if form.is_bound else 200)


@for_writers
def pause(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Suspend the account's follow-ups for a reason, until a day or until someone resumes them."""
    account = account_page(request.member.organization, pk)
    form = PauseForm(_posted(request), auto_id="pause_%s")
    if form.is_valid():
        asked = form.cleaned_data | {"reason": PauseReason(form.cleaned_data["reason"])}
        with refusals_on(form):
            services.pause_account(account=account, actor=request.member.actor, now=clock.now(), **asked)
            messages.success(request, _("Follow-ups are paused."))
            return redirect(account)
    return overview_page(request, account, opened="pause", form=form)


@for_members
@require_POST
def resume(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Resume the account's follow-ups."""
    account = account_page(request.member.organization, pk)
    services.resume_account(account=account, actor=request.member.actor, now=clock.now())
    messages.success(request, _("Follow-ups resume."))
    return redirect(account)


@for_members
@require_POST
def owner(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Entrust the account's follow-ups to the agent, or take them back in-house."""
    account = account_page(request.member.organization, pk)
    form = OwnerForm(request.POST)
    if form.is_valid():
        chosen = FollowUpOwner(form.cleaned_data["owner"])
        services.set_follow_up_owner(account=account, owner=chosen, actor=request.member.actor)
        messages.success(request, OWNER_DONE[chosen])
        return redirect(account)
    return overview_page(request, account, form=form)


@for_writers
def status(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Suspend, write off or reactivate the account, saying why."""
    account = account_page(request.member.organization, pk)
    target = request.POST.get("status", request.GET.get("status", ""))
    form = StatusForm(_posted(request), initial={"status": target}, auto_id=f"{target}_%s")
    if form.is_valid():
        chosen = AccountStatus(form.cleaned_data["status"])
        note = form.cleaned_data["note"]
        services.set_status(account=account, status=chosen, actor=request.member.actor, note=note)
        messages.success(request, STATUS_DONE[chosen])
        return redirect(account)
    return overview_page(request, account, opened=target, form=form)


@for_writers
def delete(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Delete the account for good, once its name is typed."""
    account = account_page(request.member.organization, pk)
    form = DeleteForm(_posted(request), auto_id="delete_%s")
    if form.is_valid():
        with refusals_on(form):
            services.delete_account(account=account, actor=request.member.actor, now=clock.now(), **form.cleaned_data)
            messages.success(request, _("%(name)s was deleted.") % {"name": account.name})
            return redirect("accounts:list")
    return overview_page(request, account, opened="delete", form=form)


@for_members
@require_POST
def add_note(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Leave a note for colleagues."""
    account = account_page(request.member.organization, pk)
    form = NoteForm(request.POST, auto_id="note_%s")
    if not form.is_valid():
        return details_page(request, account, refused=form)
    services.add_note(account=account, actor=request.member.actor, **form.cleaned_data)
    messages.success(request, _("The note was added."))
    return redirect("accounts:details-tab", account.pk)


@for_members
@require_POST
def add_tag(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Put a tag on the account."""
    account = account_page(request.member.organization, pk)
    form = TagForm(request.POST, auto_id="tag_%s")
    if not form.is_valid():
        return details_page(request, account, refused=form)
    services.add_tag(account=account, actor=request.member.actor, **form.cleaned_data)
    return redirect("accounts:details-tab", account.pk)


@for_members
@require_POST
def remove_tag(request: MemberRequest, pk: UUID, tag_id: UUID) -> HttpResponse:
    """Take a tag off the account."""
    account = account_page(request.member.organization, pk)
    services.remove_tag(account=account, tag_id=tag_id, actor=request.member.actor)
    return redirect("accounts:details-tab", account.pk)
