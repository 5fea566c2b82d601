"""Messages of members' own, beside what the agent plans, and the order in which messages are listed."""

import importlib

from django.db import migrations, models
from django.db.models import Q
from django.db.models.functions import Coalesce

from billabex.core.triggers import Drop, frozen_columns

before = importlib.import_module("communications.migrations.0005_inline_image")

FROZEN = "communications_communication_frozen"
FAILURES = [
    ("refused", "Refused by the mail server"),
    ("unknown_outcome", "Unknown outcome: it may or may not have left"),
    ("unreachable", "The mail server could not be reached"),
    ("out_of_reach", "Nobody it was for can be written to any more"),
]
TRIGGERS = [
    frozen_columns(
        "communications_communication",
        "id", "organization_id", "account_id", "direction", "channel", "author", "kind", "step", "tone", "language",
        "planned_on", "scheduled_for", "subject", "body_text", "body_html", "reasons", "created_at",
        "edited_at", "edited_by", "released_at", "released_by", "cancelled_at", "cancelled_by", "composed_by",
        when="OLD.status NOT IN ('scheduled', 'cancelled')",
    ),
    *(trigger for trigger in before.TRIGGERS if trigger.name != FROZEN),
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("communications", "0005_inline_image")]

    operations = [
        *map(Drop, before.TRIGGERS),
        migrations.RemoveConstraint("communication", "communications_one_scheduled"),
        migrations.RemoveConstraint("communication", "communications_failure"),
        migrations.AddField(
            "communication",
            "composed_by",
            models.CharField(
                "written by",
                max_length=300,
                blank=True,
                help_text="Whose own message it is, beside what the agent plans.",
            ),
        ),
        migrations.AlterField(
            "communication",
            "failure_code",
            models.CharField("failure", max_length=20, choices=FAILURES, blank=True),
        ),
        migrations.AddConstraint(
            "communication",
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(
                    Q(Q(author="agent") | Q(edited_at__isnull=False), composed_by=""), status="scheduled"
                ),
                name="communications_one_scheduled",
            ),
        ),
        migrations.AddConstraint(
            "communication",
            models.CheckConstraint(
                name="communications_failure",
                condition=Q(status="failed", failure_code__in=[code for code, _ in FAILURES])
                | (~Q(status="failed") & Q(failure_code="")),
            ),
        ),
        migrations.AddConstraint(
            "communication",
            models.CheckConstraint(
                name="communications_composed", condition=Q(composed_by="") | Q(author="member", kind="message")
            ),
        ),
        migrations.AddIndex(
            "communication",
            models.Index(
                "organization",
                Coalesce("sent_at", "claimed_at", "scheduled_for", "created_at"),
                "id",
                name="communications_at",
            ),
        ),
        *TRIGGERS,
    ]
