"""The last strokes on the description: what many operations share is said once, and names are as outside."""

from __future__ import annotations

import re
from typing import Any

from billabex.api import fields
from billabex.api.schema.links import METHODS, add_links
from billabex.api.schema.shapes import NAMED, REFERENCE
from billabex.api.schema.words import HEADERS, PARAMETERS, REFUSALS, WORDS
from billabex.api.serializers import camel

_EMPTY = {"type": "string", "maxLength": 0}
_ALWAYS = ["X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset", "X-Request-Id"]
_BY_STATUS = {"401": ["WWW-Authenticate"], "429": ["Retry-After"]}


def finish(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """Return the description as it is published; drf-spectacular's hook."""
    result["paths"] = {_camel_path(path): operations for path, operations in result["paths"].items()}
    for operations in result["paths"].values():
        for method in METHODS:
            if method in operations:
                _finish_operation(operations[method], is_repeatable=method != "get")
    add_links(result["paths"])
    components = result["components"]
    components["headers"] = HEADERS
    components["responses"] = {name: _refusal(status) for status, name in REFUSALS.items()}
    schemas = components["schemas"]
    schemas |= {name: shape for name, shape in NAMED.items() if name not in schemas}
    components["schemas"] = dict(sorted((name, _tidied(schema)) for name, schema in schemas.items()))
    return result


def _camel_path(path: str) -> str:
    return re.sub(r"\{(\w+)\}", lambda key: "{" + camel(key[1]) + "}", path)


def _finish_operation(operation: dict[str, Any], *, is_repeatable: bool) -> None:
    for parameter in operation.get("parameters", []):
        if parameter["in"] == "path":
            parameter["name"] = camel(parameter["name"])
            parameter["schema"] = {"type": "string", "format": "uuid"}
        parameter["schema"] = _tidied(parameter["schema"])
        if parameter["in"] == "query":
            parameter["schema"].pop("minLength", None)  # an empty parameter is a missing one
            if parameter["name"] in {"first", "after"}:
                parameter["allowEmptyValue"] = True
            parameter.setdefault("description", PARAMETERS.get(parameter["name"], ""))
    answers = operation["responses"]
    for status, answer in answers.items():
        names = [*_headers(status), "Idempotency-Replayed"] if is_repeatable else _headers(status)
        answer["headers"] = _references(names)
        if int(status) in REFUSALS and answer["description"] == WORDS[int(status)]:
            answers[status] = {"$ref": f"#/components/responses/{REFUSALS[int(status)]}"}
    operation["responses"] = dict(sorted(answers.items()))


def _headers(status: str) -> list[str]:
    return _ALWAYS + _BY_STATUS.get(status, [])


def _references(names: list[str]) -> dict[str, Any]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _refusal(status: int) -> dict[str, Any]:
    return {
        "description": WORDS[status],
        "headers": _references(_headers(str(status))),
        "content": {"application/json": {"schema": {"$ref": REFERENCE.format("Error")}}},
    }


def _tidied(schema: Any) -> Any:
    """Return a schema without what its makers left in it: kinds said twice, empty choices, their own marks."""
    if isinstance(schema, list):
        return [_tidied(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    tidy = {key: _tidied(value) for key, value in schema.items() if key != "x-spec-enum-id"}
    if tidy.get("oneOf", [{}])[-1] == _EMPTY and tidy["oneOf"][0].get("pattern") == fields.STORABLE:
        tidy |= tidy.pop("oneOf")[0]  # which an empty text fits as well: it would fit two, and thus none
    if isinstance(tidy.get("type"), list):
        tidy["type"] = list(dict.fromkeys(tidy["type"]))
    if isinstance(tidy.get("enum"), list):
        tidy["enum"] = [choice for choice in tidy["enum"] if choice != ""]
        tidy.pop("minLength", None)
    return tidy
