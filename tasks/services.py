"""Writes about tasks: the agent asks, people answer, and the answer has its effect at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.services import lock_account
from billabex.core import audit
from billabex.core.actors import AGENT
from billabex.organizations.models import Membership
from contacts.enums import EmailStatus
from contacts.errors import EmailTaken, NotUnderstood
from contacts.models import Contact
from contacts.rules import read_contact
from contacts.services import add_contact, update_contact
from tasks.enums import OPEN, Party, TaskStatus, TaskType
from tasks.errors import EmptyAnswer, TaskClosed
from tasks.models import Interaction, Task

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db import models

    from accounts.models import Account
    from billabex.core.actors import Actor
    from contacts.rules import Understood


@dataclass(frozen=True, slots=True)
class NewContact:
    """A contact as a member gives it in answer to a task."""

    full_name: str
    email: str
    language: str
    role: str = ""


def ask_for_contacts(accounts: Iterable[Account], *, code: str) -> int:
    """Open a NeedContacts task for each account that has none open; return how many.

    Runs in the caller's transaction, which holds the accounts' locks; set-based, and harmless when repeated: the
    database allows one open task of a kind about one thing.

    Args:
        accounts: Accounts of one organization.
        code: What the agent says: "no_contact" or "no_usable_contact".
    """
    wanted = {account.pk: account for account in accounts}
    taken = Task.objects.open().filter(account__in=wanted, type=TaskType.NEED_CONTACTS)
    for account_id in taken.values_list("account_id", flat=True):
        wanted.pop(account_id, None)
    if not wanted:
        return 0
    opened = Task.objects.bulk_create(
        Task(organization_id=account.organization_id, account=account, type=TaskType.NEED_CONTACTS)
        for account in wanted.values()
    )
    members = list(Membership.objects.filter(organization=opened[0].organization_id))
    Task.assignees.through.objects.bulk_create(
        Task.assignees.through(task_id=task.pk, membership_id=member.pk) for task in opened for member in members
    )
    Interaction.objects.bulk_create(_agent_says(task, code, account=wanted[task.account_id].name) for task in opened)
    return len(opened)


def withdraw_contact_tasks(accounts: Iterable[Account], *, now: datetime) -> int:
    """Cancel open NeedContacts tasks that became moot, as a contact came by another way; return how many.

    Runs in the caller's transaction, which holds the accounts' locks.
    """
    moot = list(Task.objects.open().filter(account__in=list(accounts), type=TaskType.NEED_CONTACTS))
    Task.objects.filter(pk__in=[task.pk for task in moot]).update(
        status=TaskStatus.CANCELLED, closed_at=now, updated_at=now
    )
    Interaction.objects.bulk_create(_agent_says(task, "contact_arrived") for task in moot)
    return len(moot)


@transaction.atomic
def answer_with_contact(*, task: Task, contact: NewContact, actor: Actor, now: datetime) -> Contact:
    """Answer a NeedContacts task with a contact: it is created, the task closes, and the agent plans.

    Raises:
        TaskClosed: The task was closed or cancelled meanwhile.
        EmailTaken: The account has a usable contact with that address already.
    """
    task = _lock(task)
    said = ", ".join(filter(None, (contact.full_name, contact.email, contact.language, contact.role)))
    _member_says(task, said, actor)
    return _give_contact(task, contact, actor, now)


@transaction.atomic
def answer_with_text(*, task: Task, text: str, actor: Actor, now: datetime) -> Contact:
    """Answer a NeedContacts task in words ("Jane Doe, jane@acme.com, English"); the agent says what it understood.

    A language that is not named is the account's, else the organization's default.

    Raises:
        TaskClosed: The task was closed or cancelled meanwhile.
        EmptyAnswer: Nothing was written.
        NotUnderstood: No email address that mail can be sent to was found in the text; nothing is stored.
        EmailTaken: The account has a usable contact with that address already.
    """
    if not text.strip():
        raise EmptyAnswer
    task = _lock(task)
    understood = _understand(text)
    _member_says(task, text.strip(), actor)
    language = understood.language or task.account.language or task.account.organization.default_language
    contact = NewContact(understood.full_name, understood.email, language, understood.role)
    return _give_contact(task, contact, actor, now)


@transaction.atomic
def cancel_task(*, task: Task, actor: Actor, now: datetime, reason: str = "") -> None:
    """Cancel a task; the agent does not ask again until something changes.

    Raises:
        TaskClosed: It is closed or cancelled already.
    """
    task = _lock(task)
    if reason.strip():
        _member_says(task, reason.strip(), actor)
    _close(task, TaskStatus.CANCELLED, now)
    _audit(task, actor, "task.cancelled", {"reason": reason})


def _understand(text: str) -> Understood:
    """Read a contact out of a text, as long as the table takes its parts."""
    understood = read_contact(text)
    if understood is None:
        raise NotUnderstood
    try:
        _field("email").run_validators(understood.email)
    except ValidationError as error:
        raise NotUnderstood from error
    name, role = (
        value[: _field(column).max_length].strip()
        for column, value in (("full_name", understood.full_name), ("role", understood.role))
    )
    return replace(understood, full_name=name, role=role)


def _field(name: str) -> models.CharField[str, str]:
    field = Contact._meta.get_field(name)  # noqa: SLF001 - Django's documented model API
    return cast("models.CharField[str, str]", field)


def _give_contact(task: Task, given: NewContact, actor: Actor, now: datetime) -> Contact:
    """Create the contact, or make one of that address usable again, close the task and say so."""
    account = task.account
    known = Contact.objects.filter(account=account, email__iexact=given.email).first()
    if known is not None and known.is_usable and not known.copy_only:
        raise EmailTaken
    details: dict[str, Any] = {"full_name": given.full_name, "language": given.language, "role": given.role}
    if known is None:
        is_first = not Contact.objects.filter(account=account, is_primary=True).exists()
        contact = add_contact(account=account, email=given.email, is_primary=is_first, actor=actor, **details)
    else:
        usable = {"email_status": EmailStatus.VALID, "do_not_contact": False, "copy_only": False}
        given_anew = {name: value for name, value in details.items() if value}
        contact = update_contact(contact=known, actor=actor, **usable, **given_anew)
    Interaction.objects.bulk_create(
        [
            _agent_says(
                task,
                "contact_created",
                full_name=contact.full_name,
                email=contact.email,
                language=contact.language,
                role=contact.role,
            )
        ]
    )
    _close(task, TaskStatus.CLOSED, now)
    _audit(task, actor, "task.answered", {"contact": contact.email})
    return contact


def _lock(task: Task) -> Task:
    lock_account(task.account_id)
    fresh = Task.objects.select_related("account__organization").get(pk=task.pk)
    if fresh.status not in OPEN:
        raise TaskClosed
    return fresh


def _close(task: Task, status: TaskStatus, now: datetime) -> None:
    task.status, task.closed_at = status, now
    task.save(update_fields=["status", "closed_at", "updated_at"])


def _member_says(task: Task, text: str, actor: Actor) -> None:
    Interaction.objects.create(
        task=task, party=Party.MEMBER, author_id=actor.user_id, author_label=actor.label, text=text
    )


def _agent_says(task: Task, code: str, **facts: str) -> Interaction:
    return Interaction(task=task, party=Party.AGENT, author_label=AGENT.label, code=code, facts=facts)


def _audit(task: Task, actor: Actor, action: str, changes: dict[str, Any]) -> None:
    audit.record(actor, action, task, organization_id=task.organization_id, account_id=task.account_id, changes=changes)
