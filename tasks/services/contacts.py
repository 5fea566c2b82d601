"""Answers to "who should I write to": a contact, or a sentence that names one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import ValidationError
from django.db import transaction

from contacts.enums import EmailStatus
from contacts.errors import EmailTaken, NotUnderstood
from contacts.models import Contact
from contacts.rules import read_contact
from contacts.services import add_contact, update_contact
from tasks.enums import TaskStatus, TaskType
from tasks.errors import EmptyAnswer
from tasks.services.conversation import agent_says, close, lock_asking_for, member_says, note

if TYPE_CHECKING:
    from datetime import datetime

    from django.db import models

    from billabex.core.actors import Actor
    from contacts.rules import Understood
    from tasks.models import Task


@dataclass(frozen=True, slots=True)
class NewContact:
    """A contact as a member gives it in answer to a task."""

    full_name: str
    email: str
    language: str
    role: str = ""


@transaction.atomic
def answer_with_contact(*, task: Task, contact: NewContact, actor: Actor, now: datetime) -> Contact:
    """Answer a NeedContacts task with a contact: it is created, the task closes, and the agent plans.

    Raises:
        TaskClosed: The task was closed or cancelled meanwhile.
        WrongAnswer: It asks for something else.
        EmailTaken: The account has a usable contact with that address already.
    """
    task = lock_asking_for(task, TaskType.NEED_CONTACTS)
    said = ", ".join(filter(None, (contact.full_name, contact.email, contact.language, contact.role)))
    member_says(task, said, actor)
    return _give_contact(task, contact, actor, now)


@transaction.atomic
def answer_with_text(*, task: Task, text: str, actor: Actor, now: datetime) -> Contact:
    """Answer a NeedContacts task in words ("Jane Doe, jane@acme.com, English"); the agent says what it understood.

    A language that is not named is the account's, else the organization's default.

    Raises:
        TaskClosed: The task was closed or cancelled meanwhile.
        WrongAnswer: It asks for something else.
        EmptyAnswer: Nothing was written.
        NotUnderstood: No email address that mail can be sent to was found in the text; nothing is stored.
        EmailTaken: The account has a usable contact with that address already.
    """
    if not text.strip():
        raise EmptyAnswer
    task = lock_asking_for(task, TaskType.NEED_CONTACTS)
    understood = _understand(text)
    member_says(task, text.strip(), actor)
    language = understood.language or task.account.language or task.account.organization.default_language
    contact = NewContact(understood.full_name, understood.email, language, understood.role)
    return _give_contact(task, contact, actor, now)


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
    facts = {"full_name": contact.full_name, "email": contact.email, "language": contact.language, "role": contact.role}
    agent_says(task, "contact_created", **facts).save()
    close(task, TaskStatus.CLOSED, now)
    note(task, actor, "task.answered", {"contact": contact.email})
    return contact
