"""The pages for developers, run as they stand against a live server: a program in each language, and OAuth by hand.

Only what a reader has is given: address and token in the environment, and a PDF beside.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.core.signals import request_started
from oauth2_provider.models import AccessToken, RefreshToken

from accounts.models import Account, Pause
from billabex.api import throttling
from billabex.organizations.scopes import SCOPES
from billabex.organizations.services import create_personal_token
from contacts.models import Contact
from invoices.models import Invoice
from tests.conftest import signed_in
from tests.factories import AccountFactory
from tests.invoices.pdfs import invoice_pdf

if TYPE_CHECKING:
    from pytest_django import Settings
    from pytest_django.live_server_helper import LiveServer

    from billabex.organizations.models import Membership, Organization
    from tests.api.conftest import Program

PAGES = Path(__file__).parents[2] / "docs" / "api"
START, OAUTH = [(PAGES / name).read_text() for name in ("getting-started.md", "oauth.md")]
RUNS = {
    "bash": ["bash", "-euo", "pipefail", "program.sh"],
    "python": [sys.executable, "program.py"],
    "javascript": ["node", "program.mjs"],
}


def needs(*tools: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(not all(map(shutil.which, tools)), reason=f"one of {', '.join(tools)} is not installed")


LANGUAGES = [
    pytest.param("bash", marks=needs("bash", "curl", "jq")),
    "python",
    pytest.param("javascript", marks=needs("node")),
]

THE_DAY = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
"""A Monday morning in Paris, three weeks after the invoice on the page was due."""


def snippets(page: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", page, flags=re.DOTALL | re.MULTILINE)


class Reader:
    """A developer with an empty folder, who puts the pieces of a program together and starts it."""

    def __init__(self, folder: Path, server: LiveServer, token: str) -> None:
        self._folder = folder
        self._known = {"PATH": os.environ["PATH"], "BASE_URL": server.url, "TOKEN": token}

    def starts(self, language: str, *pieces: str) -> subprocess.Popen[str]:
        command = RUNS[language]
        (self._folder / command[-1]).write_text("\n".join(pieces))
        pipes: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
        return subprocess.Popen(command, cwd=self._folder, env=self._known, text=True, **pipes)  # noqa: S603 - our pages

    def runs(self, language: str, *pieces: str) -> str:
        with self.starts(language, *pieces) as program:
            told, complaint = program.communicate(timeout=60)
        assert program.returncode == 0, complaint
        return told


@pytest.fixture
def reader(transactional_db: None, tmp_path: Path, live_server: LiveServer, owner: Membership) -> Reader:
    _token, secret = create_personal_token(
        user=owner.user,
        actor=owner.actor,
        now=THE_DAY,
        name="Sync",
        scopes=re.findall(r"`(\w+:(?:read|all|manage))`", START),
        expires_at=THE_DAY + timedelta(days=1),
    )
    (tmp_path / "invoice.pdf").write_bytes(invoice_pdf())
    return Reader(tmp_path, live_server, secret)


@pytest.mark.parametrize("language", LANGUAGES)
def test_getting_started(language: str, reader: Reader, organization: Organization) -> None:
    others = AccountFactory.create_batch(100, organization=organization)  # so that the list has a second page
    with time_machine.travel(THE_DAY):
        told = reader.runs(language, *snippets(START, language)).splitlines()
    account = Account.objects.get(name="Acme SAS")
    jane, sam = Contact.objects.filter(account=account).order_by("created_at")
    _check_account(account, jane)
    _check_invoice(Invoice.objects.get(account=account))
    assert Pause.objects.get(account=account).ended_at
    assert (sam.full_name, told[-2:]) == ("Sam Roe", [str(sam.pk)] * 2)
    sentence, _again, _before, *rest = told
    assert sentence == snippets(START, "text")[0].strip()
    assert rest.count(sentence) == 1  # resumed
    listed = [line.partition(": ")[0] for line in told if re.match(r"(Customer \d+|Acme SAS): ", line)]
    assert sorted(listed) == sorted([account.name, *(one.name for one in others)])


def _check_account(account: Account, jane: Contact) -> None:
    assert (account.currency, account.city, account.country) == ("EUR", "Paris", "FR")
    assert (jane.full_name, jane.email, jane.language, jane.is_primary) == ("Jane Doe", "jane@acme.example", "en", True)


def _check_invoice(invoice: Invoice) -> None:
    assert (invoice.number, invoice.issued_on, invoice.due_on) == ("F-2026-0042", date(2026, 10, 1), date(2026, 10, 31))
    assert (invoice.total_amount, invoice.tax_amount, invoice.paid_amount) == (1200, 200, 500)
    assert invoice.document is not None
    with invoice.document.file.open() as stored:
        assert stored.read() == invoice_pdf()


def test_the_error_on_the_page_is_the_one_that_comes(program: Program, organization: Organization) -> None:
    account = AccountFactory.create(organization=organization)
    contact = {"fullName": "", "language": "en", "mail": "sam@acme.example"}
    came = program.post(f"/accounts/{account.pk}/contacts", contact).json()
    assert json.loads(snippets(START, "json")[0]) | {"requestId": came["requestId"]} == came


KNOWN = {
    "bash": "account={id}",
    "python": "account = {{'id': '{id}'}}",
    "javascript": "const account = {{id: '{id}'}};",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_is_told_to_wait_waits(
    language: str,
    reader: Reader,
    organization: Organization,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One request a second is let through; the clock goes on by half a second with each that comes."""
    settings.API_RATE_LIMIT = 1
    monkeypatch.setattr(throttling, "WINDOW", 1)
    account = AccountFactory.create(organization=organization)
    connect, *_others, insist = snippets(START, language)
    asked = []
    with time_machine.travel(THE_DAY + timedelta(seconds=0.5), tick=False) as clock_of_the_server:

        def go_on(environ: dict[str, str], **_signal: object) -> None:
            asked.append(environ["REQUEST_METHOD"])
            clock_of_the_server.shift(0.5)

        request_started.connect(go_on)
        try:
            reader.runs(language, connect, KNOWN[language].format(id=account.pk), insist)
        finally:
            request_started.disconnect(go_on)
    assert asked == ["GET", "POST", "POST", "POST", "POST"]  # of which the second and the fourth were refused
    assert Contact.objects.get(account=account).full_name == "Sam Roe"


@needs("bash", "curl", "jq", "openssl")
def test_connecting_an_application(reader: Reader, owner: Membership, settings: Settings) -> None:
    settings.OAUTH_REGISTRATIONS_PER_HOUR = 10**6  # other tests register from this address, too
    with reader.starts("bash", *snippets(OAUTH, "bash")) as program:
        assert program.stdout is not None
        asks = urlsplit(program.stdout.readline().strip())
        page = signed_in(owner).post(f"{asks.path}?{asks.query}", {"decision": "allow"}, headers={"host": asks.netloc})
        answer = parse_qs(urlsplit(page["Location"]).query)
        assert answer["state"] == parse_qs(asks.query)["state"]
        told, complaint = program.communicate(answer["code"][0] + "\n", timeout=60)
    assert (program.returncode, told.split("\n")) == (0, [owner.organization.name, ""]), complaint
    assert RefreshToken.objects.filter(user=owner.user).count() == 2
    assert not RefreshToken.objects.filter(revoked=None).exists()
    assert not AccessToken.objects.exists()


def test_the_scopes_on_the_page_are_those_that_there_are() -> None:
    rows = re.findall(r"^\| `(.+)` \| (.+) \|$", OAUTH, flags=re.MULTILINE)
    assert rows == [(scope, str(words)) for scope, words in SCOPES.items()]
