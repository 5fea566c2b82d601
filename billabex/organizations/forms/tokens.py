"""The form of a personal access token."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from billabex.organizations.scopes import SCOPES

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

LIVES: Final = [(30, _("30 days")), (90, _("90 days")), (365, _("A year"))]


def _scopes() -> list[tuple[str, SafeString]]:
    """Return each scope in the reader's words, and as programs and their documentation name it."""
    return [(code, format_html('{} <code class="secondary">{}</code>', words, code)) for code, words in SCOPES.items()]


class TokenForm(forms.Form):
    """What a token is called, for how long it opens what; made by the service."""

    name = forms.CharField(label=_("Name"), max_length=80)
    days = forms.TypedChoiceField(label=_("Expires after"), choices=LIVES, coerce=int, initial=90)
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        choices=_scopes,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )
