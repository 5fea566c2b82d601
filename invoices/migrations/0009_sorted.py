"""Lists of documents are read in their order whatever it is; indexes that only repeat how others begin go."""

from importlib import import_module
from typing import Any

from django.db import migrations, models
from django.db.models import Case, CASCADE, F, Q, When

from billabex.core.triggers import Drop

parts: Any = import_module("invoices.migrations.0008_billing_parts")

TRIGGERS = [*parts.frozen(), *parts.FOLLOWING]


def without_own_index(model: str, related_name: str) -> list[Any]:
    """Leave organization and account of a table of documents to the indexes that begin with them."""
    return [
        migrations.AlterField(
            model,
            name,
            models.ForeignKey(to, on_delete=CASCADE, related_name=related_name, db_index=False),
        )
        for name, to in (("organization", "organizations.organization"), ("account", "accounts.account"))
    ]


def by_more_columns(model: str) -> list[Any]:
    """Index a table of documents by more of its columns."""
    return [
        migrations.AddIndex(model, models.Index(fields=["organization", column, "id"], name=f"invoices_{model}_{name}"))
        for name, column in (("created", "created_at"), ("by_number", "number"), ("total", "total_amount"))
    ]


class Migration(migrations.Migration):
    dependencies = [("invoices", "0008_billing_parts")]

    operations = [
        *(Drop(trigger) for trigger in TRIGGERS),
        *without_own_index("invoice", "%(class)ss"),
        *without_own_index("creditnote", "credit_notes"),
        *TRIGGERS,
        *by_more_columns("invoice"),
        *by_more_columns("creditnote"),
        migrations.AddIndex(
            "invoice",
            models.Index(fields=["organization", "remaining_amount", "id"], name="invoices_invoice_remaining"),
        ),
        migrations.AddIndex(
            "invoice",
            models.Index(
                F("organization"),
                Case(When(settled_on__isnull=True, then=F("due_on"))),
                F("id"),
                name="invoices_invoice_late",
            ),
        ),
        migrations.AddIndex(
            "invoice",
            models.Index(
                fields=["account", "currency", "remaining_amount"],
                name="invoices_invoice_owed",
                condition=~Q(remaining_amount=0),
            ),
        ),
    ]
