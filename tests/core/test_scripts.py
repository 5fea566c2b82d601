"""What the scripts add in a browser, that the pages obey their own security policy, and that they are accessible."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.http import HttpResponse
from django.test import Client
from django.urls import path
from django.utils.html import format_html
from playwright.sync_api import expect

from billabex.core.styleguide import styleguide
from tests.core import test_shell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

    from billabex.organizations.models import Membership

pytestmark = [
    pytest.mark.browser,
    pytest.mark.urls("tests.core.test_scripts"),
    pytest.mark.xdist_group("browser"),  # one worker, one browser
]


def echo(request: HttpRequest) -> HttpResponse:
    return HttpResponse(format_html('<link rel="icon" href="data:,">{}', request.POST.get("text", "nothing")))


urlpatterns = [*test_shell.urlpatterns, path("styleguide/", styleguide, name="styleguide"), path("echo/", echo)]


@pytest.fixture
def page(transactional_db: None, owner: Membership, live_server: LiveServer, browser: Browser) -> Iterator[Page]:
    """Return a page of a signed-in member of staff; the test fails when its console complains."""
    owner.user.is_staff = True
    owner.user.save()
    client = Client()
    client.force_login(owner.user)
    context = browser.new_context(base_url=live_server.url)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


@pytest.mark.parametrize("layout", ["", "table", "panels"])
@pytest.mark.parametrize("width", [1440, 375])
def test_page_is_accessible_and_fits(page: Page, layout: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"/styleguide/?layout={layout}")
    found = Axe().run(page).response["violations"]
    assert [violation["id"] for violation in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_rail_opens_and_stays_open(page: Page) -> None:
    page.goto("/styleguide/")
    toggle = page.get_by_role("button", name="Show labels")
    expect(toggle).to_have_attribute("aria-expanded", "false")
    toggle.click()
    page.reload()
    expect(toggle).to_have_attribute("aria-expanded", "true")
    assert page.locator(".rail").bounding_box()["width"] == 200  # type: ignore[index]


def test_menu_opens_under_its_button_and_escape_closes_it(page: Page) -> None:
    page.goto("/styleguide/")
    opener, menu = page.locator("[popovertarget=sample-menu]"), page.locator("#sample-menu")
    opener.click()
    above, below = opener.bounding_box(), menu.bounding_box()
    assert above
    assert below
    assert (below["x"], below["y"]) == (above["x"], above["y"] + above["height"] + 4)
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()


def test_modal_opens_over_the_page_and_gives_focus_back(page: Page) -> None:
    page.goto("/styleguide/")
    opener = page.locator("[commandfor=sample-modal]").first
    opener.click()
    modal = page.get_by_role("dialog", name="Delete this invoice?")
    expect(modal).to_be_visible()
    modal.get_by_role("button", name="Cancel").click()
    expect(modal).to_be_hidden()
    expect(opener).to_be_focused()


def test_slash_goes_to_the_search_but_types_in_fields(page: Page) -> None:
    page.goto("/styleguide/?layout=table")
    page.keyboard.press("/")
    search = page.get_by_role("searchbox")
    expect(search).to_be_focused()
    page.keyboard.type("a/b")
    expect(search).to_have_value("a/b")


def test_rows_checked_show_the_bulk_bar_with_their_number(page: Page) -> None:
    page.goto("/styleguide/?layout=table")
    bar = page.get_by_role("group", name="Selected rows")
    expect(bar).to_be_hidden()
    page.get_by_role("checkbox", name="Select F-2026-0117").check()
    expect(bar).to_contain_text("1 selected")
    page.get_by_role("checkbox", name="Select the whole page").check()
    expect(bar).to_contain_text("6 selected")


def test_control_and_enter_send_the_answer(page: Page) -> None:
    page.goto("/styleguide/?layout=panels")
    page.locator(".composer").evaluate("form => { form.action = '/echo/'; form.elements.note.name = 'text'; }")
    page.get_by_label("Note").fill("Jane Doe")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/echo/")
    expect(page.locator("body")).to_have_text("Jane Doe")


def test_drop_zone_names_the_file_and_refuses_another_kind(page: Page) -> None:
    page.goto("/styleguide/")
    zone = page.locator(".drop-zone")
    zone.locator("input").set_input_files({"name": "F-1.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"})
    expect(zone).to_contain_text("F-1.pdf")
    zone.locator("input").set_input_files({"name": "F-1.docx", "mimeType": "application/msword", "buffer": b"x"})
    expect(page.get_by_text("This kind of file cannot be used here.")).to_be_visible()


def test_failed_request_is_said_in_a_toast_that_can_be_dismissed(page: Page) -> None:
    page.goto("/styleguide/")
    page.evaluate("document.body.dispatchEvent(new CustomEvent('htmx:sendError', { bubbles: true }))")
    toasts = page.get_by_role("status").filter(has_text="That did not work.")
    expect(toasts).to_be_visible()
    toasts.get_by_role("button", name="Dismiss").click()
    expect(toasts).to_be_hidden()
