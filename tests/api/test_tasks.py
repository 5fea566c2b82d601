"""Tasks in the API: listed, read, answered and cancelled."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from billabex.core import clock
from billabex.core.actors import ActorKind
from billabex.core.models import AuditEntry
from contacts.models import Contact
from tasks.enums import Answer, TaskStatus, TaskType
from tasks.models import Task
from tasks.services import Question, ask
from tests.factories import AccountFactory, ContactFactory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_django.fixtures import DjangoAssertNumQueries

    from accounts.models import Account
    from billabex.organizations.models import Membership, Organization
    from tests.api.conftest import Program

NOW = datetime(2026, 2, 18, 9, 30, tzinfo=UTC)
ASKED = (
    "I have no one to write to at Acme. Who should receive the reminders? "
    "Give me a name, an email address and a language; a sentence will do."
)
JANE = {"fullName": "Jane Doe", "email": "jane@acme.example", "language": "fr", "role": "Accountant"}


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with clock.stopped_at(NOW):
        yield


@pytest.fixture
def account(organization: Organization) -> Account:
    return AccountFactory.create(organization=organization, name="Acme")


@pytest.fixture
def task(account: Account) -> Task:
    """Return the agent's open question for a contact."""
    return asked(account)


@pytest.fixture
def proposal(account: Account) -> Task:
    """Return the agent's open question whether to send a formal notice."""
    ask([Question(account, TaskType.APPROVE_ACTION, "formal_notice", "formal_notice")])
    return Task.objects.get(type=TaskType.APPROVE_ACTION)


def asked(account: Account) -> Task:
    ask([Question(account, TaskType.NEED_CONTACTS, "no_contact")])
    return Task.objects.get(account=account)


def answer(program: Program, task: Task, **body: Any) -> Any:
    return program.post(f"/account-tasks/{task.pk}/interactions", body)


def refused(response: Any) -> tuple[int, str, list[str]]:
    body = response.json()
    return response.status_code, body["code"], [detail["field"] for detail in body["details"]]


# --- Read ---------------------------------------------------------------------------------------------------


def test_task_is_answered_with_its_conversation_and_schema(program: Program, task: Task) -> None:
    response = program.get(f"/account-tasks/{task.pk}")
    assert response.status_code == 200
    body = response.json()
    schema = body.pop("schema")
    [said] = task.interactions.all()
    assert body == {
        "id": str(task.pk),
        "organizationId": str(task.organization_id),
        "accountId": str(task.account_id),
        "type": "NeedContacts",
        "about": None,
        "status": "ActionRequired",
        "subject": "Contact needed",
        "message": ASKED,
        "interactions": [
            {
                "id": str(said.pk),
                "party": "Agent",
                "author": task.organization.agent_name,
                "text": ASKED,
                "createdAt": "2026-02-18T09:30:00Z",
            }
        ],
        "schemaVersion": 1,
        "answer": None,
        "createdAt": "2026-02-18T09:30:00Z",
        "closedAt": None,
        "updatedAt": "2026-02-18T09:30:00Z",
    }
    assert list(schema["properties"]) == ["fullName", "email", "language", "role"]


def test_task_speaks_the_language_of_the_user(api: Callable[..., Program], member: Membership, task: Task) -> None:
    member.user.language = "fr"
    member.user.save()
    body = api(member).get(f"/account-tasks/{task.pk}").json()
    assert body["message"] == body["interactions"][0]["text"] != ASKED


def test_list_of_an_account_is_the_newest_first_and_filtered(program: Program, task: Task, proposal: Task) -> None:
    asked(AccountFactory.create(organization=task.organization))

    def found(**query: str) -> list[str]:
        response = program.get("/account-tasks", accountId=task.account_id, **query)
        return [node["id"] for node in response.json()["nodes"]]

    assert found() == [str(proposal.pk), str(task.pk)]
    assert found(sort="createdAt") == [str(task.pk), str(proposal.pk)]
    assert found(type="ApproveAction") == [str(proposal.pk)]
    assert found(status="ActionRequired", first="1") == [str(proposal.pk)]
    assert found(status="Closed") == []


