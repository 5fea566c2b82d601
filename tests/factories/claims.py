"""What customers say of their invoices."""
# mypy: untyped-calls-exclude=factory

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from factory.declarations import SelfAttribute, SubFactory, Trait
from factory.helpers import post_generation

from invoices.enums import DeclarationResolution, DisputeReason, DisputeSide
from invoices.models import Dispute, PaymentDeclaration
from tests.factories.accounts import AccountFactory
from tests.factories.invoices import InvoiceFactory
from tests.factories.rows import RowFactory

if TYPE_CHECKING:
    from collections.abc import Iterable

    from invoices.models import Invoice


class DisputeFactory(RowFactory[Dispute]):
    """An open dispute; with `resolved=True`, one that was resolved for the organization."""

    class Meta:
        model = Dispute

    class Params:
        resolved = Trait(
            in_favour_of=DisputeSide.ORGANIZATION,
            resolved_at=datetime(2026, 2, 20, 9, tzinfo=UTC),
            resolved_by="Maud Petit",
        )

    invoice = SubFactory(InvoiceFactory)
    reason = DisputeReason.WRONG_AMOUNT
    opened_at = datetime(2026, 2, 12, 9, tzinfo=UTC)
    opened_by = "Jane Doe"


class PaymentDeclarationFactory(RowFactory[PaymentDeclaration]):
    """An unresolved promise; with `decided=True`, one that a person decided about. Give `invoices` to say for which."""

    class Meta:
        model = PaymentDeclaration
        skip_postgeneration_save = True

    class Params:
        decided = Trait(
            resolution=DeclarationResolution.PAYMENT_RECEIVED,
            resolved_at=datetime(2026, 2, 24, 9, tzinfo=UTC),
            resolved_by="Maud Petit",
        )

    account = SubFactory(AccountFactory)
    organization = SelfAttribute("account.organization")
    announced_on = date(2026, 2, 12)
    promised_on = date(2026, 2, 20)
    declared_by = "Jane Doe"

    @post_generation
    def invoices(self: PaymentDeclaration, create: bool, given: Iterable[Invoice] | None, **_: object) -> None:
        """Cover the given invoices."""
        if create and given:
            self.invoices.set(given)
