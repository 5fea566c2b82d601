"""Forms about people. A person of whom only the email is known is called by the part before its @ (seed 001)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.languages import form_choices
from contacts.models import Contact, InternalRepresentative
from contacts.rules import name_from_email

_FIELDS = ["full_name", "email", "language", "role", "notes", "is_primary"]


class PersonForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only to type checkers
    """What contacts and internal representatives have in common; saved by the services, never by the form."""

    full_name = forms.CharField(
        label=gettext_lazy("Full name"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Only an email known? The name may be the part before the @."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = self.fields["language"]
        language.choices = form_choices(self.get_initial_for_field(language, "language"))  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Call a person without a name by their address; one without either is nobody."""
        known: dict[str, Any] = super().clean() or self.cleaned_data
        if not known.get("full_name"):
            if known.get("email"):
                known["full_name"] = name_from_email(known["email"])
            elif "email" not in self.errors:
                self.add_error("full_name", _("Enter a name or an email address."))
        return known


class ContactForm(PersonForm):
    """A contact: who receives messages, and how."""

    class Meta:
        model = Contact
        fields = [*_FIELDS, "do_not_contact", "copy_only"]
        widgets = {"notes": forms.Textarea(attrs={"rows": 2})}
        labels = {"is_primary": gettext_lazy("Primary contact")}
        help_texts = {
            "is_primary": gettext_lazy("Written to first. Each account has one: ticking it takes it from the other."),
            "do_not_contact": gettext_lazy("The agent never writes to them."),
            "language": gettext_lazy("The language that the agent writes to them in."),
        }


class RepresentativeForm(PersonForm):
    """An internal representative: who is kept informed."""

    class Meta:
        model = InternalRepresentative
        fields = _FIELDS
        widgets = {"notes": forms.Textarea(attrs={"rows": 2})}
        labels = {"is_primary": gettext_lazy("Primary representative")}
        help_texts = {
            "is_primary": gettext_lazy("Named first. Each account has one: ticking it takes it from the other."),
        }
