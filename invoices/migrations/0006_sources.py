"""A document knows the system that its external id is of."""

from importlib import import_module
from typing import Any

from django.db import migrations, models
from django.db.models import Q, Value

from billabex.core.triggers import Drop, Trigger, frozen_columns

first: Any = import_module("invoices.migrations.0002_triggers")


def frozen(*more: str) -> list[Trigger]:
    """Return the triggers that freeze documents."""
    return [
        frozen_columns("invoices_invoice", *first.PAPER, "due_on", "purchase_order", *more),
        frozen_columns("invoices_creditnote", *first.PAPER, *more),
    ]


def say_custom(apps: Any, schema_editor: Any) -> None:
    """Until now only API clients could give an external id."""
    for name in ("Invoice", "CreditNote"):
        papers = apps.get_model("invoices", name).objects.filter(source_id__isnull=False)
        papers.update(source_system=Value("Custom"))


def system(model: str) -> migrations.AddField:
    """Add the system to a table of documents."""
    return migrations.AddField(
        model,
        "source_system",
        models.CharField(
            "system",
            max_length=40,
            choices=[("Custom", "Custom")],
            null=True,
            blank=True,
            help_text="Whose record it is: who may change it.",
        ),
    )


def both_or_neither(model: str) -> migrations.AddConstraint:
    """Hold that an external id and its system come together."""
    return migrations.AddConstraint(
        model,
        models.CheckConstraint(
            name=f"invoices_{model}_source_whole",
            condition=Q(source_id__isnull=True, source_system__isnull=True)
            | (Q(source_id__isnull=False, source_system__isnull=False) & ~Q(source_system="")),
        ),
    )


class Migration(migrations.Migration):
    dependencies = [("invoices", "0005_spreadsheet_imports")]

    operations = [
        *(Drop(trigger) for trigger in [*frozen(), first.allocate, first.release]),
        system("invoice"),
        system("creditnote"),
        migrations.RunPython(say_custom, migrations.RunPython.noop),
        both_or_neither("invoice"),
        both_or_neither("creditnote"),
        *frozen("source_system"),
        first.allocate,
        first.release,
    ]
