"""Texts, keys and files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError as DjangoValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

if TYPE_CHECKING:
    from uuid import UUID


STORABLE = r"^[^\u0000]*$"
"""What texts hold, as a pattern."""
FILLED = r"^[^\u0000]*[^\s\u0000][^\u0000]*$"
"""What texts hold that are not blank."""


class Text(serializers.CharField):
    """A text that is not blank; spaces around it are dropped."""

    default_error_messages = {
        "invalid": _("Give a text here."),
        "null_characters_not_allowed": _("This text holds a character that cannot be stored."),
    }

    def to_internal_value(self, data: Any) -> str:
        """Return the text; JSON's numbers and truths are none."""
        if not isinstance(data, str):
            self.fail("invalid")
        try:
            data.encode()
        except UnicodeEncodeError:
            self.fail("null_characters_not_allowed")
        return super().to_internal_value(data)


class OptionalText(Text):
    """A text that may be missing: null and "" are the same, "" inside and null outside."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("allow_null", True)
        kwargs.setdefault("allow_blank", True)
        if kwargs["required"] is False and not kwargs.get("read_only"):
            kwargs.setdefault("default", "")
        super().__init__(**kwargs)

    def validate_empty_values(self, data: Any) -> tuple[bool, Any]:
        """Take null for an empty text."""
        return (True, "") if data is None and self.allow_null else super().validate_empty_values(data)

    def to_representation(self, value: Any) -> Any:
        """Return null for an empty text."""
        return super().to_representation(value) or None


class Email(OptionalText):
    """An email address, or none."""

    default_error_messages = {"invalid_email": _("This is no email address. Write it as name@company.com.")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 254)
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> str:
        """Return the address."""
        text = super().to_internal_value(data)
        if text:
            try:
                validate_email(text)
            except DjangoValidationError:
                self.fail("invalid_email")
        return text


class Texts(serializers.ListField):
    """A list of texts."""

    def __init__(self, *, max_length: int = 200, most: int = 100, **kwargs: Any) -> None:
        super().__init__(child=Text(max_length=max_length), max_length=most, **kwargs)


@extend_schema_field({"type": "string", "format": "uuid"})
class Id(serializers.UUIDField):
    """A key: a UUID in its usual form."""

    default_error_messages = {"invalid": _("This is no id. Ids are UUIDs, such as 019ab3c4-….")}

    def to_internal_value(self, data: Any) -> UUID:
        """Return the key; only the usual form is one."""
        if not isinstance(data, str) or not re.fullmatch(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", data):
            self.fail("invalid", value=data)
        return super().to_internal_value(data)


class Upload(serializers.FileField):
    """A file, as a part of a multipart body."""

    default_error_messages = {
        "invalid": _("Send the file as a part of a multipart/form-data body, with a file name."),
        "empty": _("This file is empty."),
    }
