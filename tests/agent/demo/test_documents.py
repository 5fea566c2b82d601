from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from billabex.agent.demo.companies import HARROW, NORDLICHT, ORGANIZATION, QUAIS
from billabex.agent.demo.documents import Kind, PaperDocument, PaperLine, Unit, VatCategory, VatShare


def _line(quantity: str, price: str, vat: str = "20") -> PaperLine:
    return PaperLine("Lampe", Decimal(quantity), Unit.PIECE, Decimal(price), Decimal(vat))


def _document(*lines: PaperLine) -> PaperDocument:
    return PaperDocument(
        kind=Kind.INVOICE,
        number="LUM-2026-0001",
        issued_on=date(2026, 9, 7),
        due_on=date(2026, 10, 7),
        language="fr",
        currency="EUR",
        seller=ORGANIZATION,
        buyer=QUAIS.company,
        lines=lines,
    )


def test_totals_round_each_line_then_the_vat_of_each_rate() -> None:
    document = _document(_line("3", "0.335"), _line("1", "10.05"), _line("1", "9.99", "5.5"))
    # 3 × 0.335 = 1.005 → 1.01; 20 % of 11.06 = 2.212 → 2.21; 5.5 % of 9.99 = 0.549 → 0.55
    assert document.net == Decimal("21.05")
    assert document.vat_shares == (
        VatShare(VatCategory.STANDARD, Decimal(20), Decimal("11.06"), Decimal("2.21")),
        VatShare(VatCategory.STANDARD, Decimal("5.5"), Decimal("9.99"), Decimal("0.55")),
    )
    assert document.total == Decimal("23.81")


def test_payable_is_the_total_less_the_deposit() -> None:
    document = replace(_document(_line("1", "100.00")), paid=Decimal("20.00"))
    assert document.payable == Decimal("100.00")


def test_zero_rate_is_explained_by_where_the_buyer_is() -> None:
    document = _document(_line("1", "100.00", "0"))
    in_germany, in_britain = (replace(document, buyer=c.company) for c in (NORDLICHT, HARROW))
    assert [share.category for share in in_germany.vat_shares] == [VatCategory.REVERSE_CHARGE]
    assert [share.category for share in in_britain.vat_shares] == [VatCategory.EXPORT]
