"""Read a message back: what does it say, and does the brief explain every figure of it?

The formats are written down here once more, by hand, so that a message is not checked against its own formatter.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from decimal import Decimal

    from billabex.agent.writing import Brief, BriefInvoice

VOID = frozenset({"meta", "br"})
NBSP, NNBSP = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"
_ENGLISH = "January February March April May June July August September October November December"
_FRENCH = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
MONTHS = {"en": _ENGLISH.split(), "fr": _FRENCH.split()}
SYMBOLS = {
    "en": {"EUR": "€", "USD": "US$", "JPY": "JP¥"},
    "fr": {"EUR": "€", "USD": "$US", "JPY": "JPY"},
}
DAYS = {"en": ("day", "days"), "fr": ("jour", "jours")}
INVOICES = {"en": r"(?:overdue )?invoices", "fr": "factures"}


class Page(HTMLParser):
    """The text of an HTML document, its links and the faults of its structure."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.faults: list[str] = []
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.pieces: list[str] = []
        self.feed(html)
        self.close()
        self.faults += [f"<{tag}> is never closed" for tag in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name in {"href", "src"}]
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
    figure = f"{abs(amount):,.{0 if currency == 'JPY' else 2}f}"
    sign = "-" if amount < 0 else ""
    symbol = SYMBOLS[language][currency]
    if language == "en":
        return f"{sign}{symbol}{figure}"
    return f"{sign}{figure.replace(',', NNBSP).replace('.', ',')}{NBSP}{symbol}"


def day(language: str, day: date) -> str:
    number = "1er" if language == "fr" and day.day == 1 else str(day.day)
    return f"{number} {MONTHS[language][day.month - 1]} {day.year}"


def days(language: str, count: int) -> str:
    return f"{count} {DAYS[language][count != 1]}"


def figures(brief: Brief) -> set[str]:
    """Return every figure that a complete message names."""
    language = brief.language
    named = {money(language, -amount, currency) for currency, amount in brief.credits}
    named |= {money(language, total.to_pay, total.currency) for total in brief.totals}
    for invoice in brief.overdue + brief.due_soon:
        named |= set(_invoice(language, invoice))
    iban = brief.payment.iban
    if iban:
        named.add(" ".join(re.findall(".{1,4}", iban)))
    return named


def unexplained(text: str, brief: Brief) -> list[str]:
    """Return what is left of the message's figures once those of the brief are taken out."""
    language = brief.language
    allowed = figures(brief) | {brief.payment.link, brief.payment.bic} - {""}
    allowed |= {money(language, total.overdue, total.currency) for total in brief.totals}
    allowed |= {money(language, total.due_soon, total.currency) for total in brief.totals}
    allowed |= {money(language, amount, currency) for currency, amount in brief.credits}
    longest_first = "|".join(re.escape(figure) for figure in sorted(allowed, key=len, reverse=True))
    about = brief.due_soon if brief.kind == "pre_due_reminder" else brief.overdue
    count = rf"{len(about)} {INVOICES[language]}"
    text = re.sub(rf"(?<![\w,.-])(?:{longest_first}|{count})(?!\d|[.,]\d)", "", text)
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
