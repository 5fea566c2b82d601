"""What was sent is kept word for word, and goes only with its whole account."""

from django.db import migrations

from billabex.core.triggers import frozen_columns, no_delete

GOING = "EXISTS (SELECT 1 FROM accounts_account a WHERE a.id = OLD.account_id AND a.deletion_started_at IS NOT NULL)"


class Migration(migrations.Migration):
    dependencies = [("communications", "0001_initial")]

    operations = [
        frozen_columns(
            "communications_communication",
            "organization_id", "account_id", "direction", "channel", "author", "kind", "step", "tone", "language",
            "planned_on", "scheduled_for", "subject", "body_text", "body_html", "reasons", "created_at",
            when="OLD.status NOT IN ('scheduled', 'cancelled')",
        ),
        no_delete(
            "communications_communication", unless=f"OLD.status IN ('scheduled', 'cancelled') OR {GOING}"
        ),
        frozen_columns(
            "communications_namedinvoice",
            "id", "communication_id", "number", "due_on", "currency", "total_amount", "remaining_amount", "is_reminder",
            "created_at",
        ),
    ]  # fmt: skip
