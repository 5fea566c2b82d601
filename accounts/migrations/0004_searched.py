"""Accounts are found by any part of their names and numbers without reading them all."""

from django.db import migrations

from billabex.core.trigrams import TrigramIndex


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_updated_either_way")]

    operations = [
        TrigramIndex(
            "accounts_account_searched",
            "accounts_account",
            "UPPER(name)",
            "match_key",
            "registration_number",
            "vat_number",
        ),
        TrigramIndex("accounts_source_searched", "accounts_source", "UPPER(external_id)"),
    ]
