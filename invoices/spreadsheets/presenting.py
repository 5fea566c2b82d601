"""What a preview shows people of a file: its first rows as they were understood, and its outcome in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from babel.numbers import format_decimal
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from billabex.core.templatetags.ui.formats import MISSING, day_text, locale_of, money_text

from .columns import COLUMNS
from .enums import Effect, ImportKind, ImportStatus, ValueType
from .progress import progress_of
from .values import Money

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from invoices.models import SpreadsheetImport

    from .columns import Column
    from .services import Outcome
    from .understanding import Line

ROWS_SHOWN = 10
ISSUES_SHOWN = 50
LONGEST_CELL = 40
AMOUNT = "#,##0.00##"
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
    """A cell as the preview shows it."""

    text: str
    is_amount: bool


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
        [
            ShownCell(_text(line.values.get(column.name), language), column.type is ValueType.AMOUNT)
            for column in columns
        ],
        str(effect.label) if effect else _("Error"),
        TONES[effect] if effect else "error",
    )


def _text(value: Any, language: str) -> str:
    match value:
        case None:
            text = MISSING
        case bool():
            text = _("Yes") if value else _("No")
        case Money():
            text = _money(value, language)
        case date():
            text = day_text(value, language)
        case tuple():
            text = Truncator(", ".join(value)).chars(LONGEST_CELL)
        case _:
            text = Truncator(str(value)).chars(LONGEST_CELL)
    return text


def _money(money: Money, language: str) -> str:
    if money.currency:
        return money_text(money.amount, money.currency, language)
    return str(format_decimal(money.amount, AMOUNT, locale=locale_of(language))).replace("\u202f", "\u00a0")


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
