"""How the lists of documents are searched, filtered and sorted; all of it stands in the address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.db.models import Case, F, Q, When
from django.db.models.functions import Lower

from invoices.enums import CreditNoteStatus, InvoiceStatus

if TYPE_CHECKING:
    from typing import Any, ClassVar

    from django.db.models import QuerySet

    from invoices.models import CreditNote, Invoice

TO_VERIFY = "to-verify"
DEFAULT_SORT = "-issued_on"


class PaperFilter(forms.Form):
    """What the address asks for. A value that is none of the choices is left aside, as if it were not there."""

    q = forms.CharField(required=False)
    sort = forms.CharField(required=False)

    sorts: ClassVar[dict[str, Any]] = {
        "number": Lower("number"),
        "account": Lower("account__name"),
        "issued_on": F("issued_on"),
        "total": F("total_amount"),
        "remaining": F("remaining_amount"),
        "status": F("status"),
    }
    flipped: ClassVar[frozenset[str]] = frozenset()

    def apply[Row: (Invoice, CreditNote)](self, papers: QuerySet[Row]) -> QuerySet[Row]:
        """Narrow and sort a list of `invoices.selectors`: by what is asked for, then the newest first."""
        self.is_valid()
        wanted = self.cleaned_data
        if text := wanted.get("q"):
            papers = papers.filter(Q(number__icontains=text) | Q(account__name__icontains=text))
        if status := wanted.get("status"):
            papers = papers.filter(Q(status=status))
        sort = wanted.get("sort") or DEFAULT_SORT
        if sort.removeprefix("-") not in self.sorts:
            sort = DEFAULT_SORT
        key = sort.removeprefix("-")
        column = self.sorts[key]
        is_descending = sort.startswith("-") != (key in self.flipped)
        # Only a computed column may be empty; NULLS LAST on any other keeps the database from reading its index.
        last = None if isinstance(column, F) else True
        by = column.desc(nulls_last=last) if is_descending else column.asc(nulls_last=last)
        return papers.order_by(by, "-issued_on", "-pk")

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is searched or filtered, so that an empty list may only mean that nothing matches."""
        return any(value for name, value in self.cleaned_data.items() if name != "sort")


class InvoiceFilter(PaperFilter):
    """The list of invoices. The uploads that wait to be verified are a list of their own."""

    status = forms.ChoiceField(required=False, choices=InvoiceStatus)

    sorts = PaperFilter.sorts | {"due_on": F("due_on"), "late": Case(When(remaining_amount__gt=0, then=F("due_on")))}
    flipped = frozenset({"late"})  # the earlier it was due, the later it is


class CreditNoteFilter(PaperFilter):
    """The list of credit notes."""

    status = forms.ChoiceField(required=False, choices=CreditNoteStatus)
