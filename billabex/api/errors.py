"""Errors as the API answers them: one shape, whatever went wrong and wherever it was noticed (api.md 2)."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.response import Response

from billabex.api.serializers import flat_errors, own_errors
from billabex.core.errors import BillabexError, InvalidInput, NotFound, RuleViolation, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

logger = logging.getLogger(__name__)


class Forbidden(BillabexError):
    """The token or its user may not do this (403)."""

    code = "api.request.forbidden"


class MissingScope(Forbidden):
    """The token was not given the scope; `extra["scope"]` is it."""

    code = "api.token.missing-scope"

    def __init__(self, scope: str) -> None:
        super().__init__(_("This token lacks the scope %(scope)s.") % {"scope": scope}, scope=scope)


class ReadOnlyMember(Forbidden):
    """The token's user may only read."""

    code = "api.member.read-only"
    message = _("You may read here, but not change anything. Ask an owner for more rights.")


class OwnersOnly(Forbidden):
    """Only owners of the organization may."""

    code = "api.member.not-owner"
    message = _("Only owners may change this. Ask one of them.")


class PlainHttp(Forbidden):
    """The request came unprotected, its token with it."""

    code = "api.request.plain-http"
    message = _("Use https. This token has travelled unprotected: revoke it, and make another.")


class UnknownOrganization(NotFound):
    """The token's user is no member of such an organization."""

    code = "organizations.organization.not-found"
    message = _("There is no such organization.")


class InvalidCursor(InvalidInput):
    """A cursor that this list did not give out."""

    code = "api.cursor.invalid"
    message = _("This cursor is not of this list. Start again without `after`, or keep filters and sort as they were.")

    def __init__(self) -> None:
        super().__init__(fields={"after": self.message})


class BodyTooLarge(exceptions.APIException):
    """The body is larger than any that makes sense."""

    status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    default_code = "too-large"
    default_detail = _("This body is too large.")


class BodyCompressed(exceptions.APIException):
    """The body is compressed, or encoded otherwise."""

    status_code = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    default_code = "encoded"
    default_detail = _("Send the body as it is, without a Content-Encoding.")


class TooManyRequests(exceptions.APIException):
    """The token asks more often than it may."""

    status_code = HTTPStatus.TOO_MANY_REQUESTS
    default_code = "rate-limited"
    default_detail = _("Too many requests. Wait for as many seconds as Retry-After says.")

    def __init__(self, wait: int) -> None:
        super().__init__()
        self.wait = wait


class KeyReused(BillabexError):
    """An idempotency key came with another body (422)."""

    code = "api.idempotency.key-reused"
    message = _("This Idempotency-Key was used with another body. Use a new key for each request.")


class StillRunning(RuleViolation):
    """The first request with the key has not been answered yet."""

    code = "api.idempotency.in-progress"
    message = _("The first request with this Idempotency-Key is still running. Try again in a moment.")


_STATUSES: list[tuple[type[BillabexError], HTTPStatus]] = [
    (NotFound, HTTPStatus.NOT_FOUND),
    (InvalidInput, HTTPStatus.BAD_REQUEST),
    (KeyReused, HTTPStatus.UNPROCESSABLE_ENTITY),
    (RuleViolation, HTTPStatus.CONFLICT),
    (Forbidden, HTTPStatus.FORBIDDEN),
]
_FRAMEWORK_CODES = {
    HTTPStatus.BAD_REQUEST: "api.request.malformed",
    HTTPStatus.UNAUTHORIZED: "api.token.invalid",
    HTTPStatus.METHOD_NOT_ALLOWED: "api.method.not-allowed",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "api.request.too-large",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "api.request.unsupported-type",
    HTTPStatus.TOO_MANY_REQUESTS: "api.request.rate-limited",
}


def status_of(error: type[BillabexError]) -> HTTPStatus:
    """Return the status with which an error of the field is answered."""
    return next((status for kind, status in _STATUSES if issubclass(error, kind)), HTTPStatus.INTERNAL_SERVER_ERROR)


@contextmanager
def said_of(names: Mapping[str, str]) -> Iterator[None]:
    """Have refusals name fields as the API does, where the rules know them by other names."""
    try:
        yield
    except InvalidInput as error:
        error.fields = {names.get(name, name): sentence for name, sentence in error.fields.items()}
        raise


def answer_error(error: Exception, request_id: str) -> Response:
    """Return the answer to an error. What nobody foresaw is logged with the request's id, and says nothing of us."""
    if isinstance(error, Http404):
        error = NotFound(_("There is nothing at this address."), code="api.route.not-found")
    if isinstance(error, RequestDataTooBig):
        error = BodyTooLarge()
    if isinstance(error, exceptions.APIException):
        return _framework_error(error, request_id)
    if isinstance(error, BillabexError) and (status := status_of(type(error))) < HTTPStatus.INTERNAL_SERVER_ERROR:
        return _own_error(error, status, request_id)
    logger.error("API request %s failed", request_id, exc_info=error)
    sentence = _("Something went wrong on our side. Nothing was changed; try again, or tell us the requestId.")
    return _response(HTTPStatus.INTERNAL_SERVER_ERROR, sentence, "core.error.unknown", [], request_id)


def _own_error(error: BillabexError, status: HTTPStatus, request_id: str) -> Response:
    details = own_errors(error.fields, f"app-{error.code}") if isinstance(error, InvalidInput) else []
    message: Text = error.message
    if status == HTTPStatus.NOT_FOUND:
        message = f"{message} (404)"  # clients of this kind of API look for it
    response = _response(status, message, error.code, details, request_id)
    response.data |= {name: value for name, value in error.extra.items() if name in {"scope", "decision"}}
    if "document" in error.extra:
        response.data["documentId"] = str(error.extra["document"].pk)
    if isinstance(error, MissingScope):
        scope = error.extra["scope"]
        response["WWW-Authenticate"] = f'Bearer realm="billabex", error="insufficient_scope", scope="{scope}"'
    return response


def _framework_error(error: exceptions.APIException, request_id: str) -> Response:
    if isinstance(error, exceptions.ValidationError):
        details = flat_errors(error.detail)
        sentence = gettext("Some of what you sent cannot be used; `details` says what and why.")
        return _response(HTTPStatus.BAD_REQUEST, sentence, "core.input.invalid", details, request_id)
    code = _FRAMEWORK_CODES.get(HTTPStatus(error.status_code), "api.request.refused")
    response = _response(error.status_code, str(error.detail), code, [], request_id)
    if isinstance(error, TooManyRequests):
        response["Retry-After"] = str(error.wait)
    return response


def _response(status: int, message: Text, code: str, details: list[dict[str, str]], request_id: str) -> Response:
    body: dict[str, Any] = {
        "message": str(message),
        "code": f"app-{code}",
        "details": details,
        "requestId": request_id,
    }
    return Response(body, status=status)
