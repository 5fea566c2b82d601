"""The answers to tasks, and what is said when one is cancelled."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from billabex.organizations.enums import MessageLanguage
from tasks.enums import Answer


class ContactForm(forms.Form):
    """A contact in answer to a NeedContacts task; as long as the table takes them."""

    full_name = forms.CharField(
        label=_("Full name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    email = forms.EmailField(
        label=_("Email address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    language = forms.ChoiceField(label=_("Language"), choices=MessageLanguage.choices)
    role = forms.CharField(label=_("Role"), max_length=120, required=False)


class TextForm(forms.Form):
    """An answer in the member's own words."""

    text = forms.CharField(label=_("Answer in a sentence"), max_length=2000, widget=forms.Textarea(attrs={"rows": 1}))


class ApprovalForm(forms.Form):
    """Yes or no to an ApproveAction task, with a note; each answer is a button of its own."""

    answer = forms.ChoiceField(label=_("Answer"), choices=Answer.choices)
    remark = forms.CharField(label=_("Note"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2}))


class CancelForm(forms.Form):
    """Why a task is cancelled, for whoever reads it later."""

    reason = forms.CharField(
        label=_("Reason"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
