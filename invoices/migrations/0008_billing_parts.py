"""The billing address of a document in its parts; one that was kept as lines stays whole, as its street."""

from importlib import import_module
from typing import Any

from django.db import migrations, models

from billabex.core.checks import country_code
from billabex.core.triggers import Drop, Trigger, frozen_columns

first: Any = import_module("invoices.migrations.0002_triggers")
sources: Any = import_module("invoices.migrations.0006_sources")
validated: Any = import_module("invoices.migrations.0007_validated_at")

FOLLOWING = [
    first.allocate,
    first.release,
    *validated.following("invoices_invoice"),
    *validated.following("invoices_creditnote"),
    validated.follows,
]
PARTS = ("billing_street", "billing_postal_code", "billing_city", "billing_state_or_province", "billing_country")
PAPER = [column for column in first.PAPER if column != "billing_address"]


def frozen() -> list[Trigger]:
    """Return the triggers that freeze documents, with the parts of their addresses."""
    return [
        frozen_columns("invoices_invoice", *PAPER, *PARTS, "due_on", "purchase_order", "source_system"),
        frozen_columns("invoices_creditnote", *PAPER, *PARTS, "source_system"),
    ]


def in_parts(model: str) -> list[Any]:
    """Take the address of a table of documents apart."""
    lines = "All lines of an address that came without its parts."
    return [
        migrations.RenameField(model, "billing_address", "billing_street"),
        migrations.AlterField(
            model, "billing_street", models.TextField("billing street", blank=True, help_text=lines)
        ),
        migrations.AddField(
            model, "billing_postal_code", models.CharField("billing postal code", max_length=20, blank=True)
        ),
        migrations.AddField(model, "billing_city", models.CharField("billing city", max_length=120, blank=True)),
        migrations.AddField(
            model,
            "billing_state_or_province",
            models.CharField("billing state or province", max_length=120, blank=True),
        ),
        migrations.AddField(model, "billing_country", models.CharField("billing country", max_length=2, blank=True)),
        migrations.AddConstraint(model, country_code(f"invoices_{model}", "billing_country")),
        migrations.AddIndex(
            model,
            models.Index(fields=["organization", "updated_at", "id"], name=f"invoices_{model}_updated"),
        ),
    ]


class Migration(migrations.Migration):
    dependencies = [("invoices", "0007_validated_at")]

    operations = [
        *(Drop(trigger) for trigger in [*sources.frozen("source_system"), *FOLLOWING]),
        *in_parts("invoice"),
        *in_parts("creditnote"),
        *frozen(),
        *FOLLOWING,
    ]
