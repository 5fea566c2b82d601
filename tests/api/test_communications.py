"""Communications in the API: read and listed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from billabex.agent.cycle import plan_accounts
from billabex.core import clock
from communications.enums import DeliveryStatus, Status
from communications.models import Communication
from tests.factories import (
    AccountFactory,
    CommunicationFactory,
    ContactFactory,
    InvoiceFactory,
    NamedInvoiceFactory,
    RecipientFactory,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_django.fixtures import DjangoAssertNumQueries

    from accounts.models import Account
    from billabex.organizations.models import Membership, Organization
    from tests.api.conftest import Program

NOW = datetime(2026, 2, 18, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with clock.stopped_at(NOW):
        yield


@pytest.fixture
def account(organization: Organization) -> Account:
    return AccountFactory.create(organization=organization, name="Acme")


def message(account: Account, day: int = 18, **fields: Any) -> Communication:
    """Return a message to Jane about one invoice."""
    made: Communication = CommunicationFactory.create(account=account, planned_on=date(2026, 2, day), **fields)
    RecipientFactory.create(communication=made, contact__full_name="Jane Doe", name="Jane Doe")
    NamedInvoiceFactory.create(communication=made)
    return made


def planned(account: Account) -> Communication:
    """Return the follow-up that the agent itself has planned to Jane for an overdue invoice."""
    ContactFactory.create(account=account, full_name="Jane Doe", email="jane@acme.example", language="en")
    InvoiceFactory.create(account=account, number="F-2", issued_on=date(2026, 1, 5), total_amount=Decimal(120))
    plan_accounts(account.organization, [account.pk], now=NOW)
    return Communication.objects.plans().get(account=account)


def listed(program: Program, account: Account, **query: Any) -> list[str]:
    answer = program.get("/communications", organizationId=account.organization_id, **query)
    assert answer.status_code == 200, answer.json()
    return [node["id"] for node in answer.json()["nodes"]]


# --- One ----------------------------------------------------------------------------------------------------


def test_sent_message_is_answered_word_for_word(program: Program, account: Account) -> None:
    sent = message(account, sent=True, body_html="<p>Hello,</p>", reasons=[])
    [named] = sent.named_invoices.all()
    [jane] = sent.recipients.all()
    answer = program.get(f"/communications/{sent.pk}")
    assert answer.status_code == 200
    assert answer.json() == {
        "id": str(sent.pk),
        "organizationId": str(account.organization_id),
        "accountId": str(account.pk),
        "direction": "Outgoing",
        "channel": "Email",
        "status": "Sent",
        "deliveryStatus": "Pending",
        "failure": None,
        "kind": "FollowUp",
        "step": 1,
        "tone": "Courteous",
        "language": "en",
        "author": "Agent",
        "from": {
            "contactId": None,
            "name": f"{account.organization.agent_name} (Atelier Nord)",
            "address": answer.json()["from"]["address"],
        },
        "to": [{"contactId": str(jane.contact_id), "name": "Jane Doe", "address": jane.address}],
        "cc": [],
        "subject": "Your invoice",
        "invoices": [
            {
                "id": str(named.invoice_id),
                "number": named.number,
                "dueDate": {"year": named.due_on.year, "month": named.due_on.month, "day": named.due_on.day},
                "currencyCode": "EUR",
                "totalAmount": float(named.total_amount),
                "remainingAmount": float(named.remaining_amount),
            }
        ],
        "scheduledFor": {"year": 2026, "month": 2, "day": 18},
        "scheduledAt": "2026-02-18T09:00:00Z",
        "sentAt": "2026-02-18T09:00:00Z",
        "createdAt": "2026-02-18T09:30:00Z",
        "updatedAt": "2026-02-18T09:30:00Z",
        "body": "Hello,\n\nWe have not received your payment yet.",
        "bodyHtml": "<p>Hello,</p>",
        "isPreview": False,
        "why": None,
    }


def test_planned_message_is_worded_for_whoever_reads_it(program: Program, account: Account) -> None:
    plan = planned(account)
    answer = program.get(f"/communications/{plan.pk}").json()
    invoice = account.invoices.get()
    assert (answer["status"], answer["isPreview"], answer["deliveryStatus"]) == ("Scheduled", True, None)
    assert "F-2" in answer["body"]
    assert "F-2" in answer["bodyHtml"]
    assert answer["subject"]
    assert "agent will write to Jane Doe" in answer["why"]
    [named] = answer["invoices"]
    assert (named["id"], named["totalAmount"], named["remainingAmount"]) == (str(invoice.pk), 120.0, 120.0)


def test_plan_whose_reason_is_gone_has_no_words(program: Program, account: Account) -> None:
    plan = planned(account)
    account.contacts.all().delete()
    answer = program.get(f"/communications/{plan.pk}").json()
    assert (answer["body"], answer["bodyHtml"], answer["invoices"]) == (None, None, [])


def test_received_message_says_who_wrote_it(program: Program, account: Account) -> None:
    received = CommunicationFactory.create(account=account, received=True, planned_on=NOW.date())
    RecipientFactory.create(communication=received, field="from", contact=None, name="", address="jane@acme.example")
    answer = program.get(f"/communications/{received.pk}").json()
    assert answer["from"] == {"contactId": None, "name": None, "address": "jane@acme.example"}
    assert (answer["direction"], answer["author"], answer["to"], answer["step"]) == ("Incoming", "Customer", [], None)


def test_failed_message_says_why(program: Program, account: Account) -> None:
    answer = program.get(f"/communications/{message(account, failed=True).pk}").json()
    assert (answer["status"], answer["deliveryStatus"], answer["failure"]) == ("Failed", "Failed", "Refused")


# --- Many ---------------------------------------------------------------------------------------------------


def test_list_is_the_latest_first_and_leaves_texts_out(program: Program, account: Account) -> None:
    old, new = message(account, 10, sent=True), message(account, 17, sent=True)
    answer = program.get("/communications", organizationId=account.organization_id).json()
    assert [node["id"] for node in answer["nodes"]] == [str(new.pk), str(old.pk)]
    assert answer["pageInfo"] == {"endCursor": None}
    whole = program.get(f"/communications/{new.pk}").json()
    for name in ("body", "bodyHtml", "isPreview", "why"):
        whole.pop(name)
    assert answer["nodes"][0] == whole


def test_list_does_not_word_what_is_planned(program: Program, account: Account) -> None:
    planned(account)
    [node] = program.get("/communications", organizationId=account.organization_id).json()["nodes"]
    assert (node["status"], node["subject"], node["invoices"]) == ("Scheduled", None, None)
    assert [one["name"] for one in node["to"]] == ["Jane Doe"]


def test_list_shows_the_words_that_are_fixed(program: Program, account: Account) -> None:
    message(account, composed=True)
    [node] = program.get("/communications", organizationId=account.organization_id).json()["nodes"]
    assert (node["subject"], len(node["invoices"]), node["kind"], node["author"]) == (
        "Your invoice",
        1,
        "Message",
        "Member",
    )


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_whatever_its_length(
    program: Program, account: Account, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for day in range(count):
        message(account, 10 + day, sent=True)
    planned(AccountFactory.create(organization=account.organization))
    with django_assert_num_queries(4):  # memberships, messages, recipients, named invoices
        assert len(listed(program, account)) == count + 1


def test_list_is_filtered(program: Program, account: Account) -> None:
    other = AccountFactory.create(organization=account.organization)
    sent, failed = message(account, sent=True), message(other, failed=True)
    received = CommunicationFactory.create(account=other, received=True)
    scheduled = message(other)
    asked: list[tuple[dict[str, Any], set[Communication]]] = [
        ({"accountId": account.pk}, {sent}),
        ({"direction": "Incoming"}, {received}),
        ({"direction": "Outgoing"}, {sent, failed, scheduled}),
        ({"channel": "Email"}, {sent, failed, scheduled, received}),
        ({"status": "Scheduled"}, {scheduled}),
        ({"deliveryStatus": "Pending"}, {sent}),
        ({"deliveryStatus": "Failed"}, {failed}),
        ({"accountId": uuid4()}, set()),
    ]
    for query, found in asked:
        assert set(listed(program, account, **query)) == {str(one.pk) for one in found}, query


def test_list_is_filtered_by_day_of_the_organization(program: Program, account: Account) -> None:
    """The zone is an hour ahead: what left at 23:30 UTC on the 16th left on the 17th."""
    late = message(account, 17, sent=True, scheduled_for=datetime(2026, 2, 16, 23, 30, tzinfo=UTC))
    next_one = message(account, 18, sent=True)
    assert listed(program, account, **{"from": "2026-02-17", "to": "2026-02-17"}) == [str(late.pk)]
    assert listed(program, account, **{"from": "2026-02-18"}) == [str(next_one.pk)]
    assert listed(program, account, to="2026-02-16") == []


def test_list_is_paged_in_either_order(program: Program, account: Account) -> None:
    sent = [message(account, day, sent=True) for day in (10, 11, 12)]
    first = program.get("/communications", organizationId=account.organization_id, sort="at", first=2).json()
    cursor = first["pageInfo"]["endCursor"]
    found = [node["id"] for node in first["nodes"]] + listed(program, account, sort="at", first=2, after=cursor)
    assert found == [str(one.pk) for one in sent]


def test_every_delivery_status_tells_apart_statuses_of_messages_that_left() -> None:
    known = {Communication(status=status).delivery_status for status in Status}
    assert known == {None, *DeliveryStatus}
    assert Communication(status=Status.CANCELLED).delivery_status is None


# --- Who may ------------------------------------------------------------------------------------------------


def test_messages_of_others_are_not_found(api: Callable[..., Program], outsider: Membership, account: Account) -> None:
    stranger, own = api(outsider), message(account)
    for answer in (
        stranger.get(f"/communications/{own.pk}"),
        stranger.patch(f"/communications/{own.pk}", {"subject": "x"}),
        stranger.delete(f"/communications/{own.pk}"),
        stranger.post(f"/communications/{own.pk}/send-now"),
        stranger.post(f"/accounts/{account.pk}/communications", {}),
        stranger.get("/communications", organizationId=account.organization_id),
    ):
        assert answer.status_code == 404
        assert answer.json()["message"].endswith("(404)")


@pytest.mark.parametrize("scopes", ["communications:read", "accounts:all dunning:manage tasks:all"])
def test_scope_is_asked_for(api: Callable[..., Program], member: Membership, account: Account, scopes: str) -> None:
    program, own = api(member, scopes), message(account, sent=True)
    reads = 200 if "communications" in scopes else 403
    assert program.get(f"/communications/{own.pk}").status_code == reads
    assert program.get("/communications", organizationId=account.organization_id).status_code == reads
    for answer in (
        program.patch(f"/communications/{own.pk}", {}),
        program.delete(f"/communications/{own.pk}"),
        program.post(f"/communications/{own.pk}/send-now"),
        program.post(f"/accounts/{account.pk}/communications", {}),
    ):
        assert (answer.status_code, answer.json()["code"]) == (403, "app-api.token.missing-scope")


def test_member_who_may_only_read_changes_nothing(
    api: Callable[..., Program], read_only_member: Membership, account: Account
) -> None:
    program, plan = api(read_only_member), message(account)
    assert program.get(f"/communications/{plan.pk}").status_code == 200
    for answer in (
        program.patch(f"/communications/{plan.pk}", {"subject": "x"}),
        program.delete(f"/communications/{plan.pk}"),
        program.post(f"/communications/{plan.pk}/send-now"),
        program.post(f"/accounts/{account.pk}/communications", {}),
    ):
        assert (answer.status_code, answer.json()["code"]) == (403, "app-api.member.read-only")
