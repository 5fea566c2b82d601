"""The clock stands still where it was stopped, and stamps rows."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from billabex.core import clock
from tests.factories import AccountFactory

if TYPE_CHECKING:
    from billabex.organizations.models import Organization

THEN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_clock_runs_by_itself() -> None:
    before = timezone.now()
    assert before <= clock.now() <= timezone.now()


def test_clock_stopped_within_a_stopped_one_goes_back_to_it() -> None:
    with clock.stopped_at(THEN):
        with clock.stopped_at(THEN + timedelta(days=1)):
            assert clock.now() == THEN + timedelta(days=1)
        assert clock.now() == THEN
    assert clock.now() != THEN


def test_clock_goes_on_after_an_error() -> None:
    with pytest.raises(ZeroDivisionError), clock.stopped_at(THEN):
        _ = 1 / 0
    assert clock.now() != THEN


def test_clock_stopped_in_one_thread_goes_on_in_another() -> None:
    with clock.stopped_at(THEN), ThreadPoolExecutor(1) as pool:
        assert pool.submit(clock.now).result() != THEN


def test_row_is_stamped_by_this_clock_at_each_save(organization: Organization) -> None:
    with clock.stopped_at(THEN):
        account = AccountFactory.create(organization=organization)
    assert (account.created_at, account.updated_at) == (THEN, THEN)
    with clock.stopped_at(THEN + timedelta(days=1)):
        account.save(update_fields=["name", "updated_at"])
    account.refresh_from_db()
    assert (account.created_at, account.updated_at) == (THEN, THEN + timedelta(days=1))
