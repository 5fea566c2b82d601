"""What was sent is kept word for word, and goes only with its whole account."""

from django.db import migrations

from billabex.core.triggers import Trigger, frozen_columns, no_delete, refuse

GOING = "EXISTS (SELECT 1 FROM accounts_account a WHERE a.id = OLD.account_id AND a.deletion_started_at IS NOT NULL)"

GONE_OUT = "('sent', 'delivered', 'bounced', 'complained', 'failed', 'received')"
PART_OF_SENT = (
    "EXISTS (SELECT 1 FROM communications_communication c JOIN accounts_account a ON a.id = c.account_id "
    f"WHERE c.id = OLD.communication_id AND c.status IN {GONE_OUT} AND a.deletion_started_at IS NULL)"
)
RECIPIENTS_KEPT = "communications_recipient: whom a message went to is never changed"

# Without this, a sent message could be made a plan again, and a plan can be rewritten.
stays_sent = Trigger(
    "communications_communication_stays_sent",
    "communications_communication",
    "BEFORE UPDATE",
    "OLD.status IN ('sent', 'delivered', 'bounced', 'complained', 'received') AND "
    "(NEW.status IN ('scheduled', 'sending', 'failed', 'cancelled') OR OLD.sent_at IS DISTINCT FROM NEW.sent_at)",
    **refuse("communications_communication: what was sent stays sent"),
)

# A WHEN clause cannot ask for the message on PostgreSQL, so the body does. The contact may go; the address stays.
recipients_frozen = Trigger(
    "communications_recipient_frozen",
    "communications_recipient",
    "BEFORE UPDATE",
    " OR ".join(
        f"OLD.{column} IS DISTINCT FROM NEW.{column}"
        for column in ("id", "communication_id", "field", "name", "address", "created_at")
    ),
    sqlite=f"SELECT RAISE(ABORT, '{RECIPIENTS_KEPT}') WHERE {PART_OF_SENT}",
    postgresql=(
        f"IF {PART_OF_SENT} THEN RAISE EXCEPTION '{RECIPIENTS_KEPT}' "
        "USING ERRCODE = 'integrity_constraint_violation'; END IF"
    ),
)


class Migration(migrations.Migration):
    dependencies = [("communications", "0001_initial")]

    operations = [
        frozen_columns(
            "communications_communication",
            "id", "organization_id", "account_id", "direction", "channel", "author", "kind", "step", "tone", "language",
            "planned_on", "scheduled_for", "subject", "body_text", "body_html", "reasons", "created_at",
            when="OLD.status NOT IN ('scheduled', 'cancelled')",
        ),
        no_delete(
            "communications_communication", unless=f"OLD.status IN ('scheduled', 'cancelled') OR {GOING}"
        ),
        stays_sent,
        recipients_frozen,
        no_delete("communications_recipient", unless=f"NOT {PART_OF_SENT}"),
        no_delete("communications_namedinvoice", unless=f"NOT {PART_OF_SENT}"),
        frozen_columns(
            "communications_namedinvoice",
            "id", "communication_id", "number", "due_on", "currency", "total_amount", "remaining_amount", "is_reminder",
            "created_at",
        ),
    ]  # fmt: skip
