"""Documents are found by any part of their numbers without reading them all."""

from django.db import migrations

from billabex.core.trigrams import TrigramIndex


class Migration(migrations.Migration):
    dependencies = [("invoices", "0009_sorted")]

    operations = [
        TrigramIndex("invoices_invoice_searched", "invoices_invoice", "UPPER(number)"),
        TrigramIndex("invoices_creditnote_searched", "invoices_creditnote", "UPPER(number)"),
    ]
