"""Show Billabex at work, on a fresh checkout, with nothing to prepare."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click
from django.conf import settings
from django.core.management import call_command

from billabex.agent.demo.staging import perform, set_stage
from billabex.agent.demo.story import DAYS
from billabex.agent.demo.summary import summarize
from billabex.core import clock
from billabex.core.console import HouseCommand
from billabex.organizations.rules import local_date

if TYPE_CHECKING:
    from django.core.management.base import CommandParser

EMAIL = "camille@atelier-lumen.example"
PASSWORD = "lumen-by-the-river"  # noqa: S105 - the login of a demonstration, printed for whoever runs it


class Command(HouseCommand):
    """`manage.py demo`: an invented organization, 75 days of its follow-ups, and the site to look around in."""

    help = "Create an invented organization, let 75 days of follow-ups pass, and serve the site."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the login to create, where to serve, and whether to."""
        parser.add_argument("--email", default=EMAIL, help="The owner's login (default: %(default)s).")
        parser.add_argument("--password", default=PASSWORD, help="The owner's password (default: %(default)s).")
        parser.add_argument("--no-serve", action="store_true", help="End once the days have passed.")
        parser.add_argument("--address", default="127.0.0.1:8000", help="Where to serve (default: %(default)s).")

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, play the story, print what came of it, serve."""
        call_command("migrate", verbosity=0)
        stage = set_stage(email=options["email"], password=options["password"])
        self._login(options)
        with click.progressbar(perform(stage), length=DAYS + 1, label=f"{DAYS} days pass", file=sys.stdout) as days:
            for _day in days:
                pass
        today = local_date(stage.organization, clock.now())
        lines = list(summarize(stage.organization, today=today))
        width = max(len(label) for label, _value in lines)
        self.stdout.write("")
        for label, value in lines:
            self.stdout.write(f"  {label:<{width}}  {value:>12}")
        self.stdout.write(f"\nThe messages lie in {settings.OUTBOX_DIR} (any mail program opens them).")
        if not options["no_serve"]:
            self._login(options)
            self.stdout.write(f"Open http://{options['address']}/  (Ctrl-C ends)\n")
            call_command("runserver", options["address"], use_reloader=False, verbosity=0)

    def _login(self, options: dict[str, Any]) -> None:
        self.stdout.write(f"Sign in as {options['email']} with the password {options['password']}")
