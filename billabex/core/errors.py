"""One tree of errors: what went wrong, for whom, and whether trying again helps.

Raise from the cause, with a sentence the reader can act on. Pages show `message` beside the form or as a banner,
the API answers it with `code`, commands print it and end with status 1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise

if TYPE_CHECKING:
    from collections.abc import Mapping

type Text = str | Promise


class BillabexError(Exception):
    """Something went wrong that we can name.

    Attributes:
        code: Stable and dotted, `<module>.<entity>.<reason>`; the API prefixes it with `app-`.
        message: One clear sentence, translated when it is shown.
        extra: Facts for programs; never shown to people as they are.
    """

    code = "core.error.unknown"
    message: Text = ""

    def __init__(self, message: Text | None = None, *, code: str | None = None, **extra: Any) -> None:
        self.message = self.message if message is None else message
        self.code = code or self.code
        self.extra = extra
        super().__init__(self.message)

    def __str__(self) -> str:
        return str(self.message)


class RuleViolation(BillabexError):
    """A rule of the field forbids it as things stand (409 in the API, an error on the form)."""

    code = "core.rule.violated"


class InvalidInput(BillabexError):
    """What was given cannot be used (400 in the API, errors beside the fields).

    Attributes:
        fields: Sentences by field name; empty when the whole input is meant.
    """

    code = "core.input.invalid"

    def __init__(
        self,
        message: Text | None = None,
        *,
        fields: Mapping[str, Text] | None = None,
        code: str | None = None,
        **extra: Any,
    ) -> None:
        super().__init__(message, code=code, **extra)
        self.fields = dict(fields or {})


class NotFound(BillabexError):
    """There is no such thing in this organization (404)."""

    code = "core.object.not-found"


class GatewayError(BillabexError):
    """A third party failed us."""

    code = "core.gateway.failed"


class TemporaryGatewayError(GatewayError):
    """Nothing was done over there; trying again later may help."""

    code = "core.gateway.temporary"


class PermanentGatewayError(GatewayError):
    """It was refused for good; trying again will not help."""

    code = "core.gateway.permanent"


class InvariantBroken(BillabexError):
    """Something that cannot be is: a bug of ours (500)."""

    code = "core.invariant.broken"
