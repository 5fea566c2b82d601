from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from tests.factories import AccountFactory, NoteFactory, OrganizationFactory

if TYPE_CHECKING:
    from django.test import Client

    from billabex.organizations.models import Organization


def test_instants_are_shown_in_the_organizations_time_zone(owner_client: Client, organization: Organization) -> None:
    organization.time_zone = "Asia/Tokyo"
    organization.save()
    account = AccountFactory.create(organization=organization)
    NoteFactory.create(account=account, created_at=datetime(2026, 3, 9, 22, 30, tzinfo=UTC))
    page = owner_client.get(reverse("accounts:details-tab", args=[account.pk])).content.decode()
    assert "Mar 10, 2026, 07:30" in page or "Mar 10, 2026, 7:30" in page


@pytest.mark.django_db
def test_a_time_zone_that_nobody_knows_is_refused() -> None:
    organization = OrganizationFactory.build(time_zone="Paris")
    with pytest.raises(ValidationError, match="not a time zone"):
        organization.clean_fields()
