"""Which account a company named by a document is: number before name, the oldest of equals, near ones as a question."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from accounts.errors import AccountNotFound
from accounts.rules import Company, match_key
from accounts.selectors import account_by_name_or_id, match_company
from billabex.core import clock
from tests.factories import AccountFactory

if TYPE_CHECKING:
    from accounts.models import Account
    from billabex.organizations.models import Membership, Organization


def known(organization: Organization, name: str, **fields: Any) -> Account:
    return AccountFactory.create(organization=organization, name=name, match_key=match_key(name), **fields)


def test_match_by_registration_number_beats_the_name(organization: Organization) -> None:
    known(organization, "Acme")
    renamed = known(organization, "Acme Holding", registration_number="732829320")

    match = match_company(organization, Company("Acme", registration_number="732 829 320"))

    assert match.account == renamed


def test_match_by_vat_number_beats_the_name(organization: Organization) -> None:
    known(organization, "Acme")
    renamed = known(organization, "Acme Holding", vat_number="FR40303265045")

    assert match_company(organization, Company("Acme", vat_number="fr 40 303 265 045")).account == renamed


def test_match_by_name_when_numbers_are_unknown(organization: Organization) -> None:
    account = known(organization, "Société Dupont SAS")

    company = Company("SOCIETE DUPONT", vat_number="FR99999999999", registration_number="123")

    assert match_company(organization, company).account == account


def test_match_of_accounts_without_numbers_ignores_empty_ones(organization: Organization) -> None:
    known(organization, "Somebody Else")

    assert match_company(organization, Company("Acme")).account is None


def test_match_of_equals_takes_the_oldest(organization: Organization) -> None:
    now = clock.now()
    known(organization, "Acme SAS", created_at=now)
    oldest = known(organization, "ACME", created_at=now - timedelta(days=3))

    assert match_company(organization, Company("Acme")).account == oldest


def test_match_of_nearly_the_same_name_is_only_a_suggestion(organization: Organization) -> None:
    near = known(organization, "Dupont Industrie")
    known(organization, "Durand Industrie")

    match = match_company(organization, Company("Dupond Industries SAS"))

    assert match.account is None
    assert match.suggestions == (near,)


def test_match_never_leaves_the_organization(organization: Organization, outsider: Membership) -> None:
    known(outsider.organization, "Acme", vat_number="FR40303265045")
    known(outsider.organization, "Acmee")

    match = match_company(organization, Company("Acme", vat_number="FR40303265045"))

    assert match.account is None
    assert match.suggestions == ()


def test_account_by_name_finds_it_however_spelled(organization: Organization) -> None:
    account = known(organization, "Café Müller GmbH")

    assert account_by_name_or_id("CAFE MULLER") == account
    assert account_by_name_or_id(str(account.pk)) == account


@pytest.mark.parametrize("reference", ["Nobody", "00000000-0000-0000-0000-000000000000"])
def test_account_by_name_unknown_is_refused_by_name(organization: Organization, reference: str) -> None:
    with pytest.raises(AccountNotFound, match=reference):
        account_by_name_or_id(reference)


def test_account_by_name_of_two_asks_for_the_id(organization: Organization) -> None:
    known(organization, "Acme SAS")
    known(organization, "Acme GmbH")

    with pytest.raises(AccountNotFound, match="Several accounts"):
        account_by_name_or_id("Acme")
