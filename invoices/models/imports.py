"""Imports of spreadsheets: a row for each, which people can watch and workers take one at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from billabex.core.actors import SYSTEM, Actor, ActorKind
from billabex.core.checks import not_blank, one_of
from billabex.core.models import BaseModel, TenantQuerySet
from billabex.organizations.models import Organization
from invoices.spreadsheets.enums import ImportKind, ImportStatus

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

_UNFINISHED = [ImportStatus.WAITING, ImportStatus.RUNNING]
_STANDING = [*_UNFINISHED, ImportStatus.DONE]


class SpreadsheetImportQuerySet(TenantQuerySet["SpreadsheetImport"]):
    """Imports, by where they stand."""

    def standing(self) -> Self:
        """Keep those that keep their table from being imported again: all but the refused and failed ones."""
        return self.filter(status__in=_STANDING)

    def claimable(self) -> Self:
        """Keep those that no worker has taken."""
        return self.filter(status=ImportStatus.WAITING)

    def running_since(self, instant: datetime) -> Self:
        """Keep those that a worker took before the instant, and has not finished."""
        return self.filter(status=ImportStatus.RUNNING, claimed_at__lt=instant)


class SpreadsheetImport(BaseModel):
    """One spreadsheet on its way in: all its rows are imported, or none.

    The rows themselves wait in `spreadsheets.storage` under `table`; how far a running one is stands in
    `spreadsheets.progress`, as its own transaction shows nothing before it ends.
    """

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="spreadsheet_imports")
    kind = models.CharField(_("kind"), max_length=20, choices=ImportKind)
    file_name = models.CharField(_("file name"), max_length=200)
    table = models.UUIDField(editable=False, help_text="The key under which its rows are kept.")
    columns = models.JSONField(
        null=True, blank=True, editable=False, help_text="The place of each field's column as chosen; else titles tell."
    )
    status = models.CharField(_("status"), max_length=20, choices=ImportStatus, default=ImportStatus.WAITING)
    row_count = models.PositiveIntegerField(_("rows"), help_text=_("Without the column titles and blank rows."))
    new_count = models.PositiveIntegerField(_("new"), default=0)
    changed_count = models.PositiveIntegerField(_("changed"), default=0)
    unchanged_count = models.PositiveIntegerField(_("unchanged"), default=0)
    issue_count = models.PositiveIntegerField(_("errors"), default=0)
    issues = models.JSONField(
        default=list, blank=True, editable=False, help_text="The first errors: row, column and sentence of each."
    )
    started_by = models.CharField(_("started by"), max_length=300)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0, help_text="Which of them a worker claimed.")
    claimed_at = models.DateTimeField(_("taken up"), null=True, blank=True, editable=False)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True, editable=False)

    objects = SpreadsheetImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("spreadsheet import")
        verbose_name_plural = _("spreadsheet imports")
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["organization", "-created_at", "-id"], name="invoices_import_latest"),
            models.Index(fields=["status"], name="invoices_import_unfinished", condition=Q(status__in=_UNFINISHED)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["table"], name="invoices_spreadsheetimport_once", condition=Q(status__in=_STANDING)
            ),
            one_of("invoices_spreadsheetimport", "kind", ImportKind),
            one_of("invoices_spreadsheetimport", "status", ImportStatus),
            not_blank("invoices_spreadsheetimport", "file_name"),
            models.CheckConstraint(
                name="invoices_spreadsheetimport_claimed",
                condition=Q(status=ImportStatus.WAITING) | Q(claimed_at__isnull=False, attempts__gt=0),
            ),
            models.CheckConstraint(
                name="invoices_spreadsheetimport_finished",
                condition=Q(status__in=_UNFINISHED, finished_at__isnull=True)
                | (~Q(status__in=_UNFINISHED) & Q(finished_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="invoices_spreadsheetimport_counts",
                condition=Q(row_count__gte=F("new_count") + F("changed_count") + F("unchanged_count")),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        """Return the address of the import's page."""
        return reverse("spreadsheets:import", args=[self.pk])

    @property
    def actor(self) -> Actor:
        """Who started it, for the audit log."""
        user_id: UUID | None = self.user_id
        return Actor(ActorKind.MEMBER, self.started_by, user_id) if user_id else SYSTEM

    @property
    def is_finished(self) -> bool:
        """Whether nothing more happens to it."""
        return self.finished_at is not None
