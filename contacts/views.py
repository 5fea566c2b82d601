"""The forms about an account's people: its contacts, and the organization's own representatives for it.

They differ in their fields and words alone; the address says of which kind a person is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.forms import model_to_dict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.selectors import account_page
from billabex.organizations.access import for_writers
from billabex.organizations.forms import refusals_on
from contacts import services
from contacts.forms import ContactForm, RepresentativeForm
from contacts.kinds import CONTACTS, REPRESENTATIVES
from contacts.selectors import people_of, person_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse, QueryDict

    from accounts.models import Account
    from billabex.organizations.access import MemberRequest
    from contacts.forms import PersonForm
    from contacts.kinds import Kind
    from contacts.models import Contact, InternalRepresentative

_FORMS: dict[Kind[Any], type[PersonForm]] = {CONTACTS: ContactForm, REPRESENTATIVES: RepresentativeForm}


def _posted(request: MemberRequest) -> QueryDict | None:
    """Return what a form was sent with; None while it is only being looked at."""
    return request.POST if request.method == "POST" else None


def _for_new(account: Account, kind: Kind[Any]) -> dict[str, object]:
    """Return what the form for a new person comes with: an account's first of a kind is its primary (product.md 5)."""
    is_first = not people_of(kind, account)
    return {"language": account.language or account.organization.default_language, "is_primary": is_first}


@for_writers
def add(request: MemberRequest, pk: UUID, kind: Kind[Any]) -> HttpResponse:
    """Add somebody to the account."""
    account = account_page(request.member.organization, pk)
    form = _FORMS[kind](_posted(request), initial=_for_new(account, kind))
    if form.is_valid():
        with refusals_on(form, "email"):
            person = services.add_person(kind, account=account, actor=request.member.actor, **form.cleaned_data)
            return _saved(request, person)
    return _form_page(request, account, kind, form)


@for_writers
def edit(request: MemberRequest, pk: UUID, person_id: UUID, kind: Kind[Any]) -> HttpResponse:
    """Edit one of the account's people."""
    account = account_page(request.member.organization, pk)
    person = person_of(kind, account, person_id)
    form = _FORMS[kind](_posted(request), initial=model_to_dict(person))
    if form.is_valid():
        with refusals_on(form, "email"):
            services.update_person(person, actor=request.member.actor, **form.cleaned_data)
            return _saved(request, person)
    return _form_page(request, account, kind, form, person)


@for_writers
def delete(request: MemberRequest, pk: UUID, person_id: UUID, kind: Kind[Any]) -> HttpResponse:
    """Delete one of the account's people, once that is confirmed in a dialog."""
    account = account_page(request.member.organization, pk)
    person = person_of(kind, account, person_id)
    if request.method == "POST":
        services.delete_person(person, actor=request.member.actor)
        return _deleted(request, person)
    return _form_page(request, account, kind, _FORMS[kind](initial=model_to_dict(person)), person, asks=True)


def _form_page(
    request: MemberRequest,
    account: Account,
    kind: Kind[Any],
    form: PersonForm,
    person: Contact | InternalRepresentative | None = None,
    *,
    asks: bool = False,
) -> HttpResponse:
    """Answer with the form; `asks` opens the dialog that confirms a deletion."""
    is_contact = kind is CONTACTS
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
        suffix = "" if is_contact else "-representative"
        context["action"] = reverse(f"contacts:edit{suffix}", args=[account.pk, person.pk])
        context["delete_url"] = reverse(f"contacts:delete{suffix}", args=[account.pk, person.pk])
    return render(request, "contacts/person.html", context, status=422 if form.is_bound else 200)


def _saved(request: MemberRequest, person: Contact | InternalRepresentative) -> HttpResponse:
    messages.success(request, _("%(name)s was saved.") % {"name": person.full_name})
    return redirect("accounts:details-tab", person.account_id)


def _deleted(request: MemberRequest, person: Contact | InternalRepresentative) -> HttpResponse:
    messages.success(request, _("%(name)s was deleted.") % {"name": person.full_name})
    return redirect("accounts:details-tab", person.account_id)
