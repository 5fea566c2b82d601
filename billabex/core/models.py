"""What every table shares, and the audit log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from billabex.core import clock
from billabex.core.actors import ActorKind
from billabex.core.ids import new_id

if TYPE_CHECKING:
    from uuid import UUID


class BaseModel(models.Model):
    """A row with a UUIDv7 key that knows when it came and when it last changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    created_at = models.DateTimeField(_("created"), default=clock.now, editable=False)
    updated_at = clock.ChangedAtField(_("last update"), default=clock.now, editable=False)

    class Meta:
        abstract = True


class AppendOnlyModel(models.Model):
    """A row that is written once; the database refuses changes (see `core.triggers`)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    created_at = models.DateTimeField(_("created"), default=clock.now, editable=False)

    class Meta:
        abstract = True


class TenantQuerySet[Row: models.Model](models.QuerySet[Row]):
    """Rows of many organizations; people only ever see those of one."""

    def for_organization(self, organization: models.Model | UUID) -> Self:
        """Keep the rows of one organization: the only way to fetch anything for a user."""
        return self.filter(organization=organization)


class AuditEntry(AppendOnlyModel):
    """Who did what to which thing, and when.

    Points at nothing by foreign key: it survives the deletion of everything it speaks of.
    """

    organization_id = models.UUIDField(_("organization"), null=True)
    account_id = models.UUIDField(_("account"), null=True)
    actor_kind = models.CharField(_("actor kind"), max_length=20)
    actor_id = models.UUIDField(_("actor id"), null=True)
    actor_label = models.CharField(_("actor"), max_length=300)
    action = models.CharField(_("action"), max_length=60)
    object_type = models.CharField(_("object type"), max_length=60)
    object_id = models.UUIDField(_("object id"), null=True)
    object_label = models.CharField(_("object"), max_length=300, blank=True)
    changes = models.JSONField(_("changes"), default=dict)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit log")
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["organization_id", "-created_at"], name="core_audit_organization"),
            models.Index(fields=["account_id", "-created_at"], name="core_audit_account"),
        ]
        constraints = [
            models.CheckConstraint(name="core_audit_action", condition=~models.Q(action="")),
            models.CheckConstraint(
                name="core_audit_actor_kind_known",
                condition=models.Q(actor_kind__in=[kind.value for kind in ActorKind]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.actor_label}: {self.action} {self.object_label}"
