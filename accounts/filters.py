"""How the list of accounts is searched, filtered and sorted; all of it stands in the address."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.db.models import F, Q
from django.db.models.functions import Lower

from accounts.rules import FollowUpState, compact_number, match_key
from accounts.selectors import outstanding_in

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from django.db.models import QuerySet

    from accounts.models import AccountQuerySet

DEFAULT_SORT = "name"
SORTS: dict[str, Lower | F] = {
    "name": Lower("name"),
    "overdue": F("overdue_count"),
    "follow_up": F("next_on"),
    "source": F("source__system"),
    "updated": F("updated_at"),
}
_MAY_BE_EMPTY = frozenset({"follow_up", "source"})


def keys_among(values: Iterable[str]) -> tuple[UUID, ...]:
    """Return the keys among what was sent; what is no key of anything is left aside."""
    found = []
    for value in values:
        try:
            found.append(UUID(value))
        except ValueError:
            continue
    return tuple(found)


class _KeysField(forms.Field):
    widget = forms.MultipleHiddenInput

    def to_python(self, value: list[str] | None) -> tuple[UUID, ...]:
        return keys_among(value or ())


class AccountFilter(forms.Form):
    """What the address asks for. A value that is none of the choices is left aside, as if it were not there.

    `selected` asks for accounts one by one, as the bulk bar sends them.
    """

    q = forms.CharField(required=False)
    state = forms.ChoiceField(required=False, choices=[(state, state) for state in FollowUpState])
    overdue = forms.BooleanField(required=False)
    tag = forms.CharField(required=False)
    selected = _KeysField(required=False)
    sort = forms.CharField(required=False)

    def narrow(self, accounts: AccountQuerySet) -> AccountQuerySet:
        """Keep the accounts that are asked for, of `accounts.selectors.account_list`."""
        self.is_valid()
        wanted = self.cleaned_data
        if text := wanted.get("q"):
            accounts = accounts.filter(pk__in=_holding(accounts, text))
        if state := wanted.get("state"):
            accounts = accounts.filter(Q(state=state))
        if wanted.get("overdue"):
            accounts = accounts.filter(Q(is_late=True))
        if tag := wanted.get("tag"):
            accounts = accounts.filter(tags__name__iexact=tag)
        if selected := wanted.get("selected"):
            accounts = accounts.filter(pk__in=selected)
        return accounts

    def order(self, accounts: AccountQuerySet, currency: str) -> AccountQuerySet:
        """Sort by the column that is asked for, then by name.

        Outstanding is sorted by what is owed in `currency`, the organization's own: amounts in different currencies
        have no order, and they are never converted. Follow-up is sorted by when the agent next writes.
        """
        asked = self.cleaned_data.get("sort") or DEFAULT_SORT
        key = asked.removeprefix("-")
        column = outstanding_in(currency) if key == "outstanding" else SORTS.get(key, SORTS[DEFAULT_SORT])
        last = True if key in _MAY_BE_EMPTY else None  # on any other it keeps the database from reading its index
        by = column.desc(nulls_last=last) if asked.startswith("-") else column.asc(nulls_last=last)
        return accounts.order_by(by, Lower("name"), "pk")


def _holding(accounts: AccountQuerySet, text: str) -> QuerySet[Any]:
    """Return the ids of those that the search finds.

    By a name however spelled, a contact's address, a number of the company or of a document. Each is asked for by
    itself: every one has an index, of which a question for either of them could use none.
    """
    own = Q(name__icontains=text) | Q(match_key__contains=match_key(text))
    number = compact_number(text)
    if any(char.isdigit() for char in number):  # the letters of a country stand in every VAT number of it
        own |= Q(registration_number__contains=number) | Q(vat_number__contains=number)
    ways = [
        own,
        Q(contacts__email__icontains=text),
        *(
            Q(**{f"{below}__organization": F("organization"), f"{below}__{name}__icontains": text})
            for below, name in (("invoices", "number"), ("credit_notes", "number"), ("source", "external_id"))
        ),
    ]
    first, *others = (accounts.filter(way).order_by().values("pk") for way in ways)
    return first.union(*others)
