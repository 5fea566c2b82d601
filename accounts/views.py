"""The pages of accounts: the list, the account with its tabs, and what can be done with it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from accounts.rules import follow_up_state
from accounts.selectors import account_page, live_pause
from billabex.core.places import fill
from billabex.organizations.access import for_members, today_for

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from django.http import HttpResponse
    from django.utils.functional import _StrPromise

    from accounts.models import Account
    from accounts.timeline import Event, Panel
    from billabex.organizations.access import MemberRequest

TABS = (
    ("accounts:detail", _("Overview"), ""),
    ("invoices:of-account", _("Invoices"), "invoices"),
    ("invoices:credit-notes-of-account", _("Credit notes"), "credit_notes"),
    ("communications:of-account", _("Communications"), "communications"),
    ("tasks:of-account", _("Tasks"), "tasks"),
    ("accounts:details-tab", _("Details"), ""),
)


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab of the account's page; the number behind it where a higher floor counts."""

    label: _StrPromise
    href: str
    count: int | None


def account_context(request: MemberRequest, account: Account) -> dict[str, Any]:
    """Return what `accounts/page.html` shows around every tab of an account's page.

    Args:
        request: The member's.
        account: As `accounts.selectors.account_page` returns it.
    """
    today = today_for(request.member)
    pause = live_pause(account, today=today)
    [explanation] = fill("account.follow_up", account, today=today) or [None]
    decision = explanation and explanation.decision
    state = follow_up_state(
        status=account.status,
        owner=account.follow_up_owner,
        is_paused=pause is not None,
        next_on=decision and decision.planned_on,
        has_question=bool(decision) and decision.outcome == "task",
    )
    balances: dict[UUID, list[Any]] = next(iter(fill("account.balances", [account.pk], today=today)), {})
    return {
        "account": account,
        "today": today,
        "pause": pause,
        "state": state,
        "explanation": explanation,
        "balances": balances.get(account.pk, []),
        "account_tabs": _tabs(account),
        "panels": [_rendered(request, panel) for panel in fill("account.aside", account, today=today)],
    }


def _tabs(account: Account) -> list[Tab]:
    """Return the tabs whose pages exist, each with the number that a higher floor puts behind it."""
    counts = {key: count for found in fill("account.tab_counts", account) for key, count in found.items()}
    tabs = []
    for name, label, key in TABS:
        try:
            tabs.append(Tab(label, reverse(name, args=[account.pk]), counts.get(key)))
        except NoReverseMatch:
            continue
    return tabs


def _rendered(request: MemberRequest, panel: Panel) -> str:
    """Return a higher floor's card; its template sees the names of the panel's own context."""
    return render_to_string(panel.template, panel.context, request)


@for_members
def overview(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Show everything that happened to an account, the newest day first."""
    account = account_page(request.member.organization, pk)
    context = account_context(request, account) | {"days": _days(account, today_for(request.member))}
    return render(request, "accounts/overview.html", context)


def _days(account: Account, today: date) -> list[tuple[date, list[Event]]]:
    """Return what the floors tell about the account by civil day of the organization, newest first."""
    zone = account.organization.zone
    events = [event for found in fill("account.overview", account, today=today) for event in found]
    events.sort(key=lambda event: event.at, reverse=True)
    return [(day, list(on_day)) for day, on_day in groupby(events, key=lambda event: event.at.astimezone(zone).date())]
