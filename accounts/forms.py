"""Forms about accounts. They read what people type; rules are the services', whose refusals end up on the form."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pycountry
from babel import Locale
from django import forms
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext_lazy as _

from accounts.enums import AccountStatus, FollowUpOwner, PauseReason
from accounts.models import Account, Note, Tag
from billabex.core.errors import InvalidInput, RuleViolation
from billabex.core.money import currencies

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def refusals_on(form: forms.BaseForm, field: str | None = None) -> Iterator[None]:
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


def country_name(code: str) -> str:
    """Return what a country (ISO 3166-1) is called in the active language; an unknown code as it is."""
    return str(_locale().territories.get(code, code))


def country_choices() -> list[tuple[str, str]]:
    """Return the countries by their name in the active language."""
    named = ((country.alpha_2, country_name(country.alpha_2)) for country in pycountry.countries)
    return [("", "–"), *sorted(named, key=lambda choice: choice[1])]


def currency_choices() -> list[tuple[str, str]]:
    """Return the currencies by code, each with its name in the active language."""
    names = _locale().currencies
    return [(code, f"{code} – {names[code]}" if code in names else code) for code in sorted(currencies())]


def _locale() -> Locale:
    return Locale.parse(to_locale(get_language() or "en"))


class AccountForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only to type checkers
    """The information of an account; saved by the services, never by the form."""

    country = forms.ChoiceField(label=_("Country"), choices=country_choices, required=False)
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
