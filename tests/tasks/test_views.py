"""The pages of tasks, as a browser sees them."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contacts.models import Contact
from tasks.enums import TaskStatus
from tasks.services import cancel_task
from tests.factories import AccountFactory, ContactFactory, InteractionFactory, InvoiceFactory, TaskFactory
from tests.tasks.conftest import NOW

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

    from accounts.models import Account
    from billabex.organizations.models import Membership, Organization
    from tasks.models import Task

JANE = {"full_name": "Jane Doe", "email": "jane@acme.example", "language": "fr", "role": ""}
LIST = reverse("tasks:list")


def of(name: str, task: Task) -> str:
    return reverse(f"tasks:{name}", args=[task.pk])


def opened(organization: Organization, name: str, *assignees: Membership, **fields: object) -> Task:
    """Return a task about an account of that name, which owes 480 euros."""
    account = AccountFactory.create(organization=organization, name=name)
    InvoiceFactory.create(account=account, total_amount=Decimal(480))
    task = TaskFactory.create(account=account, **fields)
    task.assignees.set(assignees)
    InteractionFactory.create(task=task, code="no_contact", facts={"account": name})
    return task


# --- The list -----------------------------------------------------------------------------------------------


def test_list_shows_what_waits_for_me(member_client: Client, task: Task) -> None:
    page = member_client.get(LIST)
    assert page.status_code == 200
    assert f'href="{task.get_absolute_url()}"' in page.text
    assert "Contact needed" in page.text
    assert "€480.00" in page.text
    assert page.text.count("<h1") == 1


def test_list_without_tasks_says_when_there_will_be(member_client: Client) -> None:
    assert "Nothing waits for you" in member_client.get(LIST).text


def test_list_leaves_out_what_waits_for_others_or_nobody(
    member_client: Client, member: Membership, owner: Membership
) -> None:
    opened(member.organization, "Theirs", owner)
    opened(member.organization, "Ended", member, closed=True)
    opened(member.organization, "Begun", member, status=TaskStatus.IN_PROGRESS)
    page = member_client.get(LIST)
    assert not any(name in page.text for name in ("Theirs", "Ended", "Begun"))


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"Mine"}),
        ("?whose=everyone", {"Mine", "Theirs"}),
        ("?show=closed", {"Ended", "Dropped"}),
        ("?show=in-progress", {"Begun"}),
        ("?show=awaiting", {"Asked"}),
        ("?show=all", {"Mine", "Ended", "Dropped", "Begun", "Asked"}),
        ("?show=all&whose=everyone&q=the", {"Theirs"}),
        ("?show=nonsense&whose=nonsense", {"Mine"}),
    ],
)
def test_list_filters_as_the_address_says(
    member_client: Client, member: Membership, owner: Membership, query: str, shown: set[str]
) -> None:
    organization = member.organization
    opened(organization, "Mine", member, owner)
    opened(organization, "Theirs", owner)
    opened(organization, "Ended", member, closed=True)
    opened(organization, "Dropped", member, status=TaskStatus.CANCELLED, closed_at=NOW)
    opened(organization, "Begun", member, status=TaskStatus.IN_PROGRESS)
    opened(organization, "Asked", member, status=TaskStatus.AWAITING_RESPONSE)
    rows = member_client.get(LIST + query).context["rows"]
    assert {row.task.account.name for row in rows} == shown


def test_list_that_holds_nothing_asked_for_offers_everything(member_client: Client, task: Task) -> None:
    page = member_client.get(LIST, {"q": "nobody of that name"})
    assert "No task matches" in page.text
    assert "?show=all&amp;whose=everyone" in page.text


def test_list_of_another_organization_holds_nothing(outsider_client: Client, outsider: Membership, task: Task) -> None:
    task.assignees.add(outsider)
    assert "Acme" not in outsider_client.get(LIST, {"show": "all", "whose": "everyone"}).text


def test_list_pages_after_25(member_client: Client, member: Membership) -> None:
    accounts = AccountFactory.create_batch(26, organization=member.organization)
    for account in accounts:
        TaskFactory.create(account=account).assignees.add(member)
    assert len(member_client.get(LIST).context["rows"]) == 25
    assert len(member_client.get(LIST, {"page": 2}).context["rows"]) == 1


def test_list_takes_as_many_queries_for_three_rows_as_for_one(
    member_client: Client, member: Membership, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    opened(member.organization, "One", member)
    with django_assert_num_queries(8):
        member_client.get(LIST)
    opened(member.organization, "Two", member)
    opened(member.organization, "Three", member)
    with django_assert_num_queries(8):
        assert len(member_client.get(LIST).context["rows"]) == 3


# --- One task -----------------------------------------------------------------------------------------------


def test_detail_shows_question_account_and_answer_slot(member_client: Client, task: Task, member: Membership) -> None:
    page = member_client.get(task.get_absolute_url())
    assert page.status_code == 200
    assert "I have no one to write to at Acme." in page.text
    assert "Alix" in page.text
    assert "Max Member" in page.text
    assert "F-2026-0001" in page.text
    assert "the agent waits for a contact at Acme" in page.text
    assert of("answer-contact", task) in page.text
    assert of("answer-text", task) in page.text
    assert page.text.count("<h1") == 1


def test_detail_offers_accounts_language(member_client: Client, task: Task) -> None:
    task.account.language = "it"
    task.account.save()
    page = member_client.get(task.get_absolute_url())
    assert page.context["contact_form"]["language"].value() == "it"


def test_detail_of_ended_task_has_no_answer_slot(member_client: Client, task: Task, member: Membership) -> None:
    cancel_task(task=task, actor=member.actor, now=NOW)
    page = member_client.get(task.get_absolute_url())
    assert of("answer-contact", task) not in page.text
    assert of("answer-text", task) not in page.text
    assert of("cancel", task) not in page.text
    assert "Cancelled" in page.text


def test_detail_for_reader_has_no_answer_slot(read_only_client: Client, task: Task) -> None:
    page = read_only_client.get(task.get_absolute_url())
    assert page.status_code == 200
    assert of("answer-contact", task) not in page.text
    assert "Cancel the task" not in page.text


def test_detail_keeps_the_list_as_it_stands(member_client: Client, task: Task) -> None:
    page = member_client.get(task.get_absolute_url() + "?whose=everyone&q=acm")
    assert f'{task.get_absolute_url()}?whose=everyone&amp;q=acm"' in page.text
    assert f'{of("answer-contact", task)}?whose=everyone&amp;q=acm"' in page.text


def test_detail_shows_open_invoices_up_to_ten(member_client: Client, account: Account, task: Task) -> None:
    InvoiceFactory.create_batch(11, account=account)
    InvoiceFactory.create(account=account, number="PAID-1", paid_amount=Decimal(120))
    page = member_client.get(task.get_absolute_url())
    assert len(page.context["invoices"]) == 10
    assert "2 more" in page.text
    assert "PAID-1" not in page.text


def test_detail_takes_as_many_queries_for_three_rows_as_for_one(
    member_client: Client, task: Task, member: Membership, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with CaptureQueriesContext(connection) as one:  # most of them are the account's cards and the agent's reasons
        member_client.get(task.get_absolute_url())
    opened(member.organization, "Two", member)
    opened(member.organization, "Three", member)
    InvoiceFactory.create_batch(2, account=task.account)
    InteractionFactory.create_batch(2, task=task, by_member=True)
    with django_assert_num_queries(len(one)):
        member_client.get(task.get_absolute_url())


def test_pages_of_a_task_are_not_found_by_others(outsider_client: Client, task: Task) -> None:
    assert outsider_client.get(task.get_absolute_url()).status_code == 404
    for name in ("answer-contact", "answer-text", "cancel"):
        assert outsider_client.post(of(name, task), JANE | {"text": "jane@acme.example"}).status_code == 404
    assert outsider_client.get(reverse("tasks:of-account", args=[task.account_id])).status_code == 404
    task.refresh_from_db()
    assert task.status == TaskStatus.ACTION_REQUIRED


def test_pages_of_tasks_ask_strangers_to_sign_in(client: Client, task: Task) -> None:
    for address in (LIST, task.get_absolute_url(), reverse("tasks:of-account", args=[task.account_id])):
        answer = client.get(address)
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith(reverse("sign-in"))


# --- Answering ----------------------------------------------------------------------------------------------


def test_answer_contact_says_what_was_understood_and_what_comes_next(
    member_client: Client, task: Task, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    understood = "I added Jane Doe &lt;jane@acme.example&gt; as a contact and will write in French."
    with django_capture_on_commit_callbacks(execute=True):
        answer = member_client.post(of("answer-contact", task) + "?q=acme", JANE)
    assert (answer.status_code, answer.headers["Location"]) == (302, task.get_absolute_url() + "?q=acme")
    page = member_client.get(answer.headers["Location"])
    assert page.text.count(understood) == 2  # in the conversation and in the toast
    assert "the agent will write to Jane Doe &lt;jane@acme.example&gt;: follow-up #1" in page.text
    assert page.context["task"].status == TaskStatus.CLOSED


def test_answer_contact_without_address_says_so_beside_it(member_client: Client, task: Task) -> None:
    page = member_client.post(of("answer-contact", task), JANE | {"email": "jane"})
    assert page.status_code == 422
    assert page.context["contact_form"].errors == {"email": ["Enter a valid email address."]}
    assert 'value="Jane Doe"' in page.text
    assert not Contact.objects.exists()


def test_answer_contact_with_taken_address_says_so(member_client: Client, account: Account, task: Task) -> None:
    ContactFactory.create(account=account, email="jane@acme.example")
    page = member_client.post(of("answer-contact", task), JANE)
    assert page.status_code == 422
    assert "This account already has a contact with that email address." in page.text
    assert Contact.objects.count() == 1


def test_answer_text_says_what_was_understood(member_client: Client, task: Task) -> None:
    answer = member_client.post(of("answer-text", task), {"text": "Jane Doe, jane@acme.example, English"})
    assert answer.headers["Location"] == task.get_absolute_url()
    page = member_client.get(answer.headers["Location"])
    assert "I added Jane Doe &lt;jane@acme.example&gt; as a contact and will write in English." in page.text
    assert "Jane Doe, jane@acme.example, English" in page.text


def test_answer_text_not_understood_keeps_text(member_client: Client, task: Task) -> None:
    page = member_client.post(of("answer-text", task), {"text": "ask Jane"})
    assert page.status_code == 422
    assert "No email address was found in this text." in page.text
    assert ">ask Jane</textarea>" in page.text.replace("\n", "")
    assert not Contact.objects.exists()


@pytest.mark.parametrize("name", ["answer-contact", "answer-text", "answer-approval", "cancel"])
def test_answer_to_ended_task_says_it_is_too_late(
    member_client: Client, task: Task, member: Membership, name: str
) -> None:
    cancel_task(task=task, actor=member.actor, now=NOW)
    page = member_client.post(of(name, task), JANE | {"text": "jane@acme.example", "answer": "yes"})
    assert page.status_code == 422
    assert "This task is closed and can no longer be answered." in page.text
    assert not Contact.objects.exists()


@pytest.mark.parametrize("name", ["answer-contact", "answer-text", "cancel"])
def test_answer_by_reader_is_forbidden(read_only_client: Client, task: Task, name: str) -> None:
    assert read_only_client.post(of(name, task), JANE | {"text": "jane@acme.example"}).status_code == 403
    task.refresh_from_db()
    assert task.status == TaskStatus.ACTION_REQUIRED


@pytest.mark.parametrize("name", ["answer-contact", "answer-text"])
def test_address_of_an_answer_opens_the_task(member_client: Client, task: Task, name: str) -> None:
    page = member_client.get(of(name, task))
    assert page.status_code == 200
    assert page.context["task"] == task


def test_proposal_asks_for_a_yes_or_a_no_and_for_no_contact(member_client: Client, proposal: Task) -> None:
    page = member_client.get(proposal.get_absolute_url())
    assert "May I send a formal notice as my next message?" in page.text
    assert 'name="answer" value="yes"' in page.text
    assert 'name="answer" value="no"' in page.text
    assert "Give a contact" not in page.text
    assert "Or in a sentence" not in page.text
    assert "Cancelling says no." in page.text


@pytest.mark.parametrize(
    ("answer", "follows"),
    [("yes", "My next message to Acme is the formal notice"), ("no", "All right, no formal notice.")],
)
def test_answer_to_a_proposal_says_what_follows(
    member_client: Client, proposal: Task, answer: str, follows: str
) -> None:
    given = member_client.post(of("answer-approval", proposal), {"answer": answer, "remark": "Maud agrees."})
    assert given.headers["Location"] == proposal.get_absolute_url()
    page = member_client.get(given.headers["Location"])
    assert page.text.count(follows) == 2  # in the conversation and in the toast
    assert f"{answer.title()} – Maud agrees." in page.text
    assert page.context["task"].answer == answer


@pytest.mark.parametrize("answer", ["", "perhaps"])
def test_answer_to_a_proposal_that_is_neither_yes_nor_no_is_refused(
    member_client: Client, proposal: Task, answer: str
) -> None:
    page = member_client.post(of("answer-approval", proposal), {"answer": answer, "remark": "Maud agrees."})
    assert page.status_code == 422
    assert ">Maud agrees.</textarea>" in page.text.replace("\n", "")
    proposal.refresh_from_db()
    assert proposal.status == TaskStatus.ACTION_REQUIRED


@pytest.mark.parametrize(
    ("name", "given"),
    [("answer-contact", JANE), ("answer-text", {"text": "jane@acme.example"})],
)
def test_contact_in_answer_to_a_proposal_says_that_something_else_is_asked(
    member_client: Client, proposal: Task, name: str, given: dict[str, str]
) -> None:
    assert member_client.post(of(name, proposal), given).status_code == 422
    assert not Contact.objects.exists()


def test_cancel_asks_first(member_client: Client, task: Task) -> None:
    page = member_client.get(of("cancel", task))
    assert page.status_code == 200
    assert "data-modal-open" in page.text
    assert "The agent asks again only when something changes" in page.text
    task.refresh_from_db()
    assert task.status == TaskStatus.ACTION_REQUIRED


def test_cancel_keeps_reason_and_says_so(member_client: Client, task: Task) -> None:
    answer = member_client.post(of("cancel", task), {"reason": "Handled by phone."})
    assert answer.headers["Location"] == task.get_absolute_url()
    page = member_client.get(answer.headers["Location"])
    assert "The task was cancelled." in page.text
    assert "Handled by phone." in page.text
    task.refresh_from_db()
    assert task.status == TaskStatus.CANCELLED


# --- On the pages of lower floors ---------------------------------------------------------------------------


def test_account_tab_lists_its_tasks(member_client: Client, task: Task) -> None:
    page = member_client.get(reverse("tasks:of-account", args=[task.account_id]))
    assert page.status_code == 200
    assert f'href="{task.get_absolute_url()}"' in page.text


def test_account_tab_without_tasks_says_when_there_will_be(member_client: Client, account: Account) -> None:
    assert "No tasks yet" in member_client.get(reverse("tasks:of-account", args=[account.pk])).text


def test_account_tab_takes_as_many_queries_for_three_rows_as_for_one(
    member_client: Client, task: Task, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    address = reverse("tasks:of-account", args=[task.account_id])
    with CaptureQueriesContext(connection) as one:  # most of them are the account's page's own
        member_client.get(address)
    for day in (1, 2):
        TaskFactory.create(account=task.account, closed=True, created_at=NOW - timedelta(days=day))
    with django_assert_num_queries(len(one)):
        assert len(member_client.get(address).context["page"]) == 3


def test_navigation_counts_what_waits_for_me(member_client: Client, member: Membership, owner: Membership) -> None:
    for name in ("One", "Two"):
        opened(member.organization, name, member)
    opened(member.organization, "Theirs", owner)
    page = member_client.get(LIST)
    assert page.context["nav_counts"] == {"tasks": 2}


def test_navigation_counts_nothing_for_who_may_only_read(
    read_only_client: Client, read_only_member: Membership
) -> None:
    opened(read_only_member.organization, "One", read_only_member)  # when they still might answer
    assert read_only_client.get(LIST).context["nav_counts"] == {"tasks": 0}


def test_overview_tells_opened_answered_and_cancelled(member_client: Client, account: Account) -> None:
    TaskFactory.create(account=account, closed=True)
    TaskFactory.create(account=account, status=TaskStatus.CANCELLED, closed_at=NOW)
    TaskFactory.create(account=account)
    page = member_client.get(account.get_absolute_url())
    assert page.text.count("The agent asks: Contact needed") == 3
    assert page.text.count("Task answered: Contact needed") == 1
    assert page.text.count("Task cancelled: Contact needed") == 1
