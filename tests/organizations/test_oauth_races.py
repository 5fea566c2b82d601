"""Codes and refresh tokens that arrive twice at once: one gets tokens, and they end at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from oauth2_provider.models import AccessToken, RefreshToken

from tests.factories import MembershipFactory
from tests.organizations.at_once import at_once
from tests.organizations.oauth_client import Ledger

if TYPE_CHECKING:
    from billabex.organizations.models import Membership

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def colleague(transactional_db: None) -> Membership:
    return MembershipFactory.create()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer")
@pytest.mark.parametrize("_time", range(5))
def test_one_code_used_by_many_gives_tokens_once_and_ends_them(_time: int, colleague: Membership) -> None:
    ledger = Ledger.registered()
    code = ledger.code_from(colleague)
    statuses = at_once(*[lambda: ledger.redeems(code).status_code] * 4)
    assert (statuses.count(200), statuses.count(400)) == (1, 3)
    assert not AccessToken.objects.exists()
    assert not RefreshToken.objects.filter(revoked=None).exists()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer")
@pytest.mark.parametrize("_time", range(5))
def test_one_refresh_token_used_by_many_ends_the_family(_time: int, colleague: Membership) -> None:
    ledger = Ledger.registered()
    token = ledger.tokens_from(colleague)["refresh_token"]
    statuses = at_once(*[lambda: ledger.refreshes(token).status_code] * 4)
    assert (statuses.count(200), statuses.count(400)) == (1, 3)
    assert not AccessToken.objects.exists()
    assert not RefreshToken.objects.filter(revoked=None).exists()
