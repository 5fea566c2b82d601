"""Credit allocations by API: one for a pair, replaced and removed, never beyond what is left."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from billabex.core.ids import new_id
from invoices.models import Allocation, CreditNote, Invoice
from tests.factories import AccountFactory, AllocationFactory, CreditNoteFactory, InvoiceFactory

if TYPE_CHECKING:
    from collections.abc import Callable

    from accounts.models import Account
    from billabex.organizations.models import Membership, Organization
    from tests.api.conftest import Program

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(organization: Organization) -> Account:
    return AccountFactory.create(organization=organization, currency="EUR")


@pytest.fixture
def pair(account: Account) -> tuple[CreditNote, Invoice]:
    """Return a credit note of 60.00 and an invoice of 50.00 that it could settle."""
    invoice = InvoiceFactory.create(account=account, number="F-1", total_amount=Decimal(50))
    return CreditNoteFactory.create(account=account, number="A-1"), invoice


def body(pair: tuple[CreditNote, Invoice], **more: Any) -> dict[str, Any]:
    return {"creditNoteId": str(pair[0].pk), "invoiceId": str(pair[1].pk)} | more


def amounts() -> list[tuple[Decimal, bool]]:
    return list(Allocation.objects.values_list("amount", "is_automatic"))


def test_allocate_makes_repeats_and_replaces(program: Program, pair: tuple[CreditNote, Invoice]) -> None:
    first = program.post("/credit-allocations", body(pair, amount=30))
    allocation = Allocation.objects.get()
    assert first.status_code == 201, first.json()
    assert first.json() == {
        "id": str(allocation.pk),
        "creditNoteId": str(pair[0].pk),
        "invoiceId": str(pair[1].pk),
        "amount": 30.0,
        "allocatedDate": first.json()["allocatedDate"],
        "isAutomatic": False,
        "createdAt": first.json()["createdAt"],
    }
    again = program.post("/credit-allocations", body(pair, amount=30.000000000000004))
    assert (again.status_code, again.json()) == (200, first.json())
    other = program.post("/credit-allocations", body(pair, amount=12.5))
    assert (other.status_code, other.json()["amount"]) == (200, 12.5)
    assert amounts() == [(Decimal("12.5"), False)]


def test_allocate_what_came_by_itself_is_new_and_makes_it_give_way(
    program: Program, account: Account, pair: tuple[CreditNote, Invoice]
) -> None:
    note, invoice = pair
    other = InvoiceFactory.create(account=account, total_amount=Decimal(60))
    AllocationFactory.create(credit_note=note, invoice=other, amount=Decimal(60))
    assert program.post("/credit-allocations", body(pair, amount=50)).status_code == 201
    assert set(amounts()) == {(Decimal(50), False), (Decimal(10), True)}
    said = program.get(f"/credit-notes/{note.pk}").json()
    assert (said["status"], said["allocatedAmount"]) == ("Applied", 60.0)
    assert program.get(f"/invoices/{invoice.pk}").json()["status"] == "Paid"


@pytest.mark.parametrize("amount", [50.01, 60.01, 0, -1, 1.005, "10", None])
def test_allocate_an_amount_that_cannot_be_is_refused(
    program: Program, pair: tuple[CreditNote, Invoice], amount: object
) -> None:
    answer = program.post("/credit-allocations", body(pair, amount=amount))
    assert (answer.status_code, [one["field"] for one in answer.json()["details"]]) == (400, ["amount"])
    assert amounts() == []


def test_allocate_more_than_the_note_has_is_refused(program: Program, account: Account) -> None:
    large = InvoiceFactory.create(account=account, total_amount=Decimal(500))
    answer = program.post("/credit-allocations", body((CreditNoteFactory.create(account=account), large), amount=60.01))
    assert (answer.status_code, answer.json()["code"]) == (400, "app-invoices.amount.invalid")


def test_allocate_across_accounts_or_currencies_is_refused_by_field(
    program: Program, account: Account, organization: Organization
) -> None:
    note = CreditNoteFactory.create(account=account)
    elsewhere = InvoiceFactory.create(account__organization=organization)
    dollars = InvoiceFactory.create(account=account, currency="USD")
    for invoice, code in ((elsewhere, "other-account"), (dollars, "other-currency")):
        answer = program.post("/credit-allocations", body((note, invoice), amount=1))
        assert (answer.status_code, answer.json()["code"]) == (400, f"app-invoices.allocation.{code}")
        assert [one["field"] for one in answer.json()["details"]] == ["invoiceId"]


def test_remove_frees_the_credit(program: Program, pair: tuple[CreditNote, Invoice]) -> None:
    program.post("/credit-allocations", body(pair, amount=30))
    assert program.post("/credit-allocations/remove", body(pair)).status_code == 204
    assert amounts() == []
    answer = program.post("/credit-allocations/remove", body(pair))
    assert (answer.status_code, answer.json()["code"]) == (404, "app-invoices.allocation.not-found")


def test_remove_may_say_what_is_applied_and_is_refused_where_it_is_not(
    program: Program, pair: tuple[CreditNote, Invoice]
) -> None:
    program.post("/credit-allocations", body(pair, amount=30))
    answer = program.post("/credit-allocations/remove", body(pair, amount=20))
    assert (answer.status_code, [one["field"] for one in answer.json()["details"]]) == (400, ["amount"])
    assert amounts() == [(Decimal(30), False)]
    assert program.post("/credit-allocations/remove", body(pair, amount=30)).status_code == 204


def test_documents_of_others_or_of_nobody_are_not_found(
    program: Program, account: Account, outsider: Membership
) -> None:
    own = CreditNoteFactory.create(account=account), InvoiceFactory.create(account=account)
    theirs = AccountFactory.create(organization=outsider.organization)
    foreign = CreditNoteFactory.create(account=theirs), InvoiceFactory.create(account=theirs)
    nobody = CreditNote(pk=new_id()), Invoice(pk=new_id())
    for other in (foreign, nobody):
        for note, invoice in ((own[0], other[1]), (other[0], own[1]), other):
            for path in ("/credit-allocations", "/credit-allocations/remove"):
                assert program.post(path, body((note, invoice), amount=1)).status_code == 404
    assert amounts() == []


def test_another_systems_documents_are_refused(program: Program, account: Account) -> None:
    note = CreditNoteFactory.create(account=account, source_id="1", source_system="Elsewhere")
    answer = program.post("/credit-allocations", body((note, InvoiceFactory.create(account=account)), amount=1))
    assert (answer.status_code, answer.json()["code"]) == (409, "app-invoices.document.read-only")


def test_scopes_and_roles_are_asked_for(
    api: Callable[..., Program], pair: tuple[CreditNote, Invoice], read_only_member: Membership, owner: Membership
) -> None:
    for program in (api(owner, "credit-notes:read invoices:all"), api(read_only_member)):
        for path in ("/credit-allocations", "/credit-allocations/remove"):
            assert program.post(path, body(pair, amount=1)).status_code == 403
    assert amounts() == []
