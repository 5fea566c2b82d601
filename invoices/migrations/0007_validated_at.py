"""An upload knows when it was validated: exactly while an invoice or a credit note is made of it, and of one only."""

from django.db import migrations, models
from django.db.models import Q

from billabex.core.triggers import Trigger, refuse

ONCE = "invoices_document: a document becomes one invoice or one credit note"
FOLLOWS = "invoices_document: when it was validated follows from what it became, and is never changed alone"

BECOMES_ANOTHER = """
    SELECT 1 FROM invoices_document d WHERE d.id = NEW.document_id AND d.validated_at IS NOT NULL"""
BECAME_SOMETHING = """
    (EXISTS (SELECT 1 FROM invoices_invoice WHERE document_id = NEW.id)
     OR EXISTS (SELECT 1 FROM invoices_creditnote WHERE document_id = NEW.id))"""
STAMP = "UPDATE invoices_document SET validated_at = NEW.created_at WHERE id = NEW.document_id"


def following(table: str) -> list[Trigger]:
    """Return the triggers by which a document follows what is made of it, and deleted."""
    return [
        Trigger(
            f"{table}_validates",
            table,
            "AFTER INSERT",
            "NEW.document_id IS NOT NULL",
            sqlite=f"SELECT RAISE(ABORT, '{ONCE}') WHERE EXISTS ({BECOMES_ANOTHER}); {STAMP}",
            postgresql=f"""{STAMP} AND validated_at IS NULL;
                IF NOT FOUND THEN
                    RAISE EXCEPTION '{ONCE}' USING ERRCODE = 'integrity_constraint_violation';
                END IF""",
        ),
        Trigger(
            f"{table}_unvalidates",
            table,
            "AFTER DELETE",
            "OLD.document_id IS NOT NULL",
            sqlite="UPDATE invoices_document SET validated_at = NULL WHERE id = OLD.document_id",
            postgresql="UPDATE invoices_document SET validated_at = NULL WHERE id = OLD.document_id",
        ),
    ]


follows = Trigger(
    "invoices_document_follows",
    "invoices_document",
    "BEFORE UPDATE",
    "OLD.validated_at IS DISTINCT FROM NEW.validated_at",
    sqlite=f"SELECT RAISE(ABORT, '{FOLLOWS}') WHERE {BECAME_SOMETHING} = (NEW.validated_at IS NULL)",
    postgresql=f"""IF {BECAME_SOMETHING} = (NEW.validated_at IS NULL) THEN
            RAISE EXCEPTION '{FOLLOWS}' USING ERRCODE = 'integrity_constraint_violation';
        END IF""",
)


class Migration(migrations.Migration):
    dependencies = [("invoices", "0006_sources")]

    operations = [
        migrations.AddField(
            "document",
            "validated_at",
            models.DateTimeField(
                "validated",
                null=True,
                editable=False,
                help_text="Set and cleared by trigger, with the invoice or credit note it became: at most one.",
            ),
        ),
        migrations.RunSQL(
            [
                f"""UPDATE invoices_document
                       SET validated_at = (SELECT created_at FROM {table} p WHERE p.document_id = invoices_document.id)
                     WHERE EXISTS (SELECT 1 FROM {table} p WHERE p.document_id = invoices_document.id)"""
                for table in ("invoices_invoice", "invoices_creditnote")
            ],
            migrations.RunSQL.noop,
        ),
        migrations.AddIndex(
            "document",
            models.Index(
                fields=["organization", "-created_at", "-id"],
                name="invoices_document_to_verify",
                condition=Q(validated_at__isnull=True),
            ),
        ),
        *following("invoices_invoice"),
        *following("invoices_creditnote"),
        Trigger(
            "invoices_document_comes_unvalidated",
            "invoices_document",
            "BEFORE INSERT",
            "NEW.validated_at IS NOT NULL",
            **refuse(FOLLOWS),
        ),
        follows,
    ]
