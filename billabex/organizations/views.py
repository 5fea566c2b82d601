"""Signing in and out, and the language of the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LoginView
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from billabex.organizations.forms import SignInForm
from billabex.organizations.services import choose_language

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from billabex.organizations.models import User


class SignInView(LoginView):
    """Sign in with an email address and a password."""

    authentication_form = SignInForm
    template_name = "registration/sign_in.html"
    redirect_authenticated_user = True


@login_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the language that the user wants to read, and go back to where they were."""
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        choose_language(user=cast("User", request.user), language=chosen)
    back = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return redirect(back if is_ours else settings.LOGIN_REDIRECT_URL)
