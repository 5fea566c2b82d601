"""How the endpoints of OAuth answer programs. Sentences are English, and ASCII as RFC 6749 wants them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View
from oauth2_provider.oauth2_backends import get_oauthlib_core

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from billabex.organizations.oauth.backend import Backend


class Endpoint(View):
    """An endpoint for programs: JSON, whatever goes wrong, and kept by no cache."""

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Callable[..., HttpResponseBase]:
        """Return the view. Programs have no cookies, so nobody's browser is made to send anything."""
        return csrf_exempt(super().as_view(**initkwargs))

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer."""
        try:
            answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        except RequestDataTooBig:
            answer = refusal("invalid_request", "The request is too large.", 413)
        except (SuspiciousOperation, MultiPartParserError):
            answer = refusal("invalid_request", "The request cannot be read.")
        answer.headers.setdefault("Cache-Control", "no-store")
        return answer

    def http_method_not_allowed(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse the method."""
        answer = refusal("invalid_request", f"{request.method} is not allowed here.", 405)
        answer["Allow"] = ", ".join(name.upper() for name in self.http_method_names if hasattr(self, name))
        return answer

    @property
    def core(self) -> Backend:
        """What speaks the protocol."""
        core: Backend = get_oauthlib_core()
        return core


def refusal(error: str, description: str, status: int = 400) -> JsonResponse:
    """Return an error as RFC 6749 has it, with our `message` beside."""
    body = {"error": error, "error_description": description, "message": description}
    return JsonResponse(body, status=status)


def unauthorized(error: str, description: str, challenge: str = "Bearer") -> JsonResponse:
    """Return the error of somebody who did not show who they are, and how they can."""
    answer = refusal(error, description, 401)
    answer["WWW-Authenticate"] = f'{challenge} realm="Billabex"' + f', error="{error}"' * (challenge == "Bearer")
    return answer


def answered(request: HttpRequest, headers: Mapping[str, str], body: str, status: int) -> HttpResponse:
    """Return what oauthlib answers; an error gets what ours have."""
    if status < 400:  # noqa: PLR2004 - an error of HTTP
        return HttpResponse(body, status=status, headers={"Content-Type": "application/json", **headers})
    told = json.loads(body)
    error = told["error"]
    description = told.get("error_description") or error.replace("_", " ").capitalize() + "."
    if status == 401:  # noqa: PLR2004 - unauthorized
        return unauthorized(error, description, "Basic")
    return refusal(error, description, status)


def bearer_of(request: HttpRequest) -> str:
    """Return the bearer token of a request, or ""."""
    scheme, _space, token = request.headers.get("Authorization", "").strip().partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""
