"""The audit log is written once and kept for ever."""

from django.db import migrations

from billabex.core.triggers import frozen_columns, no_delete


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [
        frozen_columns(
            "core_auditentry", "id", "created_at", "organization_id", "account_id", "actor_kind", "actor_id", "actor_label",
            "action", "object_type", "object_id", "object_label", "changes",
        ),
        no_delete("core_auditentry"),
    ]
