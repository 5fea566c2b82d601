"""What services refuse, on the form that asked for it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from billabex.core.errors import InvalidInput, RuleViolation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.forms import BaseForm


@contextmanager
def refusals_on(form: BaseForm) -> Iterator[None]:
    """Put what a service refuses within the block onto the form: beside the fields that it names, or on top."""
    try:
        yield
    except (RuleViolation, InvalidInput) as error:
        beside = getattr(error, "fields", {})
        for named, sentence in beside.items():
            form.add_error(named if named in form.fields else None, str(sentence))
        if not beside:
            form.add_error(None, str(error))
