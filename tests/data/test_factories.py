"""The factories make rows that the database takes, in one organization each."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from billabex.core.models import AuditEntry
from billabex.organizations.models import Organization
from tests import factories

if TYPE_CHECKING:
    from factory.django import DjangoModelFactory

FACTORIES = [getattr(factories, name) for name in factories.__all__]


@pytest.mark.django_db
@pytest.mark.parametrize("factory", FACTORIES, ids=lambda factory: factory.__name__)
def test_every_factory_makes_rows_of_one_organization(factory: type[DjangoModelFactory[Any]]) -> None:
    row = factory.create()
    row.refresh_from_db()
    assert factory._meta.model.objects.get() == row
    assert Organization.objects.count() <= 1


@pytest.mark.django_db
@pytest.mark.parametrize(("paid", "is_settled"), [("0", False), ("119.99", False), ("120", True), ("150", True)])
def test_invoice_factory_with_a_paid_amount_settles_it_when_enough(paid: str, is_settled: bool) -> None:
    invoice = factories.InvoiceFactory.create(paid_amount=Decimal(paid))
    assert (invoice.settled_on == invoice.due_on) is is_settled
    assert invoice.remaining_amount == Decimal(120) - Decimal(paid)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["first", "second"])
def test_kept_rows_are_gone_after_a_transactional_test_and_kept_again(turn: str) -> None:
    assert not AuditEntry.objects.exists(), turn
    entry = factories.AuditEntryFactory.create()
    with pytest.raises(Exception, match="rows are kept"):
        entry.delete()
