"""Puts the member and their language onto each request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject
from django.views.defaults import page_not_found

from billabex.core.errors import NotFound
from billabex.organizations.selectors import membership_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse


class MemberMiddleware:
    """Sets `request.member`, speaks the user's language, and shows instants in the organization's time zone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve the request as its member, in their language."""
        request.member = SimpleLazyObject(lambda: membership_of(request.user))  # type: ignore[attr-defined]
        if not request.user.is_authenticated:
            return self.get_response(request)
        language = request.user.language  # before the view, which may sign the user out
        zone = request.member.organization.zone if request.member else None  # type: ignore[attr-defined]
        with translation.override(language), timezone.override(zone):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer 404 for what this organization does not have, exactly as for what does not exist."""
        return page_not_found(request, exception) if isinstance(exception, NotFound) else None
