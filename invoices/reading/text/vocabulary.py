"""What a language calls the things on an invoice.

Labels are written folded: lower case, no accents. A space in a label stands for any short separator or none, so
`rechnungs #` also finds `Rechnungs-Nr.`, `Rechnungsnummer` and `Rechnungs Nr:`. `#` stands for any way to write
"number". `due_phrases`, `day`, `at_once` and `end_of_month` are regular expressions on folded text.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The words of one language.

    Attributes:
        code: ISO 639-1.
        months: Names and abbreviations of each month, January first.
        hints: Frequent words by which the language shows.
        invoice_titles: What an invoice is headed.
        credit_titles: What a credit note is headed.
        number: Labels of the document's number.
        credit_number: Labels of a credit note's number.
        number_weak: Labels that often mean the number, and sometimes something else.
        related: Words that say a number belongs to another document.
        issued: Labels of the issue date.
        issued_weak: Labels that mean the issue date when they stand alone.
        due: Labels of the due date.
        due_phrases: What stands in a sentence right before the due date.
        order: Labels of the customer's order number.
        net: Labels of the sum before tax.
        tax: Labels of the tax.
        total: Labels of the sum including tax.
        total_weak: Labels of some sum, often the one including tax.
        payable: Labels of what remains to be paid.
        paid: Labels of what has been paid already.
        previous: Labels of what was owed before, or carried from another page.
        withheld: Labels of income tax that the customer keeps back.
        added: Labels of sums between net and total that are not tax.
        buyer: Headings of the customer's address.
        seller: Headings of the issuer's address.
        delivery: Headings of other addresses.
        yours: Words that make an identifier the customer's.
        day: The word for days, as a regular expression.
        before_days: Stems of words that make a number of days after them the payment terms.
        after_days: Words that do so right behind them.
        at_once: Payment on receipt.
        end_of_month: What makes the days count to the end of the month.
        late: Words of sentences about late payment, whose days are not the terms.
        discount: Words of sentences about cash discount, whose days are not the terms either.
        company_forms: Legal forms that end a company's name.
    """

    code: str
    months: tuple[tuple[str, ...], ...]
    hints: tuple[str, ...]
    invoice_titles: tuple[str, ...]
    credit_titles: tuple[str, ...]
    number: tuple[str, ...]
    credit_number: tuple[str, ...]
    number_weak: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    issued: tuple[str, ...]
    issued_weak: tuple[str, ...] = ()
    due: tuple[str, ...]
    due_phrases: tuple[str, ...] = ()
    order: tuple[str, ...]
    net: tuple[str, ...]
    tax: tuple[str, ...]
    total: tuple[str, ...]
    total_weak: tuple[str, ...]
    payable: tuple[str, ...]
    paid: tuple[str, ...]
    previous: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    buyer: tuple[str, ...]
    seller: tuple[str, ...]
    delivery: tuple[str, ...]
    yours: tuple[str, ...]
    day: str
    before_days: tuple[str, ...]
    after_days: tuple[str, ...]
    at_once: tuple[str, ...]
    end_of_month: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    discount: tuple[str, ...] = ()
    company_forms: tuple[str, ...] = ()


def words(text: str) -> tuple[str, ...]:
    """Return the entries of a comma-separated list, which may span lines."""
    return tuple(" ".join(entry.split()) for entry in text.split(",") if entry.strip())
