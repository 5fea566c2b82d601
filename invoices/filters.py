"""How the lists of documents are searched, filtered and sorted; all of it stands in the address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.db.models import F, Q
from django.db.models.functions import Lower

from invoices.enums import CreditNoteStatus, InvoiceStatus
from invoices.models.money import DUE_WHILE_OPEN

if TYPE_CHECKING:
    from typing import Any, ClassVar

    from django.db.models import QuerySet

    from invoices.models import CreditNote, Invoice

TO_VERIFY = "to-verify"
DEFAULT_SORT = "-issued_on"
_OF_ITS = Q(account__organization=F("organization"))  # always so; with it accounts are read by their own index


class PaperFilter(forms.Form):
    """What the address asks for. A value that is none of the choices is left aside, as if it were not there."""

    q = forms.CharField(required=False)
    sort = forms.CharField(required=False)

    sorts: ClassVar[dict[str, Any]] = {
        "number": F("number"),
        "account": Lower("account__name"),
        "issued_on": F("issued_on"),
        "total": F("total_amount"),
        "remaining": F("remaining_amount"),
        "status": F("status"),
    }
    flipped: ClassVar[frozenset[str]] = frozenset()
    may_be_empty: ClassVar[frozenset[str]] = frozenset()  # asked for of others, it keeps an index from being read

    def apply[Row: (Invoice, CreditNote)](self, papers: QuerySet[Row]) -> QuerySet[Row]:
        """Narrow and sort a list of `invoices.selectors`."""
        return self.order(self.narrow(papers))

    def narrow[Row: (Invoice, CreditNote)](self, papers: QuerySet[Row]) -> QuerySet[Row]:
        """Keep the documents that are asked for."""
        self.is_valid()
        wanted = self.cleaned_data
        if text := wanted.get("q"):  # each by itself: an index finds it, of which either of them could use none
            ways = (papers.filter(number__icontains=text), papers.filter(_OF_ITS, account__name__icontains=text))
            numbered, named = (found.order_by().values("pk") for found in ways)
            papers = papers.filter(pk__in=numbered.union(named))
        if status := wanted.get("status"):
            papers = papers.filter(Q(status=status))
        return papers

    def order[Row: (Invoice, CreditNote)](self, papers: QuerySet[Row]) -> QuerySet[Row]:
        """Sort by what is asked for, then as they came, once they are narrowed.

        Key and column fall together, as an index lists them when it is read backwards.
        """
        sort = self.cleaned_data.get("sort") or DEFAULT_SORT
        if sort.removeprefix("-") not in self.sorts:
            sort = DEFAULT_SORT
        key = sort.removeprefix("-")
        if key == "account":
            papers = papers.filter(_OF_ITS)
        column, last = self.sorts[key], key in self.may_be_empty
        if sort.startswith("-") != (key in self.flipped):
            return papers.order_by(column.desc(nulls_first=last or None), "-pk")
        return papers.order_by(column.asc(nulls_last=last or None), "pk")

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is searched or filtered, so that an empty list may only mean that nothing matches."""
        return any(value for name, value in self.cleaned_data.items() if name != "sort")


class InvoiceFilter(PaperFilter):
    """The list of invoices. The uploads that wait to be verified are a list of their own."""

    status = forms.ChoiceField(required=False, choices=InvoiceStatus)

    sorts = PaperFilter.sorts | {"due_on": F("due_on"), "late": DUE_WHILE_OPEN, "status": DUE_WHILE_OPEN}
    flipped = frozenset({"late"})  # the earlier it was due, the later it is; what is paid is not late at all
    may_be_empty = frozenset({"late", "status"})


class CreditNoteFilter(PaperFilter):
    """The list of credit notes."""

    status = forms.ChoiceField(required=False, choices=CreditNoteStatus)
