"""Which programs act as the user: the applications that they connected, and the tokens that they made.

It is theirs alone and nobody else's, whatever their role: a program never may more than its user.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from billabex.core import clock
from billabex.organizations import services
from billabex.organizations.forms import TokenForm, refusals_on
from billabex.organizations.oauth.selectors import connections_of
from billabex.organizations.oauth.services import disconnect_application
from billabex.organizations.selectors import personal_tokens_of
from billabex.organizations.views.people import oneself
from billabex.organizations.views.tabs import settings_tabs

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from billabex.organizations.access import MemberRequest
    from billabex.organizations.models import User


@login_required
@never_cache
def api_access(request: MemberRequest) -> HttpResponse:
    """Show which programs act as the user, and make a token, whose secret only the answer to that shows."""
    form = TokenForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        now = clock.now()
        with refusals_on(form):
            token, secret = services.create_personal_token(
                **oneself(request),
                now=now,
                name=form.cleaned_data["name"],
                scopes=form.cleaned_data["scopes"],
                expires_at=now + timedelta(days=form.cleaned_data["days"]),
            )
            return _page(request, TokenForm(), token=token, secret=secret)
    return _page(request, form)


@login_required
@require_POST
def disconnect(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Let an application no longer act as the user."""
    application = disconnect_application(user=cast("User", request.user), application_id=pk, now=clock.now())
    messages.success(request, _("%(name)s was disconnected.") % {"name": application})
    return redirect("settings:api-access")


@login_required
@require_POST
def revoke_token(request: MemberRequest, pk: UUID) -> HttpResponse:
    """End one of the user's tokens."""
    services.revoke_personal_token(**oneself(request), now=clock.now(), token_id=pk)
    messages.success(request, _("The access token was revoked."))
    return redirect("settings:api-access")


def _page(request: MemberRequest, form: TokenForm, **more: Any) -> HttpResponse:
    """Answer with the tab; 422 when the form came back with errors."""
    user, now = cast("User", request.user), clock.now()
    context = {
        "tabs": settings_tabs("settings:api-access", request.member),
        "connections": connections_of(user, now=now),
        "tokens": personal_tokens_of(user, now=now),
        "token_form": form,
        **more,
    }
    return render(request, "organizations/api_access.html", context, status=422 if form.errors else 200)
