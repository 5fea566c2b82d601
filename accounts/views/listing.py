"""The list of accounts, and adding one by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.filters import DEFAULT_SORT, AccountFilter
from accounts.forms import AccountForm
from accounts.rules import FollowUpState
from accounts.selectors import account_list, tags_in_use
from accounts.services import create_account
from accounts.views.page import balances_of
from billabex.organizations.access import for_members, for_writers, today_for

if TYPE_CHECKING:
    from uuid import UUID

    from django.forms import BaseForm
    from django.http import HttpResponse

    from accounts.views.bulk_actions import Action
    from billabex.organizations.access import MemberRequest

PER_PAGE = 25


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked before many accounts are changed: a form in a dialog over the list.

    Attributes:
        word: The action's.
        title: Of the dialog; says how many accounts it is about.
        form: What needs to be said first.
        account_ids: The accounts chosen one by one; none when all that the list holds are meant.
    """

    word: str
    action: Action
    title: str
    form: BaseForm
    account_ids: tuple[UUID, ...]


@for_members
def account_list_page(request: MemberRequest) -> HttpResponse:
    """List the organization's accounts: searched, filtered and sorted as the address says."""
    return list_page(request)


def list_page(request: MemberRequest, *, asked: Asked | None = None) -> HttpResponse:
    """Answer with the list; `asked` stands in a dialog on it, with status 422 when its form came back with errors."""
    organization, today = request.member.organization, today_for(request.member)
    wanted = AccountFilter(request.GET)
    accounts = wanted.order(
        wanted.narrow(account_list(organization, today=today)), currency=organization.default_currency
    )
    page = Paginator(accounts, PER_PAGE).get_page(request.GET.get("page"))
    balances = balances_of([account.pk for account in page], today)
    context = {
        "page": page,
        "rows": [(account, balances.get(account.pk, [])) for account in page],
        "sort": DEFAULT_SORT,
        "states": list(FollowUpState),
        "tags": tags_in_use(organization),
        "is_filtered": any(request.GET.get(name) for name in ("q", "state", "overdue", "tag")),
        "query": request.GET.urlencode(),
        "asked": asked,
    }
    return render(request, "accounts/list.html", context, status=422 if asked and asked.form.errors else 200)


@for_writers
def add(request: MemberRequest) -> HttpResponse:
    """Add an account by hand (seed 003)."""
    organization = request.member.organization
    initial = {"currency": organization.default_currency, "country": organization.country}
    form = AccountForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        account = create_account(organization=organization, actor=request.member.actor, **form.cleaned_data)
        messages.success(request, _("%(name)s was added.") % {"name": account.name})
        return redirect(account)
    return render(request, "accounts/add.html", {"form": form}, status=422 if form.is_bound else 200)
