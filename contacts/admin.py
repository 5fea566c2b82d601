"""People at the accounts, and those responsible for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin

from billabex.core.admin import LookOnlyAdmin, SupportAdmin, actor_of
from contacts import services
from contacts.models import Contact, InternalRepresentative

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.forms import ModelForm
    from django.http import HttpRequest

_SEARCHED = ["full_name", "email", "account__name", "account__organization__name", "id__exact"]


@admin.register(Contact)
class ContactAdmin(SupportAdmin[Contact]):
    list_display = ["full_name", "email", "email_status", "account", "language", "is_primary", "do_not_contact"]
    list_filter = ["email_status", "is_primary", "do_not_contact", "copy_only", "language"]
    list_select_related = ["account"]
    search_fields = _SEARCHED
    date_hierarchy = "created_at"
    readonly_fields = ["id", "account", "email_status", "created_at", "updated_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Contact, form: ModelForm[Contact], change: Any) -> None:
        """Save what the person changed through the service, which compares with the row as it is stored."""
        stored = Contact.objects.select_related("account").get(pk=obj.pk)
        changed = {name: form.cleaned_data[name] for name in form.changed_data}
        services.update_contact(contact=stored, actor=actor_of(request), **changed)

    def delete_model(self, request: HttpRequest, obj: Contact) -> None:
        services.delete_contact(contact=obj, actor=actor_of(request))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Contact]) -> None:
        for contact in queryset.select_related("account"):
            services.delete_contact(contact=contact, actor=actor_of(request))


@admin.register(InternalRepresentative)
class InternalRepresentativeAdmin(LookOnlyAdmin[InternalRepresentative]):
    list_display = ["full_name", "email", "email_status", "account", "language", "is_primary"]
    list_filter = ["email_status", "is_primary", "language"]
    list_select_related = ["account"]
    search_fields = _SEARCHED
    date_hierarchy = "created_at"
