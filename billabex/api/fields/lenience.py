"""Values that came as text: in forms and addresses everything is text."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rest_framework import serializers


def is_lenient(field: serializers.Field[Any, Any, Any, Any]) -> bool:
    """Tell whether values came as text, of a form or an address."""
    return bool(field.context.get("lenient"))


def unwrapped(field: serializers.Field[Any, Any, Any, Any], data: Any) -> Any:
    """Return an object that came as the text of a form's part, as some clients send them; anything else as it is."""
    if is_lenient(field) and isinstance(data, str) and data.lstrip().startswith("{"):
        with suppress(ValueError, RecursionError):
            return json.loads(data)
    return data
