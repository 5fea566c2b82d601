"""The fixed vocabularies of spreadsheets."""

from __future__ import annotations

from enum import Enum, auto

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ImportKind(TextChoices):
    """What a spreadsheet brings in."""

    ACCOUNTS = "accounts", _("Accounts")
    CONTACTS = "contacts", _("Contacts")
    INVOICES = "invoices", _("Invoices")
    CREDIT_NOTES = "credit-notes", _("Credit notes")
    PAYMENTS = "payments", _("Payments")


class ImportStatus(TextChoices):
    """Where an import stands."""

    WAITING = "waiting", pgettext_lazy("import", "Waiting")
    RUNNING = "running", pgettext_lazy("import", "Running")
    DONE = "done", pgettext_lazy("import", "Done")
    REFUSED = "refused", pgettext_lazy("import", "Refused")
    FAILED = "failed", pgettext_lazy("import", "Failed")


class Format(TextChoices):
    """The formats of spreadsheets."""

    CSV = "csv", "CSV"
    XLSX = "xlsx", "XLSX"


class Effect(TextChoices):
    """What a row of a spreadsheet does."""

    NEW = "new", pgettext_lazy("row of a spreadsheet", "New")
    CHANGED = "changed", pgettext_lazy("row of a spreadsheet", "Changed")
    UNCHANGED = "unchanged", pgettext_lazy("row of a spreadsheet", "Unchanged")


class ValueType(Enum):
    """How the cells of a column are read and written."""

    TEXT = auto()
    COMPACT = auto()
    EMAIL = auto()
    DATE = auto()
    AMOUNT = auto()
    CURRENCY = auto()
    COUNTRY = auto()
    LANGUAGE = auto()
    YES_NO = auto()
    TAGS = auto()
