"""Forms about documents and money. They read what people type; rules are the services', whose refusals they show."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from babel.numbers import format_decimal, get_decimal_symbol
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from accounts.forms import country_choices, currency_choices
from accounts.rules import Company
from accounts.selectors import match_company
from billabex.core.money import ZERO, fits, quantize
from billabex.core.templatetags.ui.formats import day_text, locale_of, money_text
from billabex.organizations.enums import MessageLanguage
from invoices.enums import DocumentKind
from invoices.reading import Limits
from invoices.rules import LONGEST, Facts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from django.core.files.uploadedfile import UploadedFile

    from accounts.models import Account
    from billabex.organizations.models import Organization
    from invoices.models import CreditNote, Invoice
    from invoices.rules import Draft
    from invoices.selectors import Room

NEW_ACCOUNT = "new"
_THOUSAND = 3
_AMOUNT = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,9})?")


def read_amount(text: str, decimal_mark: str) -> Decimal:
    """Read an amount as people type it, with or without groups of three.

    Args:
        text: What was typed.
        decimal_mark: The reader's own, which decides where both readings are possible ("1,200").

    Raises:
        ValueError: It is not an amount.
    """
    plain = re.sub(r"[\s'’]", "", text).replace("−", "-")
    marks = re.findall(r"[.,]", plain)
    last = marks[-1] if marks else ""
    is_lone = len(marks) == 1 and (last == decimal_mark or len(plain.partition(last)[2]) != _THOUSAND)
    decimal = last if len(set(marks)) > 1 or is_lone else ""
    whole, _mark, fraction = plain.rpartition(decimal) if decimal else (plain, "", "")
    groups = re.split(r"[.,]", whole)
    if any(len(group) != _THOUSAND for group in groups[1:]):
        raise ValueError(text)
    plain = "".join(groups) + (f".{fraction}" if fraction else "")
    if not _AMOUNT.fullmatch(plain):
        raise ValueError(text)
    return Decimal(plain)


class AmountField(forms.Field):
    """An amount, shown and read in the reader's locale."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> Decimal | None:
        """Read the amount."""
        text = str(value or "").strip() if not isinstance(value, Decimal) else str(value)
        if not text:
            return None
        try:
            return read_amount(text, get_decimal_symbol(locale_of(get_language() or "en")))
        except ValueError:
            raise ValidationError(_("Enter an amount, such as %(example)s.") % {"example": _example()}) from None

    def prepare_value(self, value: Any) -> Any:
        """Show the amount with the decimals it has; what a person typed stays as they typed it."""
        return _amount_text(value) if isinstance(value, Decimal) else value


def _amount_text(amount: Decimal) -> str:
    exponent = amount.as_tuple().exponent
    decimals = max(-exponent, 0) if isinstance(exponent, int) else 0
    pattern = "#,##0." + "0" * decimals if decimals else "#,##0"
    return str(format_decimal(amount, pattern, locale=locale_of(get_language() or "en"))).replace("\u202f", "\u00a0")


def _example() -> str:
    return _amount_text(Decimal("1200.50"))


def _in_its_decimals(amount: Decimal | None, currency: str) -> Decimal | None:
    return quantize(amount, currency) if amount is not None and fits(amount, currency) else amount


