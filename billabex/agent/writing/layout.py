"""Lay a letter out: as plain text, and as HTML that mail clients can show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template import Context

from billabex.agent.writing.language import ENGINE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from billabex.agent.writing.letter import Annex, Group, InterestRow, Letter, Line, Payment, Total

_INDENT = "    "
_GUTTER = "   "


def as_html(letter: Letter) -> str:
    """Return the letter as an HTML document without anything to load: tables and inline styles, 600 px at most."""
    is_web_link = letter.payment is not None and _is_web(letter.payment.link)
    context = Context({"letter": letter, "is_web_link": is_web_link}, use_l10n=False, use_tz=False)
    return ENGINE.get_template("message.html").render(context)


def as_text(letter: Letter) -> str:
    """Return the letter as plain text: aligned in a fixed-width font, and readable in any other.

    Every figure carries its label and paragraphs are not wrapped: the reader's own screen does that best.
    """
    blocks = [
        letter.greeting,
        *letter.opening,
        letter.statement,
        *(_group(group, _widths(letter)) for group in letter.groups),
        _totals(letter.totals, letter.colon),
        letter.credit,
        _payment(letter.payment, letter.colon) if letter.payment else "",
        *(_annex(letter.annex, letter.colon) if letter.annex else ()),
        *letter.closing,
        "\n".join((letter.regards, *letter.signature)),
        letter.notice,
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _is_web(link: Line | None) -> bool:
    # Anything else (javascript:, data:) is printed, never made clickable.
    return link is not None and link.value.lower().startswith(("https://", "http://"))


def _widths(letter: Letter) -> tuple[int, int, int]:
    rows = [row for group in letter.groups for row in group.rows]
    return (
        max(len(row.number) for row in rows),
        max(len(row.remaining_line) for row in rows),
        max(len(row.amount_line) for row in rows),
    )


def _group(group: Group, widths: tuple[int, int, int]) -> str:
    lines = [group.heading]
    for row in group.rows:
        columns = (row.number.ljust(widths[0]), row.remaining_line.rjust(widths[1]), row.amount_line.rjust(widths[2]))
        lines.append(f"- {_GUTTER.join(columns)}")
        lines.append(f"{_INDENT}{row.issued_line}, {row.due_line}, {row.status}")
    return "\n".join(lines)


def _totals(totals: Iterable[Total], colon: str) -> str:
    return "\n\n".join(_aligned([*total.parts, total.result], colon) for total in totals)


def _aligned(lines: list[Line], colon: str) -> str:
    label = max(len(line.label) for line in lines) + len(colon)
    value = max(len(line.value) for line in lines)
    return "\n".join(f"{line.label}{colon}".ljust(label) + f" {line.value.rjust(value)}" for line in lines)


def _payment(payment: Payment, colon: str) -> str:
    lines = (*payment.lines, *([payment.link] if payment.link else []))
    return "\n".join([payment.heading, *(f"{line.label}{colon} {line.value}" for line in lines), payment.note])


def _annex(annex: Annex, colon: str) -> list[str]:
    rows = [row for group in annex.groups for row in group.rows]
    widths = [max(len(cell) for cell in column) for column in zip(*map(_cells, rows), strict=True)]
    blocks = ["\n".join([group.heading, *(_interest(row, widths) for row in group.rows)]) for group in annex.groups]
    return [annex.heading, *blocks, _aligned(list(annex.totals), colon), annex.note]


def _cells(row: InterestRow) -> tuple[str, ...]:
    return (row.half_year, row.percent, row.days, row.amount)


def _interest(row: InterestRow, widths: list[int]) -> str:
    *words, amount = zip(_cells(row), widths, strict=True)
    return f"- {_GUTTER.join((*(cell.ljust(width) for cell, width in words), amount[0].rjust(amount[1])))}"
