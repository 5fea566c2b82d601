"""Ten looks, each after a kind of program or habit that invoices come from."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from .cases import Case, Truth
from .parts import (
    address,
    breakdown,
    delivery,
    goods,
    grid,
    iban,
    remarks,
    rows,
    sheet,
    terms,
    totals,
    vat_line,
)

if TYPE_CHECKING:
    from collections.abc import Callable

type Look = Callable[[Case], tuple[str, Truth]]


def card_processor(case: Case) -> tuple[str, Truth]:
    """Facts under the title, both addresses side by side, the sum as a headline, totals on the right."""
    due = case.deposit is None
    headline = f"<h2>{case.money(case.total)}</h2>" if due else ""
    facts = rows(
        [
            (f"<b>{case.own_word('number')}</b>", f"<b>{escape(case.number)}</b>"),
            (case.word("issued"), case.day(case.issued)),
            (case.word("due"), case.day(case.due)),
        ],
        name="facts",
    )
    return sheet(
        "h1{font-size:17pt}.facts td{padding:.4mm 4mm .4mm 0;text-align:left}.t{width:52%;margin-left:48%}"
        ".w th{font-weight:400;font-size:7.5pt;border-bottom:1px solid #000}",
        f"<div class=f><h1>{case.own_word('invoice')}</h1><b style='font-size:14pt;color:#777'>"
        f"{escape(case.seller.name.split()[0])}</b></div>{facts}<br>"
        f"<div class=f><div style='width:40%'><b>"
        f"{address(case.seller, 'billing@example.com', vat_line(case, case.seller))}</b></div>"
        f"<div style='width:55%'><b>{case.word('bill_to')}</b><br>{address(case.buyer, 'ap@customer.example')}"
        f"</div></div>{headline}{goods(case)}<br>{rows(totals(case, on_base=True), name='w t')}"
        f"{remarks(case)}<p style='font-size:8pt'>{iban(case)}</p>",
    ), case.truth(order=False, buyer_vat=False)


def ledger_in_the_cloud(case: Case) -> tuple[str, Truth]:
    """The customer under the title without a heading, facts in a middle column over their values, seller right."""
    facts = "".join(
        f"<p><b>{label}</b><br>{value}</p>"
        for label, value in [
            (case.word("issued"), case.day(case.issued)),
            (case.own_word("number"), escape(case.number)),
            (case.word("order"), escape(case.order)),
            (case.word("vat_label"), case.vat_number(case.seller)),
        ]
    )
    return sheet(
        "h1{font-size:20pt;font-weight:400;margin:0 0 6mm}.t{width:50%;margin-left:50%}",
        f"<div class=f><div style='width:42%'><h1>{case.own_word('invoice')}</h1>{address(case.buyer)}</div>"
        f"<div style='width:24%'>{facts}</div><div style='width:26%'>{address(case.seller)}</div></div><br><br>"
        f"{goods(case)}<br>{rows(totals(case, with_net_after=False), name='t')}<br>"
        f"<p><b>{case.word('due')}: {case.day(case.due)}</b><br>{iban(case)}</p>{remarks(case)}",
    ), case.truth(order=True, buyer_vat=False, net=not case.traits.has_discount)


def book_keeper(case: Case) -> tuple[str, Truth]:
    """Bill-to, ship-to and facts in three columns; the balance in large print at the end."""
    facts = rows(
        [
            (f"<b>{case.own_word('number')}</b>", escape(case.number)),
            (f"<b>{case.word('issued')}</b>", case.day(case.issued)),
            (f"<b>{case.word('due')}</b>", case.day(case.due)),
            (f"<b>{case.word('customer_number')}</b>", case.customer_number),
        ]
    )
    pairs = totals(case)
    last = pairs.pop()
    return sheet(
        ".t{width:48%;margin-left:52%}.b{font-size:15pt;text-align:right}.w thead{background:#dde}",
        f"{address(case.seller, 'office@example.com')}<h1 style='color:#36a'>{case.own_word('invoice')}</h1>"
        f"<div class=f><div><b>{case.word('bill_to')}</b><br>{address(case.buyer, vat_line(case, case.buyer))}</div>"
        f"<div>{delivery(case)}</div><div>{facts}</div></div><hr>{goods(case, with_rate=True)}<hr>"
        f"{rows(pairs, name='t')}<p class=b>{last[0]} &nbsp; <b>{last[1]}</b></p>{remarks(case)}"
        f"<p>{case.word('bank')}: {iban(case)}</p>",
    ), case.truth(order=False, buyer_vat=True)


def open_source_suite(case: Case) -> tuple[str, Truth]:
    """Customer on the right, the number in the title, facts in a row, rates in the lines, a communication below."""
    facts = grid(
        [
            (f"{case.word('issued')}:", case.day(case.issued)),
            (f"{case.word('due')}:", case.day(case.due)),
            (f"{case.word('order')}:", escape(case.order)),
        ]
    )
    return sheet(
        "h2{font-size:16pt;color:#714b67}.t{width:46%;margin-left:54%}.w tbody td{border-top:1px solid #ddd}",
        f"<div>{address(case.seller, country=False)}<br><br></div><div style='margin-left:55%'>"
        f"{address(case.buyer, vat_line(case, case.buyer))}</div><h2>{case.own_word('invoice')} {escape(case.number)}"
        f"</h2>{facts}<br>{goods(case, with_rate=True)}<br>{rows(totals(case), name='t')}"
        f"<p>{terms(case)}</p><p>{case.word('bank')}: {iban(case)}<br>{escape(case.number)}</p>{remarks(case)}",
    ), case.truth(order=True, buyer_vat=True)


def boxed_desktop_program(case: Case) -> tuple[str, Truth]:
    """Boxes with borders: facts with headings above, rates at the left of the foot, totals in a box at its right."""
    facts = grid(
        [
            (case.own_word("number"), escape(case.number)),
            (case.word("issued"), case.day(case.issued)),
            (case.word("customer_number"), case.customer_number),
            (case.word("order"), escape(case.order)),
            (case.word("due"), case.day(case.due)),
        ],
        name="w box",
    )
    return sheet(
        ".box td,.box th{border:1px solid #333}.foot{margin-top:30mm}",
        f"<div class=f><div><b>{address(case.seller)}</b><br>{case.word('phone')} 0123 456 789</div><div "
        f"style='border:1px solid #333;padding:3mm;width:42%;margin-top:14mm'>{address(case.buyer)}</div></div>"
        f"<h2>{case.own_word('invoice')}</h2>{facts}<br>{goods(case, name='w box')}"
        f"<div class='f foot'><div>{breakdown(case)}</div>{rows(totals(case), name='box')}</div>"
        f"<p>{terms(case)}</p>{remarks(case)}<p style='font-size:7pt;text-align:center'>{escape(case.seller.name)} - "
        f"{vat_line(case, case.seller)} - {iban(case)}</p>",
    ), case.truth(order=True, buyer_vat=False)


def start_up(case: Case) -> tuple[str, Truth]:
    """Title and facts top left, small print, gross amounts per line, tax details in a table, totals on the right."""
    facts = rows(
        [
            (case.own_word("number"), escape(case.number)),
            (case.word("issued"), case.day(case.issued)),
            (case.word("due"), case.day(case.due)),
            (case.word("order"), escape(case.order)),
        ],
        name="facts",
    )
    columns = case.word("item_columns").split(";")
    head = "".join(f"<th class=r>{one}</th>" for one in columns)
    body = "".join(
        f"<tr><td>{escape(line.name)}</td><td class=r>{case.money(line.net)}</td>"
        f"<td class=r>{case.percent(line.rate)} %</td>"
        f"<td class=r>{case.money((line.net * (100 + line.rate) / 100).quantize(line.price))}</td></tr>"
        for line in case.lines
    )
    name = case.word("items").split(";")[0]
    return sheet(
        "body{font-size:8.5pt}h1{font-size:13pt}.facts td{text-align:left;padding:.3mm 6mm .3mm 0}"
        ".t{margin-left:56%;width:44%}",
        f"<h1>{case.own_word('invoice')}</h1>{facts}<br><div class=f><div style='width:45%'><b>{case.word('from')}</b>"
        f"<br>{address(case.seller, vat_line(case, case.seller))}</div>"
        f"<div style='width:50%'><b>{case.word('bill_to')}</b>"
        f"<br>{address(case.buyer, vat_line(case, case.buyer))}</div></div><br><table class=w><tr><th>{name}</th>{head}"
        f"</tr>{body}</table><br>{rows(totals(case), name='t')}<br>{breakdown(case)}{remarks(case)}"
        f"<p><b>{case.word('bank')}</b><br>{iban(case)}</p>",
    ), case.truth(order=True, buyer_vat=True)


def window_envelope(case: Case) -> tuple[str, Truth]:
    """The sender in small print over the window, facts right, sentences around the table, columns at the foot."""
    name, street, city_line, *_ = case.seller
    sender = f"{escape(name)}, {escape(street)}, {escape(city_line)}"
    facts = rows(
        [
            (case.own_word("number"), escape(case.number)),
            (case.word("customer_number"), case.customer_number),
            (case.word("issued"), case.day(case.issued)),
        ]
    )
    due_by = case.word("due_by").format(f"<b>{case.day(case.due)}</b>")
    return sheet(
        ".s{font-size:7pt;color:#666}.t{width:56%;margin-left:44%}.end{margin-top:25mm;font-size:7.5pt;color:#555}",
        f"<p style='text-align:right;font-size:16pt'>{escape(name.split()[0])}</p><div class=f><div style='width:48%'>"
        f"<span class=s>{sender}</span><br>{address(case.buyer)}</div><div>{facts}</div></div><br><br>"
        f"<h2>{case.own_word('invoice')} {escape(case.number)}</h2><p>{case.word('hello')}</p>{goods(case)}"
        f"{rows(totals(case), name='t')}<p>{due_by}</p>{remarks(case)}"
        f"<div class='f end'><div>{escape(name)}<br>{escape(street)}<br>{escape(city_line)}</div>"
        f"<div>{case.word('phone')} 0123 456789<br>info@example.com</div>"
        f"<div>{vat_line(case, case.seller)}</div><div>{iban(case)}</div></div>",
    ), case.truth(order=False, buyer_vat=False)


def typed_by_hand(case: Case) -> tuple[str, Truth]:
    """A letter from a word processor: place and date, facts in sentences, lines without a table."""
    city = case.seller.city
    number = case.own_word("number")
    lines = "".join(
        f"<div class=f><span>{escape(line.name)}, {line.quantity} x {case.digits(line.price)}</span>"
        f"<span>{case.digits(line.net)}</span></div>"
        for line in case.lines
    )
    sums = "".join(f"<div class=f><span>{label}</span><span>{value}</span></div>" for label, value in totals(case))
    return sheet(
        "body{font:11pt/1.5 serif}h3{margin:8mm 0 2mm}",
        f"<p>{address(case.seller, vat_line(case, case.seller), country=False)}</p><p style='margin:8mm 0 8mm 95mm'>"
        f"{address(case.buyer, country=False)}</p><p class=r>{escape(city)}, {case.word('on_day')} "
        f"{case.day(case.issued)}</p><h3>{case.own_word('invoice').upper()}</h3><p>{number}: {escape(case.number)}</p>"
        f"<p>{case.word('hello')}</p>{lines}<hr>{sums}<p>{terms(case)}</p>{remarks(case)}<p>{iban(case)}</p>",
    ), case.truth(order=False, buyer_vat=False)


def online_books(case: Case) -> tuple[str, Truth]:
    """Title and number on the right with the balance under it, colons and facts right-aligned, deductions signed."""
    balance = case.total - (case.deposit or 0)
    facts = rows(
        [
            (f"{case.word('issued')} :", case.day(case.issued)),
            (f"{case.word('due')} :", case.day(case.due)),
            (f"{case.word('order')} :", escape(case.order)),
        ]
    )
    pairs = totals(case)
    if case.deposit is not None:
        pairs[-2] = (pairs[-2][0], f"(-) {case.money(case.deposit)}")
    return sheet(
        ".t{width:50%;margin-left:50%}.t td{text-align:right}.w thead{background:#333;color:#fff}",
        f"<div class=f><div><b>{escape(case.seller.name)}</b><br>{'<br>'.join(map(escape, case.seller[1:3]))}</div>"
        f"<div class=r><span style='font-size:22pt'>{case.own_word('invoice')}</span><br><b># {escape(case.number)}</b>"
        f"<br><br>{case.word('balance')}<br><b style='font-size:13pt'>{case.money(balance)}</b></div></div><br>"
        f"<div class=f><div>{case.word('bill_to')}<br><b>{escape(case.buyer.name)}</b><br>"
        f"{'<br>'.join(map(escape, case.buyer[1:3]))}</div><div>{delivery(case)}</div><div>{facts}</div></div><br>"
        f"{goods(case)}<br>{rows(pairs, name='t')}<p>{terms(case)}<br>{iban(case)}</p>{remarks(case)}",
    ), case.truth(order=True, buyer_vat=False)


def many_pages(case: Case) -> tuple[str, Truth]:
    """Two pages with a sum carried forward, the number on both, totals on the left of the second."""
    long = Case(case.index, line_count=34)
    first, second = long.lines[:24], long.lines[24:]
    carried = sum((line.net for line in first), first[0].net * 0)
    head = f"<p class=r>{long.own_word('number')} {escape(long.number)} &nbsp;&nbsp; {long.day(long.issued)}</p>"
    facts = rows(
        [
            (long.word("issued"), long.day(long.issued)),
            (long.word("due"), long.day(long.due)),
            (long.word("order"), escape(long.order)),
        ]
    )
    whole = long.lines
    long.lines = first
    table_one = goods(long, with_rate=True)
    long.lines = second
    table_two = goods(long, with_rate=True)
    long.lines = whole
    carry = f"<div class=f><b>{long.word('carried')}</b><b>{long.digits(carried)}</b></div>"
    bring = f"<div class=f><b>{long.word('brought')}</b><b>{long.digits(carried)}</b></div>"
    sums = totals(long, on_base=True)
    return sheet(
        ".n{page-break-before:always}.t{width:60%}",
        f"<div class=f><div>{address(long.seller, vat_line(long, long.seller))}</div><div>{facts}</div></div><br>"
        f"{long.word('bill_to')}:<br>{address(long.buyer)}<h2>{long.own_word('invoice')}</h2>{head}{table_one}{carry}"
        f"<div class=n>{head}{bring}{table_two}</div><br>{rows(sums, name='t')}"
        f"<p>{terms(long)}</p>{remarks(long)}<p>{iban(long)}</p>",
    ), long.truth(order=True, buyer_vat=False)


LOOKS: tuple[Look, ...] = (
    card_processor,
    ledger_in_the_cloud,
    book_keeper,
    open_source_suite,
    boxed_desktop_program,
    start_up,
    window_envelope,
    typed_by_hand,
    online_books,
    many_pages,
)
