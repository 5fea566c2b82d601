"""What the tests of the account's pages share."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse

if TYPE_CHECKING:
    from accounts.models import Account

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
"""A Monday."""

ACME = {"name": "Acme GmbH", "country": "DE", "currency": "EUR", "city": "Köln"}


def url(name: str, account: Account, *more: Any) -> str:
    """Return the address of one of the account's pages."""
    return reverse(f"accounts:{name}", args=[account.pk, *more])


def errors(response: Any, dialog: str = "") -> dict[str, list[str]]:
    """Return what a page says beside the fields of its form, or of the form in one of its dialogs."""
    form = response.context["dialogs"][dialog].form if dialog else response.context["form"]
    return dict(form.errors)
