"""The admin as a support tool: every table can be listed, searched and looked at, and nothing goes round the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Account, Tag
from billabex.core.models import AuditEntry
from billabex.organizations.models import EmailDomain, Membership, Organization, User
from contacts.models import Contact
from tests import factories
from tests.factories.organizations import PASSWORD

if TYPE_CHECKING:
    from django.db.models import Model
    from factory.django import DjangoModelFactory

pytestmark = pytest.mark.django_db

FACTORIES: dict[type[Model], type[DjangoModelFactory[Any]]] = {
    factory._meta.model: factory for factory in (getattr(factories, name) for name in factories.__all__)
}
ADDABLE = {User, Organization, Membership, EmailDomain, Tag}
CHANGEABLE = ADDABLE | {Account, Contact}
DELETABLE = {User, Membership, EmailDomain, Tag, Contact}
# Session, user, member, count, rows, the range of the dates at the top, and each filter made of them
MAX_LIST_QUERIES = 9

every_model = pytest.mark.parametrize("model", FACTORIES, ids=lambda model: model._meta.label)


def _address(model: type[Model], page: str, *args: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


@pytest.fixture
def support() -> Client:
    """Return the browser of somebody who may do everything."""
    client = Client()
    client.force_login(User.objects.create_superuser(email="support@billabex.example", full_name="Sam Support"))
    return client


def test_every_table_of_ours_is_in_the_admin_and_tried_here() -> None:
    ours = {model for model in apps.get_models() if not model.__module__.startswith(("django.", "oauth2_provider."))}
    assert ours <= set(admin.site._registry)
    assert ours == set(FACTORIES)


def test_the_index_lists_the_tables(support: Client) -> None:
    page = support.get(reverse("admin:index")).content.decode()
    assert all(_address(model, "changelist") in page for model in FACTORIES)


@every_model
def test_list_runs_as_few_queries_for_three_rows_as_for_one(model: type[Model], support: Client) -> None:
    counts = []
    for more in (1, 2):
        FACTORIES[model].create_batch(more)
        with CaptureQueriesContext(connection) as queries:
            page = support.get(_address(model, "changelist"))
        assert page.status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= MAX_LIST_QUERIES
    rows = model._default_manager.count()
    assert page.context["cl"].result_count == rows >= 3


@every_model
@pytest.mark.parametrize("words", ["Acme", "{pk}", "two words"])
def test_search_answers_to_words_and_keys(model: type[Model], words: str, support: Client) -> None:
    row = FACTORIES[model].create()
    page = support.get(_address(model, "changelist"), {"q": words.format(pk=row.pk)})
    assert page.status_code == 200
    by_key = "id__exact" in admin.site.get_model_admin(model).search_fields
    if by_key and words == "{pk}":
        assert list(page.context["cl"].result_list) == [row]


@every_model
def test_detail_shows_the_row(model: type[Model], support: Client) -> None:
    row = FACTORIES[model].create()
    page = support.get(_address(model, "change", row.pk))
    assert page.status_code == 200
    assert page.context["has_change_permission"] is (model in CHANGEABLE)
    assert page.context["has_delete_permission"] is (model in DELETABLE)


@every_model
def test_add_form_is_there_only_where_rows_may_be_added(model: type[Model], support: Client) -> None:
    assert support.get(_address(model, "add")).status_code == (200 if model in ADDABLE else 403)


@every_model
def test_what_is_only_to_be_looked_at_refuses_changes(model: type[Model], support: Client) -> None:
    row = FACTORIES[model].create()
    if model not in CHANGEABLE:
        assert support.post(_address(model, "change", row.pk), {}).status_code == 403
    if model not in DELETABLE:
        assert support.post(_address(model, "delete", row.pk), {"post": "yes"}).status_code == 403
    assert model._default_manager.filter(pk=row.pk).exists()


@every_model
def test_staff_without_permission_gets_403(model: type[Model]) -> None:
    client = Client()
    client.force_login(factories.UserFactory.create(is_staff=True))
    row = FACTORIES[model].create()
    assert client.get(_address(model, "changelist")).status_code == 403
    assert client.get(_address(model, "change", row.pk)).status_code == 403


@every_model
def test_staff_with_every_permission_changes_nothing_that_is_only_to_be_looked_at(model: type[Model]) -> None:
    client = Client()
    staff = factories.UserFactory.create(is_staff=True)
    staff.user_permissions.set(Permission.objects.all())
    client.force_login(staff)
    row = FACTORIES[model].create()
    page = client.get(_address(model, "change", row.pk))
    assert page.context["has_change_permission"] is (model in CHANGEABLE)


def test_a_member_who_is_not_staff_is_sent_to_sign_in(owner_client: Client) -> None:
    page = owner_client.get(reverse("admin:index"))
    assert page.status_code == 302
    assert page["Location"].startswith(reverse("admin:login"))


def test_a_change_of_an_account_goes_through_the_service(support: Client) -> None:
    account = factories.AccountFactory.create(name="Acme")
    given = {"name": "Zenith SAS", "status": "suspended", "follow_up_owner": "agent", "vat_number": "FR 12 345"}
    inlines = {f"{name}-{count}_FORMS": "0" for name in ("source", "pauses", "notes") for count in ("TOTAL", "INITIAL")}
    page = support.post(_address(Account, "change", account.pk), given | inlines)
    assert page.status_code == 302
    before = account.match_key
    account.refresh_from_db()
    assert (account.name, account.status, account.vat_number) == ("Zenith SAS", "suspended", "FR12345")
    assert account.match_key not in {before, ""}
    actions = AuditEntry.objects.filter(account_id=account.pk, actor_label="Sam Support (admin)")
    assert set(actions.values_list("action", flat=True)) == {"account.status-changed", "account.updated"}


def test_a_change_of_a_contact_goes_through_the_service(support: Client) -> None:
    contact = factories.ContactFactory.create(email_status="Bounced")
    given = {"full_name": contact.full_name, "email": "new@customer.example", "language": "fr"}
    assert support.post(_address(Contact, "change", contact.pk), given).status_code == 302
    contact.refresh_from_db()
    assert (contact.email, contact.email_status, contact.language) == ("new@customer.example", "Valid", "fr")
    assert AuditEntry.objects.get().action == "contact.updated"


def test_a_refused_change_of_a_contact_says_why(support: Client) -> None:
    taken = factories.ContactFactory.create(email="taken@customer.example")
    contact = factories.ContactFactory.create(account=taken.account)
    given = {"full_name": contact.full_name, "email": taken.email, "language": contact.language}
    page = support.post(_address(Contact, "change", contact.pk), given, follow=True)
    assert "already has a contact with that email address" in page.text
    assert Contact.objects.filter(email=taken.email).count() == 1


@pytest.mark.parametrize("path", ["page", "list"])
def test_deleting_a_contact_goes_through_the_service(path: str, support: Client) -> None:
    contact = factories.ContactFactory.create()
    if path == "page":
        support.post(_address(Contact, "delete", contact.pk), {"post": "yes"})
    else:
        chosen = {"action": "delete_selected", "_selected_action": [str(contact.pk)], "post": "yes"}
        support.post(_address(Contact, "changelist"), chosen)
    assert not Contact.objects.exists()
    assert AuditEntry.objects.get().action == "contact.deleted"


def test_a_user_added_with_a_password_signs_in_with_their_email(support: Client) -> None:
    given = {
        "email": "new@atelier.example",
        "full_name": "Nina New",
        "language": "fr",
        "usable_password": "true",
        "password1": PASSWORD,
        "password2": PASSWORD,
        "memberships-TOTAL_FORMS": "0",
        "memberships-INITIAL_FORMS": "0",
    }
    assert support.post(_address(User, "add"), given).status_code == 302
    assert Client().login(username="NEW@atelier.example", password=PASSWORD)
    assert AuditEntry.objects.get().action == "user.added-in-admin"


def test_a_user_with_the_same_email_in_other_case_is_refused(support: Client) -> None:
    factories.UserFactory.create(email="maud@atelier.example")
    given = {
        "email": "Maud@Atelier.example",
        "language": "en",
        "usable_password": "true",
        "password1": PASSWORD,
        "password2": PASSWORD,
    }
    page = support.post(_address(User, "add"), given)
    assert page.status_code == 200
    assert User.objects.filter(email__iexact="maud@atelier.example").count() == 1


def test_a_users_password_can_be_set_anew(support: Client) -> None:
    user = factories.UserFactory.create()
    address = reverse("admin:auth_user_password_change", args=[user.pk])
    assert support.get(address).status_code == 200
    new = "another horse battery"
    page = support.post(address, {"usable_password": "true", "password1": new, "password2": new})
    assert page.status_code == 302
    assert Client().login(username=user.email, password=new)


def test_an_organization_changed_with_a_new_member_leaves_an_audit_entry(support: Client) -> None:
    organization = factories.OrganizationFactory.create()
    user = factories.UserFactory.create()
    form = support.get(_address(Organization, "change", organization.pk)).context["adminform"].form
    given = {name: form.initial[name] for name in form.fields if form.initial.get(name) is not None}
    inlines = {
        "memberships-TOTAL_FORMS": "1",
        "memberships-INITIAL_FORMS": "0",
        "memberships-0-user": str(user.pk),
        "memberships-0-role": "owner",
        "domains-TOTAL_FORMS": "0",
        "domains-INITIAL_FORMS": "0",
    }
    page = support.post(_address(Organization, "change", organization.pk), given | inlines | {"name": "Atelier Sud"})
    assert page.status_code == 302
    assert organization.memberships.get().role == "owner"
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.organization_id) == ("organization.changed-in-admin", organization.pk)
    assert "Name" in str(entry.changes)


def test_a_tag_deleted_from_the_list_leaves_an_audit_entry(support: Client) -> None:
    tag = factories.TagFactory.create()
    chosen = {"action": "delete_selected", "_selected_action": [str(tag.pk)], "post": "yes"}
    support.post(_address(Tag, "changelist"), chosen)
    assert not Tag.objects.exists()
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.object_label, entry.organization_id) == (
        "tag.deleted-in-admin",
        tag.name,
        tag.organization_id,
    )
