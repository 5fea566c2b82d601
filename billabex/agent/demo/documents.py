"""Invoices and credit notes as their issuer knows them, before they become a page.

Rounding follows EN 16931: each line is rounded, VAT is computed once per rate on the sum of its lines.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from billabex.core.money import ZERO, quantize

if TYPE_CHECKING:
    from datetime import date

EU = frozenset({
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU",
    "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
})  # fmt: skip


class Kind(StrEnum):
    """What the document is."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"


class Layout(StrEnum):
    """How the page is laid out; each is a template of `templates/demo/`."""

    LETTER = "letter"
    LEDGER = "ledger"
    RAIL = "rail"


class Unit(StrEnum):
    """What is counted on a line, by its UN/ECE recommendation 20 code."""

    PIECE = "C62"
    HOUR = "HUR"
    DAY = "DAY"
    MONTH = "MON"
    METRE = "MTR"
    FLAT = "LS"


class VatCategory(StrEnum):
    """Why the VAT of a line is what it is (UNTDID 5305)."""

    STANDARD = "S"
    REVERSE_CHARGE = "AE"
    EXPORT = "G"


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """A company as its letterhead shows it.

    Attributes:
        country: ISO 3166-1 alpha-2.
        registration: Number in the national register, with the register's name: `SIREN 819 372 640`.
        vat_number: With its country prefix and no spaces; empty where there is none.
        legal_form: Form and capital, for the foot of the page.
        trade_name: The name beside the logo.
    """

    name: str
    street: str
    postcode: str
    city: str
    country: str
    registration: str
    vat_number: str = ""
    legal_form: str = ""
    email: str = ""
    phone: str = ""
    trade_name: str = ""
    bank: str = ""
    iban: str = ""
    bic: str = ""


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One line: what was delivered, how much of it, at which net price."""

    description: str
    quantity: Decimal
    unit: Unit
    unit_price: Decimal
    vat_rate: Decimal = Decimal(20)
    detail: str = ""


@dataclass(frozen=True, slots=True)
class VatShare:
    """The part of a document under one VAT rate."""

    category: VatCategory
    rate: Decimal
    base: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperDocument:
    """An invoice or a credit note, complete.

    Amounts are positive on both kinds, as type 381 wants them.

    Attributes:
        due_on: The last day to pay; a credit note has none.
        terms_days: Days from issue to due date, as printed.
        paid: What was already received when the document was issued (a deposit).
        corrects: Number and issue date of the invoice that a credit note refers to.
        is_facturx: Whether the PDF carries the data as XML, too.
    """

    kind: Kind
    number: str
    issued_on: date
    due_on: date | None
    language: str
    currency: str
    seller: Company
    buyer: Company
    lines: tuple[PaperLine, ...]
    layout: Layout = Layout.LETTER
    terms_days: int = 30
    purchase_order: str = ""
    subject: str = ""
    paid: Decimal = ZERO
    corrects: tuple[str, date] | None = None
    is_facturx: bool = False

    def amount_of(self, line: PaperLine) -> Decimal:
        """Return the net amount of one of the lines."""
        return quantize(line.quantity * line.unit_price, self.currency)

    def category_of(self, line: PaperLine) -> VatCategory:
        """Return why the line has its VAT rate: a zero rate follows from where the buyer is."""
        if line.vat_rate:
            return VatCategory.STANDARD
        return VatCategory.REVERSE_CHARGE if self.buyer.country in EU else VatCategory.EXPORT

    @property
    def net(self) -> Decimal:
        """The total without VAT."""
        return sum((self.amount_of(line) for line in self.lines), ZERO)

    @property
    def vat_shares(self) -> tuple[VatShare, ...]:
        """The VAT by rate, the highest rate first."""
        bases: dict[tuple[Decimal, VatCategory], Decimal] = defaultdict(Decimal)
        for line in self.lines:
            bases[line.vat_rate, self.category_of(line)] += self.amount_of(line)
        return tuple(
            VatShare(category, rate, base, quantize(base * rate / 100, self.currency))
            for (rate, category), base in sorted(bases.items(), reverse=True)
        )

    @property
    def vat(self) -> Decimal:
        """All VAT."""
        return sum((share.amount for share in self.vat_shares), ZERO)

    @property
    def total(self) -> Decimal:
        """The total with VAT."""
        return self.net + self.vat

    @property
    def payable(self) -> Decimal:
        """What remains to pay of the total."""
        return self.total - self.paid