@pytest.mark.parametrize("count", [1, 3])
def test_search_costs_the_same_whatever_it_finds(
    program: Program, organization: Organization, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    tasks = [asked(AccountFactory.create(organization=organization)) for _ in range(count)]
    with django_assert_num_queries(3):  # memberships, tasks, interactions
        response = program.get("/account-tasks/search", organizationId=organization.pk)
    assert {node["id"] for node in response.json()["nodes"]} == {str(task.pk) for task in tasks}
    assert all(node["message"] for node in response.json()["nodes"])


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_an_account_costs_the_same_whatever_its_length(
    program: Program, account: Account, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    ask(Question(account, TaskType.APPROVE_ACTION, "formal_notice", f"thing {number}") for number in range(count))
    with django_assert_num_queries(4):  # memberships, account, tasks, interactions
        response = program.get("/account-tasks", accountId=account.pk)
    assert len(response.json()["nodes"]) == count


# --- Answered -----------------------------------------------------------------------------------------------


def test_answer_in_fields_creates_the_contact_and_closes_the_task(program: Program, task: Task) -> None:
    response = answer(program, task, schemaVersion=1, value=JANE)
    assert response.status_code == 201
    body = response.json()
    assert (body["status"], body["closedAt"]) == ("Closed", "2026-02-18T09:30:00Z")
    assert [one["party"] for one in body["interactions"]] == ["Agent", "Member", "Agent"]
    assert body["interactions"][1]["author"] == "Olive Owner (Sync)"
    assert body["interactions"][2]["text"].startswith("Thank you. I added Jane Doe <jane@acme.example> (Accountant)")
    contact = Contact.objects.get(account=task.account_id)
    assert (contact.full_name, contact.language, contact.is_primary) == ("Jane Doe", "fr", True)
    entry = AuditEntry.objects.get(action="task.answered")
    assert (entry.actor_kind, entry.actor_label) == (ActorKind.API_CLIENT, "Olive Owner (Sync)")


def test_answer_in_words_creates_the_contact_that_they_name(program: Program, task: Task) -> None:
    response = answer(program, task, text="Jane Doe, jane@acme.example, English")
    assert (response.status_code, response.json()["status"]) == (201, "Closed")
    assert Contact.objects.get(account=task.account_id).email == "jane@acme.example"


@pytest.mark.parametrize(("approved", "outcome"), [(True, Answer.YES), (False, Answer.NO)])
def test_answer_approves_or_refuses(program: Program, proposal: Task, approved: bool, outcome: Answer) -> None:
    response = answer(program, proposal, schemaVersion=1, value={"approved": approved, "note": "As agreed."})
    body = response.json()
    assert (response.status_code, body["status"], body["answer"]) == (201, "Closed", outcome.capitalize())
    assert body["interactions"][1]["text"].endswith("As agreed.")
    proposal.refresh_from_db()
    assert proposal.answer == outcome


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, [""]),
        ({"text": "Jane", "schemaVersion": 1, "value": JANE}, [""]),
        ({"value": JANE}, ["schemaVersion"]),
        ({"schemaVersion": 1}, ["value"]),
        ({"schemaVersion": 2, "value": JANE}, ["schemaVersion"]),
        ({"schemaVersion": 1, "value": JANE | {"email": "nobody"}}, ["value.email"]),
        ({"schemaVersion": 1, "value": JANE | {"language": "pl"}}, ["value.language"]),
        ({"schemaVersion": 1, "value": JANE | {"fullName": " ", "phone": "1"}}, ["value.fullName", "value.phone"]),
        ({"schemaVersion": 1, "value": {"approved": True}}, None),
        ({"schemaVersion": 1, "value": "Jane"}, ["value"]),
        ({"text": "no address in it"}, ["text"]),
        ({"answer": "yes"}, ["answer"]),
    ],
)
def test_answer_that_cannot_be_is_refused_by_its_field(
    program: Program, task: Task, body: dict[str, Any], fields: list[str] | None
) -> None:
    status, _, found = refused(answer(program, task, **body))
    assert status == 400
    assert fields is None or found == fields
    assert Task.objects.get().status == TaskStatus.ACTION_REQUIRED
    assert not Contact.objects.exists()


