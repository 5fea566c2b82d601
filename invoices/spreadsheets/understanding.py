"""From a table of cells to lines of values, with a sentence for each cell that cannot be understood. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from babel import Locale
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext as _

from invoices.reading.text.dates import Order

from . import amounts, dates
from .amounts import BadCell
from .columns import COLUMNS, REFERENCE
from .enums import ImportKind, ValueType
from .issues import Issues
from .matching import find_titles, match_columns
from .progress import STEP, Phase, Progress, unwatched
from .values import Custom, read_cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from .cells import Row
    from .columns import Column
    from .matching import Titles
    from .progress import Watch


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a file as it was understood.

    Attributes:
        number: The row's, as spreadsheet programs count.
        values: By field; blank cells, and those that were not understood, have none.
    """

    number: int
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file as it was understood.

    Attributes:
        kind: What it brings in.
        titles: Its row of titles.
        places: The place of each field's column.
        lines: Its rows, but for blank ones.
        issues: What is wrong with it; planning adds to them.
        notices: What a person should know about how it was understood.
    """

    kind: ImportKind
    titles: Titles
    places: Mapping[str, int]
    lines: Sequence[Line]
    issues: Issues = field(default_factory=Issues)
    notices: list[str] = field(default_factory=list)

    def title_of(self, name: str) -> str:
        """Return what the file calls a field, else what it is called here."""
        place = self.places.get(name)
        if place is not None and self.titles.texts[place]:
            return self.titles.texts[place]
        return next((str(column.label) for column in COLUMNS[self.kind] if column.name == name), "")

    def refuse(self, line: Line, name: str, sentence: str) -> None:
        """Note that a line cannot be imported because of a field; an empty name means the whole line."""
        self.issues.add(sentence, row=line.number, column=self.title_of(name) if name else "")

    @property
    def good_lines(self) -> Iterable[Line]:
        """The lines that nothing was found wrong with so far."""
        return (line for line in self.lines if line.number not in self.issues.rows)


def understand(
    rows: Sequence[Row],
    kind: ImportKind,
    country: str,
    chosen: Mapping[str, int] | None = None,
    watch: Watch = unwatched,
) -> Sheet:
    """Understand a file.

    Args:
        rows: Its cells, at least one of them filled.
        kind: What it brings in.
        country: The organization's, whose customs decide what the file leaves open.
        chosen: The place of each field's column, where a person chose them; else the titles tell.
        watch: Is told how many rows are understood.
    """
    titles = find_titles(rows, kind)
    width = len(titles.texts)
    places = match_columns(titles.texts, kind) if chosen is None else chosen
    places = {name: place for name, place in places.items() if place < width}
    sheet = Sheet(kind, titles, places, [])
    below = [(number, row) for number, row in enumerate(rows[titles.index + 1 :], titles.index + 2) if row]
    _check_columns(sheet, has_rows=bool(below))
    mapped = [(column, places[column.name]) for column in COLUMNS[kind] if column.name in places]
    customs = {column.name: _custom(sheet, column, below, place, country) for column, place in mapped}
    lines: list[Line] = []
    for number, row in below:
        if not len(lines) % STEP:
            watch(Progress(Phase.READING, len(lines)))
        lines.append(_line(sheet, number, row, mapped, customs))
    return Sheet(kind, titles, places, lines, sheet.issues, sheet.notices)


def _check_columns(sheet: Sheet, *, has_rows: bool) -> None:
    for column in COLUMNS[sheet.kind]:
        if column.is_required and column.name not in sheet.places:
            sheet.issues.add(_missing(column), column=str(column.label))
    names_accounts = sheet.kind in {ImportKind.CONTACTS, ImportKind.INVOICES, ImportKind.CREDIT_NOTES}
    if names_accounts and not any(name in sheet.places for name in REFERENCE):
        sheet.issues.add(
            _("Choose the column that says which account a row is about."), column=sheet.title_of("company")
        )
    if not has_rows:
        sheet.issues.add(_("There are no rows below the column titles."))


def _missing(column: Column) -> str:
    if column.meaning:
        return _("Choose which column this is: %(meaning)s.") % {"meaning": column.meaning}
    return _("Choose which column this is.")


def _custom(sheet: Sheet, column: Column, below: Sequence[tuple[int, Row]], place: int, country: str) -> Custom:
    """Tell how a column writes its dates or amounts, and say so where only the country's custom tells."""
    if column.type not in {ValueType.DATE, ValueType.AMOUNT}:
        return Custom()
    cells = [cell for _number, row in below if place < len(row) and isinstance(cell := row[place], str) and cell]
    if column.type is ValueType.DATE:
        return _date_custom(sheet, column, cells, country)
    return _amount_custom(sheet, column, cells, country)


def _date_custom(sheet: Sheet, column: Column, cells: Sequence[str], country: str) -> Custom:
    shown = dates.orders_shown(cells)
    if len(shown) > 1:
        return Custom(order=None)
    if shown:
        return Custom(order=shown.pop())
    order = dates.country_order(country)
    if example := next(filter(dates.is_ambiguous, cells), ""):
        sentence = (
            _("“%(column)s”: %(example)s can be read both ways; it is taken as month/day, as in %(country)s.")
            if order is Order.MONTH_FIRST
            else _("“%(column)s”: %(example)s can be read both ways; it is taken as day/month, as in %(country)s.")
        )
        sheet.notices.append(sentence % _facts(sheet, column, example, country))
    return Custom(order=order)


def _amount_custom(sheet: Sheet, column: Column, cells: Sequence[str], country: str) -> Custom:
    shown = amounts.marks_shown(cells)
    if len(shown) > 1:
        return Custom(mark="")
    if shown:
        return Custom(mark=shown.pop())
    mark = amounts.country_mark(country)
    if example := next(filter(amounts.is_ambiguous, cells), ""):
        sentence = (
            _("“%(column)s”: %(example)s can be read both ways; the point marks decimals, as in %(country)s.")
            if mark == amounts.POINT
            else _("“%(column)s”: %(example)s can be read both ways; the comma marks decimals, as in %(country)s.")
        )
        sheet.notices.append(sentence % _facts(sheet, column, example, country))
    return Custom(mark=mark)


def _facts(sheet: Sheet, column: Column, example: str, country: str) -> dict[str, str]:
    names = Locale.parse(to_locale(get_language() or "en")).territories
    return {"example": example, "column": sheet.title_of(column.name), "country": names.get(country, country)}


def _line(
    sheet: Sheet,
    number: int,
    row: Row,
    mapped: Sequence[tuple[Column, int]],
    customs: Mapping[str, Custom],
) -> Line:
    values: dict[str, Any] = {}
    for column, place in mapped:
        cell = row[place] if place < len(row) else ""
        if cell == "":
            if column.is_required:
                sheet.issues.add(_("This cell is empty."), row=number, column=sheet.title_of(column.name))
            continue
        try:
            value = read_cell(cell, column, customs[column.name])
        except BadCell as error:
            sheet.issues.add(str(error), row=number, column=sheet.title_of(column.name))
        else:
            if value != "":
                values[column.name] = value
    return Line(number, values)
