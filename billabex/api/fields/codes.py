"""Fixed vocabularies: our own, and those of ISO."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pycountry
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from billabex.api.fields.texts import OptionalText, Text
from billabex.core import money
from billabex.organizations.enums import MessageLanguage

if TYPE_CHECKING:
    from django.db.models import TextChoices


def pascal(value: str) -> str:
    """Return a choice as the outside knows it: "partially_paid" is "PartiallyPaid"; "Valid" stays."""
    return "".join(part[:1].upper() + part[1:] for part in value.split("_"))


class Code(serializers.ChoiceField):
    """One of a fixed vocabulary."""

    default_error_messages = {"invalid_choice": _("“{input}” is none of these: {known}.")}

    def __init__(self, choices: type[TextChoices] | list[str], **kwargs: Any) -> None:
        values = [str(value) for value in (choices if isinstance(choices, list) else choices.values)]
        self.inside = {pascal(value): value for value in values}
        super().__init__(choices=list(self.inside), **kwargs)

    def to_internal_value(self, data: Any) -> str:
        """Return the choice as it is stored."""
        if not isinstance(data, str) or data not in self.inside:
            self.fail("invalid_choice", input=str(data)[:100], known=", ".join(self.inside))
        return self.inside[data]

    def to_representation(self, value: Any) -> Any:
        """Return the choice as the outside knows it; null for none."""
        return pascal(str(value)) if value else None


class Sort(serializers.ChoiceField):
    """What a list is sorted by; with a minus, the other way round."""

    default_error_messages = {"invalid_choice": _("“{input}” is none of these: {known}.")}

    def __init__(self, *names: str, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("help_text", "What the list is sorted by; with a minus, the other way round.")
        super().__init__(choices=[sign + name for name in names for sign in ("", "-")], **kwargs)

    def to_internal_value(self, data: Any) -> str:
        """Return the sort as it was given."""
        if data not in self.choices:
            self.fail("invalid_choice", input=str(data)[:100], known=", ".join(map(str, self.choices)))
        return str(data)


class CurrencyCode(Text):
    """A currency by its three letters (ISO 4217)."""

    default_error_messages = {"unknown": _("“{code}” is not a currency. Enter its three letters, such as EUR.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_length=3, max_length=3, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        """Return the code in capitals."""
        code = super().to_internal_value(data).upper()
        if code not in money.currencies():
            self.fail("unknown", code=code)
        return code


class CountryCode(OptionalText):
    """A country by its two letters (ISO 3166), or none."""

    default_error_messages = {"unknown": _("“{code}” is not a country. Enter its two letters, such as FR.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=2, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        """Return the code in capitals."""
        code = super().to_internal_value(data).upper()
        if code and pycountry.countries.get(alpha_2=code) is None:
            self.fail("unknown", code=code)
        return code


class LanguageCode(Text):
    """A language by its two letters (ISO 639-1)."""

    default_error_messages = {"unknown": _("“{code}” is not a language. Enter its two letters, such as en.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_length=2, max_length=2, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        """Return the code in small letters."""
        code = super().to_internal_value(data).lower()
        if pycountry.languages.get(alpha_2=code) is None:
            self.fail("unknown", code=code)
        return code


@extend_schema_field({"type": "string", "enum": [*MessageLanguage.values, None]})
class WrittenLanguage(OptionalText):
    """One of the languages that messages are written in; or none, where it may be missing."""

    default_error_messages = {
        "unwritten": _("“{code}” is none of the languages that messages are written in: {known}.")
    }

    def to_internal_value(self, data: Any) -> str:
        """Return the code."""
        code = super().to_internal_value(data)
        if code and code not in MessageLanguage.values:
            self.fail("unwritten", code=code[:20], known=", ".join(MessageLanguage.values))
        return code
