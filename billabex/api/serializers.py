"""What goes in and what comes out: snake_case inside, camelCase outside, and nothing that nobody asked for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.fields import empty

from billabex.api import fields

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rest_framework.fields import Field

UNKNOWN_FIELD = "unknown"


def camel(name: str) -> str:
    """Return a snake_case name as the outside knows it: "due_on" is "dueOn", "d0_30" stays."""
    return re.sub(r"_([a-z])", lambda letter: letter[1].upper(), name)


def camel_path(path: str) -> str:
    """Return a dotted path of snake_case names as the outside knows it."""
    return ".".join(camel(name) for name in path.split("."))


class _Named(serializers.Serializer[Any]):
    """Fields have snake_case names in the code and camelCase ones outside."""

    def get_fields(self) -> dict[str, Field[Any, Any, Any, Any]]:
        """Return the declared fields under the names that the outside knows."""
        named = {}
        for name, field in super().get_fields().items():
            outside = camel(name)
            if field.source is None and outside != name:
                field.source = name
            named[outside] = field
        return named


class Output(_Named):
    """An answer. Fields read attributes or keys of their names."""


class _Strict(_Named):
    """What a caller gives; what is not declared is refused, not ignored (api.md 2)."""

    unknown_message = _("There is no such field here. Check its name, or leave it out.")

    def to_internal_value(self, data: Any) -> Any:
        """Return the validated values by their snake_case names.

        Raises:
            ValidationError: By field, unknown ones included.
        """
        data = fields.unwrapped(self, data)
        unknown = self._unknown(data)
        try:
            values = super().to_internal_value(data)
        except ValidationError as error:
            if unknown and isinstance(error.detail, dict):
                raise ValidationError(error.detail | unknown) from error
            raise
        if unknown:
            raise ValidationError(unknown)
        return values

    def _unknown(self, data: Any) -> dict[str, Any]:
        names = data.keys() if isinstance(data, dict) else ()
        return {
            name: [serializers.ErrorDetail(str(self.unknown_message), UNKNOWN_FIELD)]
            for name in names
            if name not in self.fields
        }


class _BodyType(serializers.SerializerMetaclass):
    """Takes `partial` beside the bases of a class."""

    def __new__(cls, name: str, bases: tuple[type, ...], attrs: dict[str, Any], *, partial: bool = False) -> Any:
        return super().__new__(cls, name, bases, {**attrs, "changes_only": partial})

    def __init__(self, name: str, bases: tuple[type, ...], attrs: dict[str, Any], *, partial: bool = False) -> None:
        super().__init__(name, bases, attrs)


class Body(_Strict, metaclass=_BodyType):
    """The body of a write. `class Changes(Body, partial=True)` makes every field optional, without a default.

    Null for a field that may be left out and cannot be empty is as if it were left out: programs that copy records
    have it for what they do not know. What a whole body requires is no such field, in its changes neither.
    """

    changes_only: bool

    def get_fields(self) -> dict[str, Field[Any, Any, Any, Any]]:
        """Return the fields; of a partial body none is required, and what is left out stays out."""
        found = super().get_fields()
        self._left_out_by_null = {name for name, field in found.items() if not field.required and not field.allow_null}
        for name, field in found.items():
            field.allow_null = field.allow_null or name in self._left_out_by_null
            if self.changes_only:
                field.required, field.default = False, empty
        return found

    def to_internal_value(self, data: Any) -> Any:
        """Return the validated values by their snake_case names.

        Raises:
            ValidationError: By field, unknown ones included.
        """
        data = fields.unwrapped(self, data)
        if isinstance(data, dict) and self.fields:
            data = {
                name: value for name, value in data.items() if value is not None or name not in self._left_out_by_null
            }
        return super().to_internal_value(data)


class Query(_Strict):
    """The parameters of a read; one that is not declared is refused, as it would seem to have filtered."""

    unknown_message = _("There is no such parameter here. Check its name, or leave it out.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["context"] = {**kwargs.get("context", {}), "lenient": True}
        super().__init__(*args, **kwargs)

    def to_internal_value(self, data: Any) -> Any:
        """Return the validated parameters; an empty text or number is a missing one, an empty choice or key is none.

        Whoever asks for the invoices of no account has lost its key, and does not want those of all.
        """
        return super().to_internal_value(
            {name: value for name, value in data.items() if value != "" or not self._may_be_empty(name)}
        )

    def _may_be_empty(self, name: str) -> bool:
        fixed = (fields.CurrencyCode, fields.CountryCode, fields.LanguageCode)
        field = self.fields.get(name)
        return isinstance(field, fields.Text | fields.Whole) and not isinstance(field, fixed)


class ListQuery(Query):
    """The parameters of every list."""

    first = fields.Whole(
        min_value=1, max_value=100, required=False, default=25, help_text="How many entries a page has at most."
    )
    after = fields.Text(
        required=False, max_length=2000, help_text="The `endCursor` of the page before, for the page after it."
    )


def flat_errors(detail: Any, path: str = "") -> list[dict[str, str]]:
    """Return the errors of a body as a flat list: the dotted path of a field, a sentence, and a code."""
    if isinstance(detail, dict):
        return [found for name, inner in detail.items() for found in flat_errors(inner, _joined(path, str(name)))]
    if isinstance(detail, list | tuple):
        found = []
        for index, inner in enumerate(detail):
            nested = isinstance(inner, dict | list | tuple)
            found += flat_errors(inner, _joined(path, str(index)) if nested and inner else path)
        return found
    return [{"field": path, "message": str(detail), "code": getattr(detail, "code", "invalid")}]


def _joined(path: str, name: str) -> str:
    if name == "non_field_errors":
        return path
    return f"{path}.{name}" if path else name


def own_errors(messages: Mapping[str, Any], code: str) -> list[dict[str, str]]:
    """Return the sentences that a rule has about fields, in the same shape."""
    return [{"field": camel_path(name), "message": str(text), "code": code} for name, text in messages.items()]
