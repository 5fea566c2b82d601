"""Forms about accounts. They read what people type; rules are the services', whose refusals end up on the form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import AccountStatus, FollowUpOwner, PauseReason
from accounts.models import Account, Note, Tag
from billabex.organizations.forms.choices import country_or_none_choices, currency_choices


class AccountForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only to type checkers
    """The information of an account; saved by the services, never by the form."""

    country = forms.ChoiceField(label=_("Country"), choices=country_or_none_choices, required=False)
    currency = forms.ChoiceField(label=_("Currency"), choices=currency_choices)

    class Meta:
        model = Account
        fields = [
            "name",
            "street",
            "postal_code",
            "city",
            "state_or_province",
            "country",
            "currency",
            "phone",
            "registration_number",
            "vat_number",
            "language",
        ]
        help_texts = {"language": _("For follow-ups to contacts whose own language is not known.")}

    def __init__(self, *args: Any, is_currency_fixed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_currency_fixed:
            self.fields["currency"].disabled = True
            self.fields["currency"].help_text = _("Fixed, as the account has documents in this currency.")


class PauseForm(forms.Form):
    """Why follow-ups stop, and until when."""

    reason = forms.ChoiceField(label=_("Reason"), choices=PauseReason)
    until = forms.DateField(
        label=_("Resume on"), required=False, help_text=_("Leave empty to pause until someone resumes.")
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))


class OwnerForm(forms.Form):
    """Who follows the account up."""

    owner = forms.ChoiceField(choices=FollowUpOwner)


class WhyForm(forms.Form):
    """Why the status of accounts changes."""

    note = forms.CharField(
        label=_("Why"),
        max_length=2000,
        help_text=_("Kept in the account's history, with your name."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class StatusForm(WhyForm):
    """A change of status, and why."""

    status = forms.ChoiceField(choices=AccountStatus, widget=forms.HiddenInput)


class DeleteForm(forms.Form):
    """The account's name, typed to confirm that it goes for good."""

    typed_name = forms.CharField(label=_("Account name"), max_length=200)


class NoteForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only to type checkers
    """A note for colleagues."""

    class Meta:
        model = Note
        fields = ["text"]
        labels = {"text": _("New note")}
        widgets = {"text": forms.Textarea(attrs={"rows": 2})}


class TagForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only to type checkers
    """A tag to put on the account."""

    class Meta:
        model = Tag
        fields = ["name"]
        labels = {"name": _("New tag")}
