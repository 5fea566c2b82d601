"""What a route does, said once: who may, what goes in, what comes out. Validates and answers; feeds the schema."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.http import HttpResponseBase
from rest_framework.response import Response

from billabex.api.idempotency import once
from billabex.api.parsers import flat, folded
from billabex.api.serializers import Body, Query

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from billabex.api.serializers import Output
    from billabex.api.views import ApiView
    from billabex.core.errors import BillabexError

type Handler = Callable[..., Any]

SAFE = frozenset({"GET", "HEAD"})
"""The methods that change nothing."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a handler answers where the status varies."""

    content: Any
    status: int = 200


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one route.

    Attributes:
        summary: What it does, for the documentation.
        scope: What a token needs; "" where anybody may ask.
        owners: Only owners of the organization may.
        takes: The body.
        query: The parameters.
        answers: What comes out, of one thing.
        pages: What comes out, of a page of a list: of each of its nodes.
        answers_file: The content type of a file that comes out.
        status: Of the usual answer; 204 where nothing comes out.
        also: Statuses of other answers of the same shape.
        multipart: The body is a form, with files.
        refuses: Errors of the field that it may answer.
    """

    summary: str
    scope: str = ""
    owners: bool = False
    takes: type[Body] | None = None
    query: type[Query] | None = None
    answers: type[Output] | None = None
    pages: type[Output] | None = None
    answers_file: str = ""
    status: int = 200
    also: Sequence[int] = ()
    multipart: bool = False
    refuses: Sequence[type[BillabexError]] = field(default_factory=tuple)


NOTHING = Operation("")
"""What a method does that a route does not have."""


def operation(summary: str, **facts: Any) -> Callable[[Handler], Handler]:
    """Make a method of an `ApiView` an operation of the API; see `Operation` for what can be said of it.

    The handler gets the address's keys, and `body` and `query` as validated values by their snake_case names. What it
    returns is serialized: a thing, an `Answer`, a `Page`, a file, or None.
    """

    def decorate(handler: Handler) -> Handler:
        brings = bool(facts.get("answers") or facts.get("pages") or facts.get("answers_file"))
        facts.setdefault("status", 200 if brings else 204)
        told = Operation(summary, **facts)

        @wraps(handler)
        def serve(view: ApiView, request: Any, **keys: Any) -> HttpResponseBase:
            view.open_doors(told, keys)
            return once(view, lambda: _served(view, told, handler, keys))

        serve.operation = told  # type: ignore[attr-defined]
        return serve

    return decorate


def _served(view: ApiView, told: Operation, handler: Handler, keys: Mapping[str, Any]) -> HttpResponseBase:
    given: dict[str, Any] = {}
    parameters = (told.query or Query)(data=folded(flat(view.request.query_params)))
    parameters.is_valid(raise_exception=True)
    if told.query:
        given["query"] = parameters.validated_data
    if view.writes:
        body = (told.takes or Body)(data=view.request.data, context={"lenient": told.multipart, "view": view})
        body.is_valid(raise_exception=True)
        if told.takes:
            given["body"] = body.validated_data
    return _answer(view, told, handler(view, **keys, **given))


def _answer(view: ApiView, told: Operation, result: Any) -> HttpResponseBase:
    if isinstance(result, HttpResponseBase):
        return result
    content, status = (result.content, result.status) if isinstance(result, Answer) else (result, told.status)
    if told.pages is not None:
        nodes = told.pages(content.nodes, many=True, context={"view": view}).data
        return Response({"nodes": nodes, "pageInfo": {"endCursor": content.end_cursor}}, status=status)
    if told.answers is None:
        return Response(status=status)
    return Response(told.answers(content, context={"view": view}).data, status=status)
