"""The newest tasks of an organization, whatever their status: read from an index, not sorted from all that there are."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tasks", "0003_approve_action")]

    operations = [
        migrations.AddIndex(
            "task", models.Index(fields=["organization", "-created_at", "-id"], name="tasks_task_newest")
        ),
    ]
