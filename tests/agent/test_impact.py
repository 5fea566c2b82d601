"""What a change of settings would do, before it is saved. Source: issue 4, "Explain"."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from accounts.services import delete_account
from billabex.agent import impact
from billabex.agent.cycle import plan_organization
from billabex.agent.impact import settings_impact
from billabex.core import clock
from billabex.core.actors import SYSTEM
from billabex.organizations.ports import Difference, Impact, impact_of
from tests.agent.scenes import at, customer, everything, pay
from tests.factories import ClosureFactory

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from accounts.models import Account
    from billabex.organizations.models import Closure, Organization

pytestmark = pytest.mark.django_db
NOW = at("03-17")


@pytest.fixture
def account(organization: Organization) -> Account:
    """Return an account whose first follow-up is planned for Tuesday 17 March."""
    found = customer(organization, "03-16")
    plan_organization(organization, now=NOW)
    return found


def compared(organization: Organization, **changes: Any) -> Impact | None:
    return settings_impact(organization, changes, now=NOW)


def test_impact_names_the_messages_that_would_move(organization: Organization, account: Account) -> None:
    before = everything()
    found = compared(organization, extra_delay_days=2)
    assert found is not None
    assert found.rows == (
        Difference(
            account="Acme",
            href=account.get_absolute_url(),
            before="Mar 17, 2026 · Person of Acme · English",
            after="Mar 19, 2026 · Person of Acme · English",
        ),
    )
    assert found.sentence.startswith("The next message changes for 1 of 1 accounts.")
    assert everything() == before


def test_impact_of_new_closures_counts_them_with_those_kept(organization: Organization, account: Account) -> None:
    kept = ClosureFactory.create(organization=organization, starts_on=date(2026, 3, 18), ends_on=date(2026, 3, 18))
    added = ClosureFactory.build(organization=organization, starts_on=date(2026, 3, 17), ends_on=date(2026, 3, 17))
    found = compared(organization, closures=[kept, added])
    assert found is not None
    assert found.rows[0].after.startswith("Mar 19, 2026")


def test_impact_of_a_country_with_other_holidays(organization: Organization) -> None:
    bastille_day = at("07-14", "00:02")
    for name, country in [("Acme", "FR"), ("Globex", "ES")]:
        customer(organization, "07-13", name=name, country=country)
    plan_organization(organization, now=bastille_day)
    found = settings_impact(organization, {"country": "ES"}, now=bastille_day)
    assert found is not None
    assert [(row.account, row.before[:12], row.after[:12]) for row in found.rows] == [
        ("Globex", "Jul 15, 2026", "Jul 14, 2026"),  # Acme's own country keeps the day free
    ]


def test_impact_says_how_many_messages_more_or_fewer(organization: Organization, account: Account) -> None:
    found = compared(organization, extra_delay_days=60)
    assert found is not None
    assert found.sentence.endswith("In the next 60 days they would get 0 messages instead of 6.")


@pytest.mark.parametrize(
    "changes",
    [{"iban": "FR7630006000011234567890189"}, {"extra_delay_days": 0}, {"time_zone": "Europe/Berlin"}, {}],
)
def test_impact_of_what_changes_no_plan_is_none(
    organization: Organization, account: Account, changes: dict[str, Any]
) -> None:
    assert settings_impact(organization, changes, now=NOW) is None


def test_impact_without_planned_messages_is_none(organization: Organization, account: Account) -> None:
    pay(account.invoices.get(), "120.00", "03-17")
    plan_organization(organization, now=NOW)
    assert compared(organization, extra_delay_days=2) is None


def test_impact_is_bounded_and_says_so(
    organization: Organization, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("Globex", "Initech"):
        customer(organization, "03-20", name=name)
    plan_organization(organization, now=NOW)
    monkeypatch.setattr(impact, "EXAMINED", 2)
    monkeypatch.setattr(impact, "SHOWN", 1)
    found = compared(organization, closures=[ClosureFactory.build(starts_on=NOW.date(), ends_on=NOW.date())])
    assert found is not None
    assert len(found.rows) == 1
    assert "for 2 of 2 accounts. These are the ones written to next, of 3." in found.sentence


def test_impact_passes_over_an_account_that_goes_meanwhile(organization: Organization, account: Account) -> None:
    customer(organization, "03-16", name="Globex")
    plan_organization(organization, now=NOW)

    def closures() -> Iterator[Closure]:
        delete_account(account=account, actor=SYSTEM, now=NOW)
        yield ClosureFactory.build(starts_on=NOW.date(), ends_on=NOW.date())

    found = compared(organization, closures=closures())
    assert found is not None
    assert [row.account for row in found.rows] == ["Globex"]
    assert found.sentence.startswith("The next message changes for 1 of 1 accounts.")


def test_settings_page_gets_the_impact(organization: Organization, account: Account) -> None:
    with clock.stopped_at(NOW):
        assert impact_of(organization, {"extra_delay_days": 2}) == compared(organization, extra_delay_days=2)
