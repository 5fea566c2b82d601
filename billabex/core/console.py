"""What the commands for people share: dates, and failures as one sentence."""

from __future__ import annotations

import contextlib
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from billabex.core.calendars import FIRST_DAY, LAST_DAY
from billabex.core.errors import BillabexError, InvalidInput

if TYPE_CHECKING:
    from collections.abc import Sequence


class HouseCommand(BaseCommand):
    """A command whose failures end with one clear sentence and status 1, never a traceback."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Run the command; what the house names becomes a sentence."""
        try:
            return super().execute(*args, **options)
        except BillabexError as error:
            raise CommandError(in_one_line(error)) from error


def in_one_line(error: BillabexError) -> str:
    """Return the error's sentence, followed by those of its fields."""
    sentences: Sequence[object] = [error.message]
    if isinstance(error, InvalidInput) and error.fields:
        sentences = [error.message, *error.fields.values()]
    return " ".join(dict.fromkeys(str(sentence) for sentence in sentences))


def civil_date(text: str) -> date:
    """Read a date from the command line.

    Raises:
        InvalidInput: It is not one, or no business is about it.
    """
    with contextlib.suppress(ValueError):
        day = date.fromisoformat(text)
        if FIRST_DAY <= day <= LAST_DAY:
            return day
    raise InvalidInput(_("“%(text)s” is not a date. Write it as year-month-day, such as 2026-11-22.") % {"text": text})


def add_date_option(parser: CommandParser, meaning: str) -> None:
    """Give the command its `--date`."""
    parser.add_argument("--date", metavar="YYYY-MM-DD", help=meaning)
