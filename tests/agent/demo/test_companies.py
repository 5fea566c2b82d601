from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from schwifty import BIC, IBAN
from stdnum.eu import vat
from stdnum.fr import siren
from stdnum.gb import vat as british_vat

from billabex.agent.demo.companies import CUSTOMERS, ORGANIZATION

if TYPE_CHECKING:
    from billabex.agent.demo.documents import Company

COMPANIES = (ORGANIZATION, *(customer.company for customer in CUSTOMERS))


def _name(company: Company) -> str:
    return company.name


def test_organization_bank_account_passes_both_checks_and_belongs_to_no_bank() -> None:
    iban = IBAN(ORGANIZATION.iban)
    iban.validate(validate_bban=True)
    assert iban.bank is None
    assert BIC(ORGANIZATION.bic).country_code == "FR"


@pytest.mark.parametrize("company", [c for c in COMPANIES if c.country == "FR"], ids=_name)
def test_french_company_numbers_agree(company: Company) -> None:
    number = siren.validate(company.registration.removeprefix("SIREN"))
    assert company.vat_number.endswith(number)


@pytest.mark.parametrize("company", [c for c in COMPANIES if c.country not in {"GB", "US"}], ids=_name)
def test_european_vat_number_is_valid(company: Company) -> None:
    assert company.vat_number.startswith(company.country)
    assert vat.validate(company.vat_number) == company.vat_number


def test_british_vat_number_is_valid() -> None:
    (company,) = (c for c in COMPANIES if c.country == "GB")
    assert british_vat.is_valid(company.vat_number)


def test_company_names_and_numbers_are_unique() -> None:
    assert len({company.name for company in COMPANIES}) == len(COMPANIES)
    assert len({company.registration for company in COMPANIES}) == len(COMPANIES)
