"""Invented invoices with known values: seven languages, each as three different programs word it, five layouts."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from html import escape
from typing import TYPE_CHECKING

from weasyprint import HTML

from .wordings import LOCALES

if TYPE_CHECKING:
    from .wordings import Company, Locale, Wording

STYLE = """
@page { size: A4; margin: 18mm 16mm }
body { font: 9.5pt sans-serif } h1 { font-size: 18pt; margin: 4mm 0 }
table { border-collapse: collapse; width: 100% } th { text-align: left } td, th { padding: 1mm 2mm }
.r { text-align: right } .small { font-size: 7pt; color: #555 } .two { display: flex; justify-content: space-between }
.two > div { width: 46% } .totals { width: 48%; margin-left: auto; margin-top: 6mm } footer { margin-top: 20mm }
"""


@dataclass(frozen=True)
class Truth:
    kind: str
    number: str
    issue_date: date
    due_date: date
    currency: str
    net: Decimal
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
class Invented:
    name: str
    html: str
    truth: Truth

    @property
    def pdf(self) -> bytes:
        return _rendered(self.html)


@cache
def _rendered(html: str) -> bytes:
    pdf: bytes = HTML(string=html).write_pdf()
    return pdf


NUMBERS = (
    "2026-0417",
    "F20260031",
    "INV-10442",
    "26/000187",
    "RE-2026-88",
    "100452",
    "A-77-2026",
    "2026/0093",
    "FT 2026/118",
)


@dataclass(frozen=True)
class _Case:
    locale: Locale
    wording: Wording
    truth: Truth
    layout: str
    lines: tuple[tuple[str, int, Decimal], ...]
    days: int
    style: int

    @property
    def seller(self) -> Company:
        return self.locale.companies[0]

    @property
    def buyer(self) -> Company:
        return self.locale.companies[1]

    @property
    def is_credit(self) -> bool:
        return self.truth.kind == "credit_note"

    def money(self, value: Decimal) -> str:
        return escape(self.locale.money(value))

    def day(self, value: date) -> str:
        return escape(self.locale.day(value, self.style))


def invented(count: int) -> list[Invented]:
    """Return the first `count` invoices; every language and layout comes early."""
    return [_invent(index) for index in range(count)]


def _invent(index: int) -> Invented:
    pick = random.Random(index)  # noqa: S311 - repeatable, not secret
    locale = LOCALES[index % len(LOCALES)]
    layout = "abcde"[(index + index // len(LOCALES)) % 5]
    wording = locale.wordings[(index // len(LOCALES)) % 3]
    case = _case(pick, locale, wording, layout, index)
    return Invented(f"{locale.code}-{layout}-{index}", _LAYOUTS[layout](case), case.truth)


def _case(pick: random.Random, locale: Locale, wording: Wording, layout: str, index: int) -> _Case:
    prices = [Decimal(pick.randint(500, 150000)) / 100 for _ in range(pick.randint(2, 4))]
    lines = tuple((f"{wording.items[0]} {n + 1}", pick.randint(1, 6), price) for n, price in enumerate(prices))
    net = sum((amount * price for _, amount, price in lines), Decimal("0.00"))
    tax = (net * locale.rate).quantize(Decimal("0.01"))
    issued = date(2026, pick.randint(1, 12), pick.randint(1, 28))
    days = pick.choice([14, 30, 45, 60])
    is_credit = index % 6 == 5
    paid = (net / 4).quantize(Decimal("0.01")) if layout == "d" and not is_credit else None
    seller, buyer = locale.companies
    postal, _, city = buyer.city_line.rpartition(" ")
    if locale.code == "en":
        city, _, postal = buyer.city_line.partition(" ")
    truth = Truth(
        kind="credit_note" if is_credit else "invoice",
        number=NUMBERS[pick.randrange(len(NUMBERS))],
        issue_date=issued,
        due_date=issued + timedelta(days=days),
        currency=locale.currency,
        net=net,
        tax=tax,
        total=net + tax,
        paid=paid,
        seller_name=seller.name,
        buyer_name=buyer.name,
        buyer_vat_number=buyer.vat if layout in "ac" else None,
        buyer_postal_code=postal,
        buyer_city=city,
        purchase_order=f"PO-{pick.randint(1000, 9999)}" if layout in "abc" else None,
        iban=seller.iban,
        language=locale.code,
    )
    return _Case(locale, wording, truth, layout, lines, days, index // 3)


def _page(body: str) -> str:
    return f"<html><head><style>{STYLE}</style></head><body>{body}</body></html>"


def _number_label(case: _Case) -> str:
    return escape(case.wording.credit_number if case.is_credit else case.wording.number)


def _title(case: _Case) -> str:
    return escape(case.wording.credit if case.is_credit else case.wording.title)


def _address(company: Company, *extra: str) -> str:
    lines = (company.name, company.street, company.city_line, company.country, *extra)
    return "<br>".join(escape(line) for line in lines)


def _items(case: _Case) -> str:
    head = "".join(f"<th class='{'r' if n else ''}'>{escape(h)}</th>" for n, h in enumerate(case.wording.items))
    rows = "".join(
        f"<tr><td>{escape(name)}</td><td class=r>{count}</td><td class=r>{case.money(price)}</td>"
        f"<td class=r>{case.money(price * count)}</td></tr>"
        for name, count, price in case.lines
    )
    return f"<table><tr>{head}</tr>{rows}</table>"


def _totals(case: _Case) -> str:
    word, truth = case.wording, case.truth
    rows = [(word.net, truth.net), (word.tax, truth.tax), (word.total, truth.total)]
    if truth.paid is not None:
        rows += [(word.paid, truth.paid), (word.payable, truth.total - truth.paid)]
    cells = "".join(f"<tr><td>{escape(k)}</td><td class=r>{case.money(v)}</td></tr>" for k, v in rows)
    return f"<table class=totals>{cells}</table>"


def _bank(case: _Case) -> str:
    spaced = " ".join(case.seller.iban[i : i + 4] for i in range(0, len(case.seller.iban), 4))
    return f"IBAN: {spaced}"


def _meta(case: _Case) -> list[tuple[str, str]]:
    word, truth = case.wording, case.truth
    rows = [
        (_number_label(case), escape(truth.number)),
        (escape(word.issued), case.day(truth.issue_date)),
        (escape(word.due), case.day(truth.due_date)),
    ]
    return [*rows, (escape(word.order), escape(truth.purchase_order))] if truth.purchase_order else rows


def _terms(case: _Case) -> str:
    return f"<p>{escape(case.wording.terms.format(case.days))}</p>"


def _letterhead(case: _Case) -> str:
    """Seller on top, customer with a heading on the right, labels and values in one line each."""
    meta = "<br>".join(f"{label}{'' if label.endswith(':') else ' :'} {value}" for label, value in _meta(case))
    return _page(
        f"<div class=two><div><b>{_address(case.seller, f'{case.wording.vat_label} {case.seller.vat}')}</b></div>"
        f"<div>{escape(case.wording.bill_to)}<br>"
        f"{_address(case.buyer, f'{case.wording.vat_label} {case.buyer.vat}')}</div></div>"
        f"<h1>{_title(case)}</h1><p>{meta}</p>{_items(case)}{_totals(case)}{_terms(case)}"
        f"<footer class=small>{escape(case.seller.name)} — {_bank(case)}</footer>"
    )


def _window(case: _Case) -> str:
    """A window envelope: the sender in one small line, the customer below without a heading, facts on the right."""
    sender = f"{case.seller.name} · {case.seller.street} · {case.seller.city_line}"
    meta = "".join(f"<tr><td>{label}</td><td class=r>{value}</td></tr>" for label, value in _meta(case))
    return _page(
        f"<div style='height:14mm'></div><div class=two><div><span class=small>{escape(sender)}</span><br><br>"
        f"{_address(case.buyer)}</div><div><table>{meta}</table></div></div><h1>{_title(case)}</h1>"
        f"{_items(case)}{_totals(case)}"
        f"<footer class='small two'><div>{escape(case.seller.name)}<br>{escape(case.seller.street)}<br>"
        f"{escape(case.wording.vat_label)} {case.seller.vat}</div><div>{_bank(case)}</div></footer>"
    )


def _columns(case: _Case) -> str:
    """Both parties side by side, facts as a table with its headings above, totals likewise."""
    meta = _meta(case)
    heads = "".join(f"<th>{label}</th>" for label, _ in meta)
    values = "".join(f"<td>{value}</td>" for _, value in meta)
    word, truth = case.wording, case.truth
    totals = [(word.net, truth.net), (word.tax, truth.tax), (word.total, truth.total)]
    total_heads = "".join(f"<th class=r>{escape(k)}</th>" for k, _ in totals)
    total_values = "".join(f"<td class=r>{case.money(v)}</td>" for _, v in totals)
    return _page(
        f"<h1 class=r>{_title(case)}</h1><div class=two><div>{escape(word.seller)}<br>"
        f"{_address(case.seller, f'{word.vat_label} {case.seller.vat}')}</div><div>{escape(word.bill_to)}<br>"
        f"{_address(case.buyer, f'{word.vat_label} {case.buyer.vat}')}</div></div><br>"
        f"<table><tr>{heads}</tr><tr>{values}</tr></table><br>{_items(case)}<br>"
        f"<table><tr>{total_heads}</tr><tr>{total_values}</tr></table><p>{_bank(case)}</p>"
    )


def _titled(case: _Case) -> str:
    """The number in the title, no due date but terms, a payment already made."""
    word, truth = case.wording, case.truth
    return _page(
        f"<div class=two><div>{_address(case.seller)}</div>"
        f"<div>{escape(word.bill_to)}<br>{_address(case.buyer)}</div></div>"
        f"<h1>{_title(case)} {escape(truth.number)}</h1><p>{escape(word.issued)} {case.day(truth.issue_date)}</p>"
        f"{_items(case)}{_totals(case)}<p>{escape(word.terms.format(case.days))}</p><p>{_bank(case)}</p>"
    )


def _right(case: _Case) -> str:
    """The customer on the right without a heading, everything else in a narrow column on the left."""
    meta = "".join(f"<p><b>{label}</b><br>{value}</p>" for label, value in _meta(case))
    return _page(
        f"<div class=two><div><b>{escape(case.seller.name)}</b><br>{escape(case.seller.street)}<br>"
        f"{escape(case.seller.city_line)}<br>Tel. 0123 456789<br>info@example.com</div><div style='margin-top:22mm'>"
        f"{_address(case.buyer)}</div></div><h1>{_title(case)}</h1>{meta}{_items(case)}{_totals(case)}"
        f"<p>{escape(case.wording.terms.format(case.days))} {_bank(case)}</p>"
    )


_LAYOUTS = {"a": _letterhead, "b": _window, "c": _columns, "d": _titled, "e": _right}
