"""The pages of tasks: the list, the conversation with its answer slot, and the tab of an account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import model_to_dict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.selectors import account_page
from accounts.views import account_context
from billabex.core import clock
from billabex.core.places import fill
from billabex.core.templatetags.ui.values import money_text
from billabex.organizations.access import for_members, for_writers, today_for
from billabex.organizations.forms import refusals_on
from tasks import services
from tasks.enums import Answer, Party, TaskType
from tasks.filters import Show, TaskFilter, Whose
from tasks.forms import ApprovalForm, CancelForm, ContactForm, TextForm
from tasks.selectors import open_invoices, task_list, task_page, tasks_of
from tasks.services import NewContact
from tasks.speaking import say, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from uuid import UUID

    from django.forms import BaseForm
    from django.http import HttpResponse

    from accounts.models import Account
    from billabex.organizations.access import MemberRequest
    from contacts.models import Contact
    from tasks.models import Task

PER_PAGE = 25
INVOICES_BESIDE = 10


# --- The list -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """A task in the list, with what its account owes and the address that opens it beside the list as it stands."""

    task: Task
    balances: list[Any]
    href: str
    is_current: bool

    @property
    def owed(self) -> str:
        """What the account owes in its first currency; a dash when nothing."""
        first = self.balances[0] if self.balances else None
        return money_text(first and first.outstanding, first.currency if first else "")


@for_members
def task_list_page(request: MemberRequest) -> HttpResponse:
    """List the tasks, searched and filtered as the address says; by default those that wait for the member."""
    return render(request, "tasks/list.html", _list_context(request))


@for_members
def of_account(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Show an account's tasks in its tab."""
    account = account_page(request.member.organization, pk)
    page = Paginator(tasks_of(account), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "tasks/of_account.html", account_context(request, account) | {"page": page})


# --- One task -----------------------------------------------------------------------------------------------


@for_members
def detail(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Open a task beside the list."""
    return _task_page(request, task_page(request.member.organization, pk))


@for_writers
def answer_contact(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Answer a NeedContacts task with a contact."""
    task = task_page(request.member.organization, pk)
    form = _contact_form(task, request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            contact = services.answer_with_contact(
                task=task, contact=NewContact(**form.cleaned_data), actor=request.member.actor, now=clock.now()
            )
            return _thanks(request, task, contact)
    return _task_page(request, task, contact_form=form)


@for_writers
def answer_text(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Answer a NeedContacts task in words."""
    task = task_page(request.member.organization, pk)
    form = TextForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            contact = services.answer_with_text(
                task=task, text=form.cleaned_data["text"], actor=request.member.actor, now=clock.now()
            )
            return _thanks(request, task, contact)
    return _task_page(request, task, text_form=form)


@for_writers
def answer_approval(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Answer an ApproveAction task with yes or no."""
    task = task_page(request.member.organization, pk)
    form = ApprovalForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        answer, remark = Answer(form.cleaned_data["answer"]), form.cleaned_data["remark"]
        with refusals_on(form):
            services.answer_yes_or_no(
                task=task, answer=answer, remark=remark, actor=request.member.actor, now=clock.now()
            )
            messages.success(request, say(f"{task.about}.{answer}", {"account": task.account.name}))
            return _back(request, task)
    return _task_page(request, task, approval_form=form)


@for_writers
def cancel(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Cancel a task; asks first, in a dialog of the task's page."""
    task = task_page(request.member.organization, pk)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            services.cancel_task(
                task=task, reason=form.cleaned_data["reason"], actor=request.member.actor, now=clock.now()
            )
            messages.success(request, _("The task was cancelled."))
            return _back(request, task)
    return _task_page(request, task, cancel_form=form)


def _thanks(request: MemberRequest, task: Task, contact: Contact) -> HttpResponse:
    """Say in a toast what the agent understood, and show the task."""
    facts = model_to_dict(contact, fields=["full_name", "email", "language", "role"])
    messages.success(request, say("contact_created", facts))
    return _back(request, task)


def _back(request: MemberRequest, task: Task) -> HttpResponse:
    return redirect(task.get_absolute_url() + _kept_query(request))


# --- What they show -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing said in a task's conversation, in the reader's language."""

    author: str
    kind: str
    at: datetime
    text: str
    is_own: bool


def _kept_query(request: MemberRequest) -> str:
    """Return the query string that keeps the list as it stands."""
    return f"?{request.GET.urlencode()}" if request.GET else ""


def _list_context(request: MemberRequest, opened: Task | None = None) -> dict[str, Any]:
    """Return what the list of tasks shows; `opened` is the one beside it."""
    member, kept = request.member, _kept_query(request)
    found = TaskFilter(request.GET).narrow(task_list(member.organization), member)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    owed = _balances([task.account_id for task in page], request)
    return {
        "page": page,
        "rows": [
            Row(task, owed.get(task.account_id, []), task.get_absolute_url() + kept, task == opened) for task in page
        ],
        "kept": kept,
        "list_url": reverse("tasks:list") + kept,
        "shows": Show,
        "whose": Whose,
        "is_filtered": any(request.GET.get(name) for name in ("q", "show", "whose")),
    }


def _balances(account_ids: list[UUID], request: MemberRequest) -> dict[UUID, list[Any]]:
    return next(iter(fill("account.balances", account_ids, today=today_for(request.member))), {})


def _contact_form(task: Task, data: Any = None) -> ContactForm:
    """Return the form of a contact; the language is the account's, else the organization's default."""
    return ContactForm(data, initial={"language": task.account.language or task.organization.default_language})


def _task_page(
    request: MemberRequest,
    task: Task,
    *,
    contact_form: BaseForm | None = None,
    text_form: BaseForm | None = None,
    approval_form: BaseForm | None = None,
    cancel_form: BaseForm | None = None,
) -> HttpResponse:
    """Show a task with its answer slot; a form that came back stands in it with what is wrong."""
    forms = (contact_form, text_form, approval_form, cancel_form)
    given = [form for form in forms if form is not None and form.is_bound]
    context = {
        "task": task,
        "entries": list(_conversation(request, task)),
        "explanation": next(iter(fill("account.follow_up", task.account, today=today_for(request.member))), None),
        "can_answer": task.is_open and request.member.can_write,
        "asks_for_contact": task.type == TaskType.NEED_CONTACTS,
        "is_too_late": bool(given) and not task.is_open,
        "contact_form": contact_form or _contact_form(task),
        "text_form": text_form or TextForm(),
        "approval_form": approval_form or ApprovalForm(),
        "cancel_form": cancel_form or CancelForm(),
        "is_cancelling": cancel_form is not None,
    }
    context |= _list_context(request, task) | _aside_context(request, task.account)
    return render(request, "tasks/detail.html", context, status=422 if given else 200)


def _conversation(request: MemberRequest, task: Task) -> Iterator[Entry]:
    """Return what was said, put into the reader's language; the agent speaks under its own name."""
    for said in task.interactions.all():
        author = task.organization.agent_name if said.party == Party.AGENT else said.author_label
        yield Entry(author, said.party, said.created_at, words_of(said), said.author_id == request.member.user_id)


def _aside_context(request: MemberRequest, account: Account) -> dict[str, Any]:
    """Return what stands beside the conversation: the cards of the account, and its open invoices."""
    today = today_for(request.member)
    invoices, more = open_invoices(account, today=today, limit=INVOICES_BESIDE)
    panels = fill("account.aside", account, today=today)
    return {
        "today": today,
        "panels": [render_to_string(panel.template, panel.context, request) for panel in panels],
        "invoices": invoices,
        "more_invoices": more,
    }
