"""A message may be a formal notice."""

import importlib

from django.db import migrations, models

before = importlib.import_module("communications.migrations.0003_persons_word")

KINDS = ["pre_due_reminder", "follow_up", "formal_notice", "message"]
TRIGGERS = before.Migration.operations[-len(before.TRIGGERS) :]


class Migration(migrations.Migration):
    dependencies = [("communications", "0003_persons_word")]

    operations = [
        *map(before.Drop, TRIGGERS),
        migrations.RemoveConstraint("communication", "communications_kind_known"),
        migrations.AlterField(
            "communication",
            "kind",
            models.CharField(
                "kind",
                max_length=20,
                choices=[
                    ("pre_due_reminder", "Pre-due reminder"),
                    ("follow_up", "Follow-up"),
                    ("formal_notice", "Formal notice"),
                    ("message", "Message"),
                ],
            ),
        ),
        migrations.AddConstraint(
            "communication",
            models.CheckConstraint(name="communications_kind_known", condition=models.Q(kind__in=KINDS)),
        ),
        *TRIGGERS,
    ]
