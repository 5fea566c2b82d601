"""A document's way in: upload, verify, contact. And the PDF itself, as a file and as pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from billabex.core import clock
from billabex.organizations.access import for_members, for_writers
from billabex.organizations.enums import MessageLanguage
from billabex.organizations.forms import refusals_on
from contacts.errors import EmailTaken
from contacts.selectors import contacts_of
from contacts.services import add_contact
from invoices import rules
from invoices.downloads import pdf_download
from invoices.errors import AlreadyImported, AlreadyValidated, DocumentNotFound
from invoices.forms import FactsForm, FirstContactForm, UploadForm
from invoices.reading import Reading, UnreadablePdf, render_page
from invoices.selectors import document_of, paper_of
from invoices.services import discard_document, own_identity, upload_document, validate_document
from invoices.views.origins import origins_of, places_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import FileResponse, QueryDict

    from accounts.models import Account
    from billabex.organizations.access import MemberRequest
    from billabex.organizations.models import Organization
    from invoices.models import Document
    from invoices.rules import Draft

PICTURE_WIDTH = 1200


@for_writers
def add(request: MemberRequest) -> HttpResponse:
    """Take one PDF in, read it, and go on to verify what was read."""
    if request.method != "POST":
        return render(request, "invoices/add.html", {"form": UploadForm()})
    form, known = UploadForm(request.POST, request.FILES), None
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            document = upload_document(
                organization=request.member.organization,
                content=file.read(),
                name=file.name,
                actor=request.member.actor,
            )
            return _on_to(request, reverse("invoices:verify", args=[document.pk]))
        except UnreadablePdf as error:
            form.add_error("file", str(error))
        except AlreadyImported as error:
            known = document_of(request.member.organization, error.extra["document"].pk)
    context = {"form": form, "known": known, "known_paper": known and paper_of(known)}
    template = "invoices/add.html#upload" if _is_fetched(request) else "invoices/add.html"
    return render(request, template, context, status=422)


def _is_fetched(request: MemberRequest) -> bool:
    """Tell whether a script asks, which shows how far the upload is and puts the answer in place."""
    return "HX-Request" in request.headers


def _on_to(request: MemberRequest, address: str) -> HttpResponse:
    return HttpResponseClientRedirect(address) if _is_fetched(request) else redirect(address)


@for_members
def verify(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Show what was read beside the PDF, to be corrected and validated."""
    document = document_of(request.member.organization, pk)
    if paper := paper_of(document):
        if request.method == "POST":  # somebody was faster: what was typed meanwhile is not taken
            messages.warning(request, str(AlreadyValidated.message))
        return redirect(paper)
    reading = Reading.from_json(document.reading)
    draft = _draft(reading, request.member.organization)
    form = FactsForm(_sent(request), draft=draft, organization=request.member.organization)
    if form.is_valid():
        with refusals_on(form):
            paper = validate_document(
                document=document,
                facts=form.facts(),
                account=form.chosen_account,
                is_other_company=form.is_other_company,
                actor=request.member.actor,
                now=clock.now(),
            )
            messages.success(request, _("%(number)s is validated.") % {"number": paper.number})
            return redirect(paper) if _has_usable_contact(paper.account) else redirect("invoices:contact", pk)
    context = _verify_context(document, reading, draft, form)
    return render(request, "invoices/verify.html", context, status=422 if form.is_bound else 200)


def _sent(request: MemberRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _draft(reading: Reading, organization: Organization) -> Draft:
    return rules.draft_from(
        reading, default_currency=organization.default_currency, default_terms=organization.payment_terms_days
    )


def _verify_context(document: Document, reading: Reading, draft: Draft, form: FactsForm) -> dict[str, Any]:
    places = places_of(reading, form)
    return {
        "document": document,
        "form": form,
        "origins": origins_of(reading, draft, form, places),
        "places": places,
        "warnings": rules.reading_warnings(reading, own_identity(document.organization)),
        "taken": form.namesake,
        "parser": reading.parser,
        "pages": range(1, document.page_count + 1),
    }


def _has_usable_contact(account: Account) -> bool:
    return any(contact.is_usable for contact in contacts_of(account))


@for_writers
def contact(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Ask for somebody to write to, after the first document of an account that has nobody."""
    document = document_of(request.member.organization, pk)
    paper = paper_of(document)
    if paper is None:
        return redirect("invoices:verify", pk)
    people = contacts_of(paper.account)
    form = FirstContactForm(_sent(request), initial=_contact_initial(document, is_first=not people))
    if form.is_valid():
        try:
            person = add_contact(account=paper.account, actor=request.member.actor, **form.cleaned_data)
        except EmailTaken as error:
            form.add_error("email", str(error))
        else:
            messages.success(request, _("%(name)s will receive the follow-ups.") % {"name": person.full_name})
            return redirect(paper)
    context = {"form": form, "paper": paper, "account": paper.account}
    return render(request, "invoices/contact.html", context, status=422 if form.is_bound else 200)


def _contact_initial(document: Document, *, is_first: bool) -> dict[str, Any]:
    reading = Reading.from_json(document.reading)
    language = reading.language.value if reading.language else ""
    known = language if language in MessageLanguage.values else document.organization.default_language
    return {
        "email": reading.buyer_email.value if reading.buyer_email else "",
        "language": known,
        "is_primary": is_first,
    }


@for_members
@require_POST
def discard(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Throw an upload away."""
    document = document_of(request.member.organization, pk)
    try:
        discard_document(document=document, actor=request.member.actor)
    except AlreadyValidated as error:
        messages.error(request, str(error))
        return redirect("invoices:verify", pk)  # which leads to what it became
    messages.success(request, _("%(file)s is discarded.") % {"file": document.original_name})
    return redirect("invoices:list")


@for_members
@require_safe
def pdf(request: MemberRequest, pk: UUID) -> FileResponse:
    """Hand the PDF out as it came."""
    return pdf_download(document_of(request.member.organization, pk))


@for_members
@require_safe
@cache_control(private=True, max_age=365 * 24 * 3600, immutable=True)
def page_image(request: MemberRequest, pk: UUID, page: int) -> HttpResponse:
    """Draw a page of the PDF; the browser keeps the picture, as the file never changes."""
    document = document_of(request.member.organization, pk)
    try:
        with document.file.open("rb") as file:
            picture = render_page(file.read(), page, PICTURE_WIDTH)
    except (FileNotFoundError, UnreadablePdf):
        raise DocumentNotFound from None
    return HttpResponse(picture, content_type="image/png")
