"""What stands on the page: every text of a document, in its language, ready for the templates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from schwifty import IBAN

from billabex.agent.demo import words
from billabex.agent.demo.documents import Kind, PaperDocument, VatShare
from billabex.agent.demo.words import WORDS, Words

if TYPE_CHECKING:
    from babel import Locale


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its value; `is_main` for the one that the eye should find first."""

    label: str
    value: str
    is_main: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table."""

    description: str
    detail: str
    quantity: str
    price: str
    rate: str
    amount: str


def title_of(document: PaperDocument) -> str:
    """Return what the document is called: Invoice LUM-2026-0142."""
    return f"{_kind(document)} {document.number}"


def page_of(document: PaperDocument) -> dict[str, Any]:
    """Return the context of the templates: nothing in it is left to format."""
    text, locale = WORDS[document.language], words.locale_of(document)
    seller, buyer = document.seller, document.buyer
    return {
        "language": document.language,
        "text": text,
        "title": title_of(document),
        "kind": _kind(document),
        "number": document.number,
        "subject": document.subject,
        "seller": seller,
        "seller_address": words.address(seller, locale, home=buyer.country),
        "buyer": buyer,
        "buyer_address": words.address(buyer, locale, home=seller.country),
        "legal": [seller.legal_form, seller.registration, f"{text.vat_number} {seller.vat_number}"],
        "facts": _facts(document, text, locale),
        "rows": _rows(document, text, locale),
        "sums": _sums(document, text, locale),
        "remarks": _remarks(document, text, locale),
        "payment": _payment(document, text),
    }


def _kind(document: PaperDocument) -> str:
    text = WORDS[document.language]
    return text.invoice if document.kind is Kind.INVOICE else text.credit_note


def _facts(document: PaperDocument, text: Words, locale: Locale) -> list[Fact]:
    is_invoice = document.kind is Kind.INVOICE
    facts = [Fact(text.issued if is_invoice else text.issued_credit, words.day(document.issued_on, locale))]
    if document.due_on:
        facts.append(Fact(text.due, words.day(document.due_on, locale), is_main=True))
        facts.append(Fact(text.terms, text.net_days.format(days=document.terms_days)))
    if document.purchase_order:
        facts.append(Fact(text.order, document.purchase_order))
    return facts


def _rows(document: PaperDocument, text: Words, locale: Locale) -> list[Row]:
    return [
        Row(
            description=line.description,
            detail=line.detail,
            quantity=words.quantity(line, text, locale),
            price=words.figure(line.unit_price, locale),
            rate=words.percent(line.vat_rate, locale),
            amount=words.figure(document.amount_of(line), locale),
        )
        for line in document.lines
    ]


def _sums(document: PaperDocument, text: Words, locale: Locale) -> list[Fact]:
    def money(label: str, amount: Any, *, is_main: bool = False) -> Fact:
        return Fact(label, words.money(amount, document.currency, locale), is_main)

    def vat(share: VatShare) -> Fact:
        rate, base = words.percent(share.rate, locale), words.figure(share.base, locale)
        return money(text.vat.format(rate=rate, base=base), share.amount)

    above = [money(text.net, document.net), *map(vat, document.vat_shares)]
    if document.kind is Kind.CREDIT_NOTE:
        return [*above, money(text.credited, document.total, is_main=True)]
    if document.paid:
        deposit = money(text.paid, -document.paid)
        return [*above, money(text.total, document.total), deposit, money(text.payable, document.payable, is_main=True)]
    return [*above, money(text.total, document.total, is_main=True)]


def _remarks(document: PaperDocument, text: Words, locale: Locale) -> list[str]:
    remarks = [text.zero[share.category] for share in document.vat_shares if share.category in text.zero]
    if document.corrects:
        number, issued_on = document.corrects
        remarks.append(text.corrects.format(number=number, day=words.day(issued_on, locale)) + ".")
    remarks.append(text.late if document.kind is Kind.INVOICE else text.credit_use)
    return remarks


def _payment(document: PaperDocument, text: Words) -> list[Fact]:
    if document.kind is Kind.CREDIT_NOTE:
        return []
    seller = document.seller
    return [
        Fact("IBAN", IBAN(seller.iban).formatted),
        Fact("BIC", seller.bic),
        Fact(text.reference, document.number, is_main=True),
        Fact(text.beneficiary, seller.name),
        Fact(text.bank, seller.bank),
    ]
