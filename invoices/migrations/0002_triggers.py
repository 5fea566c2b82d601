"""Documents are frozen; allocations carry their sums to both sides, and never beyond what is left."""

from django.db import migrations

from billabex.core.triggers import Trigger, frozen_columns

BEYOND = "invoices_allocation: more than the invoice has left, or another account or currency"

PAPER = (
    "id", "organization_id", "account_id", "document_id", "number", "issued_on", "currency", "total_amount",
    "tax_amount", "billing_name", "billing_address", "source_id", "validated_by", "created_at",
)  # fmt: skip

allocate = Trigger(
    "invoices_allocation_made",
    "invoices_allocation",
    "AFTER INSERT",
    "",
    sqlite=f"""
        UPDATE invoices_creditnote
           SET allocated_amount = ROUND(allocated_amount + NEW.amount, 3),
               updated_at = strftime('%Y-%m-%d %H:%M:%f', 'now')
         WHERE id = NEW.credit_note_id;
        SELECT RAISE(ABORT, '{BEYOND}') WHERE NOT EXISTS (
            SELECT 1 FROM invoices_invoice i JOIN invoices_creditnote n ON n.id = NEW.credit_note_id
             WHERE i.id = NEW.invoice_id AND n.account_id = i.account_id AND n.currency = i.currency
               AND ROUND(i.total_amount - i.paid_amount - i.credited_amount - NEW.amount, 3) >= 0);
        UPDATE invoices_invoice
           SET credited_amount = ROUND(credited_amount + NEW.amount, 3),
               settled_on = CASE WHEN ROUND(total_amount - paid_amount - credited_amount - NEW.amount, 3) <= 0
                                 THEN NEW.allocated_on END,
               updated_at = strftime('%Y-%m-%d %H:%M:%f', 'now')
         WHERE id = NEW.invoice_id""",
    postgresql=f"""
        UPDATE invoices_creditnote
           SET allocated_amount = allocated_amount + NEW.amount, updated_at = clock_timestamp()
         WHERE id = NEW.credit_note_id;
        UPDATE invoices_invoice i
           SET credited_amount = i.credited_amount + NEW.amount,
               settled_on = CASE WHEN i.total_amount - i.paid_amount - i.credited_amount - NEW.amount <= 0
                                 THEN NEW.allocated_on END,
               updated_at = clock_timestamp()
          FROM invoices_creditnote n
         WHERE i.id = NEW.invoice_id AND n.id = NEW.credit_note_id
           AND n.account_id = i.account_id AND n.currency = i.currency
           AND i.total_amount - i.paid_amount - i.credited_amount >= NEW.amount;
        IF NOT FOUND THEN
            RAISE EXCEPTION '{BEYOND}' USING ERRCODE = 'integrity_constraint_violation';
        END IF""",
)

release = Trigger(
    "invoices_allocation_removed",
    "invoices_allocation",
    "AFTER DELETE",
    "",
    sqlite="""
        UPDATE invoices_creditnote
           SET allocated_amount = ROUND(allocated_amount - OLD.amount, 3),
               updated_at = strftime('%Y-%m-%d %H:%M:%f', 'now')
         WHERE id = OLD.credit_note_id;
        UPDATE invoices_invoice
           SET credited_amount = ROUND(credited_amount - OLD.amount, 3),
               settled_on = CASE WHEN ROUND(total_amount - paid_amount - credited_amount + OLD.amount, 3) <= 0
                                 THEN settled_on END,
               updated_at = strftime('%Y-%m-%d %H:%M:%f', 'now')
         WHERE id = OLD.invoice_id""",
    postgresql="""
        UPDATE invoices_creditnote
           SET allocated_amount = allocated_amount - OLD.amount, updated_at = clock_timestamp()
         WHERE id = OLD.credit_note_id;
        UPDATE invoices_invoice
           SET credited_amount = credited_amount - OLD.amount,
               settled_on = CASE WHEN total_amount - paid_amount - credited_amount + OLD.amount <= 0
                                 THEN settled_on END,
               updated_at = clock_timestamp()
         WHERE id = OLD.invoice_id""",
)


class Migration(migrations.Migration):
    dependencies = [("invoices", "0001_initial")]

    operations = [
        frozen_columns(
            "invoices_document", "id", "organization_id", "file", "original_name", "sha256", "size", "page_count", "uploaded_by",
            "created_at",
        ),
        frozen_columns("invoices_invoice", *PAPER, "due_on", "purchase_order"),
        frozen_columns("invoices_creditnote", *PAPER),
        frozen_columns(
            "invoices_allocation", "id", "credit_note_id", "invoice_id", "amount", "allocated_on", "is_automatic", "created_at"
        ),
        frozen_columns(
            "invoices_payment", "id", "invoice_id", "previous_amount", "amount", "paid_on", "note", "recorded_by", "created_at"
        ),
        allocate,
        release,
    ]
