"""The main job, as a member does it in a browser: a PDF goes in, a task is answered, a reminder stands and leaves."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from accounts.models import Account
from billabex.agent.cycle import plan_organization
from billabex.agent.sending import send_due
from billabex.core import clock
from billabex.organizations.rules import opening
from communications.enums import Status
from communications.models import Communication
from tests.factories.organizations import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

    from billabex.organizations.models import Membership

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
expect.set_options(timeout=30_000)  # a busy machine is slow, not wrong

SAMPLE = Path(__file__).parents[3] / "shared" / "samples" / "invoices" / "akretion-facturx--invoice_EN16931.pdf"


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def has_scripts(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def page(has_scripts: bool, transactional_db: None, live_server: LiveServer, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=has_scripts)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


def sign_in(page: Page, owner: Membership) -> None:
    page.goto("/")
    page.get_by_label("Email").fill(owner.user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Accounts", level=1)).to_be_visible()


def import_sample(page: Page, *, has_scripts: bool) -> None:
    """Upload the sample, check what was read, validate it, and skip the contact."""
    page.get_by_role("link", name="Invoices").first.click()
    page.get_by_role("link", name="Add", exact=True).first.click()
    page.locator("input[type=file]").set_input_files(SAMPLE)
    if not has_scripts:  # else a chosen file is on its way at once
        page.get_by_role("button", name="Upload and read").click()
    expect(page.locator("[name=number]")).to_have_value("F20260023")
    expect(page.locator("[name=total]")).to_have_value("104.90")
    page.get_by_role("button", name="Validate").click()
    page.get_by_role("link", name="Skip", exact=True).click()
    expect(page.get_by_role("heading", name="F20260023", level=1)).to_be_visible()


def test_pdf_in_task_answered_reminder_out(page: Page, owner: Membership, has_scripts: bool) -> None:
    sign_in(page, owner)
    import_sample(page, has_scripts=has_scripts)
    page.get_by_role("link", name="Tasks").first.click()
    page.get_by_role("link", name="LE CLIENT").first.click()
    page.get_by_placeholder("Jane Doe").fill("Jeanne Roux, jeanne@client.example, French")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("jeanne@client.example").first).to_be_visible()
    message = Communication.objects.planned().get(account=Account.objects.get(name="LE CLIENT"))
    assert message.planned_on is not None
    page.goto(message.get_absolute_url())
    expect(page.get_by_text("F20260023").first).to_be_visible()
    now = opening(owner.organization, message.planned_on)
    with clock.stopped_at(now):
        plan_organization(owner.organization, now=now)
        send_due(now=now, organization=owner.organization)
    message.refresh_from_db()
    assert message.status == Status.SENT
    page.reload()
    expect(page.get_by_text("Sent").first).to_be_visible()
