"""Contacts are found by any part of their addresses without reading them all."""

from django.db import migrations

from billabex.core.trigrams import TrigramIndex


class Migration(migrations.Migration):
    dependencies = [("contacts", "0002_any_language")]

    operations = [TrigramIndex("contacts_contact_searched", "contacts_contact", "UPPER(email)")]
