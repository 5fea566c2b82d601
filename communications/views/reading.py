"""Reading messages: the threads of all accounts, one thread, and what the customer sees."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.csp import CSP
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override
from django.views.decorators.vary import vary_on_headers

from accounts.selectors import account_page
from accounts.views import account_context
from billabex.core.templatetags.ui.formats import day_text
from billabex.organizations.access import for_members, today_for
from communications.enums import Direction, FailureCode, RecipientField, Status
from communications.errors import CommunicationNotFound
from communications.filters import Show, ThreadFilter
from communications.selectors import communication_page, letter, log_of, thread_list, threads, whole
from communications.services import sender_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.core.paginator import Page

    from accounts.models import Account
    from billabex.organizations.access import MemberRequest
    from communications.models import Communication
    from communications.selectors import Thread

PER_PAGE = 25
LETTER_POLICY: dict[str, list[str] | str] = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.UNSAFE_INLINE],
    "img-src": ["data:"],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.NONE],
    "frame-ancestors": [CSP.SELF],
    "sandbox": "",
}
"""What the HTML of a message may do: look like something."""


# --- The threads --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Entry:
    """A thread in the list, with the address that opens it beside the list as it stands."""

    thread: Thread
    href: str
    is_current: bool


@for_members
def thread_list_page(request: MemberRequest) -> HttpResponse:
    """List the threads, searched and filtered as the address says."""
    return render(request, "communications/list.html", _list_context(request))


@for_members
def thread(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Open an account's thread beside the list, every message folded."""
    account = account_page(request.member.organization, pk)
    return render(request, "communications/thread.html", _thread_context(request, account))


@for_members
@vary_on_headers("HX-Request")
def detail(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Open a message: in its thread beside the list, or alone, where a row of a log unfolds."""
    communication = communication_page(request.member.organization, pk)
    if "HX-Request" in request.headers:
        return render(request, "communications/message.html", _message_context(request, communication))
    return message_page(request, communication)


def message_page(request: MemberRequest, communication: Communication, *, dialog: str = "") -> HttpResponse:
    """Answer with a message in its thread; `dialog` names what is asked at once: "send-now" or "cancel"."""
    context = _thread_context(request, communication.account, opened=communication)
    context |= _message_context(request, communication) | {"dialog": dialog}
    return render(request, "communications/thread.html", context)


@for_members
@xframe_options_sameorigin
@csp_override(LETTER_POLICY)
def html(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Serve the HTML of a message alone, for a frame in which nothing runs."""
    communication = communication_page(request.member.organization, pk)
    shown = letter(communication, today=today_for(request.member))
    if not shown:
        raise CommunicationNotFound
    return HttpResponse(shown)


@for_members
def of_account(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Show an account's messages in its tab."""
    account = account_page(request.member.organization, pk)
    context = account_context(request, account) | {"log": _log_page(request, account)}
    return render(request, "communications/of_account.html", context)


# --- What they show -----------------------------------------------------------------------------------------


def _list_context(request: MemberRequest, account: Account | None = None) -> dict[str, Any]:
    """Return what the list of threads shows; `account` is the one that is open."""
    wanted = ThreadFilter(request.GET)
    found = wanted.narrow(thread_list(request.member.organization))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    kept = _kept_query(request)
    return {
        "page": page,
        "entries": [
            Entry(one, reverse("communications:thread", args=[one.account.pk]) + kept, one.account == account)
            for one in threads(page)
        ],
        "list_url": reverse("communications:list") + kept,
        "shows": Show,
        "is_filtered": bool(request.GET.get("q") or request.GET.get("show")),
    }


def _kept_query(request: MemberRequest) -> str:
    """Return the query string that keeps the list as it stands."""
    query = request.GET.copy()
    query.pop("log", None)
    return f"?{query.urlencode()}" if query else ""


def _thread_context(request: MemberRequest, account: Account, opened: Communication | None = None) -> dict[str, Any]:
    log = _log_page(request, account, opened)
    return _list_context(request, account) | {"account": account, "log": log, "opened": opened}


def _log_page(request: MemberRequest, account: Account, opened: Communication | None = None) -> Page[Communication]:
    """Return the page of the log that the address asks for, else the one on which the opened message stands."""
    rows = log_of(account)
    pages = Paginator(rows, PER_PAGE)
    if "log" in request.GET or opened is None:
        return pages.get_page(request.GET.get("log"))
    before = list(rows.values_list("pk", flat=True))
    return pages.get_page(before.index(opened.pk) // PER_PAGE + 1 if opened.pk in before else 1)


def _message_context(request: MemberRequest, communication: Communication) -> dict[str, Any]:
    today = today_for(request.member)
    return {
        "communication": communication,
        "message": whole(communication, today=today),
        "is_leaving": communication.is_released_on(today),
        "at": attrgetter("at")(communication),
        "facts": [
            *_people(communication),
            *_manner(communication),
            *_said(communication),
            *_delivery(communication),
        ],
    }


def _people(communication: Communication) -> list[tuple[str, str]]:
    """Return who wrote the message and who got it."""
    found: dict[str, list[str]] = {field: [] for field in RecipientField}
    for recipient in communication.recipients.all():
        found[recipient.field].append(str(recipient))
    if communication.direction == Direction.OUTGOING:
        sender = sender_of(communication.organization)
        found[RecipientField.FROM].append(f"{sender.name} <{sender.email}>")
    return [(str(RecipientField(field).label), ", ".join(people)) for field, people in found.items() if people]


def _manner(communication: Communication) -> list[tuple[str, str]]:
    """Return how the message travels and speaks."""
    facts = [(_("Channel"), communication.get_channel_display()), (_("Step"), communication.title)]
    if communication.tone:
        facts.append((_("Tone"), communication.get_tone_display()))
    return [*facts, (_("Language"), communication.get_language_display())]


def _said(communication: Communication) -> list[tuple[str, str]]:
    """Return what people of the organization had to say about it, and who."""
    own = communication.created_at if communication.is_composed else None
    said = [
        (_("Written by"), communication.composed_by, own),
        (_("Edited"), communication.edited_by, communication.edited_at),
        (_("Sent at once"), communication.released_by, communication.released_at),
        (_("Cancelled by"), communication.cancelled_by, communication.cancelled_at),
    ]
    zone, language = communication.organization.zone, get_language() or "en"
    return [(label, f"{person}, {day_text(at.astimezone(zone).date(), language)}") for label, person, at in said if at]


def _delivery(communication: Communication) -> list[tuple[str, str]]:
    """Return what went wrong on the way, if anything did."""
    facts = []
    if communication.status == Status.FAILED:
        facts.append((_("Failure"), str(FailureCode(communication.failure_code).label)))
    if communication.failure_detail:
        facts.append((_("The server said"), communication.failure_detail))
    if communication.attempts > 1 or (communication.status == Status.SCHEDULED and communication.attempts):
        facts.append((_("Attempts"), str(communication.attempts)))
    return facts
