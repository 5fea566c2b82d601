"""Import a spreadsheet from the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from billabex.core import clock
from billabex.core.actors import SYSTEM
from billabex.core.console import HouseCommand
from billabex.core.errors import InvalidInput
from billabex.organizations.selectors import organization_by_slug
from invoices.spreadsheets.enums import Effect, ImportKind
from invoices.spreadsheets.errors import InvalidSpreadsheet
from invoices.spreadsheets.limits import Limits
from invoices.spreadsheets.presenting import summary
from invoices.spreadsheets.reading import read_rows
from invoices.spreadsheets.services import import_spreadsheet, preview_spreadsheet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.core.management.base import CommandParser

    from invoices.spreadsheets.issues import Issues


class Command(HouseCommand):
    """`manage.py import_spreadsheet FILE --kind KIND --organization SLUG`: all rows or none, status 1 when none."""

    help = "Import accounts, contacts, invoices, credit notes or payments from a CSV or XLSX file, all rows or none."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, what it holds, and the organization."""
        parser.add_argument("file", metavar="FILE", type=Path, help="A CSV or XLSX file.")
        parser.add_argument("--kind", required=True, choices=ImportKind.values, help="What the rows are.")
        parser.add_argument("--organization", required=True, metavar="SLUG", help="The organization's short name.")
        parser.add_argument("--dry-run", action="store_true", help="Only say what would happen.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import the file, or say row by row why not."""
        organization = organization_by_slug(options["organization"])
        path, kind, now = options["file"], ImportKind(options["kind"]), clock.now()
        rows = read_rows(_content(path))
        outcome = preview_spreadsheet(organization=organization, rows=rows, kind=kind, actor=SYSTEM, now=now)
        for notice in outcome.sheet.notices:
            self.stdout.write(notice)
        if outcome.sheet.issues:
            self._refuse(outcome.sheet.issues)
        if options["dry_run"]:
            self.stdout.write(_counts(outcome.counts))
            return
        try:
            outcome = import_spreadsheet(
                organization=organization, rows=rows, kind=kind, file_name=path.name, actor=SYSTEM, now=now
            )
        except InvalidSpreadsheet as error:  # something changed since the preview
            self._refuse(error.issues)
        self.stdout.write(summary(outcome.counts[Effect.NEW], outcome.counts[Effect.CHANGED]))

    def _refuse(self, issues: Issues) -> NoReturn:
        """Say what is wrong with which row, and end."""
        for issue in issues.in_order():
            place = _("Row %(row)d") % {"row": issue.row} if issue.row else ""
            self.stderr.write(": ".join(filter(None, (place, issue.column, issue.sentence))))
        if hidden := issues.count - len(issues.kept):
            more = ngettext("And %(count)d more error.", "And %(count)d more errors.", hidden)
            self.stderr.write(more % {"count": hidden})
        self.stderr.write(str(InvalidSpreadsheet.message))
        raise SystemExit(1)


def _content(path: Path) -> bytes:
    """Return the file's bytes, no more than it takes to see that there are too many.

    Raises:
        InvalidInput: It cannot be opened.
    """
    try:
        with path.open("rb") as file:
            return file.read(Limits().max_bytes + 1)
    except OSError as error:
        raise InvalidInput(_("The file cannot be opened: %(why)s.") % {"why": error.strerror}) from error


def _counts(counts: Mapping[Effect, int]) -> str:
    return " · ".join(f"{effect.label}: {counts[effect]}" for effect in Effect)
