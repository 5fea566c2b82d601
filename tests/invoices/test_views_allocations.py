"""Applying a credit note by hand, and taking it off again, on its page."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from billabex.core import clock
from invoices.models import Allocation
from tests.factories import AccountFactory, AllocationFactory, CreditNoteFactory, InvoiceFactory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from accounts.models import Account
    from billabex.organizations.models import Organization
    from invoices.models import CreditNote, Invoice

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    with clock.stopped_at(NOON):
        yield


@pytest.fixture
def account(organization: Organization) -> Account:
    return AccountFactory.create(organization=organization)


@pytest.fixture
def first(account: Account) -> Invoice:
    return InvoiceFactory.create(account=account, number="F-1", due_on=date(2026, 2, 4))


@pytest.fixture
def second(account: Account) -> Invoice:
    return InvoiceFactory.create(account=account, number="F-2", due_on=date(2026, 3, 4))


@pytest.fixture
def note(account: Account, first: Invoice, second: Invoice) -> CreditNote:
    """Return a note of 60 that settles the first invoice in part, as it would by itself."""
    note = CreditNoteFactory.create(account=account, number="A-1")
    AllocationFactory.create(invoice=first, credit_note=note, amount=Decimal(60))
    return note


def apply(client: Client, note: CreditNote, invoice: Invoice | None, amount: str) -> Any:
    data = {"invoice": invoice.pk if invoice else "", "amount": amount}
    return client.post(reverse("invoices:allocate", args=[note.pk]), data, follow=True)


def take_off(client: Client, note: CreditNote, invoice: str) -> Any:
    return client.post(reverse("invoices:remove-allocation", args=[note.pk]), {"invoice": invoice}, follow=True)


def applied() -> dict[str, Decimal]:
    return {one.invoice.number: one.amount for one in Allocation.objects.select_related("invoice")}


def test_the_page_offers_the_oldest_invoice_that_is_not_settled_by_it_yet(
    member_client: Client, account: Account, note: CreditNote, second: Invoice
) -> None:
    for other in ({"account": account, "currency": "USD"}, {"account__organization": account.organization}):
        InvoiceFactory.create(number="F-other", **other)
    InvoiceFactory.create(account=account, number="F-paid", paid_amount=Decimal(120))
    page = member_client.get(note.get_absolute_url())
    form = page.context["form"]
    assert [label for _, label in form.fields["invoice"].choices] == [
        "F-1, due Feb 4, 2026: €120.00 open",
        "F-2, due Mar 4, 2026: €120.00 open",
    ]
    assert (form["invoice"].value(), form["amount"].value()) == (str(second.pk), "60.00")
    assert "Apply to an invoice" in page.content.decode()


def test_the_page_does_not_suggest_where_the_note_was_taken_off(
    member_client: Client, account: Account, note: CreditNote, first: Invoice, second: Invoice
) -> None:
    third = InvoiceFactory.create(account=account, due_on=date(2026, 4, 1))
    note.kept_off.add(second)
    form = member_client.get(note.get_absolute_url()).context["form"]
    assert form["invoice"].value() == str(third.pk)


def test_applying_says_so_and_shows_that_it_was_by_hand(
    member_client: Client, note: CreditNote, second: Invoice
) -> None:
    page = apply(member_client, note, second, "45.50").content.decode()
    assert "€45.50 of A-1 is applied to F-2." in page
    assert "By hand" in page
    assert applied() == {"F-1": Decimal("14.50"), "F-2": Decimal("45.50")}


@pytest.mark.parametrize(
    ("amount", "sentence"),
    [
        ("", "This field is required."),
        ("much", "Enter an amount"),
        ("0", "more than zero"),
        ("60.01", "Credit note A-1 has €60.00 to apply at most."),
    ],
)
def test_an_amount_that_cannot_be_is_told_beside_its_field(
    member_client: Client, note: CreditNote, second: Invoice, amount: str, sentence: str
) -> None:
    answer = apply(member_client, note, second, amount)
    assert answer.status_code == 422
    assert sentence in answer.context["form"].errors["amount"][0]
    assert 'id="allocate" aria-labelledby="allocate-title" open' in answer.content.decode()
    assert applied() == {"F-1": 60}


def test_an_invoice_of_another_account_is_no_choice(
    member_client: Client, organization: Organization, note: CreditNote
) -> None:
    answer = apply(member_client, note, InvoiceFactory.create(account__organization=organization), "10")
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["invoice"])


def test_without_an_invoice_nothing_is_offered_but_asking_is_answered(member_client: Client, account: Account) -> None:
    note = CreditNoteFactory.create(account=account)
    assert "Apply to an invoice" not in member_client.get(note.get_absolute_url()).content.decode()
    assert apply(member_client, note, None, "10").status_code == 422


def test_the_form_opens_without_scripts_too(member_client: Client, note: CreditNote) -> None:
    page = member_client.get(reverse("invoices:allocate", args=[note.pk])).content.decode()
    assert 'id="allocate" aria-labelledby="allocate-title" open' in page


def test_taking_off_says_so_and_where_it_does_not_go_back(
    member_client: Client, note: CreditNote, first: Invoice
) -> None:
    page = take_off(member_client, note, str(first.pk)).content.decode()
    assert "A-1 is no longer applied to F-1, and goes back there only by hand." in page
    assert "Removed by hand, so no longer applied by itself:" in page
    assert applied() == {"F-2": 60}


@pytest.mark.parametrize("invoice", ["", "nonsense", "0198c0de-0000-7000-8000-000000000000"])
def test_taking_off_what_is_not_there_is_told(member_client: Client, note: CreditNote, invoice: str) -> None:
    page = take_off(member_client, note, invoice).content.decode()
    assert "This credit note is not applied to this invoice." in page
    assert applied() == {"F-1": 60}


def test_readers_see_where_it_went_and_no_way_to_change_it(
    read_only_client: Client, note: CreditNote, first: Invoice
) -> None:
    page = read_only_client.get(note.get_absolute_url()).content.decode()
    assert "F-1" in page
    for way in ("Apply to an invoice", "Remove", "remove-allocation", "<dialog"):
        assert way not in page
    for name in ("allocate", "remove-allocation"):
        assert read_only_client.post(reverse(f"invoices:{name}", args=[note.pk])).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_the_same_queries_whatever_its_history(
    member_client: Client, account: Account, note: CreditNote, django_assert_num_queries: Any, count: int
) -> None:
    for _ in range(count):
        invoice = InvoiceFactory.create(account=account, total_amount=Decimal(20))
        AllocationFactory.create(
            invoice=invoice,
            credit_note=CreditNoteFactory.create(account=account),
        )
        note.kept_off.add(invoice)
    with django_assert_num_queries(10):
        member_client.get(note.get_absolute_url())
