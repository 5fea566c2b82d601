"""Which messages are to be sent now."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from communications.enums import Status
from communications.selectors import due_communications
from tests.factories import CommunicationFactory, OrganizationFactory

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from billabex.organizations.models import Organization
    from communications.models import Communication

NOON = datetime(2026, 2, 18, 12, tzinfo=UTC)


def message(organization: Organization, *, due: datetime, **fields: object) -> Communication:
    return CommunicationFactory.create(account__organization=organization, scheduled_for=due, **fields)


def test_due_communications_are_those_whose_instant_has_come_the_oldest_first(organization: Organization) -> None:
    now = message(organization, due=NOON)
    before = message(organization, due=NOON - timedelta(hours=2))
    message(organization, due=NOON + timedelta(seconds=1))
    message(organization, due=NOON, status=Status.CANCELLED)
    message(organization, due=NOON - timedelta(hours=3), sent=True)
    assert list(due_communications(NOON)) == [before.pk, now.pk]


def test_due_communications_wait_for_the_organizations_sending_hours(db: None) -> None:
    in_paris = OrganizationFactory.create(time_zone="Europe/Paris", sends_from=time(9), sends_until=time(18))
    in_new_york = OrganizationFactory.create(time_zone="America/New_York", sends_from=time(9), sends_until=time(18))
    here, there = message(in_paris, due=NOON), message(in_new_york, due=NOON)
    assert list(due_communications(NOON)) == [here.pk]  # 13:00 in Paris, 7:00 in New York
    assert list(due_communications(NOON + timedelta(hours=2))) == [here.pk, there.pk]
    assert list(due_communications(NOON + timedelta(hours=5))) == [there.pk]  # 18:00 in Paris


def test_due_communications_take_one_query(
    organization: Organization, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(3):
        message(organization, due=NOON)
    with django_assert_num_queries(1):
        assert len(list(due_communications(NOON))) == 3
