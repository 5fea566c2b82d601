"""What can go wrong with spreadsheets, one class per cause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from billabex.core.errors import InvalidInput, NotFound, RuleViolation

from .refusal import Reason

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise

    from .issues import Issues

SENTENCES: Mapping[Reason, _StrPromise] = {
    Reason.EMPTY: _("This file holds no rows. Choose one with column titles and at least one row below them."),
    Reason.TOO_BIG: _("This file is larger than {limit} MB. Split it into smaller files."),
    Reason.NOT_A_SPREADSHEET: _("This file is neither CSV nor an Excel workbook (XLSX). Save it as one of them."),
    Reason.OLD_WORKBOOK: _(
        "This workbook is in Excel's old format (XLS) or protected by a password. Save it as XLSX without a password."
    ),
    Reason.BROKEN_TEXT: _("The quotation marks of this CSV file do not match, at line {line}. Export it again."),
    Reason.BROKEN_WORKBOOK: _("This workbook is damaged. Open it in your spreadsheet program and save it again."),
    Reason.TOO_MANY_ROWS: _("This file has more than {limit} rows. Split it into smaller files."),
    Reason.TOO_MANY_COLUMNS: _("This file has more than {limit} columns. Delete those that are not needed."),
    Reason.TOO_MANY_CELLS: _("This file has more than {limit} filled cells. Split it, or delete columns."),
    Reason.TOO_DEMANDING: _("This workbook takes too much time or memory to open. Save its first sheet as CSV."),
}


class UnreadableSpreadsheet(InvalidInput):
    """A file that cannot be read as a table; the code and the sentence say why."""

    def __init__(self, reason: Reason, **facts: int) -> None:
        super().__init__(format_lazy(SENTENCES[reason], **facts), code=f"invoices.spreadsheet.{reason}")
        self.reason = reason


class SpreadsheetNotFound(NotFound):
    """The file was imported, discarded, or waited for too long."""

    code = "invoices.spreadsheet.not-found"
    message = _("This file is no longer here. Upload it again.")


class ImportNotFound(NotFound):
    """No such import here."""

    code = "invoices.spreadsheet.import-not-found"
    message = _("There is no such import.")


class ListNotFound(NotFound):
    """No such list goes out as a spreadsheet."""

    code = "invoices.spreadsheet.list-not-found"
    message = _("There is no such list.")


class ImportTakenOver(RuleViolation):
    """Another worker took the import up, as this one seemed dead: what this one did must not stay."""

    code = "invoices.spreadsheet.taken-over"
    message = _("This import was taken up again.")


class InvalidSpreadsheet(InvalidInput):
    """Some rows cannot be imported, so none is; `issues` says which and why."""

    code = "invoices.spreadsheet.invalid"
    message = _("Some rows cannot be imported, so nothing was. Correct them in the file and upload it again.")

    def __init__(self, issues: Issues) -> None:
        super().__init__()
        self.issues = issues
