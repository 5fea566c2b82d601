"""What the agent decided, and from which facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from billabex.agent.models import Agenda, Decision
from billabex.core.admin import LookOnlyAdmin, pretty

if TYPE_CHECKING:
    from django.utils.safestring import SafeString


@admin.register(Decision)
class DecisionAdmin(LookOnlyAdmin[Decision]):
    list_display = ["account", "organization", "decided_on", "outcome", "planned_on", "created_at"]
    list_filter = ["outcome"]
    list_select_related = ["account", "organization"]
    search_fields = ["account__name", "organization__name", "account__id__exact"]
    date_hierarchy = "decided_on"
    exclude = ["reasons", "facts"]
    readonly_fields = ["why", "known_facts"]

    @admin.display(description=_("why"))
    def why(self, decision: Decision) -> SafeString:
        return pretty(decision.reasons)

    @admin.display(description=_("facts"))
    def known_facts(self, decision: Decision) -> SafeString:
        return pretty(decision.facts)


@admin.register(Agenda)
class AgendaAdmin(LookOnlyAdmin[Agenda]):
    list_display = ["account", "look_on", "seen_at", "decision"]
    list_select_related = ["account", "decision"]
    search_fields = ["account__name", "account__id__exact"]
    date_hierarchy = "look_on"
