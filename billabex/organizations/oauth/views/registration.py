"""Applications that register themselves. Source: RFC 7591, and RFC 7592 for what comes after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.urls import reverse

from billabex.core import clock
from billabex.organizations.hashing import hash_of_token
from billabex.organizations.models import Application
from billabex.organizations.oauth.answers import Endpoint, bearer_of, refusal, unauthorized
from billabex.organizations.oauth.registration import (
    GRANT_TYPES,
    RESPONSE_TYPES,
    RegistrationRefused,
    checked_metadata,
    read_metadata,
)
from billabex.organizations.oauth.resources import issuer_of
from billabex.organizations.oauth.services import delete_application, register_application, update_application
from billabex.organizations.oauth.throttle import seconds_to_wait

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase


class RegistrationEndpoint(Endpoint):
    """An endpoint that is there while registration is on, for so many an hour; bad metadata gets the RFC's errors."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer."""
        if not settings.OAUTH_REGISTRATION:
            return refusal("access_denied", "Applications cannot register themselves here.", 403)
        seconds = seconds_to_wait(request, now=clock.now()) if request.method in {"POST", "PUT"} else 0
        if seconds:
            answer = refusal("temporarily_unavailable", "Too many registrations from this address.", 429)
            answer["Retry-After"] = str(seconds)
            return answer
        try:
            return super().dispatch(request, *args, **kwargs)
        except RegistrationRefused as error:
            return refusal(error.error, error.description)


class RegistrationView(RegistrationEndpoint):
    """Where an application registers."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """Take it in."""
        application, secret, token = register_application(checked_metadata(read_metadata(request.body)))
        issued = {"client_secret": secret, "client_secret_expires_at": 0} if secret else {}
        return JsonResponse({**_told(request, application, token), **issued}, status=201)


class RegistrationManagementView(RegistrationEndpoint):
    """Where an application reads, changes and ends its own registration, with the token that it got."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer who has the token."""
        token = bearer_of(request)
        own = Application.objects.filter(registration_token_hash=hash_of_token(token))
        application = next((one for one in own if one.client_id == kwargs["client_id"]), None)
        if application is None:
            return unauthorized("invalid_token", "The registration access token is missing or of another client.")
        return super().dispatch(request, application=application, token=token)

    def get(self, request: HttpRequest, application: Application, token: str) -> HttpResponse:
        """Answer how it is registered."""
        return JsonResponse(_told(request, application, token))

    def put(self, request: HttpRequest, application: Application, token: str) -> HttpResponse:
        """Register it anew; it stays who it is."""
        data = read_metadata(request.body)
        metadata = checked_metadata(data)
        if data.get("client_id") != application.client_id:
            return refusal("invalid_client_metadata", "client_id is that of another client.")
        if metadata.authentication != application.authentication:
            return refusal("invalid_client_metadata", "token_endpoint_auth_method cannot change.")
        update_application(application, metadata)
        return JsonResponse(_told(request, application, token))

    def delete(self, request: HttpRequest, application: Application, token: str) -> HttpResponse:
        """Forget it."""
        delete_application(application)
        return HttpResponse(status=204)


def _told(request: HttpRequest, application: Application, token: str) -> dict[str, Any]:
    """Return what the application is told about its registration (RFC 7591, section 3.2.1)."""
    scope = {"scope": application.scope} if application.scope else {}
    manage = reverse("oauth2_provider:manage", args=[application.client_id])
    return {
        "client_id": application.client_id,
        "client_id_issued_at": int(application.created.timestamp()),
        "client_name": application.name,
        "redirect_uris": application.redirect_uris.split(),
        "grant_types": GRANT_TYPES,
        "response_types": RESPONSE_TYPES,
        "token_endpoint_auth_method": application.authentication,
        **scope,
        "registration_access_token": token,
        "registration_client_uri": f"{issuer_of(request)}{manage}",
    }
