"""Doing one thing with many accounts of the list: those chosen one by one, or all that the list holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponseBadRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.filters import AccountFilter, keys_among
from accounts.selectors import account_list
from accounts.views.bulk_actions import ACTIONS
from accounts.views.listing import Asked, list_page
from billabex.organizations.access import for_members, today_for
from billabex.organizations.forms import refusals_on

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from django.http import HttpResponse

    from accounts.views.bulk_actions import Action
    from billabex.organizations.access import MemberRequest

EXPORTS = {"export-xlsx": "xlsx", "export-csv": "csv"}
"""How their file ends, by the word that the bulk bar sends."""


@for_members
@require_POST
def bulk(request: MemberRequest) -> HttpResponse:
    """Do one thing with the accounts that are selected, once what it needs is said."""
    word = request.POST.get("act", "")
    if word not in ACTIONS and word not in EXPORTS:
        return HttpResponseBadRequest()
    chosen = keys_among(request.POST.getlist("selected"))
    account_ids = _all_listed(request) if "all" in request.POST else chosen
    if not account_ids:
        messages.warning(request, _("Select accounts first."))
        return _back(request)
    if word in EXPORTS:
        return _exported(request, chosen, EXPORTS[word])
    action = ACTIONS[word]
    if action.form is None:
        return _done(request, action, account_ids)
    form = action.form(request.POST if "confirmed" in request.POST else None, auto_id="bulk_%s")
    if form.is_valid():
        with refusals_on(form):
            return _done(request, action, account_ids, **form.cleaned_data)
    title = str(action.title % {"count": len(account_ids)})
    return list_page(request, asked=Asked(word, action, title, form, () if "all" in request.POST else chosen))


def _exported(request: MemberRequest, chosen: Collection[UUID], ending: str) -> HttpResponse:
    """Lead to the file of the list: of the accounts chosen one by one, or of all that it holds."""
    query = request.GET.copy()
    query.setlist("selected", [str(key) for key in chosen if "all" not in request.POST])
    return redirect(f"{reverse('spreadsheets:export', args=['accounts', ending])}?{query.urlencode()}")


def _all_listed(request: MemberRequest) -> Collection[UUID]:
    """Return all accounts that the list holds, as the address searches and filters it."""
    accounts = account_list(request.member.organization, today=today_for(request.member))
    return set(AccountFilter(request.GET).narrow(accounts).values_list("pk", flat=True))


def _done(request: MemberRequest, action: Action, account_ids: Collection[UUID], **given: Any) -> HttpResponse:
    """Do it, say how many accounts changed and why others did not, and lead back to the list."""
    member = request.member
    outcome = action.run(organization=member.organization, account_ids=account_ids, actor=member.actor, **given)
    if outcome.changed:
        messages.success(request, action.done % {"count": outcome.changed})
    if outcome.skipped:
        messages.info(request, action.skipped % {"count": outcome.skipped})
    return _back(request)


def _back(request: MemberRequest) -> HttpResponse:
    """Lead back to the list as it stood."""
    query = request.GET.urlencode()
    return redirect(f"{reverse('accounts:list')}?{query}" if query else "accounts:list")
