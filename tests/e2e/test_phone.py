"""What must be whole on a phone: the name of the page, the selected rows, what can be done with a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from billabex.agent.cycle import plan_organization
from communications.models import Communication
from tests.agent.scenes import at, customer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

    from accounts.models import Account
    from billabex.organizations.models import Membership

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

LONG_NAME = "Compagnie hôtelière du Val-d’Ambre et des Hautes-Collines"
NOW = at("03-17")
LINE = 60
"""Pixels that one line of buttons stays below, its bar included."""


@pytest.fixture
def page(transactional_db: None, member: Membership, live_server: LiveServer, browser: Browser) -> Iterator[Page]:
    """Return a page of a signed-in member on a phone, in the language whose words are longest."""
    member.user.language = "fr"
    member.user.save()
    client = Client()
    client.force_login(member.user)
    context = browser.new_context(base_url=live_server.url, viewport={"width": 375, "height": 812}, locale="fr")
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    yield context.new_page()
    context.close()


@pytest.fixture
def account(page: Page, member: Membership) -> Account:
    account = customer(member.organization, "03-16", name=LONG_NAME)
    plan_organization(member.organization, now=NOW)
    return account


def test_last_crumb_is_whole_behind_a_long_name(page: Page, account: Account) -> None:
    page.goto(reverse("communications:edit", args=[Communication.objects.get().pk]))
    title = page.locator(".breadcrumb [aria-current]")
    expect(title).to_be_visible()
    assert title.evaluate("title => title.scrollWidth <= title.clientWidth")


def test_bulk_bar_takes_one_line_and_reaches_its_last_button(page: Page, account: Account) -> None:
    page.goto(reverse("accounts:list"))
    page.locator("input[name=selected]").first.check()
    bar = page.locator(".bulk-bar")
    expect(bar).to_be_visible()
    assert bar.evaluate("bar => bar.clientHeight") < LINE
    last = bar.get_by_role("button").last
    last.focus()
    expect(last).to_be_in_viewport()


def test_buttons_of_a_planned_message_take_one_line(page: Page, account: Account) -> None:
    page.goto(Communication.objects.get().get_absolute_url())
    group = page.locator(".button-group")
    expect(group.get_by_role("link")).to_have_count(3)
    assert group.evaluate("group => group.clientHeight") < LINE
