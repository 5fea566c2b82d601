"""The kinds of values in the API. In JSON a number is no text and a text no number; in forms everything is text."""

from billabex.api.fields.codes import Code, CountryCode, CurrencyCode, LanguageCode, Sort, WrittenLanguage, pascal
from billabex.api.fields.days import FARTHEST_YEARS, CivilDate, Instant
from billabex.api.fields.lenience import unwrapped
from billabex.api.fields.numbers import LARGEST, Amount, Flag, Whole, settle
from billabex.api.fields.texts import FILLED, STORABLE, Email, Id, OptionalText, Text, Texts, Upload

__all__ = [
    "FARTHEST_YEARS",
    "FILLED",
    "LARGEST",
    "STORABLE",
    "Amount",
    "CivilDate",
    "Code",
    "CountryCode",
    "CurrencyCode",
    "Email",
    "Flag",
    "Id",
    "Instant",
    "LanguageCode",
    "OptionalText",
    "Sort",
    "Text",
    "Texts",
    "Upload",
    "Whole",
    "WrittenLanguage",
    "pascal",
    "settle",
    "unwrapped",
]
