"""Kinds of values that have a name of their own in the description, and how fields refer to them."""

from __future__ import annotations

from typing import Any

import pycountry

from billabex.api import fields
from billabex.api.serializers import Query
from billabex.core import money

REFERENCE = "#/components/schemas/{}"

_ISO_DAY = "^(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}$"
_DAY: dict[str, Any] = {
    "type": "object",
    "description": "A day of the calendar.",
    "properties": {
        "year": {"type": "integer", "minimum": fields.FARTHEST_YEARS[0], "maximum": fields.FARTHEST_YEARS[1]},
        "month": {"type": "integer", "minimum": 1, "maximum": 12},
        "day": {"type": "integer", "minimum": 1, "maximum": 31},
    },
    "required": ["year", "month", "day"],
    "additionalProperties": False,
    "examples": [{"year": 2026, "month": 11, "day": 22}],
}

NAMED: dict[str, dict[str, Any]] = {
    "CivilDate": _DAY,
    "CivilDateIn": {
        "description": "A day of the calendar: an object, or a text as ISO 8601 has it.",
        "anyOf": [
            {"$ref": REFERENCE.format("CivilDate")},
            {"type": "string", "format": "date", "pattern": _ISO_DAY},
        ],
    },
    "CurrencyCode": {
        "type": "string",
        "description": "A currency by its three letters (ISO 4217).",
        "enum": sorted(money.currencies()),
    },
    "CountryCode": {
        "type": "string",
        "description": "A country by its two letters (ISO 3166-1).",
        "enum": sorted(country.alpha_2 for country in pycountry.countries),
    },
    "LanguageCode": {
        "type": "string",
        "description": "A language by its two letters (ISO 639-1).",
        "enum": sorted(language.alpha_2 for language in pycountry.languages if hasattr(language, "alpha_2")),
    },
}
"""Beside the serializers, what the description names once."""

_BY_FIELD = {
    fields.CurrencyCode: "CurrencyCode",
    fields.CountryCode: "CountryCode",
    fields.LanguageCode: "LanguageCode",
}


def shape(field: Any, direction: str, schema: dict[str, Any]) -> dict[str, Any]:
    """Return how a field is described: by a name, where its kind has one; texts by what they must hold."""
    is_asked = direction == "request"
    if isinstance(field, fields.CivilDate) and isinstance(field.root, Query):
        return {**schema, "type": "string", "format": "date", "pattern": _ISO_DAY, "examples": ["2026-11-22"]}
    if name := _name(field, is_asked=is_asked):
        kept = {key: value for key, value in schema.items() if key in {"description", "readOnly"}}
        reference: dict[str, Any] = {"$ref": REFERENCE.format(name)}
        return kept | ({"anyOf": [reference, {"type": "null"}]} if field.allow_null else reference)
    if isinstance(field, fields.Upload):
        return {**schema, "format": "binary"}
    if isinstance(field, fields.Amount) and is_asked and not field.may_be_negative:
        return {**schema, "minimum": 0, "exclusiveMaximum": int(fields.LARGEST)}
    if isinstance(field, fields.Text):
        return _text(field, schema, is_asked=is_asked)
    return schema


def _name(field: Any, *, is_asked: bool) -> str:
    """Return the name of the field's kind of values, or ""."""
    if isinstance(field, fields.CivilDate):
        return "CivilDateIn" if is_asked else "CivilDate"
    return next((name for kind, name in _BY_FIELD.items() if isinstance(field, kind)), "")


def _text(field: fields.Text, schema: dict[str, Any], *, is_asked: bool) -> dict[str, Any]:
    if isinstance(field, fields.Email):
        return {**schema, "format": "email"}
    if isinstance(field.root, Query):
        return {**schema, "pattern": fields.STORABLE}
    if not is_asked or "enum" in schema:
        return schema
    return {**schema, "pattern": fields.STORABLE if isinstance(field, fields.OptionalText) else fields.FILLED}
