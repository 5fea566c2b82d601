"""Forms of the settings. Each field says in a line what it changes for customers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.forms import model_to_dict
from django.utils.translation import gettext_lazy as _

from billabex.core.versions import version_of
from billabex.organizations.forms.choices import country_choices, currency_choices, region_choices, time_zone_choices
from billabex.organizations.models import Closure, EmailDomain, Organization

if TYPE_CHECKING:
    from collections.abc import Mapping


class SettingsForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only to type checkers
    """Settings of an organization; saved by the service, never by the form.

    Attributes:
        version: What the form showed, as the template has it sent back in hiding.
    """

    class Meta:
        model = Organization
        fields: list[str] = []

    def __init__(self, data: Mapping[str, Any] | None, *, organization: Organization, is_fixed: bool) -> None:
        """Show an organization's settings, only to be read where they are fixed."""
        super().__init__(data, initial=model_to_dict(organization))
        self._standing = version_of(model_to_dict(organization, self._meta.fields))
        self.version: str = self.data.get("version", self._standing)
        for field in self.fields.values():
            field.disabled = is_fixed

    @property
    def is_stale(self) -> bool:
        """Whether these settings are others by now than the form showed."""
        return self.version != self._standing

    def validate_constraints(self) -> None:
        """Leave rules between fields to the service, which says them in better words."""


class OrganizationForm(SettingsForm):
    """Who the organization is, where it is, and how it is paid."""

    country = forms.ChoiceField(
        label=_("Country"),
        choices=country_choices,
        help_text=_("The agent does not write on its public holidays."),
    )
    subdivision = forms.ChoiceField(
        label=_("Region"), required=False, help_text=_("Adds public holidays of this region.")
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        help_text=_("Its clock says when an invoice is overdue and when messages leave."),
    )
    default_currency = forms.ChoiceField(
        label=_("Default currency"),
        choices=currency_choices,
        help_text=_("For new accounts. Those that are there keep theirs."),
    )
    iban = forms.CharField(
        label=_("IBAN"),
        required=False,
        max_length=50,
        help_text=_("Customers read it in every follow-up."),
    )

    class Meta:
        model = Organization
        fields = [
            "name",
            "registration_number",
            "vat_number",
            "country",
            "subdivision",
            "time_zone",
            "default_language",
            "default_currency",
            "payment_terms_days",
            "account_holder",
            "iban",
            "bic",
            "payment_link",
        ]
        labels = {
            "registration_number": _("Registration no."),
            "vat_number": _("VAT no."),
            "payment_terms_days": _("Default payment terms, in days"),
        }
        help_texts = {
            "name": _("Customers read it in every message: it is whom they owe."),
            "registration_number": _("Tells your own invoices from those of others."),
            "vat_number": _("Tells your own invoices from those of others."),
            "default_language": _("For customers whose language is not known."),
            "payment_terms_days": _("From issue to due date, when an invoice says nothing."),
            "account_holder": _("The name that customers enter for their transfer."),
            "bic": _("Banks abroad may ask customers for it."),
            "payment_link": _("Customers find it in every follow-up, to pay online."),
        }
        widgets = {"payment_terms_days": forms.NumberInput(attrs={"min": 0, "max": 365})}

    def __init__(
        self, data: Mapping[str, Any] | None, *, organization: Organization, is_fixed: bool, country: str | None = None
    ) -> None:
        """Show an organization's settings, or the regions of another country than its own."""
        super().__init__(data, organization=organization, is_fixed=is_fixed)
        if country:
            self.initial["country"] = country
        regions = region_choices(self["country"].value())
        self.fields["subdivision"].choices = [("", _("No region")), *regions]  # type: ignore[attr-defined]
        self.fields["subdivision"].error_messages["invalid_choice"] = _("Choose a region of this country, or none.")
        self.fields["time_zone"].choices = time_zone_choices(organization.time_zone)  # type: ignore[attr-defined]


class AgentForm(SettingsForm):
    """How the agent signs, when it writes, and what it mentions."""

    class Meta:
        model = Organization
        fields = [
            "agent_name",
            "reply_to",
            "agent_signature",
            "entrusts_new_accounts",
            "extra_delay_days",
            "sends_from",
            "sends_until",
            "mentions_interest",
            "mentions_fixed_sum",
            "sends_letters",
        ]
        labels = {
            "agent_name": _("Name"),
            "reply_to": _("Reply-to address"),
            "agent_signature": _("Signature"),
            "entrusts_new_accounts": _("Entrust new accounts to the agent"),
            "extra_delay_days": _("Extra delay, in business days"),
            "sends_from": _("Sending hours, from"),
            "sends_until": _("Sending hours, until"),
            "mentions_interest": _("Mention late-payment interest"),
            "mentions_fixed_sum": _("Mention the fixed sum of 40 €"),
            "sends_letters": _("Write letters"),
        }
        help_texts = {
            "agent_name": _("Customers read it under every message."),
            "reply_to": _("Where answers of customers go."),
            "agent_signature": _("Lines under the agent's name, such as a phone number."),
            "entrusts_new_accounts": _("Otherwise nobody writes to a new customer until you entrust the account."),
            "extra_delay_days": _("Customers get them after the due date, before the first follow-up."),
            "sends_from": _("Customers get no message before."),
            "sends_until": _("What is not sent by then leaves on the next business day."),
            "mentions_interest": _("Late customers read how much it comes to. Their balance stays as it is."),
            "mentions_fixed_sum": _("Late customers read that you may claim it for each invoice (EU directive)."),
            "sends_letters": _("Customers without an email address are written to by post, where theirs is known."),
        }
        widgets = {
            "agent_signature": forms.Textarea(attrs={"rows": 3, "maxlength": 1000}),
            "extra_delay_days": forms.NumberInput(attrs={"min": 0, "max": 90}),
            "sends_from": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "sends_until": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }


class ClosureForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only to type checkers
    """Days on which the organization is closed."""

    class Meta:
        model = Closure
        fields = ["starts_on", "ends_on", "label"]
        labels = {"starts_on": _("First day"), "ends_on": _("Last day"), "label": _("Occasion")}

    def validate_constraints(self) -> None:
        """Leave rules between fields to the service, which says them in better words."""


class DomainForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only to type checkers
    """A domain of the organization's own addresses."""

    class Meta:
        model = EmailDomain
        fields = ["name"]
        labels = {"name": _("New domain")}
