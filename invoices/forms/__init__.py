"""Forms about documents and money. They read what people type; rules are the services', whose refusals they show."""

from invoices.forms.amounts import AmountField, read_amount
from invoices.forms.contact import FirstContactForm
from invoices.forms.facts import NEW_ACCOUNT, FactsForm
from invoices.forms.money import AllocationForm, PaidAmountForm
from invoices.forms.upload import UploadForm

__all__ = [
    "NEW_ACCOUNT",
    "AllocationForm",
    "AmountField",
    "FactsForm",
    "FirstContactForm",
    "PaidAmountForm",
    "UploadForm",
    "read_amount",
]
