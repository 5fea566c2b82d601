"""Reads about imports of spreadsheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from invoices.models import SpreadsheetImport

from .errors import ImportNotFound

if TYPE_CHECKING:
    from uuid import UUID

    from billabex.organizations.models import Organization

LATEST = 5


def import_page(organization: Organization, import_id: UUID) -> SpreadsheetImport:
    """Return one import.

    Raises:
        ImportNotFound: No such import in this organization.
    """
    try:
        return SpreadsheetImport.objects.for_organization(organization).get(pk=import_id)
    except SpreadsheetImport.DoesNotExist:
        raise ImportNotFound from None


def latest_imports(organization: Organization) -> list[SpreadsheetImport]:
    """Return the organization's newest imports. One query."""
    return list(SpreadsheetImport.objects.for_organization(organization).defer("issues")[:LATEST])
