"""Owners who change the settings at the same moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from billabex.core import clock
from billabex.core.models import AuditEntry
from billabex.organizations.errors import DomainRefused
from billabex.organizations.models import EmailDomain
from billabex.organizations.services import add_domain, set_domains, update_settings
from tests.factories import MembershipFactory
from tests.organizations.at_once import at_once

if TYPE_CHECKING:
    from collections.abc import Callable

    from billabex.organizations.models import Membership

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer"),
]


@pytest.fixture
def boss(transactional_db: None) -> Membership:
    return MembershipFactory.create(role="owner")


@pytest.mark.parametrize("_time", range(3))
def test_one_domain_added_by_many_is_there_once(_time: int, boss: Membership) -> None:
    def add() -> object:
        return add_domain(organization=boss.organization, actor=boss.actor, now=clock.now(), name="atelier.example")

    assert at_once(*[add] * 3).count(DomainRefused) == 2
    assert EmailDomain.objects.get().organization == boss.organization
    assert AuditEntry.objects.filter(action="domain.added").count() == 1


@pytest.mark.parametrize("_time", range(3))
def test_domains_set_by_many_are_those_of_one(_time: int, boss: Membership) -> None:
    wanted = [{f"{letter}1.example", f"{letter}2.example", "shared.example"} for letter in "abc"]

    def setting(domains: set[str]) -> Callable[[], object]:
        by: dict[str, Any] = {"organization": boss.organization, "actor": boss.actor, "now": clock.now()}
        return lambda: set_domains(domains=sorted(domains), **by)

    assert at_once(*map(setting, wanted)) == [None] * 3
    assert set(EmailDomain.objects.values_list("name", flat=True)) in wanted


@pytest.mark.parametrize("_time", range(3))
def test_settings_changed_by_two_keep_both_changes_and_say_from_what(_time: int, boss: Membership) -> None:
    def change(**changes: Any) -> Callable[[], object]:
        by: dict[str, Any] = {"organization": boss.organization, "actor": boss.actor, "now": clock.now()}
        return lambda: update_settings(**by, **changes)

    at_once(change(extra_delay_days=2), change(payment_terms_days=45), change(extra_delay_days=3))
    boss.organization.refresh_from_db()
    assert boss.organization.payment_terms_days == 45
    delays = AuditEntry.objects.order_by("created_at", "id").values_list("changes__extra_delay_days", flat=True)
    first, second = filter(None, delays)
    assert (first["from"], second["from"], second["to"]) == (0, first["to"], boss.organization.extra_delay_days)
