"""Signing in and out, and what everybody may change about themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LoginView
from django.forms import model_to_dict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from billabex.core.actors import Actor, ActorKind
from billabex.organizations import services
from billabex.organizations.forms import PasswordForm, ProfileForm, SignInForm
from billabex.organizations.selectors import membership_of
from billabex.organizations.views.tabs import settings_tabs

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpResponse

    from billabex.organizations.access import MemberRequest
    from billabex.organizations.models import User


class SignInView(LoginView):
    """Sign in with an email address and a password."""

    authentication_form = SignInForm
    template_name = "registration/sign_in.html"
    redirect_authenticated_user = True

    def get_success_url(self) -> str:
        """Lead staff of no organization to the admin, where the first organization is made; others where they went."""
        user = cast("User", self.request.user)
        if user.is_staff and membership_of(user) is None:
            return reverse("admin:index")
        return super().get_success_url()


@login_required
@require_POST
def language(request: MemberRequest) -> HttpResponse:
    """Keep the language that the user wants to read, and go back to where they were."""
    user, chosen = cast("User", request.user), request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        services.update_profile(**oneself(request), full_name=user.full_name, language=chosen)
    back = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return redirect(back if is_ours else settings.LOGIN_REDIRECT_URL)


@login_required
def profile(request: MemberRequest) -> HttpResponse:
    """Show and change what the user is called and the language of their pages, whatever their role."""
    user = cast("User", request.user)
    form = ProfileForm(request.POST if request.method == "POST" else None, initial=model_to_dict(user))
    if not form.is_valid():
        return _profile_page(request, form, PasswordForm(user))
    services.update_profile(**oneself(request), **form.cleaned_data)
    with override(user.language):
        messages.success(request, _("Saved."))
    return redirect("settings:profile")


@login_required
@sensitive_post_parameters()
@require_POST
def password(request: MemberRequest) -> HttpResponse:
    """Give the user another password, once they have shown that they know the old one."""
    user = cast("User", request.user)
    form = PasswordForm(user, request.POST)
    if not form.is_valid():
        return _profile_page(request, ProfileForm(initial=model_to_dict(user)), form)
    services.change_password(**oneself(request), password=form.cleaned_data["new_password1"])
    update_session_auth_hash(request, user)  # this session goes on; those elsewhere end
    messages.success(request, _("The password was changed."))
    return redirect("settings:profile")


def _profile_page(request: MemberRequest, form: ProfileForm, password_form: PasswordForm) -> HttpResponse:
    """Answer with the tab; 422 when a form came back with errors."""
    tabs = settings_tabs("settings:profile", request.member)
    context = {"tabs": tabs, "form": form, "password_form": password_form}
    is_refused = form.errors or password_form.errors
    return render(request, "organizations/profile.html", context, status=422 if is_refused else 200)


def oneself(request: MemberRequest) -> dict[str, Any]:
    """Return who changes what about themselves, and where it is logged."""
    user = cast("User", request.user)
    organization = request.member.organization if request.member else None
    return {"user": user, "actor": Actor(ActorKind.MEMBER, str(user), user.pk), "organization": organization}
