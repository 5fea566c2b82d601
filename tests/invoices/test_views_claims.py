"""What a customer says of an invoice, noted down and decided on its page, with and without scripts."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from billabex.core import clock
from invoices.enums import DisputeSide
from invoices.models import Dispute, Invoice, PaymentDeclaration
from tests.factories import AccountFactory, DisputeFactory, InvoiceFactory, PaymentDeclarationFactory

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
    return InvoiceFactory.create(account=account, number="F-1")


@pytest.fixture
def declaration(invoice: Invoice) -> PaymentDeclaration:
    return PaymentDeclarationFactory.create(account=invoice.account, invoices=[invoice], statement="Next week")


def url(name: str, invoice: Invoice, *more: Any) -> str:
    return reverse(f"invoices:{name}", args=[invoice.pk, *more])


def test_a_dispute_is_noted_and_shown(member_client: Client, invoice: Invoice) -> None:
    given = {"reason": "NotReceived", "note": "The parcel never came"}
    page = member_client.post(url("dispute", invoice), given, follow=True)
    one = Dispute.objects.get()
    assert (one.invoice, one.reason, one.opened_by) == (invoice, "NotReceived", "Max Member")
    for part in ("F-1 is disputed", "Disputed: Not received", "The parcel never came", "Resolve the dispute"):
        assert part in page.text


def test_a_dispute_without_a_reason_is_told_beside_it(member_client: Client, invoice: Invoice) -> None:
    page = member_client.post(url("dispute", invoice), {"note": "Why, oh why"})
    assert page.status_code == 422
    assert set(page.context["dispute_form"].errors) == {"reason"}
    assert "Why, oh why" in page.text
    assert not Dispute.objects.exists()


def test_a_second_dispute_is_told_in_the_dialog(member_client: Client, invoice: Invoice) -> None:
    DisputeFactory.create(invoice=invoice)
    page = member_client.post(url("dispute", invoice), {"reason": "Other"})
    assert page.status_code == 422
    assert "This invoice is already disputed." in page.text
    assert Dispute.objects.count() == 1


@pytest.mark.parametrize(("side", "stays"), [(DisputeSide.CUSTOMER, True), (DisputeSide.ORGANIZATION, False)])
def test_a_dispute_is_resolved_for_either_side(
    member_client: Client, invoice: Invoice, side: DisputeSide, stays: bool
) -> None:
    DisputeFactory.create(invoice=invoice)
    given = {"in_favour_of": side, "note": "Seen with the carrier"}
    page = member_client.post(url("resolve-dispute", invoice), given, follow=True)
    assert Dispute.objects.get().in_favour_of == side
    assert "The dispute about F-1 is resolved." in page.text
    assert ("Resolved in the customer's favour" in page.text) is stays
    assert ("Seen with the carrier" in page.text) is stays


def test_a_finding_for_nobody_is_told_beside_it(member_client: Client, invoice: Invoice) -> None:
    DisputeFactory.create(invoice=invoice)
    page = member_client.post(url("resolve-dispute", invoice), {})
    assert page.status_code == 422
    assert set(page.context["finding_form"].errors) == {"in_favour_of"}
    assert Dispute.objects.get().is_open


def test_resolving_what_is_not_disputed_says_so(member_client: Client, invoice: Invoice) -> None:
    page = member_client.post(url("resolve-dispute", invoice), {"in_favour_of": "Customer"}, follow=True)
    assert "F-1 is not disputed." in page.text


@pytest.mark.parametrize(("covers", "numbers"), [("this", ["F-1"]), ("all", ["F-1", "F-2"])])
def test_an_announced_payment_is_noted_and_shown(
    member_client: Client, invoice: Invoice, covers: str, numbers: list[str]
) -> None:
    InvoiceFactory.create(account=invoice.account, number="F-2")
    given = {"promised_on": "2026-03-06", "covers": covers, "statement": "By Friday", "has_proof": "on"}
    page = member_client.post(url("announce-payment", invoice), given, follow=True)
    one = PaymentDeclaration.objects.get()
    assert (one.promised_on, one.has_proof, one.declared_by) == (date(2026, 3, 6), True, "Max Member")
    assert sorted(one.invoices.values_list("number", flat=True)) == numbers
    for part in ("the agent waits for it", "Payment announced for", "By Friday", "with proof of payment"):
        assert part in page.text


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"promised_on": "2026-03-01", "covers": "this"}, "promised_on"),
        ({"promised_on": "soon", "covers": "this"}, "promised_on"),
        ({"promised_on": "9999-01-01", "covers": "this"}, "promised_on"),
        ({"covers": "some"}, "covers"),
    ],
)
def test_an_announced_payment_that_cannot_be_is_told_beside_its_field(
    member_client: Client, invoice: Invoice, given: dict[str, str], field: str
) -> None:
    page = member_client.post(url("announce-payment", invoice), given)
    assert page.status_code == 422
    assert set(page.context["announcement_form"].errors) == {field}
    assert not PaymentDeclaration.objects.exists()


def test_what_became_of_an_announced_payment_is_noted(
    member_client: Client, invoice: Invoice, declaration: PaymentDeclaration
) -> None:
    address = url("decide-payment", invoice, declaration.pk)
    assert address in member_client.get(invoice.get_absolute_url()).text
    assert member_client.get(address).status_code == 200
    page = member_client.post(address, {"resolution": "PaymentReceived", "note": "On Monday"}, follow=True)
    declaration.refresh_from_db()
    assert (declaration.resolution, declaration.resolution_note) == ("PaymentReceived", "On Monday")
    assert "Next week" not in page.text


def test_what_somebody_decided_before_is_told(
    member_client: Client, invoice: Invoice, declaration: PaymentDeclaration
) -> None:
    address = url("decide-payment", invoice, declaration.pk)
    member_client.post(address, {"resolution": "PaymentReceived"})
    page = member_client.post(address, {"resolution": "ResumeAuthorized"})
    assert page.status_code == 422
    assert "Somebody has already decided about this payment." in page.text


def test_an_announced_payment_of_another_invoice_is_not_found(
    member_client: Client, invoice: Invoice, declaration: PaymentDeclaration
) -> None:
    other = InvoiceFactory.create(account=invoice.account)
    assert member_client.get(url("decide-payment", other, declaration.pk)).status_code == 404


@pytest.mark.parametrize(
    ("name", "dialog"),
    [("dispute", "dispute"), ("announce-payment", "announce-payment"), ("paid-amount", "paid-amount")],
)
def test_each_dialog_opens_without_scripts_too(member_client: Client, invoice: Invoice, name: str, dialog: str) -> None:
    text = member_client.get(url(name, invoice)).text
    opened = text[text.index(f'id="{dialog}"') :]
    assert " open " in opened[: opened.index(">")]


def test_controls_of_all_dialogs_have_ids_of_their_own(member_client: Client, invoice: Invoice) -> None:
    DisputeFactory.create(invoice=invoice)
    text = member_client.get(invoice.get_absolute_url()).text
    ids = [part.partition('"')[0] for part in text.split(' id="')[1:]]
    assert len(ids) == len(set(ids))


def test_readers_see_what_the_customer_says_and_no_way_to_decide(
    read_only_client: Client, invoice: Invoice, declaration: PaymentDeclaration
) -> None:
    DisputeFactory.create(invoice=invoice)
    text = read_only_client.get(invoice.get_absolute_url()).text
    assert "Disputed: Wrong amount" in text
    assert "Next week" in text
    assert "Resolve" not in text
    assert url("decide-payment", invoice, declaration.pk) not in text


def test_what_a_connection_governs_shows_why_and_no_way_to_change_it(member_client: Client, invoice: Invoice) -> None:
    governed = InvoiceFactory.create(account=invoice.account, source_id="X-1", source_system="Custom")
    text = member_client.get(governed.get_absolute_url()).text
    assert "connected through the API. Change it there." in text
    assert "Edit paid amount" not in text
    assert url("delete", governed) not in text
    assert url("dispute", governed) in text


def test_what_a_connection_governs_is_refused_with_the_reason(member_client: Client, invoice: Invoice) -> None:
    governed = InvoiceFactory.create(account=invoice.account, source_id="X-1", source_system="Custom")
    paid = member_client.post(url("paid-amount", governed), {"amount": "5", "paid_on": "2026-03-01"})
    assert paid.status_code == 422
    deleted = member_client.post(url("delete", governed), follow=True)
    assert "connected through the API. Change it there." in deleted.text
    governed.refresh_from_db()
    assert governed.paid_amount == 0


def test_the_account_shows_what_holds_its_invoices(
    member_client: Client, invoice: Invoice, declaration: PaymentDeclaration
) -> None:
    address = reverse("accounts:detail", args=[invoice.account_id])
    DisputeFactory.create(invoice=invoice)
    text = member_client.get(address).text
    for part in ("What the customer says", "disputed: Wrong amount", "Payment announced for", "1 invoice"):
        assert part in text
    Dispute.objects.all().delete()
    declaration.invoices.clear()
    assert "What the customer says" not in member_client.get(address).text


def test_the_account_remembers_what_was_said_and_decided(member_client: Client, invoice: Invoice) -> None:
    member_client.post(url("dispute", invoice), {"reason": "Other"})
    member_client.post(url("resolve-dispute", invoice), {"in_favour_of": "Organization"})
    member_client.post(url("announce-payment", invoice), {"covers": "this"})
    text = member_client.get(reverse("accounts:detail", args=[invoice.account_id])).text
    for title in ("Invoice disputed", "Dispute resolved", "Payment announced"):
        assert title in text
