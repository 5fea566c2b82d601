"""Read a message back: what does it say, and does the brief explain every figure of it?"""

from __future__ import annotations

import re
from decimal import Decimal
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from tests.agent.writing.languages import NBSP, READINGS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from billabex.agent.writing import AcknowledgementBrief, Brief, BriefInvoice, LateCosts

VOID = frozenset({"meta", "br", "img"})


class Page(HTMLParser):
    """The text of an HTML document, its links and pictures, and the faults of its structure."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.faults: list[str] = []
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.pictures: list[str] = []
        self.pieces: list[str] = []
        self.feed(html)
        self.close()
        self.faults += [f"<{tag}> is never closed" for tag in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]
        self.pictures += [value or "" for name, value in attrs if name == "src"]
        self.pieces += [value or "" for name, value in attrs if name == "alt"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes something else")

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)

    @property
    def text(self) -> str:
        return re.sub(r"[ \n]+", " ", "\n".join(self.pieces)).strip()


def money(language: str, amount: Decimal, currency: str) -> str:
    reading = READINGS[language]
    thousands, decimals = reading.separators
    figure = f"{abs(amount):,.{0 if currency == 'JPY' else 2}f}".translate({ord(","): thousands, ord("."): decimals})
    return (reading.negative if amount < 0 else reading.money).format(symbol=reading.symbols[currency], figure=figure)


def day(language: str, day: date) -> str:
    reading = READINGS[language]
    number = reading.first if day.day == 1 else str(day.day)
    return reading.date.format(day=number, month=reading.months.split()[day.month - 1], year=day.year)


def days(language: str, count: int) -> str:
    return f"{count} {READINGS[language].days[count != 1]}"


def figures(brief: Brief) -> set[str]:
    """Return every figure that a complete message names."""
    language = brief.language
    named = {money(language, -amount, currency) for currency, amount in brief.credits}
    named |= {money(language, abs(total.to_pay), total.currency) for total in brief.totals}
    named |= {day(language, on) for on in (brief.deadline_on, brief.broken_promise_on) if on}
    for invoice in brief.overdue + brief.due_soon:
        named |= set(_invoice(language, invoice))
    if brief.late_costs:
        named |= set(_late_costs(language, brief.late_costs))
    iban = brief.payment.iban
    if iban:
        named.add(" ".join(re.findall(".{1,4}", iban)))
    return named


def unexplained(text: str, brief: Brief) -> list[str]:
    """Return what is left of the message's figures once those of the brief are taken out."""
    language = brief.language
    reading = READINGS[language]
    allowed = figures(brief) | {brief.payment.link, brief.payment.bic} - {""}
    allowed |= {money(language, total.overdue, total.currency) for total in brief.totals}
    allowed |= {money(language, total.due_soon, total.currency) for total in brief.totals}
    allowed |= {money(language, amount, currency) for currency, amount in brief.credits}
    if brief.late_costs:
        each = money(language, Decimal(40), "EUR")
        allowed |= {reading.law, "8", f"{brief.late_costs.fixed_sum_invoices} × {each}"}
    about = brief.due_soon if brief.kind == "pre_due_reminder" else brief.overdue
    return _left(text, allowed, rf"{len(about)} {reading.invoices}")


def unexplained_answer(text: str, brief: AcknowledgementBrief) -> list[str]:
    """Return what is left of a short answer's figures once those of the brief are taken out."""
    allowed = {*brief.invoice_numbers, brief.payment.link, brief.payment.bic}
    allowed |= {" ".join(re.findall(".{1,4}", brief.payment.iban))}
    allowed |= {day(brief.language, brief.on)} if brief.on else set()
    return _left(text, allowed - {""})


def _left(text: str, allowed: set[str], *patterns: str) -> list[str]:
    longest_first = (re.escape(figure) for figure in sorted(allowed, key=len, reverse=True))
    known = "|".join([*longest_first, *patterns])
    text = re.sub(rf"(?<![\w,.-])(?:{known})(?!\d|[.,]\d)", "", text)
    return re.findall(r"\S*[\d€$¥£%]\S*", text)


def paragraphs(text: str) -> list[str]:
    """Return the blocks of a plain text that are one line: its prose, and totals without parts."""
    return [block for block in text.strip().split("\n\n") if "\n" not in block]


def without_colons(text: str) -> str:
    """Return the text as a table shows it: a label and its value in two cells."""
    return re.sub(rf"{NBSP}?:", "", text)


def words(text: str) -> set[str]:
    """Return the words of a text, in lower case."""
    return {word.lower() for word in re.findall(r"[^\W\d_]+", text)}


def _invoice(language: str, invoice: BriefInvoice) -> Iterator[str]:
    yield invoice.number
    yield day(language, invoice.issued_on)
    yield day(language, invoice.due_on)
    yield money(language, invoice.total, invoice.currency)
    yield money(language, invoice.remaining, invoice.currency)
    if invoice.days_late > 0:
        yield days(language, invoice.days_late)


def _late_costs(language: str, costs: LateCosts) -> Iterator[str]:
    reading = READINGS[language]
    for one in costs.interest:
        yield one.number
        yield money(language, one.remaining, "EUR")
        for part in one.half_years:
            yield reading.half_years[part.half_year.number - 1].format(year=part.half_year.year)
            yield reading.percent.format(figure=f"{part.percent:.2f}".replace(".", reading.separators[1]))
            yield days(language, part.days)
            yield money(language, part.amount, "EUR")
    if costs.interest:
        interest = sum((part.amount for one in costs.interest for part in one.half_years), Decimal(0))
        yield money(language, interest, "EUR")
    if costs.fixed_sum_invoices:
        yield money(language, Decimal(40 * costs.fixed_sum_invoices), "EUR")
