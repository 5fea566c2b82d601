"""The page on which people let an application act as them, or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.csp import CSP
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.csp import csp_override
from django.views.generic import View
from oauth2_provider.exceptions import FatalClientError, OAuthToolkitError
from oauth2_provider.oauth2_backends import get_oauthlib_core
from oauthlib.oauth2 import OAuth2Error

from billabex.organizations.models import Application
from billabex.organizations.oauth.answers import refusal
from billabex.organizations.oauth.resources import issuer_of
from billabex.organizations.oauth.server import with_answer
from billabex.organizations.oauth.services import note_consent
from billabex.organizations.scopes import described
from billabex.organizations.selectors import organizations_of

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from billabex.organizations.models import User


@method_decorator(never_cache, name="dispatch")
class AuthorizationView(View):
    """Ask the user, once they have signed in, and send them back with a code or with a no.

    What is asked stays in the address and is checked on every request, so the form holds nothing but the decision.
    """

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Check the request first: one with nowhere to go is refused whoever asks, and nobody signs in for it.

        Anybody may register an application, and a wrong request would have us lead our users to its site without a
        word: they sign in before they are sent anywhere. Source: RFC 9700, section 4.11.2.
        """
        core, problem = get_oauthlib_core(), None
        try:
            scopes, credentials = core.validate_authorization_request(request)
            credentials["resource"] = request.GET.getlist("resource")
            core.server.request_validator.check_resources(credentials["request"], credentials["resource"])
        except FatalClientError as error:
            return _refused(request, error.oauthlib_error)
        except OAuthToolkitError as error:
            problem = error.oauthlib_error
        except OAuth2Error as error:
            problem = error
        is_silent = "none" in request.GET.get("prompt", "").split()  # which is answered without a page
        if not request.user.is_authenticated and not (problem and is_silent):
            return redirect_to_login(request.get_full_path())
        if problem:
            return _sent_back(request, problem)
        return super().dispatch(request, scopes=scopes, credentials=credentials)

    def get(self, request: HttpRequest, scopes: list[str], credentials: dict[str, Any]) -> HttpResponseBase:
        """Show who asks for what."""
        application = Application.objects.get(client_id=credentials["client_id"])
        context = {
            "application": application,
            "goes_to": _named(credentials["redirect_uri"]),
            "organizations": organizations_of(cast("User", request.user)),
            "scopes": described(scopes),
        }
        policy: dict[str, Any] = {**settings.SECURE_CSP, "form-action": _targets(credentials["redirect_uri"])}
        return csp_override(policy)(render)(request, "oauth/consent.html", context)

    def post(self, request: HttpRequest, scopes: list[str], credentials: dict[str, Any]) -> HttpResponseBase:
        """Send the user back with what they decided."""
        is_allowed = request.POST.get("decision") == "allow"
        try:
            location = get_oauthlib_core().create_authorization_response(request, scopes, credentials, is_allowed)
        except OAuth2Error as error:
            return _sent_back(request, error)
        application = Application.objects.get(client_id=credentials["client_id"])
        note_consent(user=cast("User", request.user), application=application, scopes=scopes)
        return _redirect(location)


def _named(uri: str) -> str:
    """Return where an address leads, as people know it: a site by its host, an app by its scheme."""
    parts = urlsplit(uri)
    is_site = parts.scheme in {"http", "https"}
    return parts.netloc if is_site else f"{parts.scheme}:{'//' * bool(parts.netloc)}{parts.netloc}"


def _targets(uri: str) -> list[str]:
    """Return where the form may lead: browsers hold a form to it through every redirect that follows.

    The application may send the user on after its callback, which CSP would stop, too: any https address is let.
    """
    parts = urlsplit(uri)
    is_ipv6 = ":" in (parts.hostname or "")  # which the grammar of the policy does not know
    target = f"http://{parts.netloc}" if parts.scheme == "http" and not is_ipv6 else f"{parts.scheme}:"
    return list(dict.fromkeys([CSP.SELF, "https:", target]))


def _sent_back(request: HttpRequest, error: OAuth2Error) -> HttpResponse:
    """Tell the application what went wrong, at an address that has been found to be its own (RFC 9207: and by whom)."""
    return _redirect(with_answer(error.redirect_uri, [*error.twotuples, ("iss", issuer_of(request))]))


def _refused(request: HttpRequest, error: OAuth2Error) -> HttpResponse:
    """Tell whoever is there that nobody can be sent back, since nobody knows where."""
    if request.accepts("text/html") and "text/html" in request.headers.get("Accept", ""):
        return render(request, "oauth/refused.html", {"description": error.description}, status=error.status_code)
    return refusal(error.error, error.description or error.error, error.status_code)


def _redirect(location: str) -> HttpResponse:
    """Redirect also to the schemes of apps, which Django's own refuses."""
    return HttpResponse(status=302, headers={"Location": location})
