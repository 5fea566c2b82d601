"""Somebody whose language has no texts is written to in another one. Source: docs/decisions/019."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from billabex.agent.cycle import plan_organization
from billabex.agent.sending import due_messages, send_communication
from communications.models import Communication
from communications.services import edit_message
from tests.agent.scenes import at, customer, letters, reach, text_of
from tests.factories import ContactFactory

if TYPE_CHECKING:
    from pathlib import Path

    from billabex.organizations.models import Membership, Organization


@pytest.mark.parametrize(
    ("default", "country", "language", "written"),
    [
        ("de", "PL", "", "de"),  # nothing known of the company is written: the organization's default
        ("de", "ES", "", "es"),  # the company's country tells more
        ("de", "ES", "nl", "nl"),  # and its own language most
    ],
)
def test_somebody_of_another_language_is_written_to_in_the_likeliest_one(
    organization: Organization, outbox: Path, default: str, country: str, language: str, written: str
) -> None:
    organization.default_language = default
    organization.save()
    account = customer(organization, "03-10", contact=False, country=country)
    account.language = language
    account.save()
    reach(account, "Jan", language="pl", is_primary=True)
    now = at("03-17")

    plan_organization(organization, now=now)
    assert Communication.objects.planned().get().language == written
    for message in due_messages(now=now):
        assert send_communication(message, now=now) == "sent"

    [letter] = letters(outbox)
    assert letter["Content-Language"] == written
    assert f'<html lang="{written}">' in Communication.objects.get().body_html
    assert "Person of Jan" in text_of(letter)


def test_a_person_may_redirect_a_message_to_somebody_of_another_language(
    organization: Organization, member: Membership
) -> None:
    account = customer(organization, "03-10")
    now = at("03-12")
    plan_organization(organization, now=now)
    jan = ContactFactory.create(account=account, language="pl")
    message = Communication.objects.planned().get()

    edited = edit_message(
        communication=message,
        actor=member.actor,
        now=now,
        planned_on=now.date() + timedelta(days=6),
        to=[jan.pk],
        cc=[],
    )

    assert edited.language == organization.default_language