def test_answer_with_an_address_that_is_taken_is_refused(program: Program, task: Task) -> None:
    ContactFactory.create(account=task.account, email="jane@acme.example")
    assert refused(answer(program, task, schemaVersion=1, value=JANE)) == (409, "app-contacts.contact.email-taken", [])


def test_words_answer_no_question_of_yes_or_no(program: Program, proposal: Task) -> None:
    assert refused(answer(program, proposal, text="jane@acme.example")) == (409, "app-tasks.answer.wrong", [])


@pytest.mark.parametrize("body", [{"text": "jane@acme.example"}, {"schemaVersion": 1, "value": JANE}])
def test_closed_task_is_answered_no_more(program: Program, task: Task, body: dict[str, Any]) -> None:
    program.post(f"/account-tasks/{task.pk}/cancel")
    assert refused(answer(program, task, **body)) == (409, "app-tasks.task.closed", [])
    assert refused(program.post(f"/account-tasks/{task.pk}/cancel")) == (409, "app-tasks.task.closed", [])


def test_cancelled_task_keeps_the_reason(program: Program, task: Task) -> None:
    response = program.post(f"/account-tasks/{task.pk}/cancel", {"reason": "We write to them ourselves."})
    assert (response.status_code, response.json()["status"]) == (200, "Cancelled")
    assert response.json()["interactions"][-1]["text"] == "We write to them ourselves."


def test_cancelled_question_is_a_no(program: Program, proposal: Task) -> None:
    response = program.post(f"/account-tasks/{proposal.pk}/cancel")
    assert (response.json()["status"], response.json()["answer"]) == ("Cancelled", "No")


# --- Who may ------------------------------------------------------------------------------------------------


def test_tasks_of_others_are_not_found(api: Callable[..., Program], outsider: Membership, task: Task) -> None:
    stranger = api(outsider)
    for response in (
        stranger.get(f"/account-tasks/{task.pk}"),
        stranger.get("/account-tasks", accountId=task.account_id),
        stranger.get("/account-tasks", accountId=uuid4()),
        stranger.get("/account-tasks/search", organizationId=task.organization_id),
        answer(stranger, task, text="jane@acme.example"),
        stranger.post(f"/account-tasks/{task.pk}/cancel"),
    ):
        assert response.status_code == 404
        assert response.json()["message"].endswith("(404)")


def test_member_who_may_only_read_answers_nothing(
    api: Callable[..., Program], read_only_member: Membership, task: Task
) -> None:
    reader = api(read_only_member)
    assert reader.get(f"/account-tasks/{task.pk}").status_code == 200
    for response in (answer(reader, task, text="x@acme.example"), reader.post(f"/account-tasks/{task.pk}/cancel")):
        assert (response.status_code, response.json()["code"]) == (403, "app-api.member.read-only")


@pytest.mark.parametrize(("scopes", "reads"), [("tasks:read", 200), ("accounts:all communications:all", 403)])
def test_scope_is_asked_for(
    api: Callable[..., Program], member: Membership, task: Task, scopes: str, reads: int
) -> None:
    program = api(member, scopes)
    for response in (
        program.get(f"/account-tasks/{task.pk}"),
        program.get("/account-tasks", accountId=task.account_id),
        program.get("/account-tasks/search", organizationId=task.organization_id),
    ):
        assert response.status_code == reads
    for response in (answer(program, task, text="x@acme.example"), program.post(f"/account-tasks/{task.pk}/cancel")):
        assert (response.status_code, response.json()["code"]) == (403, "app-api.token.missing-scope")
