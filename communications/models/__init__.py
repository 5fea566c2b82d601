"""Communications: one row a message, in or out, with its recipients and the invoices it names."""

from communications.models.messages import AT, Communication, CommunicationQuerySet
from communications.models.parts import LARGEST_IMAGE, InlineImage, NamedInvoice, Recipient

__all__ = [
    "AT",
    "LARGEST_IMAGE",
    "Communication",
    "CommunicationQuerySet",
    "InlineImage",
    "NamedInvoice",
    "Recipient",
]
