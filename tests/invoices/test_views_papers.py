"""The page of an invoice or a credit note, and what can be done there."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from billabex.core import clock
from invoices.models import Allocation, CreditNote, Invoice, Payment
from tests.factories import (
    AccountFactory,
    AllocationFactory,
    CommunicationFactory,
    CreditNoteFactory,
    DocumentFactory,
    InvoiceFactory,
    NamedInvoiceFactory,
    PaymentFactory,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from billabex.organizations.models import Organization

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    with clock.stopped_at(NOON):
        yield


@pytest.fixture
def invoice(organization: Organization) -> Invoice:
    account = AccountFactory.create(organization=organization, name="Acme SAS")
    document = DocumentFactory.create(organization=organization)
    return InvoiceFactory.create(account=account, number="F-1", document=document, purchase_order="PO-7")


@pytest.fixture
def note(invoice: Invoice) -> CreditNote:
    return AllocationFactory.create(invoice=invoice, credit_note__number="A-1").credit_note


def url(name: str, paper: Invoice | CreditNote) -> str:
    return reverse(f"invoices:{name}", args=[paper.pk])


def pay(client: Client, invoice: Invoice, **changes: Any) -> Any:
    data = {"amount": "50", "paid_on": "2026-03-01", "note": "Transfer"}
    return client.post(url("paid-amount", invoice), data | changes)


def test_invoice_shows_its_facts_payments_and_credit(member_client: Client, invoice: Invoice, note: CreditNote) -> None:
    pay(member_client, invoice)
    page = member_client.get(invoice.get_absolute_url()).content.decode()
    for part in ("F-1", "Acme SAS", "PO-7", "Overdue", "Partially paid", "€120.00", "€60.00", "Transfer", "Max Member"):
        assert part in page
    assert note.get_absolute_url() in page
    assert reverse("invoices:document", args=[invoice.document_id]) in page
    assert reverse("invoices:page-image", args=[invoice.document_id, 1]) in page


def test_invoice_says_to_which_address_it_was_billed(member_client: Client, organization: Organization) -> None:
    invoice = InvoiceFactory.create(
        account__organization=organization,
        billing_name="Acme GmbH",
        billing_street="Gasse 1",
        billing_postal_code="10115",
        billing_city="Berlin",
        billing_state_or_province="",
        billing_country="DE",
    )
    page = member_client.get(invoice.get_absolute_url()).content.decode()
    assert "Acme GmbH\nGasse 1\n10115 Berlin\nGermany</span>" in page


def test_invoice_without_a_pdf_shows_none(member_client: Client, organization: Organization) -> None:
    invoice = InvoiceFactory.create(account__organization=organization)
    assert "/pages/1.png" not in member_client.get(invoice.get_absolute_url()).content.decode()


def test_invoice_leads_to_the_newer_and_the_older(member_client: Client, invoice: Invoice) -> None:
    newer = InvoiceFactory.create(account=invoice.account, issued_on=invoice.issued_on + timedelta(days=1))
    page = member_client.get(invoice.get_absolute_url())
    assert (page.context["newer"], page.context["older"]) == (newer, None)
    assert newer.get_absolute_url() in page.content.decode()


def test_invoice_shows_the_messages_that_named_it_newest_first(member_client: Client, invoice: Invoice) -> None:
    assert "No message has named this invoice yet." in member_client.get(invoice.get_absolute_url()).content.decode()
    for day, subject in ((10, "First"), (24, "Second")):
        NamedInvoiceFactory.create(
            invoice=invoice,
            communication__account=invoice.account,
            communication__sent=True,
            communication__planned_on=date(2026, 2, day),
            communication__subject=f"{subject} reminder",
        )
    CommunicationFactory.create(account=invoice.account, sent=True, subject="About nothing")
    page = member_client.get(invoice.get_absolute_url()).content.decode()
    assert page.index("Second reminder") < page.index("First reminder")
    assert "About nothing" not in page


@pytest.mark.parametrize("name", ["detail", "credit-note"])
def test_page_is_only_for_its_organization(
    outsider_client: Client, client: Client, invoice: Invoice, note: CreditNote, name: str
) -> None:
    address = url(name, invoice if name == "detail" else note)
    assert outsider_client.get(address).status_code == 404
    assert client.get(address)["Location"] == f"/sign-in/?next={address}"


@pytest.mark.parametrize("name", ["paid-amount", "delete", "delete-credit-note"])
def test_writing_is_only_for_members_who_may(
    outsider_client: Client, read_only_client: Client, client: Client, invoice: Invoice, note: CreditNote, name: str
) -> None:
    address = url(name, note if name == "delete-credit-note" else invoice)
    assert outsider_client.post(address).status_code == 404
    assert read_only_client.post(address).status_code == 403
    assert client.post(address).status_code == 302
    assert (Invoice.objects.count(), CreditNote.objects.count(), Payment.objects.count()) == (1, 1, 0)


def test_readers_see_no_way_to_write(read_only_client: Client, invoice: Invoice, note: CreditNote) -> None:
    for paper in (invoice, note):
        page = read_only_client.get(paper.get_absolute_url()).content.decode()
        assert "<dialog" not in page
        assert "/delete/" not in page


def test_paid_amount_is_saved_with_date_and_note(member_client: Client, invoice: Invoice) -> None:
    answer = pay(member_client, invoice, amount="1,020.50")
    assert answer["Location"] == invoice.get_absolute_url()
    payment = Payment.objects.get()
    assert (payment.amount, payment.paid_on, payment.note, payment.recorded_by) == (
        Decimal("1020.50"),
        date(2026, 3, 1),
        "Transfer",
        "Max Member",
    )
    assert "Overpaid" in member_client.get(invoice.get_absolute_url()).content.decode()


def test_paid_amount_opens_with_what_is_paid_even_without_scripts(member_client: Client, invoice: Invoice) -> None:
    pay(member_client, invoice)
    page = member_client.get(url("paid-amount", invoice))
    assert page.context["paid_form"]["amount"].value() == "50.00"
    assert 'id="paid-amount" aria-labelledby="paid-amount-title" open' in page.content.decode()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"amount": "-1"}, "amount"),
        ({"amount": "1.005"}, "amount"),
        ({"amount": "much"}, "amount"),
        ({"amount": ""}, "amount"),
        ({"amount": "9999999999999"}, "amount"),
        ({"paid_on": "2026-03-03"}, "paid_on"),
        ({"paid_on": "soon"}, "paid_on"),
    ],
)
def test_paid_amount_that_cannot_be_is_told_beside_its_field(
    member_client: Client, invoice: Invoice, change: dict[str, str], field: str
) -> None:
    answer = pay(member_client, invoice, **change)
    assert answer.status_code == 422
    assert field in answer.context["paid_form"].errors
    assert "Transfer" in answer.content.decode()
    assert not Payment.objects.exists()


def test_paid_amount_that_another_recorded_meanwhile_is_shown_and_nothing_is_stored(
    member_client: Client, owner_client: Client, invoice: Invoice
) -> None:
    shown = str(member_client.get(invoice.get_absolute_url()).context["paid_form"]["shown"].value())
    pay(owner_client, invoice, amount="1,000", shown=shown)
    answer = pay(member_client, invoice, amount="500", shown=shown)
    assert answer.status_code == 422
    assert "€1,000.00 was recorded meanwhile by Olive Owner. Check and save again." in answer.text
    form = answer.context["paid_form"]
    assert (form["amount"].value(), str(form["shown"].value())) == ("1,000.00", "1000.00")
    assert "Transfer" in answer.text
    assert [payment.amount for payment in Payment.objects.all()] == [1000]
    assert pay(member_client, invoice, amount="1,500", shown="1000.00").status_code == 302
    assert Invoice.objects.get().paid_amount == 1500


def test_paid_amount_typed_over_one_that_was_never_there_is_refused(member_client: Client, invoice: Invoice) -> None:
    answer = pay(member_client, invoice, shown="5")
    assert answer.status_code == 422
    assert "Another paid amount was recorded meanwhile. Check and save again." in answer.text
    assert not Payment.objects.exists()


def test_paid_amount_that_another_recorded_likewise_is_saved_once(member_client: Client, invoice: Invoice) -> None:
    for _click in range(2):
        assert pay(member_client, invoice, shown="0.00").status_code == 302
    assert Payment.objects.count() == 1


def test_delete_says_what_goes_and_then_it_goes(member_client: Client, invoice: Invoice, note: CreditNote) -> None:
    pay(member_client, invoice)
    page = member_client.get(invoice.get_absolute_url()).content.decode()
    assert "Its payment history goes too: €50.00 recorded as paid." in page
    assert "The €60.00 of credit applied to it go back" in page
    assert member_client.get(url("delete", invoice)).status_code == 405
    assert member_client.post(url("delete", invoice))["Location"] == "/invoices/"
    assert not Invoice.objects.exists()
    assert member_client.post(url("delete", invoice)).status_code == 404


def test_credit_note_shows_where_it_was_applied(member_client: Client, invoice: Invoice, note: CreditNote) -> None:
    page = member_client.get(note.get_absolute_url()).content.decode()
    for part in ("A-1", "Acme SAS", "Partially applied", "€60.00", "€50.00", "€10.00", invoice.get_absolute_url()):
        assert part in page


def test_credit_note_not_applied_yet_says_what_happens_next(member_client: Client, organization: Organization) -> None:
    note = CreditNoteFactory.create(account__organization=organization)
    assert "next invoice in this currency" in member_client.get(note.get_absolute_url()).content.decode()


def test_deleted_credit_note_says_what_is_owed_again(member_client: Client, invoice: Invoice, note: CreditNote) -> None:
    assert "€10.00 it settled are owed again" in member_client.get(note.get_absolute_url()).content.decode()
    assert member_client.post(url("delete-credit-note", note))["Location"] == "/credit-notes/"
    assert not Allocation.objects.exists()
    assert Invoice.objects.get().remaining_amount == 120


@pytest.mark.parametrize("count", [1, 3])
def test_invoice_takes_the_same_queries_whatever_its_history(
    member_client: Client, invoice: Invoice, django_assert_max_num_queries: Any, count: int
) -> None:
    for index in range(count):
        PaymentFactory.create(invoice=invoice, amount=Decimal(index + 1))
        AllocationFactory.create(invoice=invoice, amount=Decimal(1))
    with django_assert_max_num_queries(30):  # 12 of its own; the others are the agent's, which says what happens next
        member_client.get(invoice.get_absolute_url())


def test_open_invoice_says_what_happens_next(member_client: Client, invoice: Invoice) -> None:
    assert "the agent waits for a contact" in member_client.get(invoice.get_absolute_url()).text
    pay(member_client, invoice, amount=str(invoice.total_amount))
    assert "What happens next" not in member_client.get(invoice.get_absolute_url()).text
