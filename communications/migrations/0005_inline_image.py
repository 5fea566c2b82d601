"""The pictures within messages, kept with the words of those that were sent."""

import importlib

import django.db.models.deletion
from django.db import migrations, models
from django.db.models.functions import Length
from django.db.models.lookups import Range

import billabex.core.clock
import billabex.core.ids
from billabex.core.triggers import frozen_columns, no_delete

PART_OF_SENT = importlib.import_module("communications.migrations.0002_triggers").PART_OF_SENT
before = importlib.import_module("communications.migrations.0004_formal_notice")

OWN = [
    frozen_columns("communications_inlineimage", "id", "communication_id", "cid", "png", "created_at"),
    no_delete("communications_inlineimage", unless=f"NOT {PART_OF_SENT}"),
]
TRIGGERS = [*before.TRIGGERS, *OWN]


class Migration(migrations.Migration):
    dependencies = [("communications", "0004_formal_notice")]

    operations = [
        migrations.CreateModel(
            "InlineImage",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=billabex.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField("created", default=billabex.core.clock.now, editable=False),
                ),
                ("cid", models.CharField("Content-ID", max_length=100)),
                ("png", models.BinaryField("PNG")),
                (
                    "communication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="images",
                        to="communications.communication",
                    ),
                ),
            ],
            options={
                "verbose_name": "inline image",
                "verbose_name_plural": "inline images",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=["communication", "cid"], name="communications_inlineimage_pair"),
                    models.CheckConstraint(
                        name="communications_inlineimage_cid",
                        condition=models.Q(cid__regex=r"^[A-Za-z0-9.@_-]+\Z"),
                    ),
                    models.CheckConstraint(
                        name="communications_inlineimage_size", condition=Range(Length("png"), (1, 102400))
                    ),
                ],
            },
        ),
        *OWN,
    ]
