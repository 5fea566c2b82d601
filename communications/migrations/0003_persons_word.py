"""A person's word about a scheduled message: edited, sent at once, or cancelled, and by whom."""

import importlib

from django.db import migrations, models
from django.db.models import Q

from billabex.core.triggers import Drop, Trigger, frozen_columns

LEFT_US = ["sending", "sent", "delivered", "bounced", "complained", "failed"]

TRIGGERS: list[Trigger] = importlib.import_module("communications.migrations.0002_triggers").Migration.operations
FROZEN = "communications_communication_frozen"


def said_by(verb: str) -> migrations.AddConstraint:
    """Hold that a person's word has both its instant and its author, and stands where it may."""
    where = Q(status="cancelled") if verb == "cancelled" else Q(direction="outgoing")
    return migrations.AddConstraint(
        "communication",
        models.CheckConstraint(
            name=f"communications_{verb}",
            condition=Q(**{f"{verb}_at__isnull": True, f"{verb}_by": ""})
            | (Q(where, **{f"{verb}_at__isnull": False}) & ~Q(**{f"{verb}_by": ""})),
        ),
    )


class Migration(migrations.Migration):
    dependencies = [("communications", "0002_triggers")]

    operations = [
        *map(Drop, TRIGGERS),
        migrations.RemoveConstraint("communication", "communications_one_scheduled"),
        migrations.RemoveConstraint("communication", "communications_one_a_day"),
        migrations.AddField(
            "communication", "edited_at", models.DateTimeField("edited", null=True, blank=True)
        ),
        migrations.AddField(
            "communication", "edited_by", models.CharField("edited by", max_length=300, blank=True)
        ),
        migrations.AddField(
            "communication",
            "released_at",
            models.DateTimeField(
                "sent at once",
                null=True,
                blank=True,
                help_text="A person said to send it now, whatever the day and hour.",
            ),
        ),
        migrations.AddField(
            "communication", "released_by", models.CharField("sent at once by", max_length=300, blank=True)
        ),
        migrations.AddField(
            "communication",
            "cancelled_at",
            models.DateTimeField(
                "cancelled",
                null=True,
                blank=True,
                help_text="By a person; a plan that the agent withdrew has no date here.",
            ),
        ),
        migrations.AddField(
            "communication", "cancelled_by", models.CharField("cancelled by", max_length=300, blank=True)
        ),
        migrations.AddConstraint(
            "communication",
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(Q(author="agent") | Q(edited_at__isnull=False), status="scheduled"),
                name="communications_one_scheduled",
            ),
        ),
        migrations.AddConstraint(
            "communication",
            models.UniqueConstraint(
                fields=["account", "planned_on"],
                condition=Q(
                    Q(author="agent", edited_at__isnull=True, released_at__isnull=True), status__in=LEFT_US
                ),
                name="communications_one_a_day",
            ),
        ),
        said_by("edited"),
        said_by("released"),
        said_by("cancelled"),
        frozen_columns(
            "communications_communication",
            "id", "organization_id", "account_id", "direction", "channel", "author", "kind", "step", "tone", "language",
            "planned_on", "scheduled_for", "subject", "body_text", "body_html", "reasons", "created_at",
            "edited_at", "edited_by", "released_at", "released_by", "cancelled_at", "cancelled_by",
            when="OLD.status NOT IN ('scheduled', 'cancelled')",
        ),
        *(trigger for trigger in TRIGGERS if trigger.name != FROZEN),
    ]  # fmt: skip
