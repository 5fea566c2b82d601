"""The product owner's own snippets about people, run as they stand in seed 004 against a live server.

Node runs the JavaScript and curl its line. Only what a reader would fill in is filled in: base URL, ids, and values for
`accessToken` and `crmContacts`.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from billabex.core import clock
from billabex.organizations.models import EmailDomain
from billabex.organizations.services import create_personal_token
from contacts.enums import EmailStatus
from contacts.models import Contact, InternalRepresentative
from tests.factories import AccountFactory, ContactFactory

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_django.live_server_helper import LiveServer

    from accounts.models import Account
    from billabex.organizations.models import Membership, Organization

type Run = Callable[..., Any]

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
[GUIDE] = [path.read_text() for path in SEEDS.glob("004_*.txt")]
NODE, CURL = shutil.which("node"), shutil.which("curl")
needs_node = pytest.mark.skipif(NODE is None, reason="Node is not installed")
needs_curl = pytest.mark.skipif(CURL is None, reason="curl is not installed")

SNIPPETS = [
    found.group()
    for found in re.finditer(
        r"^for \(.*?^\}\);\n\}$"  # the loop, with the call within it
        r"|^(const response = )?await fetch\(.*?^\}\);$(\nconst \w+ = await response\.json\(\);$)?"
        r"|^if \(.*?^\}$"
        r"|^curl .*?^\}'$"
        r"|^\{\n\"fullName\".*?^\}$",
        GUIDE,
        flags=re.DOTALL | re.MULTILINE,
    )
]
(
    CREATE,
    CREATE_BY_CURL,
    UPDATE,
    LIST,
    DELETE,
    SET_PRIMARY,
    SYNC,
    PARTY_OF_OURS,
    PARTY_OF_THEIRS,
    FIRST_CONTACT,
    ON_BOUNCE,
) = SNIPPETS


@pytest.fixture
def account(transactional_db: None, organization: Organization) -> Account:
    EmailDomain.objects.create(organization=organization, name="yourcompany.com")
    account: Account = AccountFactory.create(organization=organization)
    return account


@pytest.fixture
def token(transactional_db: None, owner: Membership) -> str:
    now = clock.now()
    _token, secret = create_personal_token(
        user=owner.user,
        actor=owner.actor,
        now=now,
        name="Sync",
        scopes=["accounts:all"],
        expires_at=now + timedelta(days=1),
    )
    return secret


@pytest.fixture
def filled_in(transactional_db: None, live_server: LiveServer, account: Account, token: str) -> Callable[..., str]:
    """Return what fills a snippet in as its reader would."""

    def fill_in(snippet: str, contact: Contact | None = None) -> str:
        ids = {"ACCOUNT_ID": str(account.pk), "CONTACT_ID": str(contact.pk) if contact else ""}
        for placeholder, value in ({"[baseURL]": live_server.url, "YOUR_ACCESS_TOKEN": token} | ids).items():
            snippet = snippet.replace(placeholder, value)
        return snippet

    return fill_in


def output_of(command: list[str], script: str) -> Any:
    done = subprocess.run(  # noqa: S603 - the guide's own words, and ours around them
        command,
        input=script,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=os.environ | {"no_proxy": "*"},
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def node(filled_in: Callable[..., str], token: str) -> Run:
    """Return what runs JavaScript of the guide and answers what is told afterwards."""

    def run(*snippets: str, tells: str = "null", contact: Contact | None = None, **known: Any) -> Any:
        given = {"accessToken": token} | known
        lines = [f"const {name} = {json.dumps(value)};" for name, value in given.items()]
        lines += [filled_in(snippet, contact) for snippet in snippets]
        lines.append(f"console.log(JSON.stringify({tells}));")
        assert NODE is not None
        return output_of([NODE, "--input-type=module", "-"], "\n".join(lines))

    return run


def test_the_guide_has_no_other_call() -> None:
    calls = "\n".join(SNIPPETS)
    assert calls.count("fetch(") == GUIDE.count("fetch(") == 8
    assert calls.count("curl -X") == GUIDE.count("curl -X") == 1


@needs_node
def test_creating_a_contact(node: Run, account: Account) -> None:
    status, shown = node(CREATE, tells="[response.status, contact]")
    contact = Contact.objects.get(account=account)
    assert status == 201
    assert (contact.full_name, contact.email, contact.language) == ("John Smith", "john.smith@acme.com", "en")
    assert (contact.role, contact.is_primary) == ("Billing Manager", True)
    assert (shown["id"], shown["email"]) == (str(contact.pk), {"address": "john.smith@acme.com", "status": "Valid"})


@needs_curl
def test_creating_a_contact_using_curl(filled_in: Callable[..., str], account: Account) -> None:
    shown = output_of(["/bin/sh", "-s"], filled_in(CREATE_BY_CURL))
    contact = Contact.objects.get(account=account)
    assert shown["id"] == str(contact.pk)
    assert (contact.full_name, contact.email, contact.language) == ("John Smith", "john.smith@acme.com", "en")
    assert (contact.role, contact.is_primary) == ("Billing Manager", True)


@needs_node
def test_updating_a_contact(node: Run, account: Account) -> None:
    other = ContactFactory.create(account=account, is_primary=True)
    contact = ContactFactory.create(account=account, full_name="Jane Doe", notes="Mondays")
    assert node(UPDATE, contact=contact, tells="response.status") == 200
    contact.refresh_from_db()
    other.refresh_from_db()
    assert (contact.role, contact.is_primary, other.is_primary) == ("Finance Director", True, False)
    assert (contact.full_name, contact.notes) == ("Jane Doe", "Mondays")


@needs_node
def test_listing_contacts(node: Run, account: Account) -> None:
    known = [str(ContactFactory.create(account=account).pk) for _ in range(12)]
    data = node(LIST, tells="data")
    assert [contact["id"] for contact in data["nodes"]] == known[:10]
    assert data["pageInfo"]["endCursor"]


@needs_node
def test_deleting_a_contact(node: Run, account: Account) -> None:
    contact = ContactFactory.create(account=account)
    assert node(DELETE, contact=contact, tells="[response.status, await response.text()]") == [204, ""]
    assert not Contact.objects.exists()


@needs_node
def test_setting_a_contact_as_primary(node: Run, account: Account) -> None:
    first, second = ContactFactory.create(account=account, is_primary=True), ContactFactory.create(account=account)
    node(SET_PRIMARY, contact=second)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.is_primary, second.is_primary) == (False, True)


@needs_node
def test_syncing_contacts_twice_makes_each_once(node: Run, account: Account) -> None:
    common = {"billabexAccountId": str(account.pk)}
    crm = [
        common | {"name": "Jane Doe", "email": "jane@acme.com", "preferredLanguage": "fr", "title": "CFO"},
        common | {"name": "John Smith", "email": "john@acme.com", "isPrimaryBillingContact": True},
        common | {"name": "Nomail Nobody", "email": None, "title": None},
    ]
    for _ in range(2):
        node(SYNC, crmContacts=crm)
    stored = Contact.objects.order_by("created_at").values_list("full_name", "email", "language", "role", "is_primary")
    assert list(stored) == [
        ("Jane Doe", "jane@acme.com", "fr", "CFO", False),
        ("John Smith", "john@acme.com", "en", "", True),
        ("Nomail Nobody", "", "en", "", False),
    ]


@needs_node
def test_parties_are_told_by_their_domain(node: Run, account: Account) -> None:
    node(PARTY_OF_OURS, PARTY_OF_THEIRS)
    [ours], [theirs] = InternalRepresentative.objects.all(), Contact.objects.all()
    assert (ours.full_name, ours.email, ours.account) == ("Alex Brown", "alex@yourcompany.com", account)
    assert (theirs.full_name, theirs.email, theirs.account) == ("John Doe", "john@customerdomain.com", account)


@needs_node
def test_the_body_of_a_first_contact(node: Run, account: Account) -> None:
    call = CREATE[: CREATE.index("JSON.stringify(")] + f"JSON.stringify({FIRST_CONTACT})" + "});"
    node(call)
    contact = Contact.objects.get(account=account)
    assert (contact.full_name, contact.email, contact.is_primary) == ("Jane Doe", "jane@customer.com", True)


@needs_node
@pytest.mark.parametrize("status", list(EmailStatus))
def test_noticing_a_bounce(node: Run, account: Account, status: EmailStatus) -> None:
    ContactFactory.create(account=account, email_status=status)
    inside = ON_BOUNCE.replace("// Alert your team", "noticed = true; // Alert your team")
    noticed = node(LIST, "const [contact] = data.nodes; let noticed = false;", inside, tells="noticed")
    assert noticed is (status == EmailStatus.BOUNCED)


@needs_node
def test_an_account_without_an_address_notices_none(node: Run, account: Account) -> None:
    ContactFactory.create(account=account, email="")
    assert node(LIST, "const [contact] = data.nodes;", ON_BOUNCE, tells="contact.email") is None
