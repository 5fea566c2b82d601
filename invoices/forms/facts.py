"""The form in which a person verifies what was read from a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.rules import Company
from accounts.selectors import match_company
from billabex.core.money import ZERO, currencies
from billabex.organizations.forms.choices import country_or_none_choices, currency_choices
from invoices.enums import DocumentKind
from invoices.forms.amounts import AmountField, in_its_decimals
from invoices.rules import LONGEST, Facts, facts_errors
from invoices.selectors import paper_of_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from accounts.models import Account
    from billabex.organizations.models import Organization
    from invoices.models import CreditNote, Invoice
    from invoices.rules import Draft

NEW_ACCOUNT = "new"


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
    country = forms.ChoiceField(label=gettext_lazy("Country"), choices=country_or_none_choices, required=False)
    registration_number = forms.CharField(
        label=gettext_lazy("Registration number"), max_length=LONGEST["registration_number"], required=False
    )
    vat_number = forms.CharField(label=gettext_lazy("VAT number"), max_length=LONGEST["vat_number"], required=False)
    account = forms.ChoiceField(
        label=gettext_lazy("Account"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the account that is meant, or create a new one.")},
    )

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
        self._offer("account", [*choices, (NEW_ACCOUNT, _("Create a new account"))])
        self._unknown_currency = "" if draft.currency in currencies() else draft.currency
        if self._unknown_currency:  # no choice at all would look like the first one
            self._offer("currency", [("", _("Choose a currency")), *currency_choices()])
        if self._match.account:
            self.initial["account"] = str(self._match.account.pk)
        elif not self.candidates:
            self.initial["account"] = NEW_ACCOUNT

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the types: declared above
        field.choices = choices

    @property
    def currency_hint(self) -> str:
        """Why there is a currency to choose."""
        if not self._unknown_currency:
            return ""
        return _("The document says “%(code)s”, which is not a currency.") % {"code": self._unknown_currency}

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

    def clean(self) -> dict[str, Any]:
        """Tell what else cannot be together with an account to be chosen, not one after the other."""
        given = super().clean() or self.cleaned_data
        if self.errors.keys() <= {"account"}:
            for name, sentence in facts_errors(self.facts()).items():
                self.add_error(name, sentence)
        return given

    @property
    def chosen_account(self) -> Account | None:
        """The account that was chosen; None for a new one, and as long as nothing is chosen that can be."""
        chosen = self.cleaned_data.get("account")
        return next((account for account in self.candidates if str(account.pk) == chosen), None)

    @property
    def namesake(self) -> Invoice | CreditNote | None:
        """The document of this number that the account has already, as far as the account is known."""
        likely = self.candidates[0] if len(self.candidates) == 1 else None
        account = self.chosen_account if self.is_bound else likely
        kind, number = (str(self[name].value() or "").replace("\0", "") for name in ("kind", "number"))
        return paper_of_number(account, kind, number) if account else None

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
        "currency": currency if currency in currencies() else "",
        "total": in_its_decimals(draft.total, currency),
        "tax": in_its_decimals(draft.tax, currency),
        "paid": in_its_decimals(draft.paid, currency) or None,
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
