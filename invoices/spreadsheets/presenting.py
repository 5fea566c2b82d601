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
from .enums import Effect, ValueType
from .values import Money

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .columns import Column
    from .services import Outcome
    from .understanding import Line

ROWS_SHOWN = 10
ISSUES_SHOWN = 50
LONGEST_CELL = 40
AMOUNT = "#,##0.00##"
TONES = {Effect.NEW: "ok", Effect.CHANGED: "info", Effect.UNCHANGED: "neutral"}


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
            return MISSING
        case bool():
            return _("Yes") if value else _("No")
        case Money():
            if value.currency:
                return money_text(value.amount, value.currency, language)
            return str(format_decimal(value.amount, AMOUNT, locale=locale_of(language))).replace("\u202f", "\u00a0")
        case date():
            return day_text(value, language)
        case _:
            return Truncator(str(value)).chars(LONGEST_CELL)


def summary(outcome: Outcome) -> str:
    """Return what an import did, in a sentence."""
    new, changed = outcome.counts[Effect.NEW], outcome.counts[Effect.CHANGED]
    if not (new or changed):
        return _("Everything in this file was here already. Nothing has changed.")
    parts = []
    if new:
        parts.append(ngettext("%(count)d new row imported.", "%(count)d new rows imported.", new) % {"count": new})
    if changed:
        parts.append(ngettext("%(count)d row changed.", "%(count)d rows changed.", changed) % {"count": changed})
    return " ".join(parts)
