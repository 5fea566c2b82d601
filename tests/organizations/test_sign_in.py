from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from billabex.core.models import AuditEntry
from tests.factories import UserFactory
from tests.factories.organizations import PASSWORD

if TYPE_CHECKING:
    from django.test import Client

    from billabex.organizations.models import Membership


def test_sign_in_with_right_password_leads_to_accounts(client: Client, owner: Membership) -> None:
    answer = client.post(reverse("sign-in"), {"username": owner.user.email.upper(), "password": PASSWORD}, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("accounts:list")


def test_sign_in_with_wrong_password_says_so_and_keeps_the_email(client: Client, owner: Membership) -> None:
    answer = client.post(reverse("sign-in"), {"username": owner.user.email, "password": "wrong"})
    page = answer.content.decode()
    assert "do not go together" in page
    assert owner.user.email in page


def test_sign_out_ends_the_session(owner_client: Client) -> None:
    answer = owner_client.post(reverse("sign-out"))
    assert answer.status_code == 302
    assert owner_client.get(reverse("accounts:list")).status_code == 302


def test_stranger_is_asked_to_sign_in(client: Client) -> None:
    answer = client.get(reverse("accounts:list"))
    assert answer["Location"] == f"{reverse('sign-in')}?next={reverse('accounts:list')}"


@pytest.mark.django_db
def test_user_without_organization_is_refused(client: Client) -> None:
    client.force_login(UserFactory.create())
    answer = client.get(reverse("accounts:list"))
    assert answer.status_code == 403
    assert "You are not a member of any organization yet. Ask for an invitation." in answer.text
    assert f'action="{reverse("sign-out")}"' in answer.text
    assert reverse("admin:index") not in answer.text


@pytest.mark.django_db
@pytest.mark.parametrize("wanted", ["", reverse("accounts:list")])
def test_first_sign_in_of_staff_leads_to_the_admin(client: Client, wanted: str) -> None:
    user = UserFactory.create(is_staff=True)
    answer = client.post(
        reverse("sign-in"), {"username": user.email, "password": PASSWORD, "next": wanted}, follow=True
    )
    assert answer.redirect_chain == [(reverse("admin:index"), 302)]
    assert answer.status_code == 200
    refused = client.get(reverse("accounts:list"))
    assert f'href="{reverse("admin:index")}"' in refused.text


def test_sign_in_of_staff_with_an_organization_leads_to_their_accounts(client: Client, owner: Membership) -> None:
    owner.user.is_staff = True
    owner.user.save()
    answer = client.post(reverse("sign-in"), {"username": owner.user.email, "password": PASSWORD}, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("accounts:list")


def test_what_a_role_may_not_is_said_as_such(read_only_client: Client, member_client: Client) -> None:
    refused = read_only_client.get(reverse("accounts:add"))
    assert refused.status_code == 403
    assert "Your role is read-only." in refused.text
    assert "Only owners may change this." in member_client.post(reverse("settings:organization")).text


def test_language_is_kept_and_spoken(owner_client: Client, owner: Membership) -> None:
    answer = owner_client.post(reverse("profile-language"), {"language": "fr", "next": reverse("accounts:list")})
    owner.user.refresh_from_db()
    assert owner.user.language == "fr"
    assert answer["Location"] == reverse("accounts:list")
    assert AuditEntry.objects.get(action="user.profile-changed").changes == {"language": {"from": "en", "to": "fr"}}
    assert owner_client.get(reverse("accounts:list"))["Content-Language"] == "fr"


def test_language_that_is_not_offered_changes_nothing(owner_client: Client, owner: Membership) -> None:
    owner_client.post(reverse("profile-language"), {"language": "de"})
    owner.user.refresh_from_db()
    assert owner.user.language == "en"


def test_language_change_never_leads_to_another_site(owner_client: Client) -> None:
    answer = owner_client.post(reverse("profile-language"), {"language": "fr", "next": "https://evil.example/"})
    assert answer["Location"] == "/"
