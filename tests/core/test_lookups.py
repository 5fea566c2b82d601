"""`among`: a list of keys as one parameter."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from accounts.models import Account
from invoices.models import Invoice
from tests.factories import InvoiceFactory

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("wanted", [0, 1, 3])
def test_among_finds_what_in_finds(wanted: int) -> None:
    invoices = InvoiceFactory.create_batch(4)
    keys = [invoice.account_id for invoice in invoices[:wanted]] + [uuid4()]
    assert set(Account.objects.filter(pk__among=keys)) == set(Account.objects.filter(pk__in=keys))
    found = Invoice.objects.filter(account__among=keys)
    assert set(found) == set(invoices[:wanted])


def test_among_takes_more_keys_than_a_statement_has_parameters(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    invoice = InvoiceFactory.create()
    keys = [uuid4() for _ in range(300_000)] + [invoice.account_id]
    with django_assert_num_queries(1):
        assert Account.objects.filter(pk__among=keys).get() == invoice.account
