"""Organizations, their people and domains. Organizations are never deleted here: their accounts' records are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin
from django.contrib.auth import admin as auth_admin
from django.contrib.auth import forms as auth_forms
from django.utils.translation import gettext_lazy as _

from billabex.core.admin import AuditedAdmin, LookOnlyAdmin, SupportInline
from billabex.organizations.models import (
    Closure,
    EmailDomain,
    Membership,
    Organization,
    PersonalAccessToken,
    User,
)

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    # The stubs know these as generic; Django does not.
    _AddForm = auth_forms.AdminUserCreationForm[User]
    _ChangeForm = auth_forms.UserChangeForm[User]
    _UserAdmin = auth_admin.UserAdmin[User]
else:
    _AddForm, _ChangeForm = auth_forms.AdminUserCreationForm, auth_forms.UserChangeForm
    _UserAdmin = auth_admin.UserAdmin


class UserAddForm(_AddForm):
    class Meta:
        model = User
        fields = ["email", "full_name", "language"]


class UserChangeForm(_ChangeForm):
    class Meta:
        model = User
        fields = "__all__"


class MembershipOfUserInline(SupportInline[Membership, User]):
    model = Membership
    autocomplete_fields = ["organization"]
    related = ["organization"]


@admin.register(User)
class UserAdmin(AuditedAdmin[User], _UserAdmin):
    form = UserChangeForm
    add_form = UserAddForm
    list_display = ["email", "full_name", "language", "is_active", "is_staff", "last_login", "created_at"]
    list_filter = ["is_active", "is_staff", "is_superuser", "language"]
    search_fields = ["email", "full_name", "id__exact"]
    ordering = ["email"]
    date_hierarchy = "created_at"
    filter_horizontal = ["groups", "user_permissions"]
    readonly_fields = ["last_login", "created_at", "updated_at"]
    inlines = [MembershipOfUserInline]
    fieldsets = [
        (None, {"fields": ["email", "password"]}),
        (_("Person"), {"fields": ["full_name", "language"]}),
        (
            _("Permissions"),
            {"fields": ["is_active", "is_staff", "is_superuser", "groups", "user_permissions"]},
        ),
        (_("Dates"), {"fields": ["last_login", "created_at", "updated_at"]}),
    ]
    add_fieldsets = [
        (
            None,
            {
                "classes": ["wide"],
                "fields": ["email", "full_name", "language", "usable_password", "password1", "password2"],
            },
        ),
    ]


class MembershipInline(SupportInline[Membership, Organization]):
    model = Membership
    autocomplete_fields = ["user"]
    related = ["user"]


class EmailDomainInline(SupportInline[EmailDomain, Organization]):
    model = EmailDomain


@admin.register(Organization)
class OrganizationAdmin(AuditedAdmin[Organization]):
    list_display = ["name", "slug", "country", "default_language", "default_currency", "created_at"]
    list_filter = ["country", "default_language"]
    search_fields = ["name", "slug", "vat_number", "registration_number", "domains__name", "id__exact"]
    ordering = ["name"]
    date_hierarchy = "created_at"
    prepopulated_fields = {"slug": ["name"]}
    readonly_fields = ["id", "created_at", "updated_at"]
    inlines = [MembershipInline, EmailDomainInline]

    def organization_id_of(self, row: Organization) -> UUID:
        return row.pk

    def has_delete_permission(self, request: HttpRequest, obj: Organization | None = None) -> bool:
        return False


@admin.register(Membership)
class MembershipAdmin(AuditedAdmin[Membership]):
    list_display = ["user", "organization", "role", "created_at"]
    list_filter = ["role"]
    list_select_related = ["user", "organization"]
    search_fields = ["user__email", "user__full_name", "organization__name"]
    autocomplete_fields = ["user", "organization"]
    readonly_fields = ["created_at", "updated_at"]


@admin.register(EmailDomain)
class EmailDomainAdmin(AuditedAdmin[EmailDomain]):
    list_display = ["name", "organization", "created_at"]
    list_select_related = ["organization"]
    search_fields = ["name", "organization__name"]
    autocomplete_fields = ["organization"]
    readonly_fields = ["created_at", "updated_at"]


@admin.register(Closure)
class ClosureAdmin(LookOnlyAdmin[Closure]):
    list_display = ["starts_on", "ends_on", "label", "organization"]
    list_select_related = ["organization"]
    search_fields = ["label", "organization__name"]
    date_hierarchy = "starts_on"


@admin.register(PersonalAccessToken)
class PersonalAccessTokenAdmin(LookOnlyAdmin[PersonalAccessToken]):
    exclude = ["secret_hash"]
    list_display = ["name", "prefix", "user", "expires_at", "last_used_at", "revoked_at"]
    list_select_related = ["user"]
    search_fields = ["name", "prefix", "user__email", "id__exact"]
    date_hierarchy = "created_at"
