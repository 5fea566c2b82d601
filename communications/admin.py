"""Messages: to look at only. Planned ones are changed on the site, sent ones never."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from billabex.core.admin import LookOnlyAdmin, LookOnlyInline, pretty
from communications.models import Communication, InlineImage, NamedInvoice, Recipient
from communications.rules import as_data

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest
    from django.utils.safestring import SafeString


class RecipientInline(LookOnlyInline[Recipient, Communication]):
    model = Recipient
    fields = ["field", "name", "address", "contact"]
    related = ["contact"]


class NamedInvoiceInline(LookOnlyInline[NamedInvoice, Communication]):
    model = NamedInvoice
    fields = ["number", "invoice", "due_on", "currency", "total_amount", "remaining_amount", "is_reminder"]
    related = ["invoice"]


@admin.register(Communication)
class CommunicationAdmin(LookOnlyAdmin[Communication]):
    list_display = ["title", "subject", "account", "organization", "status", "tone", "scheduled_for", "sent_at"]
    list_filter = ["status", "direction", "kind", "tone", "failure_code"]
    list_select_related = ["account", "organization"]
    search_fields = ["subject", "account__name", "organization__name", "recipients__address", "id__exact"]
    date_hierarchy = "scheduled_for"
    exclude = ["reasons"]
    readonly_fields = ["why"]
    inlines = [RecipientInline, NamedInvoiceInline]

    @admin.display(description=_("reasons"))
    def why(self, communication: Communication) -> SafeString:
        return pretty(communication.reasons)


@admin.register(Recipient)
class RecipientAdmin(LookOnlyAdmin[Recipient]):
    list_display = ["address", "name", "field", "contact", "communication"]
    list_filter = ["field"]
    list_select_related = ["contact", "communication"]
    search_fields = ["address", "name", "communication__subject", "communication__account__name"]


@admin.register(NamedInvoice)
class NamedInvoiceAdmin(LookOnlyAdmin[NamedInvoice]):
    list_display = ["number", "communication", "due_on", "total_amount", "remaining_amount", "currency", "is_reminder"]
    list_filter = ["is_reminder"]
    list_select_related = ["communication"]
    search_fields = ["number", "communication__subject", "communication__account__name"]
    date_hierarchy = "due_on"


@admin.register(InlineImage)
class InlineImageAdmin(LookOnlyAdmin[InlineImage]):
    list_display = ["cid", "communication", "created_at"]
    list_select_related = ["communication"]
    search_fields = ["cid", "communication__subject", "communication__account__name"]
    date_hierarchy = "created_at"
    exclude = ["png"]
    readonly_fields = ["picture"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[InlineImage]:
        return super().get_queryset(request).defer("png")

    @admin.display(description=_("picture"))
    def picture(self, image: InlineImage) -> SafeString:
        return format_html('<img src="{}" alt="{}">', as_data(image), image.cid)
