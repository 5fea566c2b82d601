"""How an operation is described."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter
from rest_framework.serializers import DictField

from billabex.api import fields
from billabex.api.errors import status_of
from billabex.api.operations import NOTHING, SAFE, Operation
from billabex.api.schema.shapes import shape
from billabex.api.schema.words import WORDS
from billabex.api.serializers import Output
from billabex.organizations.scopes import SCOPES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from billabex.core.errors import BillabexError


class Detail(Output):
    """What is wrong with a field."""

    field = fields.Text(help_text="Its path, such as `billingAddress.country`.")
    message = fields.Text(help_text="What is wrong, and what to do, in the user's language.")
    code = fields.Text(help_text="The same for programs.")


class Error(Output):
    """Why a request was refused."""

    message = fields.Text(help_text="One sentence, in the user's language.")
    code = fields.Text(help_text="Stable, for programs: `app-<module>.<entity>.<reason>`.")
    details = Detail(many=True, help_text="The fields meant; empty where the whole request is.")
    request_id = fields.Id(help_text="Quote it when you write to us.")
    scope = fields.Text(help_text="Which scope the token lacks; where it lacks one.")
    document_id = fields.Id(help_text="The document import of the same PDF; where there is one already.")
    decision = DictField(help_text="How the payment declaration was resolved; where it was before.")

    class Meta:
        rare = ("scope", "documentId", "decision")
        example = {
            "message": "There is no such account. (404)",
            "code": "app-accounts.account.not-found",
            "details": [],
            "requestId": "019ab3c4-7d1e-7c52-9d4e-0a4f6f1b2c3d",
        }


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How a token is shown."""

    target_class = "billabex.api.authentication.BearerAuthentication"
    name = ["oauth", "token"]

    def get_security_definition(self, auto_schema: Any) -> list[dict[str, Any]]:
        """Return the two ways to come by a token."""
        flow = {
            "authorizationUrl": "/api/oauth/authorize",
            "tokenUrl": "/api/oauth/token",
            "refreshUrl": "/api/oauth/token",
            "scopes": {code: str(words) for code, words in SCOPES.items()},
        }
        return [
            {"type": "oauth2", "flows": {"authorizationCode": flow}},
            {"type": "http", "scheme": "bearer", "description": "A personal access token, made under Settings."},
        ]


