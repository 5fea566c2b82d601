"""What the scripts of the import pages add in a browser."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import expect

from tests.invoices.flow import ADD, url
from tests.invoices.pdfs import invoice_pdf

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, FilePayload, Page, Request, Route
    from pytest_django.live_server_helper import LiveServer

    from billabex.organizations.models import Membership
    from invoices.models import Document

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]  # one worker, one browser

ALL_SENT = """form => form.dispatchEvent(new CustomEvent("htmx:xhr:progress", {
    bubbles: true, detail: { lengthComputable: true, loaded: 5, total: 5 }
}))"""

TELL_WHETHER_IT_CAN_BE_SENT_AGAIN = """addEventListener("submit", (event) => {
    console.info(event.target.querySelector("button").checkVisibility() ? "can be sent again" : "is on its way");
})"""

DROP_UNKNOWN = """(zone, content) => {
    const files = new DataTransfer();
    files.items.add(new File([Uint8Array.from(content, (one) => one.charCodeAt(0))], "paper"));
    const input = zone.closest("label").querySelector("input");
    input.files = files.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
}"""

CHOOSE_AS_SOON_AS_THERE_IS_A_FIELD = """(content) => {
    new MutationObserver((_changes, observer) => {
        const input = document.querySelector("input[type=file]");
        if (input) {
            observer.disconnect();
            const files = new DataTransfer();
            files.items.add(new File([content], "paper.pdf", { type: "application/pdf" }));
            input.files = files.files;
            input.dispatchEvent(new Event("change", { bubbles: true }));
        }
    }).observe(document, { childList: true, subtree: true });
}"""


@pytest.fixture
def page(transactional_db: None, member: Membership, live_server: LiveServer, browser: Browser) -> Iterator[Page]:
    """Return a page of a signed-in member; the test fails when a script does."""
    client = Client()
    client.force_login(member.user)
    context = browser.new_context(base_url=live_server.url, viewport={"width": 1200, "height": 600})
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    page = context.new_page()
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    yield page
    context.close()
    assert failures == []


@pytest.fixture
def verifying(page: Page, document: Document) -> Page:
    """Open the verify page of an invoice."""
    page.goto(url("verify", document))
    return page


def chosen(page: Page, content: bytes, kind: str = "application/pdf") -> None:
    """Choose a file, as a person does in the dialog of the browser."""
    file: FilePayload = {"name": "paper", "mimeType": kind, "buffer": content}
    page.locator("input[type=file]").set_input_files(file)


def held(page: Page, address: str, method: str = "GET") -> list[Route]:
    """Let the requests for an address wait, and return them as they come."""
    waiting: list[Route] = []
    page.route(address, lambda route: waiting.append(route) if route.request.method == method else route.continue_())
    return waiting


# --- Add ----------------------------------------------------------------------------------------------------


def test_chosen_file_goes_at_once_to_its_verification(page: Page) -> None:
    page.goto(ADD)
    chosen(page, invoice_pdf())
    expect(page.get_by_label("Number", exact=True)).to_have_value("F-2026-0042")
    page.go_back()
    expect(page.locator(".drop-zone")).to_be_visible()


def test_file_that_is_refused_can_be_followed_by_another(page: Page) -> None:
    page.goto(ADD)
    chosen(page, b"GIF89a")
    expect(page.get_by_role("alert").first).to_contain_text("This file is not a PDF.")
    expect(page.locator(".form-errors")).to_be_focused()
    chosen(page, invoice_pdf())
    page.wait_for_url("**/verify/")


def test_file_of_another_kind_is_refused_before_it_goes(page: Page) -> None:
    page.goto(ADD)
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    chosen(page, b"PK", "application/msword")
    expect(page.get_by_text("This kind of file cannot be used here.")).to_be_visible()
    assert sent == []


def test_file_of_unknown_kind_is_told_by_its_content(page: Page) -> None:
    page.goto(ADD)
    page.get_by_text("Drop the PDF").evaluate(DROP_UNKNOWN, invoice_pdf().decode("latin-1"))
    page.wait_for_url("**/verify/")


def test_upload_says_how_far_it_is_and_keeps_the_file_when_it_fails(page: Page) -> None:
    page.goto(ADD)
    sent = held(page, f"**{ADD}", method="POST")
    chosen(page, invoice_pdf())
    expect(page.get_by_text("Uploading…")).to_be_visible()
    form = page.locator("form[data-upload]")
    form.evaluate("form => form.requestSubmit()")  # as if it was sent twice
    form.evaluate(ALL_SENT)
    expect(page.get_by_text("Reading…")).to_be_visible()
    expect(page.locator(".drop-zone")).to_be_hidden()
    assert len(sent) == 1
    sent[0].abort()
    expect(page.locator(".drop-zone")).to_contain_text("paper")
    expect(page.get_by_role("status").filter(has_text="That did not work.")).to_be_visible()


def test_file_chosen_as_soon_as_there_is_a_field_goes(page: Page) -> None:
    page.add_init_script(f"({CHOOSE_AS_SOON_AS_THERE_IS_A_FIELD})({json.dumps(invoice_pdf().decode('latin-1'))})")
    page.goto(ADD, wait_until="commit")
    page.wait_for_url("**/verify/")


def test_file_chosen_before_the_other_scripts_have_come_goes_once(page: Page) -> None:
    scripts = held(page, "**/htmx*.js")
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    page.add_init_script(TELL_WHETHER_IT_CAN_BE_SENT_AGAIN)
    page.goto(ADD, wait_until="commit")
    with page.expect_console_message(lambda told: told.text == "is on its way"):
        chosen(page, invoice_pdf())
    page.wait_for_url("**/verify/", wait_until="commit")
    assert len(sent) == 1
    assert scripts


def test_upload_of_who_is_signed_out_leads_to_sign_in(page: Page) -> None:
    page.goto(ADD)
    page.context.clear_cookies(name="sessionid")
    chosen(page, invoice_pdf())
    page.wait_for_url("**/sign-in/**")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()


# --- Verify -------------------------------------------------------------------------------------------------


def test_field_in_focus_shows_its_place_alone(verifying: Page) -> None:
    verifying.get_by_label("Number", exact=True).focus()
    expect(verifying.locator(".place.is-shown")).to_have_id("place-number")
    verifying.get_by_label("Total").focus()
    expect(verifying.locator(".place.is-shown")).to_have_id("place-total")
    verifying.get_by_role("button", name="Validate").focus()
    expect(verifying.locator(".place.is-shown")).to_have_count(0)


def test_field_under_the_pointer_shows_its_place(verifying: Page) -> None:
    verifying.get_by_label("Issue date").hover()
    expect(verifying.locator(".place.is-shown")).to_have_id("place-issued_on")


def test_place_out_of_sight_is_brought_into_it(verifying: Page) -> None:
    verifying.set_viewport_size({"width": 1200, "height": 300})
    total = verifying.locator("#place-total")
    expect(total).not_to_be_in_viewport()
    verifying.get_by_label("Total").focus()
    expect(total).to_be_in_viewport()


def test_mark_leads_to_its_place_and_the_place_to_its_field(verifying: Page) -> None:
    address = verifying.url
    verifying.locator("a[href='#place-company']").click()
    expect(verifying.locator(".place.is-shown")).to_have_id("place-company")
    verifying.locator("#place-total").click()
    expect(verifying.get_by_label("Total")).to_be_focused()
    assert verifying.url == address


def test_mark_on_a_phone_leads_down_to_the_page(verifying: Page) -> None:
    verifying.set_viewport_size({"width": 375, "height": 700})
    verifying.locator("a[href='#place-total']").click()
    expect(verifying.locator("#place-total")).to_be_in_viewport()
    verifying.go_back()
    expect(verifying.get_by_label("Total")).to_be_in_viewport()


def test_keyboard_goes_from_field_to_field_past_the_marks(verifying: Page) -> None:
    verifying.get_by_label("Number", exact=True).focus()
    verifying.keyboard.press("Tab")
    expect(verifying.get_by_label("Purchase order")).to_be_focused()
    verifying.keyboard.press("Tab")
    expect(verifying.get_by_label("Issue date")).to_be_focused()


@pytest.mark.parametrize("width", [1440, 375])
def test_verify_is_accessible_and_fits(verifying: Page, width: int) -> None:
    verifying.set_viewport_size({"width": width, "height": 900})
    assert [violation["id"] for violation in Axe().run(verifying).response["violations"]] == []
    assert verifying.evaluate("document.documentElement.scrollWidth") <= width
