"""The form of the contact step."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from billabex.organizations.enums import MessageLanguage


class FirstContactForm(forms.Form):
    """Who receives the follow-ups of an account that has nobody yet (seed 001, step 4)."""

    email = forms.EmailField(label=gettext_lazy("Email"))
    full_name = forms.CharField(
        label=gettext_lazy("Full name"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Without a name, the part of the address before the @ is used."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        choices=MessageLanguage,
        help_text=gettext_lazy("Follow-ups are written in it."),
    )
    role = forms.CharField(label=gettext_lazy("Role"), max_length=120, required=False)
    is_primary = forms.BooleanField(label=gettext_lazy("Primary contact"), required=False)

    def clean(self) -> dict[str, Any]:
        """Fill the name in from the address."""
        given = super().clean() or self.cleaned_data
        if not given.get("full_name") and given.get("email"):
            given["full_name"] = given["email"].partition("@")[0]
        return given
