"""What each stranger sells to whom for how much, and what a reader has to find."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING

from .words import tongues

if TYPE_CHECKING:
    from .words import Company, Tongue

NUMBERS = (
    "INV-{n:06}",
    "{n}",
    "F{y}-{n:04}",
    "{y}/{n:03}",
    "RE-{n}",
    "{y}-{n:05}",
    "A{n:05}",
    "INV/{y}/{n:05}",
    "VK{n}",
)
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Truth:
    """What the page says; None where it says nothing."""

    kind: str
    number: str
    issue_date: date
    due_date: date | None
    currency: str
    net: Decimal | None
    tax: Decimal
    total: Decimal
    paid: Decimal | None
    seller_name: str
    buyer_name: str
    buyer_vat_number: str | None
    buyer_postal_code: str
    buyer_city: str
    purchase_order: str | None
    iban: str
    language: str


@dataclass(frozen=True)
class Line:
    """One line of the table of goods; amounts are net."""

    name: str
    quantity: int
    price: Decimal
    rate: Decimal

    @property
    def net(self) -> Decimal:
        return self.quantity * self.price


@dataclass(frozen=True)
class Traits:
    """What is unusual about an invoice."""

    is_credit: bool
    is_reverse_charge: bool
    has_discount: bool
    has_deposit: bool
    has_two_rates: bool
    has_long_name: bool
    has_delivery_address: bool


class Case:
    """One invoice: its figures, its dates and its words, chosen once."""

    def __init__(self, index: int, *, line_count: int | None = None) -> None:
        self.index = index
        self.pick = random.Random(7000 + index)  # noqa: S311 - repeatable, not secret
        self.tongue: Tongue = tongues()[index % len(tongues())]
        self.traits = _traits(index)
        self._words: dict[str, str] = {}
        self.amount_form = self.pick.choice(self.tongue.words["amounts"])
        self.date_form = self.pick.choice(self.tongue.words["dates"])
        self.seller = self.tongue.companies[0]
        self.buyer = self.tongue.companies[2 if self.traits.has_long_name else 1]
        self.issued = date(2026, self.pick.randint(1, 12), self.pick.randint(1, 28))
        self.days = self.pick.choice([10, 14, 21, 30, 45, 60])
        self.due = self.issued + timedelta(days=self.days)
        self.number = self.pick.choice(NUMBERS).format(n=self.pick.randint(11, 9800), y=2026)
        self.order = self.pick.choice(["PO-{}", "45000{}", "B/{}"]).format(self.pick.randint(1000, 9999))
        self.customer_number = f"K{self.pick.randint(10000, 99999)}"
        self.lines = self._lines(line_count or self.pick.randint(2, 5))
        self._reckon()

    def _lines(self, count: int) -> list[Line]:
        high, low = self.tongue.rates
        goods = self.tongue.words["goods"]
        rates = [Decimal(0)] if self.traits.is_reverse_charge else [high, low] if self.traits.has_two_rates else [high]
        return [
            Line(
                goods[place % len(goods)],
                self.pick.randint(1, 12),
                Decimal(self.pick.randint(150, 190000)) / 100,
                rates[place % len(rates)],
            )
            for place in range(count)
        ]

    def _reckon(self) -> None:
        gross_list = sum((line.net for line in self.lines), Decimal(0))
        self.listed = gross_list
        share = Decimal("0.9") if self.traits.has_discount else Decimal(1)
        by_rate = {rate: Decimal(0) for rate in sorted({line.rate for line in self.lines}, reverse=True)}
        for line in self.lines:
            by_rate[line.rate] += line.net
        self.bases = {rate: (base * share).quantize(CENT) for rate, base in by_rate.items()}
        self.taxes = {rate: (base * rate / 100).quantize(CENT) for rate, base in self.bases.items()}
        self.net = sum(self.bases.values(), Decimal(0))
        self.discount = gross_list - self.net
        self.tax = sum(self.taxes.values(), Decimal(0))
        self.total = self.net + self.tax
        self.deposit = (self.total / 3).quantize(CENT) if self.traits.has_deposit else None

    def word(self, key: str) -> str:
        """Return this stranger's wording of a thing, the same every time."""
        if key not in self._words:
            self._words[key] = self.pick.choice(self.tongue.words[key])
        return escape(self._words[key])

    def own_word(self, key: str) -> str:
        """Return the wording that fits the kind of the document."""
        swaps = {"invoice": "credit", "number": "credit_number", "total": "credit_total"}
        return self.word(swaps.get(key, key) if self.traits.is_credit else key)

    def money(self, value: Decimal) -> str:
        """Return an amount as this stranger writes it."""
        return ("-" if value < 0 else "") + escape(self.amount_form.format(self.digits(abs(value))))

    def digits(self, value: Decimal) -> str:
        """Return an amount without its currency."""
        plain = f"{value:,.2f}".replace(",", "_").replace(".", self.tongue.decimal)
        return plain.replace("_", self.tongue.thousands)

    def percent(self, rate: Decimal) -> str:
        """Return a rate without its sign."""
        return str(rate).replace(".", self.tongue.decimal)

    def day(self, value: date) -> str:
        """Return a date as this stranger writes it."""
        month = self.tongue.words["months"][value.month - 1]
        return self.date_form.format(
            d=value.day, m=value.month, y=value.year, yy=value.year % 100, month=month, mon=month[:3]
        )

    def vat_number(self, company: Company) -> str:
        """Return a VAT number as it is written at home."""
        return company.vat_number[2:] if self.tongue.code in {"es", "it", "pt"} else company.vat_number

    def truth(self, *, order: bool, buyer_vat: bool, due: bool = True, net: bool = True) -> Truth:
        """Return what a layout that shows these things says."""
        return Truth(
            kind="credit_note" if self.traits.is_credit else "invoice",
            number=self.number,
            issue_date=self.issued,
            due_date=self.due if due else None,
            currency=self.tongue.currency,
            net=self.net if net else None,
            tax=self.tax,
            total=self.total,
            paid=self.deposit,
            seller_name=self.seller.name,
            buyer_name=self.buyer.name,
            buyer_vat_number=self.buyer.vat_number if buyer_vat else None,
            buyer_postal_code=self.buyer.postal_code,
            buyer_city=self.buyer.city,
            purchase_order=self.order if order else None,
            iban=self.seller.iban,
            language=self.tongue.code,
        )


def _traits(index: int) -> Traits:
    is_credit = index % 8 == 5
    is_reverse_charge = index % 9 == 4
    return Traits(
        is_credit=is_credit,
        is_reverse_charge=is_reverse_charge,
        has_discount=index % 5 == 2 and not is_credit,
        has_deposit=index % 4 == 3 and not is_credit,
        has_two_rates=index % 3 == 1 and not is_reverse_charge,
        has_long_name=index % 11 == 6,
        has_delivery_address=index % 6 == 3,
    )
