"""Say what happens next for an account, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from accounts.selectors import account_by_name_or_id
from billabex.agent.explaining import explain
from billabex.core import clock
from billabex.core.console import HouseCommand, add_date_option, civil_date
from billabex.organizations.rules import local_date

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(HouseCommand):
    """`manage.py explain ACCOUNT [--date D]`: one sentence, and one for each open invoice; writes nothing."""

    help = "Say what happens next for an account and why, or why nothing does; and what becomes of each open invoice."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the account, and an optional date."""
        parser.add_argument("account", help="The account's id, or its name where only one has it.")
        add_date_option(parser, "Explain as if it were this day.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the sentences."""
        day = civil_date(options["date"]) if options["date"] else None
        account = account_by_name_or_id(options["account"])
        today = day or local_date(account.organization, clock.now())
        explanation = explain(account, today=today)
        self.stdout.write(explanation.sentence)
        for part in explanation.invoices:
            self.stdout.write(f"  {part.number}: {part.sentence}")
