"""How forms show what services refuse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from billabex.core.errors import InvalidInput

if TYPE_CHECKING:
    from django import forms

    from billabex.core.errors import RuleViolation


def show_refusal(form: forms.Form, error: InvalidInput | RuleViolation) -> None:
    """Put a service's refusal beside the fields it is about, or at the top of the form."""
    fields = error.fields if isinstance(error, InvalidInput) else {}
    for name, sentence in fields.items():
        form.add_error(name if name in form.fields else None, str(sentence))
    if not fields:
        form.add_error(None, str(error))
