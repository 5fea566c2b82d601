"""What support sees of codes and tokens: whose, of which application, and nothing that opens anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse
from oauth2_provider.models import AccessToken, Grant, RefreshToken

from billabex.organizations.models import Application, User
from tests.organizations.oauth_client import Ledger

if TYPE_CHECKING:
    from django.db.models import Model

    from billabex.organizations.models import Membership

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", [AccessToken, RefreshToken, Grant], ids=lambda model: model.__name__)
def test_what_applications_have_is_only_looked_at(model: type[Model], member: Membership) -> None:
    ledger = Ledger.registered()
    ledger.tokens_from(member)
    ledger.code_from(member)
    support = Client()
    support.force_login(User.objects.create_superuser(email="support@billabex.example"))
    row = model._default_manager.get()
    name = f"admin:oauth2_provider_{model._meta.model_name}"
    found = support.get(reverse(f"{name}_changelist"), {"q": member.user.email})
    assert list(found.context["cl"].result_list) == [row]
    page = support.get(reverse(f"{name}_change", args=[row.pk]))
    assert page.status_code == 200
    hashes = [str(getattr(row, field)) for field in ("code", "token_checksum") if hasattr(row, field)]
    assert hashes
    assert not [value for value in hashes if value in page.text]
    assert support.post(reverse(f"{name}_delete", args=[row.pk]), {"post": "yes"}).status_code == 403


def test_the_hashes_of_an_application_are_not_shown() -> None:
    shown = admin.site.get_model_admin(Application).get_readonly_fields(None)  # type: ignore[arg-type]  # not looked at
    assert {"client_secret", "registration_token_hash"}.isdisjoint(map(str, shown))