class OperationSchema(AutoSchema):
    """One operation's part of the description."""

    @property
    def told(self) -> Operation:
        """What the method says of itself."""
        told: Operation = getattr(getattr(self.view, self.method.lower()), "operation", NOTHING)
        return told

    def is_excluded(self) -> bool:
        """Leave out what is no operation."""
        return self.told is NOTHING

    def get_summary(self) -> str:
        """Return what the operation does."""
        return self.told.summary

    def get_description(self) -> str:  # type: ignore[override]  # the stubs know another base
        """Return the handler's prose, and what may be refused."""
        handler = getattr(self.view, self.method.lower())
        prose = re.sub(r"\s*\n\s*(Raises|Args|Returns):.*", "", handler.__doc__ or "", flags=re.DOTALL).strip()
        return re.sub(r"\n +", "\n", prose)

    def get_operation_id(self) -> str:
        """Return a name that clients can be generated from: "getAccounts", "postAccountsPause"."""
        parts = [part for part in self.path.removeprefix("/api/public/v1").split("/") if part]
        words = [f"by-{part[1:-1]}" if part.startswith("{") else part for part in parts]
        return self.method.lower() + "".join(word.title() for part in words for word in re.split(r"[-_]", part))

    def get_tags(self) -> list[str]:
        """Return the resource, as it stands last in the address's words."""
        return [self.view.__class__.__module__.rpartition(".resources.")[2].partition(".")[0].replace("_", " ")]

    def get_auth(self) -> list[dict[str, list[str]]]:
        """Return what a token needs."""
        super().get_auth()  # registers the schemes
        return [{"oauth": [self.told.scope]}, {"token": []}] if self.told.scope else [{}]

    def get_override_parameters(self) -> list[Any]:
        """Return the parameters of the query, and the header that makes writes repeatable."""
        found: list[Any] = [self.told.query] if self.told.query else []
        if self.method not in SAFE:
            found.append(
                OpenApiParameter(
                    "Idempotency-Key",
                    {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
                    OpenApiParameter.HEADER,
                    description="Any text of your own: the same request with the same key is done once.",
                )
            )
        return found

    def get_request_serializer(self) -> Any:
        """Return the body."""
        return self.told.takes

    def map_parsers(self) -> list[str]:
        """Return how the body comes."""
        return ["multipart/form-data" if self.told.multipart else "application/json"]

    def get_response_serializers(self) -> Any:
        """Return the answers by status."""
        told = self.told
        usual: Any = told.answers
        answers: dict[int, Any] = dict.fromkeys([told.status, *told.also], usual)
        return answers | dict.fromkeys(self._refusals(), Error)

    def _refusals(self) -> Iterator[int]:
        told = self.told
        yield from {int(status_of(error)) for error in told.refuses}
        yield from (400, 401, 403, 429, 500)  # of every address: strange parameters, bad tokens, plain http
        if self.method not in SAFE:
            yield from (409, 413, 415, 422)
        if "{" in self.path or told.query or told.takes:
            yield 404

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        told = self.told
        for status in (told.status, *told.also):
            body = bodies[str(status)]
            if told.pages:
                body["content"] = {"application/json": {"schema": self._page(told.pages)}}
            if told.answers_file:
                body["content"] = {told.answers_file: {"schema": {"type": "string", "format": "binary"}}}
        for code, body in bodies.items():
            body["description"] = WORDS[int(code)]
        self._describe_refusals(bodies)
        return bodies

    def _describe_refusals(self, bodies: dict[str, Any]) -> None:
        by_status: dict[int, list[type[BillabexError]]] = {}
        for error in self.told.refuses:
            by_status.setdefault(int(status_of(error)), []).append(error)
        for status, errors in by_status.items():
            lines = [f"- `app-{error.code}`: {(error.__doc__ or '').splitlines()[0]}" for error in errors]
            bodies[str(status)]["description"] = "\n".join([WORDS[status], "", *lines])

    def _page(self, node: type[Output]) -> dict[str, Any]:
        component = self.resolve_serializer(node, "response")
        return {
            "type": "object",
            "properties": {
                "nodes": {"type": "array", "items": component.ref},
                "pageInfo": {
                    "type": "object",
                    "properties": {"endCursor": {"type": ["string", "null"]}},
                    "required": ["endCursor"],
                },
            },
            "required": ["nodes", "pageInfo"],
        }

    def get_serializer_name(self, serializer: Any, direction: Any) -> str:
        """Return the class's name; what comes out is the thing itself."""
        return str(super().get_serializer_name(serializer, direction)).removesuffix("Out")

    def _map_serializer_field(self, field: Any, direction: Any, bypass_extensions: bool = False) -> Any:
        schema = super()._map_serializer_field(field, direction, bypass_extensions)  # type: ignore[no-untyped-call]
        return shape(field, direction, schema)

    def _map_serializer(self, serializer: Any, direction: str, bypass_extensions: bool = False) -> Any:
        schema = super()._map_serializer(serializer, direction, bypass_extensions)  # type: ignore[no-untyped-call]
        if direction == "request" and schema.get("type") == "object":
            schema["additionalProperties"] = False
        if direction == "response" and "properties" in schema:
            rare = getattr(getattr(serializer, "Meta", None), "rare", ())
            schema["required"] = [name for name in schema["properties"] if name not in rare]
            for inner in schema["properties"].values():
                inner.pop("default", None)
        example = getattr(getattr(serializer, "Meta", None), "example", None)
        if example is not None:
            schema["examples"] = [example]
        return schema
