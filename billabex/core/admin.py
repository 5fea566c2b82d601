"""What the admin pages of every app share, and the audit log.

The admin is a support tool: it shows everything, changes what has no rules of its own, and leaves a trace. What is
frozen can only be looked at; what has rules goes through the services.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from billabex.core import audit
from billabex.core.actors import Actor, ActorKind
from billabex.core.errors import InvalidInput, RuleViolation
from billabex.core.models import AuditEntry

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from django.contrib.admin import ModelAdmin, TabularInline
    from django.contrib.admin.models import LogEntry
    from django.db import models
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse
    from django.utils.safestring import SafeString
else:
    # The stubs know these as generic; at run time the type in brackets is of no interest.
    class ModelAdmin(admin.ModelAdmin):
        def __class_getitem__(cls, _row: object) -> type:
            return cls

    class TabularInline(admin.TabularInline):
        def __class_getitem__(cls, _rows: object) -> type:
            return cls


admin.site.site_header = admin.site.site_title = _("Billabex support")
admin.site.index_title = _("Tables")


def actor_of(request: HttpRequest) -> Actor:
    """Return the signed-in person as the audit log knows them."""
    return Actor(ActorKind.MEMBER, f"{request.user} (admin)", request.user.pk)


def pretty(payload: Any) -> SafeString:
    """Return a JSON payload as people can read it."""
    return format_html("<pre>{}</pre>", json.dumps(payload, indent=2, ensure_ascii=False, sort_keys=True))


class SupportAdmin[Row: models.Model](ModelAdmin[Row]):
    """Lists that stay fast on large tables. The site's own pages are for members, so none is linked."""

    list_per_page = 50
    show_full_result_count = False
    view_on_site = False

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the form; what a service refuses becomes a message above it."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except (RuleViolation, InvalidInput) as error:
            self.message_user(request, str(error), messages.ERROR)
            return redirect(request.get_full_path())


class LookOnly:
    """Refuses to add, change and delete, whatever the permissions say."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class LookOnlyAdmin[Row: models.Model](LookOnly, SupportAdmin[Row]):
    """Shows every column of a row, those that forms leave out included, then what `readonly_fields` adds."""

    def get_readonly_fields(self, request: HttpRequest, obj: Row | None = None) -> list[str]:
        hidden = self.exclude or ()
        columns = [field.name for field in self.opts.local_fields if field.name not in hidden]
        return [*columns, *(str(name) for name in self.readonly_fields)]


class SupportInline[Row: models.Model, Parent: models.Model](TabularInline[Row, Parent]):
    """Rows below their parent's; `related` names what their cells show of other tables."""

    extra = 0
    related: Sequence[str] = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Row]:
        rows = super().get_queryset(request)
        return rows.select_related(*self.related) if self.related else rows


class LookOnlyInline[Row: models.Model, Parent: models.Model](LookOnly, SupportInline[Row, Parent]):
    """Rows to look at; `fields` names the columns."""

    can_delete = False

    def get_readonly_fields(self, request: HttpRequest, obj: Parent | None = None) -> list[str]:
        return [str(name) for name in self.fields or ()]


class AuditedAdmin[Row: models.Model](SupportAdmin[Row]):
    """Changes rows that have no service of their own; each change leaves an audit entry."""

    def organization_id_of(self, row: Row) -> UUID | None:
        """Return the organization that the row belongs to, if it does."""
        return getattr(row, "organization_id", None)

    def log_addition(self, request: HttpRequest, obj: Row, message: Any) -> LogEntry:
        self._record(request, obj, "added", {"added": message})
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Row, message: Any) -> LogEntry:
        self._record(request, obj, "changed", {"changed": message})
        return super().log_change(request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: QuerySet[Row]) -> list[LogEntry]:
        for row in queryset:
            self._record(request, row, "deleted", {})
        return super().log_deletions(request, queryset)

    def _record(self, request: HttpRequest, row: Row, verb: str, changes: dict[str, Any]) -> None:
        action = f"{self.opts.model_name}.{verb}-in-admin"
        audit.record(actor_of(request), action, row, organization_id=self.organization_id_of(row), changes=changes)


@admin.register(AuditEntry)
class AuditEntryAdmin(LookOnlyAdmin[AuditEntry]):
    list_display = ["created_at", "actor_label", "action", "object_label", "object_type"]
    list_filter = ["actor_kind", "object_type"]
    search_fields = [
        "actor_label",
        "action",
        "object_label",
        "organization_id__exact",
        "account_id__exact",
        "object_id__exact",
    ]
    date_hierarchy = "created_at"
    exclude = ["changes"]
    readonly_fields = ["what_changed"]

    @admin.display(description=_("changes"))
    def what_changed(self, entry: AuditEntry) -> SafeString:
        return pretty(entry.changes)
