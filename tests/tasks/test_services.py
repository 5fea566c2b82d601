"""The agent asks once, people answer, and the answer has its effect at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from billabex.agent.cycle import plan_accounts
from billabex.core.models import AuditEntry
from communications.enums import Status
from communications.models import Communication
from contacts.enums import EmailStatus
from contacts.errors import EmailTaken, NotUnderstood
from contacts.models import Contact
from contacts.services import add_contact
from tasks.enums import Answer, Party, TaskStatus, TaskType
from tasks.errors import EmptyAnswer, TaskClosed, WrongAnswer
from tasks.models import Interaction, Task
from tasks.services import (
    NewContact,
    Question,
    answer_with_contact,
    answer_with_text,
    answer_yes_or_no,
    ask,
    cancel_task,
    withdraw,
)
from tests.factories import AccountFactory, ContactFactory, InvoiceFactory, MembershipFactory
from tests.tasks.conftest import NOW

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

    from accounts.models import Account
    from billabex.organizations.models import Membership, Organization

JANE = NewContact("Jane Doe", "jane@acme.example", "en", "Accounts payable")


def said(task: Task) -> list[tuple[str, str]]:
    """Return what was said in a task, by whom: words of people, codes of the agent."""
    return [(entry.party, entry.text or entry.code) for entry in task.interactions.all()]


def question(account: Account, code: str = "no_contact") -> Question:
    return Question(account, TaskType.NEED_CONTACTS, code)


def plan(account: Account) -> None:
    plan_accounts(account.organization, [account.pk], now=NOW)


# --- Asking -------------------------------------------------------------------------------------------------


def test_ask_opens_task_for_every_member_who_may_answer(
    account: Account, member: Membership, owner: Membership, read_only_member: Membership
) -> None:
    MembershipFactory.create()  # of another organization
    assert ask([question(account)]) == 1
    task = Task.objects.get()
    assert (task.status, task.organization, set(task.assignees.all())) == (
        TaskStatus.ACTION_REQUIRED,
        account.organization,
        {member, owner},
    )
    assert said(task) == [(Party.AGENT, "no_contact")]
    assert task.interactions.get().facts == {"account": "Acme"}


def test_ask_twice_opens_one_task(account: Account, task: Task) -> None:
    assert ask([question(account)]) == 0
    assert ask([question(account, "no_usable_contact")]) == 0
    assert Task.objects.count() == 1
    assert len(said(task)) == 1


def test_ask_of_many_accounts_takes_as_many_queries_as_of_one(
    organization: Organization, member: Membership, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for count in (1, 3):
        accounts = AccountFactory.create_batch(count, organization=organization)
        with django_assert_num_queries(5):
            assert ask(map(question, accounts)) == count


def test_ask_about_another_thing_opens_another_task(account: Account, proposal: Task) -> None:
    again = Question(account, TaskType.APPROVE_ACTION, "formal_notice", "formal_notice")
    assert ask([again, question(account), again]) == 1
    assert ask([Question(account, TaskType.APPROVE_ACTION, "payment_plan", "payment_plan")]) == 1
    assert Task.objects.open().count() == 3


@pytest.mark.django_db
def test_ask_nothing_asks_the_database_nothing(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        assert ask([]) == 0
        assert withdraw([], kind=TaskType.NEED_CONTACTS, code="contact_arrived", now=NOW) == 0


def test_withdraw_cancels_what_is_about_that_thing_and_says_why(account: Account, proposal: Task) -> None:
    ask([question(account)])
    kind, about = TaskType.APPROVE_ACTION, "formal_notice"
    assert withdraw([account], kind=kind, about=about, code="formal_notice_moot", now=NOW) == 1
    proposal.refresh_from_db()
    assert (proposal.status, proposal.answer, proposal.closed_at) == (TaskStatus.CANCELLED, "", NOW)
    assert said(proposal)[1:] == [(Party.AGENT, "formal_notice_moot")]
    assert Task.objects.open().get().type == TaskType.NEED_CONTACTS


# --- Answering ----------------------------------------------------------------------------------------------


def test_answer_with_contact_creates_primary_contact_and_closes(
    account: Account, task: Task, member: Membership
) -> None:
    contact = answer_with_contact(task=task, contact=JANE, actor=member.actor, now=NOW)
    assert contact.account == account
    assert (contact.full_name, contact.email, contact.language, contact.role, contact.is_primary) == (
        "Jane Doe",
        "jane@acme.example",
        "en",
        "Accounts payable",
        True,
    )
    task.refresh_from_db()
    assert (task.status, task.closed_at) == (TaskStatus.CLOSED, NOW)
    assert said(task)[1:] == [
        (Party.MEMBER, "Jane Doe, jane@acme.example, en, Accounts payable"),
        (Party.AGENT, "contact_created"),
    ]
    assert AuditEntry.objects.get(action="task.answered").actor_id == member.user_id


def test_answer_with_contact_lets_agent_plan_at_once(
    account: Account,
    task: Task,
    member: Membership,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        answer_with_contact(task=task, contact=JANE, actor=member.actor, now=NOW)
    message = Communication.objects.get(account=account)
    assert message.status == Status.SCHEDULED
    assert [recipient.address for recipient in message.recipients.all()] == ["jane@acme.example"]
    task.refresh_from_db()
    assert task.status == TaskStatus.CLOSED  # answered, and not taken back as moot


def test_answer_with_text_understands_name_address_and_language(task: Task, member: Membership) -> None:
    answer_with_text(task=task, text=" Jane Doe, jane@acme.example, French\n", actor=member.actor, now=NOW)
    contact = Contact.objects.get()
    assert (contact.full_name, contact.email, contact.language) == ("Jane Doe", "jane@acme.example", "fr")
    assert said(task)[1] == (Party.MEMBER, "Jane Doe, jane@acme.example, French")
    entry = Interaction.objects.get(code="contact_created")
    assert entry.facts == {"full_name": "Jane Doe", "email": "jane@acme.example", "language": "fr", "role": ""}


@pytest.mark.parametrize(("of_account", "expected"), [("de", "de"), ("", "nl")])
def test_answer_with_text_without_language_takes_accounts_else_organizations(
    account: Account, task: Task, member: Membership, of_account: str, expected: str
) -> None:
    account.language, account.organization.default_language = of_account, "nl"
    account.save()
    account.organization.save()
    contact = answer_with_text(task=task, text="jane@acme.example", actor=member.actor, now=NOW)
    assert (contact.language, contact.full_name) == (expected, "jane")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Jane Doe, English", id="no-address"),
        pytest.param("josé@acme.example", id="address-that-mail-cannot-carry"),
        pytest.param(f"{'j' * 250}@acme.example", id="address-too-long"),
    ],
)
def test_answer_with_text_without_usable_address_stores_nothing(task: Task, member: Membership, text: str) -> None:
    with pytest.raises(NotUnderstood):
        answer_with_text(task=task, text=text, actor=member.actor, now=NOW)
    task.refresh_from_db()
    assert task.status == TaskStatus.ACTION_REQUIRED
    assert len(said(task)) == 1
    assert not Contact.objects.exists()


def test_answer_with_text_of_endless_words_fits_the_table(task: Task, member: Membership) -> None:
    text = f"{'Jane' * 200}, jane@acme.example, {'Payable' * 100}"
    contact = answer_with_text(task=task, text=text, actor=member.actor, now=NOW)
    assert (len(contact.full_name), len(contact.role)) == (200, 120)


def test_answer_with_blank_text_stores_nothing(task: Task, member: Membership) -> None:
    with pytest.raises(EmptyAnswer):
        answer_with_text(task=task, text=" \n", actor=member.actor, now=NOW)
    assert len(said(task)) == 1


def test_answer_with_taken_address_stores_nothing(account: Account, task: Task, member: Membership) -> None:
    ContactFactory.create(account=account, email="jane@acme.example")
    with pytest.raises(EmailTaken):
        answer_with_contact(task=task, contact=JANE, actor=member.actor, now=NOW)
    task.refresh_from_db()
    assert (task.status, len(said(task))) == (TaskStatus.ACTION_REQUIRED, 1)


@pytest.mark.parametrize(
    "trouble",
    [
        {"email_status": EmailStatus.BOUNCED},
        {"do_not_contact": True},
        {"copy_only": True},
    ],
)
def test_answer_with_address_of_unusable_contact_makes_it_usable(
    account: Account, task: Task, member: Membership, trouble: dict[str, object]
) -> None:
    known = ContactFactory.create(account=account, email="Jane@acme.example", **trouble)
    answer_with_contact(task=task, contact=JANE, actor=member.actor, now=NOW)
    known.refresh_from_db()
    assert known.is_usable
    assert not known.copy_only
    assert known.full_name == "Jane Doe"


def test_answer_with_bounced_contact_as_they_are_lets_agent_plan_at_once(
    account: Account,
    task: Task,
    member: Membership,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    known = ContactFactory.create(
        account=account, full_name="Jane Doe", email="jane@acme.example", language="en", role="Accounts payable"
    )
    Contact.objects.update(email_status=EmailStatus.BOUNCED)
    unchanged = NewContact("Jane Doe", "jane@acme.example", "en")
    with django_capture_on_commit_callbacks(execute=True):
        contact = answer_with_contact(task=task, contact=unchanged, actor=member.actor, now=NOW)
    assert (contact, contact.email_status, contact.role) == (known, EmailStatus.VALID, "Accounts payable")
    assert Communication.objects.planned().filter(account=account).count() == 1
    entry = AuditEntry.objects.get(action="contact.updated")
    assert entry.changes == {"email_status": {"from": "Bounced", "to": "Valid"}}


@pytest.mark.parametrize("status", [TaskStatus.CLOSED, TaskStatus.CANCELLED])
def test_answer_to_ended_task_is_refused(task: Task, member: Membership, status: TaskStatus) -> None:
    Task.objects.update(status=status, closed_at=NOW)
    with pytest.raises(TaskClosed):
        answer_with_contact(task=task, contact=JANE, actor=member.actor, now=NOW)
    with pytest.raises(TaskClosed):
        answer_with_text(task=task, text="jane@acme.example", actor=member.actor, now=NOW)
    with pytest.raises(TaskClosed):
        cancel_task(task=task, actor=member.actor, now=NOW)
    assert not Contact.objects.exists()


# --- Ending otherwise ---------------------------------------------------------------------------------------


def test_contact_arriving_another_way_cancels_task(
    account: Account,
    task: Task,
    member: Membership,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        add_contact(account=account, full_name="Jane", email="jane@acme.example", language="en", actor=member.actor)
    task.refresh_from_db()
    assert (task.status, task.closed_at) == (TaskStatus.CANCELLED, NOW)
    assert said(task)[-1] == (Party.AGENT, "contact_arrived")


def test_cancel_task_keeps_reason(task: Task, member: Membership) -> None:
    cancel_task(task=task, actor=member.actor, now=NOW, reason=" They went out of business. ")
    task.refresh_from_db()
    assert (task.status, task.closed_at) == (TaskStatus.CANCELLED, NOW)
    assert said(task)[-1] == (Party.MEMBER, "They went out of business.")
    assert AuditEntry.objects.get(action="task.cancelled").actor_id == member.user_id


def test_cancel_task_without_reason_says_nothing(task: Task, member: Membership) -> None:
    cancel_task(task=task, actor=member.actor, now=NOW, reason=" ")
    assert len(said(task)) == 1


def test_cancelled_task_is_not_asked_again_while_nothing_changes(account: Account, member: Membership) -> None:
    plan(account)
    cancel_task(task=Task.objects.get(), actor=member.actor, now=NOW)
    plan(account)
    plan(account)
    assert Task.objects.count() == 1


def test_cancelled_task_is_asked_again_after_a_new_document(account: Account, member: Membership) -> None:
    plan(account)
    cancel_task(task=Task.objects.get(), actor=member.actor, now=NOW)
    InvoiceFactory.create(account=account)
    plan(account)
    assert Task.objects.open().count() == 1
    assert Task.objects.count() == 2


# --- Yes or no ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("answer", Answer)
def test_answer_yes_or_no_closes_keeps_the_remark_and_says_what_follows(
    proposal: Task, member: Membership, answer: Answer
) -> None:
    answer_yes_or_no(task=proposal, answer=answer, remark=" Ask Maud. ", actor=member.actor, now=NOW)
    proposal.refresh_from_db()
    assert (proposal.status, proposal.answer, proposal.closed_at) == (TaskStatus.CLOSED, answer, NOW)
    assert said(proposal)[1:] == [
        (Party.MEMBER, f"{answer.label} – Ask Maud."),
        (Party.AGENT, f"formal_notice.{answer}"),
    ]
    entry = AuditEntry.objects.get(action="task.answered")
    assert (entry.actor_id, entry.changes) == (member.user_id, {"answer": answer, "note": "Ask Maud."})


def test_answer_yes_or_no_needs_no_remark(proposal: Task, member: Membership) -> None:
    answer_yes_or_no(task=proposal, answer=Answer.YES, actor=member.actor, now=NOW)
    assert said(proposal)[1] == (Party.MEMBER, "Yes")


def test_answer_yes_or_no_to_another_question_is_refused(task: Task, member: Membership) -> None:
    with pytest.raises(WrongAnswer):
        answer_yes_or_no(task=task, answer=Answer.YES, actor=member.actor, now=NOW)
    assert len(said(task)) == 1


def test_contact_in_answer_to_a_question_of_yes_or_no_is_refused(proposal: Task, member: Membership) -> None:
    with pytest.raises(WrongAnswer):
        answer_with_contact(task=proposal, contact=JANE, actor=member.actor, now=NOW)
    with pytest.raises(WrongAnswer):
        answer_with_text(task=proposal, text="jane@acme.example", actor=member.actor, now=NOW)
    assert not Contact.objects.exists()


def test_answer_yes_or_no_twice_is_refused(proposal: Task, member: Membership) -> None:
    answer_yes_or_no(task=proposal, answer=Answer.NO, actor=member.actor, now=NOW)
    with pytest.raises(TaskClosed):
        answer_yes_or_no(task=proposal, answer=Answer.YES, actor=member.actor, now=NOW)


def test_cancelling_what_was_to_be_agreed_to_says_no(proposal: Task, member: Membership) -> None:
    cancel_task(task=proposal, actor=member.actor, now=NOW)
    proposal.refresh_from_db()
    assert (proposal.status, proposal.answer) == (TaskStatus.CANCELLED, Answer.NO)
