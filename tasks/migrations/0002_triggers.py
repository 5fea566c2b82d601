"""What was said in a task stays said, and goes only with its whole account."""

from django.db import migrations

from billabex.core.triggers import frozen_columns, no_delete

GOING = (
    "EXISTS (SELECT 1 FROM tasks_task t JOIN accounts_account a ON a.id = t.account_id "
    "WHERE t.id = OLD.task_id AND a.deletion_started_at IS NOT NULL)"
)


class Migration(migrations.Migration):
    dependencies = [("tasks", "0001_initial")]

    operations = [
        frozen_columns(
            "tasks_interaction",
            "id", "task_id", "party", "author_id", "author_label", "text", "code", "facts", "created_at",
        ),
        no_delete("tasks_interaction", unless=GOING),
    ]  # fmt: skip
