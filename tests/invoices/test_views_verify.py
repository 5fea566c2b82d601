"""Verify: what was read, where it stands, what is odd about it, and what a person makes of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from accounts.models import Account
from invoices.models import CreditNote, Document, Invoice
from invoices.reading import Source
from invoices.views.origins import WORDS
from tests.factories import AccountFactory, ContactFactory, InvoiceFactory, MembershipFactory
from tests.invoices.flow import uploaded, url, verify
from tests.invoices.pdfs import invoice_pdf, needs_samples, sample, scan_pdf, text_pdf

if TYPE_CHECKING:
    from django.test import Client

    from billabex.organizations.models import Organization

pytestmark = pytest.mark.usefixtures("noon")

ACCOUNT = {"match_key": "brasserie du port", "name": "Brasserie du Port"}


def test_verify_prefills_what_was_read_and_says_from_where(member_client: Client, document: Document) -> None:
    answer = member_client.get(url("verify", document))
    form, origins = answer.context["form"], answer.context["origins"]
    assert (form["number"].value(), form["total"].value(), form["company"].value()) == (
        "F-2026-0042",
        "1,200.00",
        "Brasserie du Port SAS",
    )
    assert form["due_on"].value() == date(2026, 2, 4)
    assert "paid" not in origins  # nothing was read, nothing is filled in
    page = answer.content.decode()
    assert url("page-image", document, 1) in page
    assert '<a href="#place-number">Read from the page</a>' in page


def test_verify_shows_where_each_value_stands_on_its_page(member_client: Client, document: Document) -> None:
    answer = member_client.get(url("verify", document))
    places = {place.field.name: place for place in answer.context["places"]}
    number, total = places["number"], places["total"]
    # The PDF prints them in the fourth and the last line, from 60 of 595 points on.
    assert (number.page, total.page) == (1, 1)
    assert 100 < number.x < 250
    assert 100 < number.y < number.y + number.height < total.y < 400
    page = answer.content.decode()
    assert f'<rect class="place" id="place-total" x="{total.x}" y="{total.y}"' in page
    assert 'href="#id_total"' in page


def test_verify_shows_the_smaller_of_two_places_on_top(member_client: Client, document: Document) -> None:
    places = member_client.get(url("verify", document)).context["places"]
    sizes = [place.width * place.height for place in places]
    assert sizes == sorted(sizes, reverse=True)


def test_verify_value_typed_anew_stands_nowhere(member_client: Client, document: Document) -> None:
    answer = verify(member_client, document, number="F-43", total="a lot")
    assert (str(answer.context["origins"]["number"]), str(answer.context["origins"]["total"])) == ("Typed", "Typed")
    named = {place.field.name for place in answer.context["places"]}
    assert named.isdisjoint({"number", "total"})
    assert "issued_on" in named


def test_verify_due_date_by_printed_terms_stands_where_they_are_printed(
    member_client: Client, organization: Organization
) -> None:
    content = text_pdf(
        "Facture n° F-1", "Date : 05/01/2026", "Conditions de paiement : 30 jours", "Total TTC : 12,00 €"
    )
    answer = member_client.get(url("verify", uploaded(organization, content)))
    assert answer.context["form"]["due_on"].value() == date(2026, 2, 4)
    assert answer.context["origins"]["due_on"] == '<a href="#place-due_on">From the payment terms</a>'


def test_every_source_has_words() -> None:
    assert set(Source) <= WORDS.keys()


@needs_samples
def test_verify_says_that_embedded_data_was_taken(member_client: Client, organization: Organization) -> None:
    document = uploaded(organization, sample("akretion-facturx--invoice_EN16931"))
    answer = member_client.get(url("verify", document))
    assert answer.context["origins"]["total"] == '<a href="#place-total">Embedded data</a>'
    assert "This document was issued by LE FOURNISSEUR" in answer.content.decode()


def test_verify_marks_the_default_due_date(member_client: Client, organization: Organization) -> None:
    document = uploaded(organization, invoice_pdf(due_on=None))
    origins = member_client.get(url("verify", document)).context["origins"]
    assert str(origins["due_on"]) == "Your organization's default"


def test_verify_scan_is_typed_beside_the_picture(member_client: Client, organization: Organization) -> None:
    document = uploaded(organization, scan_pdf())
    assert "This PDF is a scan without text" in member_client.get(url("verify", document)).content.decode()
    typed = {
        "number": "S-1",
        "issued_on": "2026-01-05",
        "due_on": "2026-02-04",
        "total": "99.90",
        "company": "Scan Ltd",
    }
    verify(member_client, document, **typed)
    invoice = Invoice.objects.get()
    assert (invoice.number, invoice.total_amount, invoice.account.name) == ("S-1", Decimal("99.90"), "Scan Ltd")


def test_validated_new_account_leads_to_its_first_contact(member_client: Client, document: Document) -> None:
    answer = verify(member_client, document)
    assert (answer.status_code, answer["Location"]) == (302, url("contact", document))
    invoice = Invoice.objects.get()
    assert (invoice.number, invoice.total_amount, invoice.validated_by) == ("F-2026-0042", 1200, "Max Member")


def test_validated_account_with_a_usable_contact_leads_to_the_invoice(
    member_client: Client, document: Document, organization: Organization
) -> None:
    account = AccountFactory.create(organization=organization, **ACCOUNT)
    ContactFactory.create(account=account)
    assert verify(member_client, document)["Location"] == Invoice.objects.get().get_absolute_url()
    assert Invoice.objects.get().account == account


def test_validated_account_whose_contact_bounced_leads_to_another_contact(
    member_client: Client, document: Document, organization: Organization
) -> None:
    ContactFactory.create(account=AccountFactory.create(organization=organization, **ACCOUNT), email_status="Bounced")
    assert verify(member_client, document)["Location"] == url("contact", document)


def test_verify_can_switch_to_a_credit_note(member_client: Client, document: Document) -> None:
    verify(member_client, document, kind="credit_note", due_on="")
    assert CreditNote.objects.get().number == "F-2026-0042"
    assert not Invoice.objects.exists()


def test_verify_can_create_another_account_of_the_same_name(
    member_client: Client, document: Document, organization: Organization
) -> None:
    known = AccountFactory.create(organization=organization, **ACCOUNT)
    verify(member_client, document, account="new")
    assert Account.objects.count() == 2
    assert Invoice.objects.get().account != known


def test_verify_near_match_is_asked_and_stays_open_until_answered(
    member_client: Client, document: Document, organization: Organization
) -> None:
    near = AccountFactory.create(organization=organization, name="Brasserie du Fort", match_key="brasserie du fort")
    assert "This account has nearly the same name" in member_client.get(url("verify", document)).content.decode()
    answer = verify(member_client, document)
    assert answer.status_code == 422
    assert "account" in answer.context["form"].errors
    verify(member_client, document, account=str(near.pk))
    assert Invoice.objects.get().account == near


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"total": "a lot"}, "total"),
        ({"total": "0"}, "total"),
        ({"total": "12.345"}, "total"),
        ({"tax": "1300"}, "tax"),
        ({"paid": "-5"}, "paid"),
        ({"due_on": ""}, "due_on"),
        ({"due_on": "2026-01-04"}, "due_on"),
        ({"issued_on": "yesterday"}, "issued_on"),
        ({"currency": "XXQ"}, "currency"),
        ({"number": " "}, "number"),
        ({"company": ""}, "company"),
        ({"account": "nobody"}, "account"),
        ({"kind": "receipt"}, "kind"),
    ],
)
def test_verify_bad_input_is_told_beside_its_field_and_nothing_is_lost(
    member_client: Client, document: Document, change: dict[str, str], field: str
) -> None:
    answer = verify(member_client, document, purchase_order="PO-7", **change)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    page = answer.content.decode()
    assert "PO-7" in page
    assert "Typed" in page
    assert not Invoice.objects.exists()
    assert not Account.objects.exists()


def test_verify_taken_number_is_warned_of_and_refused(
    member_client: Client, document: Document, organization: Organization
) -> None:
    account = AccountFactory.create(organization=organization, **ACCOUNT)
    taken = InvoiceFactory.create(account=account, number="F-2026-0042")
    page = member_client.get(url("verify", document)).content.decode()
    assert "This number is taken" in page
    assert taken.get_absolute_url() in page
    answer = verify(member_client, document)
    assert answer.status_code == 422
    assert "number" in answer.context["form"].errors


def test_verify_refused_number_links_to_the_document_that_has_it(
    member_client: Client, document: Document, organization: Organization
) -> None:
    account = AccountFactory.create(organization=organization, **ACCOUNT)
    taken = InvoiceFactory.create(account=account, number="F-7")
    answer = verify(member_client, document, number=" F-7 ")
    assert answer.status_code == 422
    assert taken.get_absolute_url() in answer.content.decode()
    assert not CreditNote.objects.exists()
    verify(member_client, document, number="F-7", kind="credit_note")  # another kind has numbers of its own
    assert CreditNote.objects.get().number == "F-7"


def test_verify_unknown_currency_is_told_and_has_to_be_chosen(
    member_client: Client, document: Document, organization: Organization
) -> None:
    document.reading["currency"]["value"] = "XXQ"
    Document.objects.filter(pk=document.pk).update(reading=document.reading)
    answer = member_client.get(url("verify", document))
    assert "The document says “XXQ”, which is not a currency." in answer.content.decode()
    assert answer.context["form"]["currency"].value() == ""
    assert "currency" in verify(member_client, document).context["form"].errors
    verify(member_client, document, currency="CHF")
    assert Invoice.objects.get().currency == "CHF"


def test_verify_scan_that_was_recognised_is_to_be_compared(member_client: Client, document: Document) -> None:
    Document.objects.filter(pk=document.pk).update(reading=document.reading | {"parser": "ocr"})
    answer = member_client.get(url("verify", document))
    assert "This PDF is a scan" in answer.content.decode()
    assert answer.context["origins"]["number"] == '<a href="#place-number">Read from the scan</a>'


def test_verify_figures_that_contradict_each_other_are_told_before_validation(
    member_client: Client, organization: Organization
) -> None:
    document = uploaded(organization, invoice_pdf(total="1 300,00 €", due_on="04/01/2026"))
    page = member_client.get(url("verify", document)).content.decode()
    assert "Net and tax do not add up to the total." in page
    assert "The due date lies before the issue date." in page
    assert list(verify(member_client, document).context["form"].errors) == ["due_on"]
    verify(member_client, document, due_on="2026-02-04")
    assert Invoice.objects.get().total_amount == 1300


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"total": "1,000,000,000,000"}, "total"),
        ({"total": "9" * 40}, "total"),
        ({"paid": "1,000,000,000,000"}, "paid"),
        ({"total": "-1200"}, "total"),
        ({"currency": "JPY", "total": "1200.50", "tax": ""}, "total"),
        ({"number": "F" * 101}, "number"),
        ({"issued_on": "0202-01-05"}, "issued_on"),
        ({"due_on": "9999-12-31"}, "due_on"),
    ],
)
def test_verify_absurd_input_is_told_beside_its_field(
    member_client: Client, document: Document, changes: dict[str, str], field: str
) -> None:
    answer = verify(member_client, document, **changes)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert not Invoice.objects.exists()


def test_verify_speaks_and_reads_the_reader_s_language(
    client: Client, document: Document, organization: Organization
) -> None:
    client.force_login(MembershipFactory.create(organization=organization, user__language="fr").user)
    assert 'value="1\u00a0200,00"' in client.get(url("verify", document)).content.decode()
    verify(client, document, total="1 250,50", tax="")
    assert Invoice.objects.get().total_amount == Decimal("1250.50")


def test_verify_validated_document_leads_to_what_it_became(member_client: Client, document: Document) -> None:
    verify(member_client, document)
    address = Invoice.objects.get().get_absolute_url()
    assert member_client.get(url("verify", document))["Location"] == address
    answer = member_client.post(url("verify", document), follow=True)
    assert answer.request["PATH_INFO"] == address
    assert "What it says can no longer be changed." in answer.content.decode()


def test_verify_for_readers_shows_the_pdf_without_a_form(read_only_client: Client, document: Document) -> None:
    page = read_only_client.get(url("verify", document)).content.decode()
    assert url("page-image", document, 1) in page
    assert 'name="number"' not in page
