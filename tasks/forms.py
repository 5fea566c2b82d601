"""The answers to tasks, and what is said when one is cancelled."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from contacts.models import Contact


class ContactForm(forms.ModelForm[Contact]):
    """A contact in answer to a NeedContacts task; made by the service, never by the form."""

    email = forms.EmailField(label=_("Email address"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))

    class Meta:
        model = Contact
        fields = ("full_name", "email", "language", "role")
        widgets = {"full_name": forms.TextInput(attrs={"autocomplete": "off"})}


class TextForm(forms.Form):
    """An answer in the member's own words."""

    text = forms.CharField(label=_("Answer in a sentence"), max_length=2000, widget=forms.Textarea(attrs={"rows": 1}))


class CancelForm(forms.Form):
    """Why a task is cancelled, for whoever reads it later."""

    reason = forms.CharField(
        label=_("Reason"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
