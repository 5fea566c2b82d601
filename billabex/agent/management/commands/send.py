"""Send the messages that are due."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from billabex.agent.sending import send_due
from billabex.core import clock
from billabex.core.console import HouseCommand, add_date_option, civil_date
from billabex.organizations.models import Organization
from billabex.organizations.rules import opening
from communications.enums import Status
from communications.services import settle_doubtful

if TYPE_CHECKING:
    from datetime import datetime

    from django.core.management.base import CommandParser


class Command(HouseCommand):
    """`manage.py send [--date D]`: what the agent does every minute, now, for all organizations."""

    help = "Send the messages whose time has come, within sending hours, as the agent does every minute."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take an optional date."""
        add_date_option(parser, "Send as if it were this day, at the start of each organization's sending hours.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Mark messages that hang, send what is due, and print how many messages came to what."""
        day = civil_date(options["date"]) if options["date"] else None
        statuses: Counter[str] = Counter()
        settle_doubtful(now=clock.now())
        for organization in Organization.objects.order_by("slug"):
            now: datetime = opening(organization, day) if day else clock.now()
            with clock.stopped_at(now):
                statuses += send_due(now=now, organization=organization)
        self.stdout.write(_("%(count)d sent") % {"count": statuses[Status.SENT]})
        for status in (Status.SCHEDULED, Status.FAILED):
            if statuses[status]:
                self.stdout.write(f"{statuses[status]} {status.label}")
