"""Tasks that ask for a yes or a no, and what was answered."""

import importlib

from django.db import migrations, models
from django.db.models import Q

from billabex.core.triggers import Drop

TRIGGERS = importlib.import_module("tasks.migrations.0002_triggers").Migration.operations
ANSWERED = Q(type="ApproveAction", status__in=["closed", "cancelled"], answer__in=["yes", "no"])


class Migration(migrations.Migration):
    dependencies = [("tasks", "0002_triggers")]

    operations = [
        *map(Drop, TRIGGERS),
        migrations.RemoveConstraint("task", "tasks_task_type_known"),
        migrations.AlterField(
            "task",
            "type",
            models.CharField(
                "type",
                max_length=30,
                choices=[("NeedContacts", "Contact needed"), ("ApproveAction", "Agreement needed")],
            ),
        ),
        migrations.AddField(
            "task",
            "answer",
            models.CharField(
                "answer",
                max_length=10,
                blank=True,
                choices=[("yes", "Yes"), ("no", "No")],
                help_text="To a question of yes or no, once it is answered. Cancelling it says no.",
            ),
        ),
        migrations.AddConstraint(
            "task",
            models.CheckConstraint(
                name="tasks_task_type_known", condition=Q(type__in=["NeedContacts", "ApproveAction"])
            ),
        ),
        migrations.AddConstraint(
            "task",
            models.CheckConstraint(
                name="tasks_task_answer",
                condition=ANSWERED | (Q(answer="") & ~Q(type="ApproveAction", status="closed")),
            ),
        ),
        *TRIGGERS,
    ]
