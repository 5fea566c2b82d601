"""Plan every organization's next messages."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from billabex.agent.cycle import plan_organization
from billabex.agent.enums import Outcome
from billabex.core import clock
from billabex.core.console import HouseCommand, add_date_option, civil_date
from billabex.organizations.models import Organization
from billabex.organizations.rules import opening

if TYPE_CHECKING:
    from datetime import datetime

    from django.core.management.base import CommandParser


class Command(HouseCommand):
    """`manage.py plan [--date D]`: what the agent does every hour, now, for all organizations."""

    help = "Plan the next message of every account, as the agent does every hour."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take an optional date."""
        add_date_option(parser, "Plan as if it were this day (in each organization's time zone).")

    def handle(self, *args: Any, **options: Any) -> None:
        """Plan, and print how many accounts came to what."""
        day = civil_date(options["date"]) if options["date"] else None
        outcomes: Counter[str] = Counter()
        for organization in Organization.objects.order_by("slug"):
            now: datetime = opening(organization, day) if day else clock.now()
            with clock.stopped_at(now):
                outcomes += plan_organization(organization, now=now)
        for outcome in Outcome:
            self.stdout.write(f"{outcomes[outcome]:>8}  {outcome.label}")
        if outcomes["failed"]:
            could_not = _("could not be planned; see the log")
            self.stderr.write(f"{outcomes['failed']:>8}  {could_not}")
