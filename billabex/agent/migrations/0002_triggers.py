"""What the agent decided is kept, and goes only with its whole account."""

from django.db import migrations

from billabex.core.triggers import frozen_columns, no_delete

GOING = "EXISTS (SELECT 1 FROM accounts_account a WHERE a.id = OLD.account_id AND a.deletion_started_at IS NOT NULL)"


class Migration(migrations.Migration):
    dependencies = [("agent", "0001_initial")]

    operations = [
        frozen_columns(
            "agent_decision",
            "id", "organization_id", "account_id", "decided_on", "outcome", "planned_on", "reasons", "facts", "fingerprint",
            "created_at",
        ),
        no_delete("agent_decision", unless=GOING),
    ]  # fmt: skip
