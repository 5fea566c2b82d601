from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from billabex.core.models import AuditEntry
from tests.conftest import signed_in
from tests.factories import UserFactory
from tests.factories.organizations import PASSWORD

if TYPE_CHECKING:
    from django.test import Client

    from billabex.organizations.models import Membership

PROFILE, CHANGE = reverse("settings:profile"), reverse("settings:password")
NEW = "a brand new staple"


def test_everybody_changes_their_own_name_and_language(read_only_member: Membership) -> None:
    browser = signed_in(read_only_member)
    answer = browser.post(PROFILE, {"full_name": " Rose Lecteur ", "language": "fr"}, follow=True)
    assert answer.redirect_chain == [(PROFILE, 302)]
    assert '<html lang="fr"' in answer.text
    read_only_member.user.refresh_from_db()
    assert (read_only_member.user.full_name, read_only_member.user.language) == ("Rose Lecteur", "fr")
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.organization_id) == ("user.profile-changed", read_only_member.organization_id)
    assert entry.changes["language"] == {"from": "en", "to": "fr"}


def test_profile_saved_unchanged_writes_nothing(owner: Membership, owner_client: Client) -> None:
    owner_client.post(PROFILE, {"full_name": owner.user.full_name, "language": "en"})
    assert not AuditEntry.objects.exists()


def test_bad_language_is_refused_beside_its_field(owner_client: Client) -> None:
    answer = owner_client.post(PROFILE, {"full_name": "x", "language": "xx"})
    assert answer.status_code == 422
    assert 'id="id_language_error"' in answer.text
    assert not AuditEntry.objects.exists()


def test_changed_password_keeps_this_session_and_ends_the_others(read_only_member: Membership) -> None:
    browser, elsewhere = signed_in(read_only_member), signed_in(read_only_member)
    sent = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    answer = browser.post(CHANGE, sent, follow=True)
    assert "The password was changed." in answer.text
    assert elsewhere.get(PROFILE).status_code == 302
    read_only_member.user.refresh_from_db()
    assert read_only_member.user.check_password(NEW)
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.changes) == ("user.password-changed", {})


@pytest.mark.parametrize(
    ("old", "new", "again", "field"),
    [
        ("wrong", NEW, NEW, "old_password"),
        (PASSWORD, NEW, "another", "new_password2"),
        (PASSWORD, "1234", "1234", "new_password2"),
    ],
)
def test_bad_password_is_refused_beside_its_field_and_the_old_one_stays(
    owner: Membership, owner_client: Client, old: str, new: str, again: str, field: str
) -> None:
    answer = owner_client.post(CHANGE, {"old_password": old, "new_password1": new, "new_password2": again})
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.text
    owner.user.refresh_from_db()
    assert owner.user.check_password(PASSWORD)


@pytest.mark.django_db
def test_who_works_for_no_organization_has_the_tabs_that_are_their_own(client: Client) -> None:
    client.force_login(UserFactory.create())
    page = client.get(PROFILE)
    assert page.status_code == 200
    assert [tab.href for tab in page.context["tabs"]] == [PROFILE, reverse("settings:api-access")]
    assert client.post(PROFILE, {"full_name": "Nobody", "language": "en"}).status_code == 302
    assert AuditEntry.objects.get().organization_id is None


@pytest.mark.parametrize("path", [PROFILE, CHANGE])
@pytest.mark.django_db
def test_strangers_sign_in_before_they_see_a_profile(client: Client, path: str) -> None:
    assert client.get(path)["Location"] == f"{reverse('sign-in')}?next={path}"
