"""Constraints of what customers say of their invoices."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from invoices.enums import DeclarationResolution, DisputeReason
from tests.data.cases.case import SAME, Case, filled, one_of
from tests.factories import DisputeFactory, PaymentDeclarationFactory

DAY = date(2026, 1, 5)
NOON = datetime(2026, 2, 20, 12, tzinfo=UTC)

CASES = {
    "invoices_dispute_one_open": Case(
        factory=DisputeFactory,
        good=[{}, {"invoice": SAME, "resolved": True}],
        bad=[{"invoice": SAME}],
    ),
    "invoices_dispute_reason_known": one_of(DisputeFactory, "reason", *DisputeReason.values),
    "invoices_dispute_opened_by_not_blank": filled(DisputeFactory, "opened_by"),
    "invoices_dispute_resolved": Case(
        factory=DisputeFactory,
        good=[{"resolved": True}, {"resolved": True, "in_favour_of": "Customer", "resolution_note": "They are right"}],
        bad=[
            {"in_favour_of": "Customer"},
            {"resolution_note": "They are right"},
            {"resolved_by": "Maud Petit"},
            {"resolved_at": NOON},
            {"resolved": True, "in_favour_of": "Both"},
            {"resolved": True, "resolved_by": ""},
        ],
    ),
    "invoices_paymentdeclaration_declared_by_not_blank": filled(PaymentDeclarationFactory, "declared_by"),
    "invoices_paymentdeclaration_decimals": Case(
        factory=PaymentDeclarationFactory,
        good=[
            {"amount": None},
            {"currency": "EUR", "amount": Decimal("9.99")},
            {"currency": "TND", "amount": Decimal("9.999")},
            {"currency": "JPY", "amount": Decimal(10)},
        ],
        bad=[{"currency": "EUR", "amount": Decimal("9.999")}, {"currency": "JPY", "amount": Decimal("9.9")}],
    ),
    "invoices_paymentdeclaration_amount": Case(
        factory=PaymentDeclarationFactory,
        good=[{"currency": "EUR", "amount": Decimal("0.01")}, {"currency": "", "amount": None}],
        bad=[
            {"currency": "EUR", "amount": Decimal(0)},
            {"currency": "", "amount": Decimal(5)},
            {"currency": "eur", "amount": Decimal(5)},
            {"currency": "EUR", "amount": None},
        ],
    ),
    "invoices_paymentdeclaration_promised_later": Case(
        factory=PaymentDeclarationFactory,
        good=[{"announced_on": DAY, "promised_on": DAY}, {"announced_on": DAY, "promised_on": None}],
        bad=[{"announced_on": DAY, "promised_on": DAY - timedelta(days=1)}],
    ),
    "invoices_paymentdeclaration_resolved": Case(
        factory=PaymentDeclarationFactory,
        good=[{"decided": True, "resolution": resolution} for resolution in DeclarationResolution.values],
        bad=[
            {"resolution": DeclarationResolution.PAYMENT_RECEIVED},
            {"resolution_note": "It came"},
            {"resolved_by": "Maud Petit"},
            {"resolved_at": NOON},
            {"decided": True, "resolution": "Lost"},
            {"decided": True, "resolved_by": ""},
        ],
    ),
    "invoices_paymentdeclaration_automatic": Case(
        factory=PaymentDeclarationFactory,
        good=[{"decided": True, "is_automatic": True, "resolution": DeclarationResolution.INVOICES_SETTLED}],
        bad=[{"decided": True, "is_automatic": True}, {"is_automatic": True}],
    ),
}
