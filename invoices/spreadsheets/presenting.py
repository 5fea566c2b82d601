"""What a preview shows people of a file: its first rows as they were understood, and its outcome in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from babel.numbers import format_decimal
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from billabex.core.money import fits
from billabex.core.templatetags.ui.formats import MISSING, day_text, locale_of, money_text

from .columns import COLUMNS
from .enums import Effect, ImportKind, ImportStatus, ValueType
from .progress import progress_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from invoices.models import SpreadsheetImport

    from .columns import Column
    from .importing import Naming
    from .services import Outcome
    from .understanding import Line
    from .values import Money

ROWS_SHOWN = 10
ISSUES_SHOWN = 50
NAMINGS_SHOWN = 50
NAMING_ROWS_SHOWN = 3
LOWERED_SHOWN = 50
LONGEST_CELL = 40
TONES = {Effect.NEW: "ok", Effect.CHANGED: "info", Effect.UNCHANGED: "neutral"}
IMPORT_TONES = {
    ImportStatus.WAITING: "neutral",
    ImportStatus.RUNNING: "info",
    ImportStatus.DONE: "ok",
    ImportStatus.REFUSED: "error",
    ImportStatus.FAILED: "error",
}


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell as the preview shows it; the note says what else is known about it."""

    text: str
    is_amount: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row as the preview shows it.

    Attributes:
        number: The row's in the file.
        cells: What was understood, in the reader's language.
        effect: What it does, in a word.
        tone: That of its badge.
    """

    number: int
    cells: Sequence[ShownCell]
    effect: str
    tone: str


def preview_rows(outcome: Outcome, *, language: str) -> dict[str, Any]:
    """Return what the template of the preview prints of an outcome."""
    sheet = outcome.sheet
    columns = [column for column in COLUMNS[sheet.kind] if column.name in sheet.places]
    return {
        "columns": [(column.label, column.type is ValueType.AMOUNT) for column in columns],
        "rows": [_shown(outcome, line, columns, language) for line in sheet.lines[:ROWS_SHOWN]],
        "namings": [_naming(naming) for naming in sorted(outcome.namings, key=_knows)[:NAMINGS_SHOWN]],
        "hidden_namings": max(len(outcome.namings) - NAMINGS_SHOWN, 0),
        **_lowered(outcome, language),
        "issues": sheet.issues.in_order()[:ISSUES_SHOWN],
        "hidden_issues": max(sheet.issues.count - ISSUES_SHOWN, 0),
        "new": outcome.counts[Effect.NEW],
        "changed": outcome.counts[Effect.CHANGED],
        "unchanged": outcome.counts[Effect.UNCHANGED],
        "refused": len(sheet.issues.rows),
        "importable": 0 if sheet.issues else outcome.counts[Effect.NEW] + outcome.counts[Effect.CHANGED],
    }


def _shown(outcome: Outcome, line: Line, columns: Sequence[Column], language: str) -> ShownRow:
    effect = outcome.effects.get(line.number)
    return ShownRow(
        line.number,
        [_cell(outcome, line, column, language) for column in columns],
        str(effect.label) if effect else _("Error"),
        TONES[effect] if effect else "error",
    )


def _cell(outcome: Outcome, line: Line, column: Column, language: str) -> ShownCell:
    if column.type is not ValueType.AMOUNT:
        return ShownCell(_text(line.values.get(column.name), language), is_amount=False)
    money, currency = line.values.get(column.name), outcome.currencies[line.number]
    note = ""
    if column.name == "paid_in_all" and (before := outcome.paid_before.get(line.number)) is not None:
        note = _("was %(amount)s") % {"amount": money_text(before, currency, language)}
    return ShownCell(_money(money, currency, language) if money else MISSING, is_amount=True, note=note)


def _text(value: Any, language: str) -> str:
    match value:
        case None:
            text = MISSING
        case bool():
            text = _("Yes") if value else _("No")
        case date():
            text = day_text(value, language)
        case tuple():
            text = Truncator(", ".join(value)).chars(LONGEST_CELL)
        case _:
            text = Truncator(str(value)).chars(LONGEST_CELL)
    return text


def _money(money: Money, currency: str, language: str) -> str:
    """Return an amount in the currency that stands at it, else in its line's; with all its decimals if too many."""
    currency = money.currency or currency
    if fits(money.amount, currency):
        return money_text(money.amount, currency, language)
    return f"{format_decimal(money.amount, locale=locale_of(language), decimal_quantization=False)}\u00a0{currency}"


def _knows(naming: Naming) -> bool:
    """Put accounts that may be taken for another first: all are new in many files."""
    return not naming.account


def _naming(naming: Naming) -> tuple[str, str, str]:
    """Return how the file writes a name, whose it is, empty when it is new, and in which rows it stands."""
    numbers = ", ".join(map(str, naming.rows[:NAMING_ROWS_SHOWN]))
    return naming.written, naming.account, numbers + "…" * (len(naming.rows) > NAMING_ROWS_SHOWN)


def _lowered(outcome: Outcome, language: str) -> dict[str, Any]:
    """Return which paid amounts fall: row, invoice, from, to."""
    lines = outcome.lowering
    shown = []
    for line in lines[:LOWERED_SHOWN]:
        currency, number = outcome.currencies[line.number], line.number
        before, after = outcome.paid_before[number], line.values["paid_in_all"].amount
        amounts = (money_text(amount, currency, language) for amount in (before, after))
        shown.append((number, line.values["number"], *amounts))
    return {"lowered": shown, "lowered_count": len(lines), "hidden_lowered": max(len(lines) - LOWERED_SHOWN, 0)}


def shown_imports(rows: Iterable[SpreadsheetImport]) -> list[tuple[SpreadsheetImport, str]]:
    """Return imports, each with the tone of its status."""
    return [(row, IMPORT_TONES[ImportStatus(row.status)]) for row in rows]


def import_facts(row: SpreadsheetImport) -> dict[str, Any]:
    """Return what the page of an import prints."""
    progress = None if row.is_finished else progress_of(row.pk)
    return {
        "import": row,
        "kind": ImportKind(row.kind).label,
        "progress": progress,
        "phase": progress.phase.label if progress else ImportStatus(row.status).label,
        "issues": row.issues[:ISSUES_SHOWN],
        "hidden_issues": max(row.issue_count - ISSUES_SHOWN, 0),
        "summary": summary(row.new_count, row.changed_count) if row.status == ImportStatus.DONE else "",
    }


def summary(new: int, changed: int) -> str:
    """Return what an import did, in a sentence."""
    if not (new or changed):
        return _("Everything in this file was here already. Nothing has changed.")
    parts = []
    if new:
        parts.append(ngettext("%(count)d new row imported.", "%(count)d new rows imported.", new) % {"count": new})
    if changed:
        parts.append(ngettext("%(count)d row changed.", "%(count)d rows changed.", changed) % {"count": changed})
    return " ".join(parts)
