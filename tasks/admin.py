"""Tasks and what was said in them: to look at only. Only the agent creates tasks; people answer them on the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from billabex.core.admin import LookOnlyAdmin, LookOnlyInline, pretty
from tasks.models import Interaction, Task

if TYPE_CHECKING:
    from django.utils.safestring import SafeString


class InteractionInline(LookOnlyInline[Interaction, Task]):
    model = Interaction
    fields = ["created_at", "party", "author_label", "text", "code", "facts"]


@admin.register(Task)
class TaskAdmin(LookOnlyAdmin[Task]):
    list_display = ["type", "account", "organization", "status", "created_at", "closed_at"]
    list_filter = ["status", "type"]
    list_select_related = ["account", "organization"]
    search_fields = ["account__name", "organization__name", "about", "id__exact"]
    date_hierarchy = "created_at"
    readonly_fields = ["assigned_to"]
    inlines = [InteractionInline]

    @admin.display(description=_("assigned to"))
    def assigned_to(self, task: Task) -> str:
        return ", ".join(str(member) for member in task.assignees.select_related("user")) or gettext("nobody")


@admin.register(Interaction)
class InteractionAdmin(LookOnlyAdmin[Interaction]):
    list_display = ["task", "party", "author_label", "code", "text", "created_at"]
    list_filter = ["party", "code"]
    list_select_related = ["task__account"]
    search_fields = ["author_label", "text", "code", "task__account__name"]
    date_hierarchy = "created_at"
    exclude = ["facts"]
    readonly_fields = ["known_facts"]

    @admin.display(description=_("facts"))
    def known_facts(self, interaction: Interaction) -> SafeString:
        return pretty(interaction.facts)
