"""The whole description, tried by a stranger to the code: no 500, no answer that it does not describe.

`SCHEMATHESIS_EXAMPLES=200 uv run pytest tests/api/test_schemathesis.py` tries harder, and other things each time.

One check is off, that what fits the schema is accepted: no schema can say that a file is a PDF, that the 30th of
February is no day, that amounts in yen have no decimals, or that an Idempotency-Key is new. All others are on.
"""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from billabex.core import clock
from billabex.organizations.scopes import ALL_SCOPES
from billabex.organizations.services import create_personal_token
from tests.factories import (
    AccountFactory,
    CommunicationFactory,
    ContactFactory,
    CreditNoteFactory,
    InvoiceFactory,
    PaymentDeclarationFactory,
    TaskFactory,
)
from tests.invoices.flow import uploaded
from tests.invoices.pdfs import invoice_pdf

if TYPE_CHECKING:
    from pytest_django import Settings
    from pytest_django.live_server_helper import LiveServer

    from billabex.organizations.models import Membership

pytestmark = [
    pytest.mark.django_db(transaction=True),
    # The stranger keeps its connections open; the server's threads end with the test, and SQLite's with them.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

EXAMPLES = os.environ.get("SCHEMATHESIS_EXAMPLES", "")
EXTENT = ["--max-examples", EXAMPLES] if EXAMPLES else ["--max-examples", "3", "--generation-deterministic"]
READS_AND_CHANGES = ["--exclude-method", "DELETE", "--phases", "examples,fuzzing,stateful"]
DELETIONS = ["--include-method", "DELETE", "--phases", "fuzzing"]  # by itself: what is deleted can be tried no more


@pytest.fixture
def token(owner: Membership) -> str:
    now = clock.now()
    _token, secret = create_personal_token(
        user=owner.user,
        actor=owner.actor,
        now=now,
        name="Stranger",
        scopes=ALL_SCOPES,
        expires_at=now + timedelta(days=1),
    )
    return secret


@pytest.fixture
def config(owner: Membership, tmp_path: Path) -> Path:
    """Return what the stranger is told beforehand: the keys of one of everything."""
    account = AccountFactory.create(organization=owner.organization)
    ContactFactory.create(account=account)
    invoice = InvoiceFactory.create(account=account)
    known = {
        "organizationId": owner.organization,
        "accountId": account,
        "invoiceId": invoice,
        "creditNoteId": CreditNoteFactory.create(account=account),
        "documentId": uploaded(owner.organization, invoice_pdf()),
        "declarationId": PaymentDeclarationFactory.create(account=account, invoices=[invoice]),
        "communicationId": CommunicationFactory.create(account=account),
        "taskId": TaskFactory.create(account=account),
    }
    parameters = "".join(f'{name} = "{thing.pk}"\n' for name, thing in known.items())
    path = tmp_path / "schemathesis.toml"
    path.write_text(f"[parameters]\n{parameters}\n[checks]\npositive_data_acceptance.enabled = false\n")
    return path


@pytest.mark.parametrize("chosen", [READS_AND_CHANGES, DELETIONS], ids=["reads and changes", "deletions"])
def test_nothing_breaks_and_nothing_is_undescribed(
    chosen: list[str], live_server: LiveServer, token: str, config: Path, settings: Settings
) -> None:
    settings.API_RATE_LIMIT = 10**9
    stranger = str(Path(sys.executable).with_name("st"))
    description = f"{live_server.url}/api/docs/openapi.json"
    command = [stranger, "--config-file", str(config), "run", description, "--url", f"{live_server.url}/api/public/v1"]
    manner = [*EXTENT, "--wait-for-schema", "60", "--no-color", *chosen]
    tried = subprocess.run(  # noqa: S603 - our own words
        [*command, *manner, "--header", f"Authorization: Bearer {token}"],
        capture_output=True,
        text=True,
        check=False,
        cwd=config.parent,
        timeout=600,
    )
    assert tried.returncode == 0, tried.stdout[-20_000:] + tried.stderr[-2_000:]
