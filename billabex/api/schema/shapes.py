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
_SAID = "^[^\\u0000]*[^\\s\\u0000][^\\u0000]*$"  # something else than spaces, and nothing that cannot be stored


def shape(field: Any, direction: str, schema: dict[str, Any]) -> dict[str, Any]:
    """Return how a field is described: by a name, where its kind has one; texts by what they must hold."""
    name = next((name for kind, name in _BY_FIELD.items() if isinstance(field, kind)), "")
    if isinstance(field, fields.CivilDate) and isinstance(field.root, Query):
        return {**schema, "type": "string", "format": "date", "pattern": _ISO_DAY, "examples": ["2026-11-22"]}
    if isinstance(field, fields.CivilDate):
        name = "CivilDateIn" if direction == "request" else "CivilDate"
    if name:
        kept = {key: value for key, value in schema.items() if key in {"description", "readOnly"}}
        reference: dict[str, Any] = {"$ref": REFERENCE.format(name)}
        return kept | ({"anyOf": [reference, {"type": "null"}]} if field.allow_null else reference)
    if isinstance(field, fields.Upload):
        return {**schema, "format": "binary"}
    if isinstance(field, fields.Amount) and direction == "request" and not field.may_be_negative:
        schema |= {"minimum": 0, "exclusiveMaximum": int(fields.LARGEST)}
    if isinstance(field, fields.Text) and isinstance(field.root, Query):
        schema.pop("minLength", None)  # an empty parameter is a missing one
        schema["pattern"] = "^[^\\u0000]*$"
    elif isinstance(field, fields.Text) and direction == "request":
        if not isinstance(field, fields.OptionalText):
            schema["pattern"] = _SAID
        elif not isinstance(field, fields.Email):
            schema["pattern"] = "^[^\\u0000]*$"
    if isinstance(field, fields.Email):
        schema["format"] = "email"
    return schema
