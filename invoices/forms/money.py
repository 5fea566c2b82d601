"""The forms that say what is paid and where credit goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from billabex.core.money import ZERO, quantize
from billabex.core.templatetags.ui.formats import day_text, money_text
from invoices.errors import PaidMeanwhile
from invoices.forms.amounts import AmountField

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from invoices.models import CreditNote, Invoice
    from invoices.selectors import Room


class PaidAmountForm(forms.Form):
    """How much of an invoice is paid in all; `shown` remembers what the person saw before they typed."""

    amount = AmountField(label=gettext_lazy("Paid in all"))
    paid_on = forms.DateField(label=gettext_lazy("Date of the payment"))
    note = forms.CharField(label=gettext_lazy("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    shown = forms.DecimalField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None = None, *, invoice: Invoice, today: date) -> None:
        amount = quantize(invoice.paid_amount, invoice.currency)
        super().__init__(data, initial={"amount": amount, "paid_on": today, "shown": amount})
        self._today = today

    def catch_up(self, invoice: Invoice) -> None:
        """Show what was recorded meanwhile in place of what was typed, and say whose it is."""
        amount, last = quantize(invoice.paid_amount, invoice.currency), invoice.payments.last()
        self.data = {**dict(self.data.items()), "amount": amount, "shown": amount}
        facts = {
            "amount": money_text(amount, invoice.currency, get_language() or "en"),
            "person": last and last.recorded_by,
        }
        sentence = _("%(amount)s was recorded meanwhile by %(person)s. Check and save again.") % facts
        self.add_error(None, sentence if last else PaidMeanwhile.message)

    def clean_paid_on(self) -> date:
        """Refuse a payment that is yet to come: it would settle the invoice today."""
        paid_on: date = self.cleaned_data["paid_on"]
        if paid_on > self._today:
            raise ValidationError(_("This day is yet to come. Record the payment when it has arrived."))
        return paid_on


class AllocationForm(forms.Form):
    """To which invoice a credit note is applied, and how much of it."""

    invoice = forms.ChoiceField(label=gettext_lazy("Invoice"))
    amount = AmountField(label=gettext_lazy("Amount"))

    def __init__(self, data: Mapping[str, Any] | None = None, *, note: CreditNote, rooms: Sequence[Room]) -> None:
        super().__init__(data, initial=_first_allocation(note, rooms))
        self._invoices = {str(room.invoice.pk): room.invoice for room in rooms}
        field = self.fields["invoice"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the types: declared above
        field.choices = [(str(room.invoice.pk), _room_label(room)) for room in rooms]

    @property
    def chosen(self) -> Invoice:
        """The invoice that was chosen."""
        return self._invoices[self.cleaned_data["invoice"]]


def _first_allocation(note: CreditNote, rooms: Sequence[Room]) -> dict[str, Any]:
    """Suggest the oldest invoice that nothing was decided about yet, and as much as both sides have."""
    if not rooms:
        return {}
    by_hand = {one.invoice_id: one.amount for one in note.allocations.all() if not one.is_automatic}
    known = {one.invoice_id for one in note.allocations.all()} | {invoice.pk for invoice in note.kept_off.all()}
    room = next((room for room in rooms if room.invoice.pk not in known), rooms[0])
    by_hand.pop(room.invoice.pk, None)
    amount = min(note.total_amount - sum(by_hand.values(), ZERO), room.amount)
    return {"invoice": str(room.invoice.pk), "amount": quantize(amount, note.currency) if amount > 0 else None}


def _room_label(room: Room) -> str:
    language = get_language() or "en"
    return _("%(number)s, due %(day)s: %(amount)s open") % {
        "number": room.invoice.number,
        "day": day_text(room.invoice.due_on, language),
        "amount": money_text(room.amount, room.invoice.currency, language),
    }
