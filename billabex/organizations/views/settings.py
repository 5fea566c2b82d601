"""The settings of an organization: everybody in it reads them, its owners change them.

What a change would do to planned messages is shown first, where something would differ: the form comes back to the
same address with "confirmed", or with "back" to be changed again. It all works without scripts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from billabex.core import clock
from billabex.organizations import services
from billabex.organizations.access import for_owners, today_for
from billabex.organizations.forms import AgentForm, ClosureForm, DomainForm, OrganizationForm, refusals_on
from billabex.organizations.ports import impact_of
from billabex.organizations.selectors import closure_of, closures_from, domains_of
from billabex.organizations.views.tabs import settings_tabs

if TYPE_CHECKING:
    from uuid import UUID

    from django.forms import BaseForm
    from django.http import HttpResponse, QueryDict

    from billabex.organizations.access import MemberRequest
    from billabex.organizations.forms import SettingsForm
    from billabex.organizations.ports import Impact


@for_owners
def organization(request: MemberRequest) -> HttpResponse:
    """Show and change who the organization is, where it is, and how it is paid.

    With `?country=` the regions are those of that country; htmx asks so for the field alone.
    """
    form = OrganizationForm(_posted(request), **_shown(request), country=request.GET.get("country"))
    return _saved(request, form, "settings:organization") or organization_page(request, form)


def organization_page(
    request: MemberRequest, form: OrganizationForm, domain_form: DomainForm | None = None
) -> HttpResponse:
    """Answer with the tab, or with the field of the regions for htmx; 422 when a form came back with errors."""
    context = {
        "tabs": settings_tabs("settings:organization", request.member),
        "form": form,
        "domains": domains_of(request.member.organization),
        "domain_form": domain_form or DomainForm(auto_id="domain_%s"),
    }
    is_field = request.htmx and request.method == "GET"  # type: ignore[attr-defined]  # by django-htmx
    template = "organizations/organization.html" + "#region" * bool(is_field)
    return render(request, template, context, status=_status(form, domain_form))


@for_owners
def agent(request: MemberRequest) -> HttpResponse:
    """Show and change how the agent signs, when it writes, and what it mentions."""
    form = AgentForm(_posted(request), **_shown(request))
    return _saved(request, form, "settings:agent") or agent_page(request, form)


def agent_page(request: MemberRequest, form: AgentForm, closure_form: ClosureForm | None = None) -> HttpResponse:
    """Answer with the tab, its closures from the one on that is not over; 422 when a form came back with errors."""
    context = {
        "tabs": settings_tabs("settings:agent", request.member),
        "form": form,
        "closures": closures_from(request.member.organization, today_for(request.member)),
        "closure_form": closure_form or ClosureForm(auto_id="closure_%s"),
    }
    return render(request, "organizations/agent.html", context, status=_status(form, closure_form))


@for_owners
@require_POST
def add_domain(request: MemberRequest) -> HttpResponse:
    """Make a domain one of the organization's own."""
    form = DomainForm(request.POST, auto_id="domain_%s")
    if form.is_valid():
        with refusals_on(form):
            services.add_domain(**_by(request), name=form.cleaned_data["name"])
            messages.success(request, _("The domain was added."))
            return redirect("settings:organization")
    return organization_page(request, OrganizationForm(None, **_shown(request)), form)


@for_owners
@require_POST
def remove_domain(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Make a domain no longer one of the organization's own."""
    services.remove_domain(**_by(request), domain_id=pk)
    messages.success(request, _("The domain was removed."))
    return redirect("settings:organization")


@for_owners
@require_POST
def add_closure(request: MemberRequest) -> HttpResponse:
    """Close the organization for some days."""
    form = ClosureForm(request.POST, auto_id="closure_%s")
    if _is_to_save(request, form):
        with refusals_on(form):
            own, now, days = request.member.organization, clock.now(), form.cleaned_data
            closure = services.checked_closure(organization=own, now=now, **days)
            if impact := _unconfirmed_impact(request, {"closures": [*own.closures.all(), closure]}):
                return _impact_page(request, impact, "settings:agent", form)
            services.add_closure(**_by(request), **days)
            messages.success(request, _("The closure was added."))
            return redirect("settings:agent")
    return agent_page(request, AgentForm(None, **_shown(request)), form)


@for_owners
@require_POST
def remove_closure(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Open the organization again on the days of a closure."""
    own = request.member.organization
    closure = closure_of(own, pk)
    if impact := _unconfirmed_impact(request, {"closures": [one for one in own.closures.all() if one != closure]}):
        return _impact_page(request, impact, "settings:agent")
    services.remove_closure(**_by(request), closure_id=pk)
    messages.success(request, _("The closure was removed."))
    return redirect("settings:agent")


def _saved(request: MemberRequest, form: SettingsForm, name: str) -> HttpResponse | None:
    """Return the answer to settings that were sent and taken, or are to be confirmed; None to show the form."""
    if _is_to_save(request, form):
        with refusals_on(form):
            changes = services.proposed_changes(request.member.organization, form.cleaned_data)
            if changes and form.is_stale:
                messages.error(
                    request, _("Someone changed these settings meanwhile. Check them, and change yours again.")
                )
                return redirect(name)
            if impact := _unconfirmed_impact(request, changes):
                return _impact_page(request, impact, name, form)
            services.update_settings(**_by(request), **changes)
            messages.success(request, _("Saved."))
            return redirect(name)
    return None


def _is_to_save(request: MemberRequest, form: BaseForm) -> bool:
    return form.is_bound and "back" not in request.POST and form.is_valid()


def _unconfirmed_impact(request: MemberRequest, changes: dict[str, Any]) -> Impact | None:
    """Return what the changes would do to planned messages, unless the member has been shown it already."""
    return None if "confirmed" in request.POST else impact_of(request.member.organization, changes)


def _impact_page(request: MemberRequest, impact: Impact, name: str, form: BaseForm | None = None) -> HttpResponse:
    """Answer with what a change would do, and the form in hiding to confirm or to go back to."""
    context = {"tabs": settings_tabs(name, request.member), "impact": impact, "form": form, "back_url": reverse(name)}
    return render(request, "organizations/impact.html", context)


def _posted(request: MemberRequest) -> QueryDict | None:
    """Return what a form was sent with; None while it is only being looked at."""
    return request.POST if request.method == "POST" else None


def _shown(request: MemberRequest) -> dict[str, Any]:
    """Return what a form of settings shows: the organization's, to be read only unless an owner looks."""
    return {"organization": request.member.organization, "is_fixed": not request.member.is_owner}


def _by(request: MemberRequest) -> dict[str, Any]:
    """Return whose settings a service changes, who does, and when."""
    return {"organization": request.member.organization, "actor": request.member.actor, "now": clock.now()}


def _status(*forms: BaseForm | None) -> int:
    return 422 if any(form is not None and form.errors for form in forms) else 200
