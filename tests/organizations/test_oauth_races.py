"""Codes and refresh tokens that arrive twice at once: one gets tokens, and they end at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from oauth2_provider.models import AccessToken, RefreshToken

from tests.factories import MembershipFactory
from tests.organizations.oauth_client import Ledger

if TYPE_CHECKING:
    from collections.abc import Callable

    from billabex.organizations.models import Membership

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

AT_ONCE = 4


@pytest.fixture
def colleague(transactional_db: None) -> Membership:
    return MembershipFactory.create()


def _at_once(ask: Callable[[], Any]) -> list[int]:
    """Ask in several threads at the same moment; return the statuses."""
    barrier = Barrier(AT_ONCE)

    def run(_number: int) -> int:
        try:
            barrier.wait()
            return int(ask().status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return sorted(pool.map(run, range(AT_ONCE)))


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer")
@pytest.mark.parametrize("_time", range(5))
def test_one_code_used_by_many_gives_tokens_once_and_ends_them(_time: int, colleague: Membership) -> None:
    ledger = Ledger.registered()
    code = ledger.code_from(colleague)
    statuses = _at_once(lambda: ledger.redeems(code))
    assert statuses == [200, 400, 400, 400]
    assert not AccessToken.objects.exists()
    assert not RefreshToken.objects.filter(revoked=None).exists()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer")
@pytest.mark.parametrize("_time", range(5))
def test_one_refresh_token_used_by_many_ends_the_family(_time: int, colleague: Membership) -> None:
    ledger = Ledger.registered()
    token = ledger.tokens_from(colleague)["refresh_token"]
    statuses = _at_once(lambda: ledger.refreshes(token))
    assert statuses == [200, 400, 400, 400]
    assert not AccessToken.objects.exists()
    assert not RefreshToken.objects.filter(revoked=None).exists()
