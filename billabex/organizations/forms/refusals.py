"""What services refuse, on the form that asked for it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from billabex.core.errors import InvalidInput, RuleViolation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.forms import BaseForm


@contextmanager
def refusals_on(form: BaseForm, field: str | None = None) -> Iterator[None]:
    """Put what a service refuses within the block onto the form: beside the fields that the refusal names.

    Args:
        form: A valid form, about to be saved.
        field: Where a refusal stands that names no field; at the top without.
    """
    try:
        yield
    except (RuleViolation, InvalidInput) as error:
        beside = getattr(error, "fields", {})
        for named, sentence in beside.items():
            form.add_error(named if named in form.fields else None, str(sentence))
        if not beside:
            form.add_error(field, str(error))
