"""The forms that note down what a customer says of an invoice, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from invoices.enums import DeclarationResolution, DisputeReason, DisputeSide

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise

THIS, ALL = "this", "all"


def _text(label: _StrPromise, help_text: _StrPromise | str = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(label=label, required=False, max_length=2_000, widget=widget, help_text=help_text)


class ClaimForm(forms.Form):
    """A form in a dialog of its own, beside other forms on the page: its controls have ids of their own."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, dialog: str) -> None:
        super().__init__(data, auto_id=f"{dialog}-%s")


class DisputeForm(ClaimForm):
    """What the customer says is wrong with an invoice."""

    reason = forms.TypedChoiceField(label=_("Reason"), choices=DisputeReason, coerce=DisputeReason)
    note = _text(_("Note"), _("The customer's words, or what your colleagues should know."))


class FindingForm(ClaimForm):
    """For which side a dispute is resolved."""

    in_favour_of = forms.TypedChoiceField(
        coerce=DisputeSide,
        label=_("Who is right?"),
        choices=[
            (DisputeSide.ORGANIZATION, _("We are: the agent asks for the invoice again")),
            (DisputeSide.CUSTOMER, _("The customer is: the agent does not ask for it, and you credit or delete it")),
        ],
        widget=forms.RadioSelect,
    )
    note = _text(_("Note"))


class AnnouncementForm(ClaimForm):
    """A payment that the customer has announced."""

    promised_on = forms.DateField(
        label=_("Promised for"), required=False, help_text=_("Leave it empty if the customer says it has paid.")
    )
    covers = forms.ChoiceField(
        label=_("Which invoices?"),
        choices=[(THIS, _("This invoice")), (ALL, _("All open invoices of the account"))],
        initial=THIS,
        widget=forms.RadioSelect,
    )
    has_proof = forms.BooleanField(label=_("With proof of payment"), required=False)
    statement = _text(_("The customer's words"))


class DecisionForm(ClaimForm):
    """What became of an announced payment."""

    resolution = forms.TypedChoiceField(
        coerce=DeclarationResolution,
        label=_("What became of it?"),
        choices=[
            (DeclarationResolution.PAYMENT_RECEIVED, _("The payment has arrived")),
            (DeclarationResolution.RESUME_AUTHORIZED, _("It has not: follow-ups may resume")),
        ],
        widget=forms.RadioSelect,
    )
    note = _text(_("Note"))
