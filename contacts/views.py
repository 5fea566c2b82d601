"""The forms about an account's people: its contacts, and the organization's own representatives for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.forms import model_to_dict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.forms import refusals_on
from accounts.selectors import account_page
from billabex.organizations.access import for_members
from contacts import services
from contacts.forms import ContactForm, RepresentativeForm
from contacts.selectors import contact_of, contacts_of, representative_of, representatives_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse, QueryDict

    from accounts.models import Account
    from billabex.organizations.access import MemberRequest
    from contacts.forms import PersonForm
    from contacts.models import Contact, InternalRepresentative


def _posted(request: MemberRequest) -> QueryDict | None:
    """Return what a form was sent with; None while it is only being looked at."""
    return request.POST if request.method == "POST" else None


def _for_first(account: Account, *, is_first: bool) -> dict[str, object]:
    """Return what the form for a new person comes with: an account's first one is its primary (product.md 5)."""
    return {"language": account.language or account.organization.default_language, "is_primary": is_first}


@for_members
def add(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Add a contact to the account."""
    account = account_page(request.member.organization, pk)
    form = ContactForm(_posted(request), initial=_for_first(account, is_first=not contacts_of(account)))
    if form.is_valid():
        with refusals_on(form, "email"):
            contact = services.add_contact(account=account, actor=request.member.actor, **form.cleaned_data)
            return _saved(request, contact)
    return _form_page(request, account, form)


@for_members
def edit(request: MemberRequest, pk: UUID, person_id: UUID) -> HttpResponse:
    """Edit a contact."""
    account = account_page(request.member.organization, pk)
    contact = contact_of(account, person_id)
    form = ContactForm(_posted(request), initial=model_to_dict(contact))
    if form.is_valid():
        with refusals_on(form, "email"):
            services.update_contact(contact=contact, actor=request.member.actor, **form.cleaned_data)
            return _saved(request, contact)
    return _form_page(request, account, form, contact)


@for_members
def delete(request: MemberRequest, pk: UUID, person_id: UUID) -> HttpResponse:
    """Delete a contact, once that is confirmed in a dialog."""
    account = account_page(request.member.organization, pk)
    contact = contact_of(account, person_id)
    if request.method == "POST":
        services.delete_contact(contact=contact, actor=request.member.actor)
        return _deleted(request, contact)
    return _form_page(request, account, ContactForm(initial=model_to_dict(contact)), contact, asks=True)


@for_members
def add_representative(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Add an internal representative to the account."""
    account = account_page(request.member.organization, pk)
    form = RepresentativeForm(_posted(request), initial=_for_first(account, is_first=not representatives_of(account)))
    if form.is_valid():
        with refusals_on(form, "email"):
            person = services.add_representative(account=account, actor=request.member.actor, **form.cleaned_data)
            return _saved(request, person)
    return _form_page(request, account, form)


@for_members
def edit_representative(request: MemberRequest, pk: UUID, person_id: UUID) -> HttpResponse:
    """Edit an internal representative."""
    account = account_page(request.member.organization, pk)
    person = representative_of(account, person_id)
    form = RepresentativeForm(_posted(request), initial=model_to_dict(person))
    if form.is_valid():
        with refusals_on(form, "email"):
            services.update_person(person, actor=request.member.actor, **form.cleaned_data)
            return _saved(request, person)
    return _form_page(request, account, form, person)


@for_members
def delete_representative(request: MemberRequest, pk: UUID, person_id: UUID) -> HttpResponse:
    """Delete an internal representative, once that is confirmed in a dialog."""
    account = account_page(request.member.organization, pk)
    person = representative_of(account, person_id)
    if request.method == "POST":
        services.delete_person(person, actor=request.member.actor)
        return _deleted(request, person)
    return _form_page(request, account, RepresentativeForm(initial=model_to_dict(person)), person, asks=True)


def _form_page(
    request: MemberRequest,
    account: Account,
    form: PersonForm,
    person: Contact | InternalRepresentative | None = None,
    *,
    asks: bool = False,
) -> HttpResponse:
    """Answer with the form; `asks` opens the dialog that confirms a deletion."""
    is_contact = isinstance(form, ContactForm)
    titles = {True: _("Add contact"), False: _("Add internal representative")}
    context = {
        "account": account,
        "form": form,
        "person": person,
        "is_contact": is_contact,
        "title": person.full_name if person else titles[is_contact],
        "asks": asks,
    }
    if person:
        kind = "" if is_contact else "-representative"
        context["action"] = reverse(f"contacts:edit{kind}", args=[account.pk, person.pk])
        context["delete_url"] = reverse(f"contacts:delete{kind}", args=[account.pk, person.pk])
    return render(request, "contacts/person.html", context, status=422 if form.is_bound else 200)


def _saved(request: MemberRequest, person: Contact | InternalRepresentative) -> HttpResponse:
    messages.success(request, _("%(name)s was saved.") % {"name": person.full_name})
    return redirect("accounts:details-tab", person.account_id)


def _deleted(request: MemberRequest, person: Contact | InternalRepresentative) -> HttpResponse:
    messages.success(request, _("%(name)s was deleted.") % {"name": person.full_name})
    return redirect("accounts:details-tab", person.account_id)
