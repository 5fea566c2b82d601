"""The account's page: what stands around every tab, and the tabs that are the accounts' own.

What asks for a word first (pause, status, delete) is a dialog on the page with an address of its own: the address
opens the page with the dialog shown, and answers its form.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.db.models import prefetch_related_objects
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.enums import AccountStatus
from accounts.forms import DeleteForm, NoteForm, PauseForm, StatusForm, TagForm
from accounts.rules import follow_up_state
from accounts.selectors import account_page, live_pause, notes_of, row_counts, tags_of
from billabex.core.places import fill
from billabex.organizations.access import for_members, today_for
from billabex.organizations.forms.choices import country_name

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from uuid import UUID

    from django.forms import BaseForm
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


def account_context(
    request: MemberRequest, account: Account, *, opened: str = "", form: BaseForm | None = None
) -> dict[str, Any]:
    """Return what `accounts/page.html` shows around every tab of an account's page.

    Args:
        request: The member's.
        account: As `accounts.selectors.account_page` returns it.
        opened: The dialog that is shown at once: pause, delete, or a status.
        form: That dialog's form, as it came back.
    """
    today = today_for(request.member)
    pause = live_pause(account, today=today)
    explanation = next(iter(fill("account.follow_up", account, today=today)), None)
    next_on = explanation.decision.planned_on if explanation else None
    state = follow_up_state(
        status=account.status,
        owner=account.follow_up_owner,
        is_paused=pause is not None,
        next_on=next_on,
        has_question=explanation is not None and explanation.decision.outcome == "task",
    )
    return {
        "account": account,
        "today": today,
        "pause": pause,
        "state": state,
        "next_on": next_on,
        "explanation": explanation,
        "balances": balances_of([account.pk], today).get(account.pk, []),
        "account_tabs": _tabs(account),
        "panels": _rendered(request, fill("account.aside", account, today=today)),
        "dialogs": _dialogs(account, opened, form),
    }


def balances_of(account_ids: Iterable[UUID], today: date) -> dict[UUID, list[Any]]:
    """Return what the accounts owe, per currency, as the invoices tell it. One call for a whole page."""
    return next(iter(fill("account.balances", list(account_ids), today=today)), {})


def _tabs(account: Account) -> list[Tab]:
    """Return the tabs, each with the number of the rows that a higher floor puts behind it."""
    counts = row_counts(
        account, {key: rows for found in fill("account.tab_rows", account) for key, rows in found.items()}
    )
    return [Tab(label, reverse(name, args=[account.pk]), counts.get(key)) for name, label, key in TABS]


def _rendered(request: MemberRequest, panels: Iterable[Panel]) -> list[str]:
    """Return the cards of higher floors; each template sees the request and the names of its own context."""
    return [render_to_string(panel.template, panel.context, request) for panel in panels]


@dataclass(frozen=True, slots=True)
class Dialog:
    """A form in a dialog of the account's page."""

    form: BaseForm
    is_open: bool


def _dialogs(account: Account, opened: str, form: BaseForm | None) -> dict[str, Dialog]:
    """Return the dialogs by name, `form` standing in the one that is open."""
    forms: dict[str, BaseForm] = {
        "pause": PauseForm(auto_id="pause_%s"),
        "delete": DeleteForm(auto_id="delete_%s"),
    }
    for target in AccountStatus:
        if target != account.status:
            forms[target] = StatusForm(initial={"status": target}, auto_id=f"{target}_%s")
    if form is not None and opened in forms:
        forms[opened] = form
    return {name: Dialog(kept, name == opened) for name, kept in forms.items()}


@for_members
def overview(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Show everything that happened to an account, the newest day first."""
    return overview_page(request, account_page(request.member.organization, pk))


def overview_page(
    request: MemberRequest, account: Account, *, opened: str = "", form: BaseForm | None = None
) -> HttpResponse:
    """Answer with the overview, a dialog open on it where one is named; 422 when its form came back with errors."""
    context = account_context(request, account, opened=opened, form=form)
    context["days"] = _days(account, today=context["today"])
    is_refused = form is not None and bool(form.errors)
    return render(request, "accounts/overview.html", context, status=422 if is_refused else 200)


def _days(account: Account, *, today: date) -> list[tuple[date, list[Event]]]:
    """Return what the floors tell about the account by civil day of the organization, newest first."""
    zone = account.organization.zone
    events = [event for found in fill("account.overview", account, today=today) for event in found]
    events.sort(key=lambda event: event.at, reverse=True)
    return [(day, list(on_day)) for day, on_day in groupby(events, key=lambda event: event.at.astimezone(zone).date())]


@for_members
def details(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Show what is known of the company: information, people, notes, tags."""
    return details_page(request, account_page(request.member.organization, pk))


def details_page(request: MemberRequest, account: Account, *, refused: BaseForm | None = None) -> HttpResponse:
    """Answer with the details; 422 when one of its forms came back with errors."""
    prefetch_related_objects([account], "tags")
    context = account_context(request, account)
    sections = fill("account.details", account, today=context["today"])
    context |= {
        "sections": _rendered(request, sections),
        "country": country_name(account.country),
        "notes": notes_of(account),
        "note_form": refused if isinstance(refused, NoteForm) else NoteForm(auto_id="note_%s"),
        "tag_form": refused if isinstance(refused, TagForm) else TagForm(auto_id="tag_%s"),
        "known_tags": tags_of(account.organization),
    }
    return render(request, "accounts/details.html", context, status=422 if refused else 200)
