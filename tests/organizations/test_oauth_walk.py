"""An independent client walks all the way, with a real browser in the middle, against a server that really listens."""

from __future__ import annotations

import re
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwt
from joserfc.jwk import KeySet

from tests.factories import MembershipFactory
from tests.factories.organizations import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page, Route

    from billabex.organizations.models import Membership

type Connect = Callable[..., OAuth2Session]

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

CALLBACK = "https://ledger.example/callback?tenant=7"


@pytest.fixture
def web() -> Iterator[requests.Session]:
    """Return a way to the server that no proxy of the machine's stands in."""
    with requests.Session() as session:
        session.trust_env = False
        yield session


@pytest.fixture
def connect() -> Iterator[Connect]:
    """Return how an application makes its client, which ends with the test."""
    with ExitStack() as stack:

        def made(**settings: Any) -> OAuth2Session:
            session = stack.enter_context(
                OAuth2Session(redirect_uri=CALLBACK, code_challenge_method="S256", **settings)
            )
            session.trust_env = False
            return session

        yield made


@pytest.fixture
def colleague(transactional_db: None) -> Membership:
    return MembershipFactory.create(organization__name="Atelier Nord", user__full_name="Max Member")


@pytest.fixture
def site(transactional_db: None, request: pytest.FixtureRequest) -> str:
    """Return where the server listens, which starts once there is the database that it shares with the test."""
    return str(request.getfixturevalue("live_server").url)


@pytest.fixture
def page(site: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Return a page of a browser with scripts or without, in which the application answers at its callback.

    The browser comes after the server and so goes before it, with all that it holds open.
    """
    browser: Browser = request.getfixturevalue("browser")
    context = browser.new_context(java_script_enabled=request.param)

    def answer(route: Route) -> None:
        route.fulfill(content_type="text/html", body="<title>Ledger</title>Connected.")

    context.route("https://ledger.example/**", answer)
    yield context.new_page()
    context.close()


def _registered(web: requests.Session, server: dict[str, Any], method: str) -> dict[str, Any]:
    metadata = {
        "client_name": "Ledger",
        "redirect_uris": [CALLBACK],
        "grant_types": ["authorization_code", "refresh_token"],
        "response_types": ["code"],
        "token_endpoint_auth_method": method,
        "scope": "openid email accounts:read",
    }
    answer = web.post(server["registration_endpoint"], json=metadata, timeout=10)
    assert answer.status_code == 201
    told: dict[str, Any] = answer.json()
    return told


def _allowed(page: Page, address: str, colleague: Membership) -> str:
    """Sign in, read what is asked, allow it; return where the browser was sent."""
    page.goto(address)
    page.get_by_label("Email address").fill(colleague.user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Allow Ledger?"
    assert page.get_by_text("Atelier Nord").is_visible()
    assert page.get_by_text("Read accounts, their contacts and balances").is_visible()
    page.get_by_role("button", name="Allow").click()
    page.wait_for_url(re.compile(r"^https://ledger\.example/"))
    return page.url


@pytest.mark.parametrize(
    ("page", "method"),
    [(True, "none"), (False, "client_secret_post"), (True, "client_secret_basic")],
    indirect=["page"],
    ids=["scripts, no secret", "no scripts, secret in the body", "scripts, secret in the header"],
)
def test_registration_consent_tokens_refresh_and_revocation(
    method: str, page: Page, site: str, colleague: Membership, web: requests.Session, connect: Connect
) -> None:
    server = web.get(f"{site}/.well-known/oauth-authorization-server", timeout=10).json()
    told = _registered(web, server, method)
    session = connect(
        client_id=told["client_id"],
        client_secret=told.get("client_secret"),
        token_endpoint_auth_method=method,
        scope=told["scope"],
        token_endpoint=server["token_endpoint"],
    )
    verifier = "v" * 64
    address, state = session.create_authorization_url(server["authorization_endpoint"], code_verifier=verifier)
    location = _allowed(page, address, colleague)
    assert parse_qs(urlsplit(location).query)["tenant"] == ["7"]

    token = session.fetch_token(authorization_response=location, state=state, code_verifier=verifier)
    keys = KeySet.import_key_set(web.get(server["jwks_uri"], timeout=10).json())
    claims = jwt.decode(token["access_token"], keys).claims
    assert (claims["iss"], claims["sub"]) == (server["issuer"], str(colleague.user_id))
    assert jwt.decode(token["id_token"], keys).claims["aud"] == told["client_id"]
    assert session.get(server["userinfo_endpoint"]).json()["email"] == colleague.user.email
    assert session.introspect_token(server["introspection_endpoint"], token["access_token"]).json()["active"] is True

    fresh = session.refresh_token(server["token_endpoint"], refresh_token=token["refresh_token"])
    assert fresh["refresh_token"] != token["refresh_token"]
    assert session.get(server["userinfo_endpoint"]).status_code == 200
    assert session.revoke_token(server["revocation_endpoint"], fresh["refresh_token"]).status_code == 200
    assert session.get(server["userinfo_endpoint"]).status_code == 401


@pytest.mark.parametrize("page", [False, True], indirect=True, ids=["no scripts", "scripts"])
def test_denying_goes_back_to_the_application(
    page: Page, site: str, colleague: Membership, web: requests.Session, connect: Connect
) -> None:
    server = web.get(f"{site}/.well-known/openid-configuration", timeout=10).json()
    told = _registered(web, server, "none")
    session = connect(client_id=told["client_id"], scope="openid")
    address, state = session.create_authorization_url(server["authorization_endpoint"], code_verifier="v" * 64)
    page.goto(address)
    page.get_by_label("Email address").fill(colleague.user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Deny").click()
    page.wait_for_url(re.compile(r"^https://ledger\.example/"))
    answer = parse_qs(urlsplit(page.url).query)
    assert (answer["error"], answer["state"]) == (["access_denied"], [state])
