"""How amounts are read and shown, and which account a form offers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from accounts.rules import Company
from invoices.forms import NEW_ACCOUNT, AmountField, FactsForm, FirstContactForm, PaidAmountForm, read_amount
from invoices.rules import Draft
from tests.factories import AccountFactory, InvoiceFactory

if TYPE_CHECKING:
    from billabex.organizations.models import Organization


@pytest.mark.parametrize(
    ("text", "mark", "expected"),
    [
        ("1200.50", ".", "1200.50"),
        ("1,200.50", ".", "1200.50"),
        ("1,200", ".", "1200"),
        ("1,20", ".", "1.20"),
        ("1 200,50", ",", "1200.50"),
        ("1\u00a0200,50", ",", "1200.50"),
        ("1\u202f200,50", ",", "1200.50"),
        ("1.200,50", ",", "1200.50"),
        ("1.200", ",", "1200"),
        ("1200.50", ",", "1200.50"),
        ("1,200", ",", "1.200"),
        ("1'200.50", ".", "1200.50"),
        ("12,345,678", ".", "12345678"),
        ("−5", ".", "-5"),
        ("0", ",", "0"),
    ],
)
def test_amount_is_read_as_it_is_typed(text: str, mark: str, expected: str) -> None:
    assert read_amount(text, mark) == Decimal(expected)


@pytest.mark.parametrize("text", ["", "abc", "12 €", "1,2,3", "1.2.3", "1e5", "NaN", "Infinity", "--1", ".", "9" * 16])
def test_amount_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_amount(text, ".")


@given(amount=st.decimals(min_value=-(10**12), max_value=10**12, places=2), language=st.sampled_from(["en", "fr"]))
def test_amount_that_is_shown_is_read_back(amount: Decimal, language: str) -> None:
    field = AmountField()
    with translation.override(language):
        assert field.to_python(field.prepare_value(amount)) == amount


def test_amount_is_shown_with_its_decimals_in_the_language() -> None:
    with translation.override("fr"):
        assert AmountField().prepare_value(Decimal("1200.50")) == "1\u00a0200,50"
        with pytest.raises(ValidationError) as caught:
            AmountField().clean("beaucoup")
    assert "1\u00a0200,50" in caught.value.messages[0]


def draft(name: str = "Brasserie du Port", **company: str) -> Draft:
    return Draft(
        number="F-1",
        issued_on=date(2026, 1, 5),
        currency="EUR",
        total=Decimal(1200),
        company=Company(name, **company),
    )


def posted(form: FactsForm, **changes: Any) -> dict[str, Any]:
    """Return what the browser sends back from the form, but for the changes."""
    data = {name: form[name].value() or "" for name in form.fields}
    return data | {"due_on": "2026-02-04", "offered": form.offered} | changes


@pytest.mark.django_db
class TestAccountOffered:
    def test_known_company_is_chosen_beforehand(self, organization: Organization) -> None:
        account = AccountFactory.create(
            organization=organization, name="BRASSERIE DU PORT", match_key="brasserie du port"
        )
        form = FactsForm(draft=draft(), organization=organization)
        assert (form.candidates, form["account"].value(), form.account_hint) == ([account], str(account.pk), "")
        sent = FactsForm(posted(form), draft=draft(), organization=organization)
        assert sent.is_valid(), sent.errors
        assert (sent.chosen_account, sent.is_other_company) == (account, False)

    def test_known_company_can_be_another_one(self, organization: Organization) -> None:
        AccountFactory.create(organization=organization, match_key="brasserie du port")
        form = FactsForm(draft=draft(), organization=organization)
        sent = FactsForm(posted(form, account=NEW_ACCOUNT), draft=draft(), organization=organization)
        assert sent.is_valid(), sent.errors
        assert (sent.chosen_account, sent.is_other_company) == (None, True)

    def test_nearly_known_company_is_a_question_that_must_be_answered(self, organization: Organization) -> None:
        account = AccountFactory.create(organization=organization, match_key="brasserie du fort")
        form = FactsForm(draft=draft(), organization=organization)
        assert (form.candidates, form["account"].value()) == ([account], None)
        assert "nearly the same name" in form.account_hint
        assert "account" in FactsForm(posted(form), draft=draft(), organization=organization).errors
        sent = FactsForm(posted(form, account=NEW_ACCOUNT), draft=draft(), organization=organization)
        assert sent.is_valid(), sent.errors
        assert (sent.chosen_account, sent.is_other_company) == (None, False)

    def test_question_is_asked_together_with_what_cannot_be(self, organization: Organization) -> None:
        AccountFactory.create(organization=organization, match_key="brasserie du fort")
        form = FactsForm(draft=draft(), organization=organization)
        sent = FactsForm(posted(form, total="12.345", due_on="2026-01-04"), draft=draft(), organization=organization)
        assert set(sent.errors) == {"account", "total", "due_on"}
        assert sent.errors["account"] == ["Choose the account that is meant, or create a new one."]

    def test_company_typed_anew_is_asked_about_once(self, organization: Organization) -> None:
        AccountFactory.create(organization=organization, match_key="brasserie du port")
        form = FactsForm(draft=draft("Misread"), organization=organization)
        assert form.candidates == []
        asked = FactsForm(posted(form, company="Brasserie du Port"), draft=draft("Misread"), organization=organization)
        assert list(asked.errors) == ["account"]
        data = posted(form, company="Brasserie du Port", offered=asked.offered)
        assert FactsForm(data, draft=draft("Misread"), organization=organization).is_valid()

    def test_account_of_another_organization_is_no_choice(self, organization: Organization) -> None:
        other = AccountFactory.create(match_key="brasserie du port")
        form = FactsForm(draft=draft(), organization=organization)
        sent = FactsForm(posted(form, account=str(other.pk)), draft=draft(), organization=organization)
        assert "account" in sent.errors


def test_first_contact_without_a_name_takes_the_start_of_the_address() -> None:
    form = FirstContactForm({"email": "comptabilite@acme.example", "language": "fr"})
    assert form.is_valid()
    assert form.cleaned_data["full_name"] == "comptabilite"


@pytest.mark.django_db
def test_paid_amount_in_the_future_is_refused() -> None:
    data = {"amount": "10", "paid_on": "2026-02-11"}
    form = PaidAmountForm(data, invoice=InvoiceFactory.create(), today=date(2026, 2, 10))
    assert list(form.errors) == ["paid_on"]


@pytest.mark.django_db
def test_facts_form_takes_whatever_is_typed_as_company(organization: Organization) -> None:
    form = FactsForm(draft=draft(), organization=organization)
    assert not FactsForm(posted(form) | {"company": "\0"}, draft=draft(), organization=organization).is_valid()
