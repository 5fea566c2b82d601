"""What the looks have in common: addresses, tables of goods, rows of totals."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .cases import Case
    from .words import Company

type Pairs = list[tuple[str, str]]


def sheet(style: str, body: str) -> str:
    """A document with its own style."""
    return (
        f"<html><head><style>@page{{size:A4;margin:16mm}}table{{border-collapse:collapse}}.w{{width:100%}}"
        f".r{{text-align:right}}th{{text-align:left}}td,th{{padding:1.2mm 1.5mm;vertical-align:top}}"
        f"body{{font:9.5pt/1.35 sans-serif}}.f{{display:flex;justify-content:space-between}}p{{margin:2mm 0}}"
        f"{style}</style></head><body>{body}</body></html>"
    )


def address(company: Company, *more: str, country: bool = True) -> str:
    """The lines of an address."""
    lines = [company.name, company.street, company.city_line, *([company.country] if country else [])]
    return "<br>".join([*map(escape, lines), *more])


def delivery(case: Case) -> str:
    """Another address, of a place that is not the customer's office."""
    if not case.traits.has_delivery_address:
        return ""
    depot = case.word("depot").replace(";", "<br>")
    return f"<b>{case.word('ship_to')}</b><br>{depot}"


def rows(pairs: Iterable[tuple[str, str]], *, name: str = "") -> str:
    """A table of labels and values."""
    body = "".join(f"<tr><td>{label}</td><td class=r>{value}</td></tr>" for label, value in pairs)
    return f"<table class='{name}'>{body}</table>"


def grid(pairs: Pairs, *, name: str = "w") -> str:
    """A table with its labels in a row above the values."""
    heads = "".join(f"<th>{label}</th>" for label, _ in pairs)
    values = "".join(f"<td>{value}</td>" for _, value in pairs)
    return f"<table class='{name}'><tr>{heads}</tr><tr>{values}</tr></table>"


def goods(case: Case, *, name: str = "w", with_rate: bool = False) -> str:
    """The table of goods: name, quantity, price, amount, and the rate of tax where there are several."""
    heads = case.word("items").split(";")
    extra = f"<th class=r>{case.word('rate')}</th>" if with_rate else ""
    head = f"<tr><th>{heads[0]}</th><th class=r>{heads[1]}</th><th class=r>{heads[2]}</th>{extra}<th class=r>{heads[3]}"
    body = "".join(
        f"<tr><td>{escape(line.name)}</td><td class=r>{line.quantity}</td><td class=r>{case.digits(line.price)}</td>"
        + (f"<td class=r>{case.percent(line.rate)}%</td>" if with_rate else "")
        + f"<td class=r>{case.digits(line.net)}</td></tr>"
        for line in case.lines
    )
    return f"<table class='{name}'><thead>{head}</th></tr></thead><tbody>{body}</tbody></table>"


def totals(case: Case, *, on_base: bool = False, with_net_after: bool = True) -> Pairs:
    """The rows from the sum of the goods to what is left to pay."""
    pairs: Pairs = []
    if case.traits.has_discount:
        pairs += [
            (case.word("gross_list"), case.money(case.listed)),
            (f"{case.word('discount')} (10%)", case.money(-case.discount)),
        ]
        if with_net_after:
            pairs.append((case.word("net_after"), case.money(case.net)))
    else:
        pairs.append((case.word("net"), case.money(case.net)))
    pairs += taxes(case, on_base=on_base)
    label = case.own_word("total")
    if case.amount_form == "{}":  # the currency must stand somewhere
        label = case.word("total_currency").format(case.tongue.currency)
    pairs.append((label, case.money(case.total)))
    return pairs + rest(case)


def rest(case: Case) -> Pairs:
    """What has been paid and what remains."""
    if case.deposit is None:
        return []
    return [
        (case.word("paid"), case.money(case.deposit)),
        (case.word("balance"), case.money(case.total - case.deposit)),
    ]


def taxes(case: Case, *, on_base: bool) -> Pairs:
    """One row for each rate."""
    if case.traits.is_reverse_charge and not on_base:
        return []
    return [
        (
            case.word("vat_on").format(case.percent(rate), case.digits(case.bases[rate]))
            if on_base
            else case.word("vat").format(case.percent(rate)),
            case.money(tax),
        )
        for rate, tax in case.taxes.items()
    ]


def breakdown(case: Case) -> str:
    """The table of rates, bases and taxes."""
    head = "".join(f"<th class=r>{case.word(key)}</th>" for key in ("rate", "base", "amount"))
    body = "".join(
        f"<tr><td class=r>{case.percent(rate)}%</td><td class=r>{case.digits(case.bases[rate])}</td>"
        f"<td class=r>{case.digits(tax)}</td></tr>"
        for rate, tax in case.taxes.items()
    )
    return f"<table><tr>{head}</tr>{body}</table>"


def remarks(case: Case) -> str:
    """What the law wants to be said."""
    return f"<p>{case.word('reverse')}</p>" if case.traits.is_reverse_charge else ""


def iban(case: Case) -> str:
    """The account, in groups of four."""
    number = case.seller.iban
    return "IBAN " + " ".join(number[at : at + 4] for at in range(0, len(number), 4))


def terms(case: Case) -> str:
    """The days there are for payment."""
    return case.word("terms").format(case.days)


def vat_line(case: Case, company: Company) -> str:
    """The VAT number with its label."""
    return f"{case.word('vat_label')}: {case.vat_number(company)}"
