"""From a decision to a brief: in whose language, by when, and what late payment costs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from accounts.models import Account
from billabex.agent.composing import brief_of, compose, language_for
from billabex.agent.rules import Message, Named, OpenInvoice
from billabex.agent.writing import languages
from billabex.organizations.models import Organization
from communications.enums import Kind, Tone
from contacts.rules import Person, Recipients
from tests.agent.writing.briefs import BANK

TODAY = date(2026, 5, 15)
JANE = Person(UUID(int=1), "Jane Doe", "jane@brandt.example", "en", is_primary=True, is_usable=True, is_copy_only=False)


def organization(**fields: Any) -> Organization:
    known = {"name": "Lumen", "country": "FR", "default_language": "fr", "iban": BANK.iban}
    return Organization(**(known | fields))


def account(**fields: Any) -> Account:
    return Account(**({"name": "Brandt", "country": "DE"} | fields))


def owed(days_late: int, amount: str = "1000", currency: str = "EUR", *, on: date = TODAY) -> Named:
    due_on = TODAY - timedelta(days=days_late)
    invoice = OpenInvoice(
        id=UUID(int=days_late + 1000),
        number=f"LUM-{days_late}",
        issued_on=due_on - timedelta(days=30),
        due_on=due_on,
        arrived_on=due_on - timedelta(days=30),
        currency=currency,
        total=Decimal(amount),
        remaining=Decimal(amount),
    )
    return Named(invoice, (on - due_on).days)


def message(*invoices: Named, **fields: Any) -> Message:
    known: dict[str, Any] = {
        "on": TODAY,
        "kind": Kind.FOLLOW_UP,
        "step": 4,
        "tone": Tone.FIRM,
        "recipients": Recipients(JANE),
        "invoices": invoices or (owed(70),),
    }
    return Message(**(known | fields))


MENTIONS = {"mentions_interest": True, "mentions_fixed_sum": True}


class TestLanguage:
    """The contact's, else the account's, else the country's, else the organization's, else English."""

    def chosen(self, contact: str, account_: Account | None = None, default: str = "en") -> str:
        person = replace(JANE, language=contact)
        return language_for(person, account=account_, organization=organization(default_language=default))

    def test_contacts_own_goes_first(self) -> None:
        assert self.chosen("en", account(language="fr", country="FR"), default="fr") == "en"

    def test_unknown_is_the_accounts(self) -> None:
        assert self.chosen("", account(language="en", country="FR"), default="fr") == "en"

    def test_account_without_one_is_its_countrys(self) -> None:
        assert self.chosen("", account(country="SN"), default="en") == "fr"

    def test_country_of_several_is_the_organizations_where_spoken(self) -> None:
        assert self.chosen("", account(country="CA"), default="fr") == "fr"
        assert self.chosen("", account(country="CA"), default="es") == "en"

    def test_country_whose_postal_code_tells_is_that_regions(self) -> None:
        assert self.chosen("", account(country="CA", postal_code="M5V 2T6"), default="fr") == "en"

    def test_country_without_texts_is_the_organizations(self) -> None:
        assert self.chosen("", account(country="JP"), default="fr") == "fr"

    def test_nothing_known_is_english(self) -> None:
        assert language_for(replace(JANE, language="")) == "en"
        assert self.chosen("xx", account(country=""), default="yy") == "en"

    @pytest.mark.parametrize("code", sorted(languages()))
    def test_every_language_with_texts_is_written(self, code: str) -> None:
        assert self.chosen(code) == code


class TestBrief:
    def test_formal_notice_has_its_deadline(self) -> None:
        notice = message(kind=Kind.FORMAL_NOTICE, step=0, deadline_on=date(2026, 6, 1))

        brief = brief_of(organization(), account(), notice)

        assert (brief.kind, brief.deadline_on) == ("formal_notice", date(2026, 6, 1))
        assert "by 1 June 2026" in compose(organization(), account(), notice).text

    def test_broken_promise_is_said(self) -> None:
        broken = message(broken_promise_on=date(2026, 5, 7))

        assert "by 7 May 2026" in compose(organization(), account(), broken).text
        assert "7 May" not in compose(organization(), account(), message()).text

    def test_pictures_go_only_with_a_caller_that_carries_them(self) -> None:
        assert compose(organization(), account(), message()).images == ()
        assert len(compose(organization(), account(), message(), with_images=True).images) == 1

    def test_subject_too_long_is_cut(self) -> None:
        written = compose(organization(name="L" * 400), account(), message(owed(70), owed(80)))

        assert len(written.subject) == 300
        assert written.subject.endswith("…")


class TestLateCosts:
    def test_unwanted_costs_are_not_mentioned(self) -> None:
        assert brief_of(organization(), account(), message()).late_costs is None

    def test_interest_is_on_what_remains_until_the_day_of_the_message(self) -> None:
        costs = brief_of(organization(mentions_interest=True), account(), message(owed(40))).late_costs

        assert costs is not None
        [one] = costs.interest
        [half_year] = one.half_years
        assert (one.number, one.remaining, half_year.days) == ("LUM-40", Decimal(1000), 40)
        assert half_year.amount == Decimal("11.12")  # 1000 * 10.15 % * 40 / 365
        assert costs.fixed_sum_invoices == 0

    def test_fixed_sum_is_for_each_overdue_invoice(self) -> None:
        soon = owed(-3)

        costs = brief_of(organization(mentions_fixed_sum=True), account(), message(owed(70), owed(40), soon)).late_costs

        assert costs is not None
        assert (costs.interest, costs.fixed_sum_invoices) == ((), 2)

    def test_courteous_messages_mention_none(self) -> None:
        courteous = message(owed(3), tone=Tone.COURTEOUS, step=1)

        assert brief_of(organization(**MENTIONS), account(), courteous).late_costs is None

    @pytest.mark.parametrize(
        ("creditor", "debtor", "currency"),
        [("FR", "US", "EUR"), ("PL", "FR", "EUR"), ("FR", "DE", "USD")],
    )
    def test_beyond_the_directive_none_are_mentioned(self, creditor: str, debtor: str, currency: str) -> None:
        beyond = message(owed(70, currency=currency))

        brief = brief_of(organization(country=creditor, **MENTIONS), account(country=debtor), beyond)

        assert brief.late_costs is None

    def test_mention_changes_nothing_that_is_asked_for(self) -> None:
        plain = brief_of(organization(), account(), message())
        mentioning = brief_of(organization(**MENTIONS), account(), message())

        assert replace(mentioning, late_costs=None) == plain

    def test_mention_is_derived_never_accumulated(self) -> None:
        """The trap: two messages, a month apart, name what each day alone gives, on the same debt."""
        later = TODAY + timedelta(days=30)
        first = brief_of(organization(**MENTIONS), account(), message(owed(40)))
        second = brief_of(organization(**MENTIONS), account(), message(owed(40, on=later), on=later))

        assert first.totals == second.totals
        assert [brief.late_costs.fixed_sum_invoices for brief in (first, second) if brief.late_costs] == [1, 1]
        days = [
            sum(part.days for one in brief.late_costs.interest for part in one.half_years)
            for brief in (first, second)
            if brief.late_costs
        ]
        assert days == [40, 70]
