"""A document's way in, as a browser walks it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from billabex.core.actors import SYSTEM
from invoices.services import upload_document

if TYPE_CHECKING:
    from django.test import Client

    from billabex.organizations.models import Organization
    from invoices.models import Document

ADD = "/invoices/add/"


def uploaded(organization: Organization, content: bytes) -> Document:
    return upload_document(organization=organization, content=content, name="paper.pdf", actor=SYSTEM)


def url(name: str, document: Document, *more: Any) -> str:
    return reverse(f"invoices:{name}", args=[document.pk, *more])


def upload(client: Client, content: bytes) -> Any:
    return client.post(ADD, {"file": SimpleUploadedFile("paper.pdf", content, "application/pdf")})


def verify(client: Client, document: Document, **changes: Any) -> Any:
    """Send the form of the verify page back as it came, but for the changes."""
    form = client.get(url("verify", document)).context["form"]
    data = {name: form[name].value() for name in form.fields}
    sent = {name: "" if value is None else value for name, value in data.items()} | {"offered": form.offered}
    return client.post(url("verify", document), sent | changes)
