"""Accounts and what hangs on them. Changes go through the services; deletion asks for the name, on the site."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts import services
from accounts.models import Account, Note, Pause, Source, Tag
from billabex.core.admin import AuditedAdmin, LookOnlyAdmin, LookOnlyInline, SupportAdmin, actor_of

if TYPE_CHECKING:
    from django.forms import ModelForm
    from django.http import HttpRequest


class SourceInline(LookOnlyInline[Source, Account]):
    model = Source
    fields = ["system", "connection_id", "external_id", "record_changed_at", "created_at"]


class PauseInline(LookOnlyInline[Pause, Account]):
    model = Pause
    fields = ["reason", "started_on", "started_by", "until", "ended_at", "ended_by", "note"]


class NoteInline(LookOnlyInline[Note, Account]):
    model = Note
    fields = ["created_at", "author", "text"]
    related = ["author"]


@admin.register(Account)
class AccountAdmin(SupportAdmin[Account]):
    list_display = ["name", "organization", "country", "currency", "status", "follow_up_owner", "updated_at"]
    list_filter = ["status", "follow_up_owner", "currency"]
    list_select_related = ["organization"]
    search_fields = [
        "name",
        "organization__name",
        "vat_number",
        "registration_number",
        "source__external_id",
        "id__exact",
    ]
    date_hierarchy = "created_at"
    readonly_fields = [
        "id",
        "organization",
        "match_key",
        "currency",
        "tags",
        "created_at",
        "updated_at",
        "deletion_started_at",
    ]
    inlines = [SourceInline, PauseInline, NoteInline]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Account | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Account, form: ModelForm[Account], change: Any) -> None:
        """Save what the person changed through the services, which lock, audit and announce."""
        actor = actor_of(request)
        changed = {name: form.cleaned_data[name] for name in form.changed_data}
        if "status" in changed:
            services.set_status(account=obj, status=changed.pop("status"), actor=actor)
        if "follow_up_owner" in changed:
            services.set_follow_up_owner(account=obj, owner=changed.pop("follow_up_owner"), actor=actor)
        services.update_account(account=obj, actor=actor, **changed)


@admin.register(Source)
class SourceAdmin(LookOnlyAdmin[Source]):
    list_display = ["external_id", "system", "account", "organization", "created_at"]
    list_filter = ["system"]
    list_select_related = ["account", "organization"]
    search_fields = ["external_id", "account__name", "organization__name"]


@admin.register(Pause)
class PauseAdmin(LookOnlyAdmin[Pause]):
    list_display = ["account", "reason", "started_on", "started_by", "until", "ended_at"]
    list_filter = ["reason", ("ended_at", admin.EmptyFieldListFilter)]
    list_select_related = ["account"]
    search_fields = ["account__name", "started_by", "note"]
    date_hierarchy = "started_on"


@admin.register(Tag)
class TagAdmin(AuditedAdmin[Tag]):
    list_display = ["name", "organization", "created_at"]
    list_select_related = ["organization"]
    search_fields = ["name", "organization__name"]
    autocomplete_fields = ["organization"]
    readonly_fields = ["created_at", "updated_at"]


@admin.register(Note)
class NoteAdmin(LookOnlyAdmin[Note]):
    list_display = ["beginning", "account", "author", "created_at"]
    list_select_related = ["account", "author"]
    search_fields = ["text", "account__name", "author__email"]
    date_hierarchy = "created_at"

    @admin.display(description=_("text"))
    def beginning(self, note: Note) -> str:
        return str(note)
