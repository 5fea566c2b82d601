"""What would leave in the weeks to come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.template.loader import render_to_string

from billabex.core.places import fill
from billabex.organizations.access import for_members, today_for

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.timeline import Panel
    from billabex.organizations.access import MemberRequest


@for_members
def upcoming(request: MemberRequest) -> HttpResponse:
    """Show what would be sent to all accounts if nothing changed; a higher floor knows."""
    found: list[Panel] = fill("organization.preview", request.member.organization, today=today_for(request.member))
    panels = [render_to_string(panel.template, panel.context, request) for panel in found]
    return render(request, "communications/upcoming.html", {"panels": panels})