class UploadForm(forms.Form):
    """One PDF. What it is, is told by its content."""

    file = forms.FileField(label=gettext_lazy("PDF"), max_length=255, allow_empty_file=True)

    def clean_file(self) -> UploadedFile[bytes]:
        """Refuse what is too large before it is read."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        limit = Limits().max_bytes
        if (file.size or 0) > limit:
            megabytes = limit // (1024 * 1024)
            raise ValidationError(
                _("This file is larger than %(limit)d MB. Choose a smaller PDF.") % {"limit": megabytes}
            )
        return file


class FactsForm(forms.Form):
    """What a document says, and whose it is.

    Attributes:
        candidates: Accounts that the company may be, as read or as typed.
    """

    use_required_attribute = False  # what is required depends on the kind, which can be switched

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=DocumentKind, widget=forms.RadioSelect)
    number = forms.CharField(label=gettext_lazy("Number"), max_length=LONGEST["number"])
    purchase_order = forms.CharField(
        label=gettext_lazy("Purchase order"), max_length=LONGEST["purchase_order"], required=False
    )
    issued_on = forms.DateField(label=gettext_lazy("Issue date"))
    due_on = forms.DateField(label=gettext_lazy("Due date"), help_text=gettext_lazy("Credit notes have none."))
    currency = forms.ChoiceField(label=gettext_lazy("Currency"), choices=currency_choices)
    total = AmountField(label=gettext_lazy("Total, tax included"))
    tax = AmountField(label=gettext_lazy("Tax"), required=False)
    paid = AmountField(label=gettext_lazy("Already paid"), required=False)
    company = forms.CharField(label=gettext_lazy("Company"), max_length=LONGEST["company"])
    street = forms.CharField(label=gettext_lazy("Street"), max_length=LONGEST["street"], required=False)
    postal_code = forms.CharField(label=gettext_lazy("Postal code"), max_length=LONGEST["postal_code"], required=False)
    city = forms.CharField(label=gettext_lazy("City"), max_length=LONGEST["city"], required=False)
    country = forms.ChoiceField(label=gettext_lazy("Country"), choices=country_choices, required=False)
    registration_number = forms.CharField(
        label=gettext_lazy("Registration number"), max_length=LONGEST["registration_number"], required=False
    )
    vat_number = forms.CharField(label=gettext_lazy("VAT number"), max_length=LONGEST["vat_number"], required=False)
    account = forms.ChoiceField(label=gettext_lazy("Account"), widget=forms.RadioSelect)

    def __init__(self, data: Mapping[str, Any] | None = None, *, draft: Draft, organization: Organization) -> None:
        super().__init__(data, initial=_initial(draft))
        kind = draft.kind if data is None else data.get("kind")
        self.fields["due_on"].required = kind != DocumentKind.CREDIT_NOTE
        self._match = match_company(organization, draft.company)
        found = {account.pk: account for account in _accounts(self._match)}
        if data is not None:
            self._match = match_company(organization, _typed_company(data))
            found |= {account.pk: account for account in _accounts(self._match)}
        self.candidates = list(found.values())
        choices = [(str(account.pk), _account_label(account)) for account in self.candidates]
        field = self.fields["account"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the types: declared above
        field.choices = [*choices, (NEW_ACCOUNT, _("Create a new account"))]
        if self._match.account:
            self.initial["account"] = str(self._match.account.pk)
        elif not self.candidates:
            self.initial["account"] = NEW_ACCOUNT

    @property
    def offered(self) -> str:
        """The accounts that the page offers, sent back with it: a new account beside others is asked for once."""
        return ",".join(str(account.pk) for account in self.candidates)

    @property
    def account_hint(self) -> str:
        """Why there is something to choose."""
        if self._match.account or not self.candidates:
            return ""
        return ngettext(
            "This account has nearly the same name. Is it the same company?",
            "These accounts have nearly the same name. Is it one of these companies?",
            len(self.candidates),
        )

    def clean_account(self) -> str:
        """Ask before an account is created beside one that the company, as it was typed, may be."""
        chosen: str = self.cleaned_data["account"]
        unasked = {str(account.pk) for account in _accounts(self._match)} - set(self.data.get("offered", "").split(","))
        if chosen == NEW_ACCOUNT and unasked:
            raise ValidationError(_("There is an account of this name already, or nearly so. Choose what is meant."))
        return chosen

    @property
    def chosen_account(self) -> Account | None:
        """The account that was chosen; None for a new one."""
        chosen = self.cleaned_data["account"]
        return next((account for account in self.candidates if str(account.pk) == chosen), None)

    @property
    def is_other_company(self) -> bool:
        """Whether a new account is wanted although there is one of that name or number."""
        return self.chosen_account is None and self._match.account is not None

    def facts(self) -> Facts:
        """Return what was verified."""
        given = self.cleaned_data
        same = ("number", "issued_on", "due_on", "currency", "total", "tax", "purchase_order")
        return Facts(
            kind=DocumentKind(given["kind"]),
            paid=given["paid"] or ZERO,
            company=_typed_company(given),
            **{name: given[name] for name in same},
        )


def _initial(draft: Draft) -> dict[str, Any]:
    company, currency = draft.company, draft.currency
    return {
        "kind": draft.kind,
        "number": draft.number,
        "purchase_order": draft.purchase_order,
        "issued_on": draft.issued_on,
        "due_on": draft.due_on,
        "currency": currency,
        "total": _in_its_decimals(draft.total, currency),
        "tax": _in_its_decimals(draft.tax, currency),
        "paid": _in_its_decimals(draft.paid, currency) or None,
        "company": company.name,
        "street": company.street,
        "postal_code": company.postal_code,
        "city": company.city,
        "country": company.country,
        "registration_number": company.registration_number,
        "vat_number": company.vat_number,
    }


def _typed_company(data: Mapping[str, Any]) -> Company:
    names = ("street", "postal_code", "city", "country", "registration_number", "vat_number")
    return Company(data.get("company", "").strip(), **{name: data.get(name, "").strip() for name in names})


def _accounts(match: Any) -> list[Account]:
    return [match.account] if match.account else list(match.suggestions)


def _account_label(account: Account) -> str:
    place = ", ".join(filter(None, (account.city, account.country)))
    return f"{account.name} ({place})" if place else account.name


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


class PaidAmountForm(forms.Form):
    """How much of an invoice is paid in all."""

    amount = AmountField(label=gettext_lazy("Paid in all"))
    paid_on = forms.DateField(label=gettext_lazy("Date of the payment"))
    note = forms.CharField(label=gettext_lazy("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, data: Mapping[str, Any] | None = None, *, invoice: Invoice, today: date) -> None:
        amount = quantize(invoice.paid_amount, invoice.currency)
        super().__init__(data, initial={"amount": amount, "paid_on": today})
        self._today = today

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
