"""What the tests of accounts share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from billabex.core import clock
from tests.accounts.pages import NOON
from tests.factories import AccountFactory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accounts.models import Account
    from billabex.organizations.models import Organization


@pytest.fixture
def monday() -> Iterator[None]:
    """Stop the clock on a Monday at noon."""
    with clock.stopped_at(NOON):
        yield


@pytest.fixture
def account(organization: Organization) -> Account:
    return AccountFactory.create(organization=organization, name="Acme SAS")
