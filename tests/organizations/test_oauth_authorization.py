"""Asking people: what the page says, where they go with their answer, and what is never asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from django.test import Client

from billabex.core.models import AuditEntry
from tests.conftest import signed_in
from tests.factories import ApplicationFactory, MembershipFactory, UserFactory
from tests.factories.organizations import PASSWORD
from tests.organizations.oauth_client import CALLBACK, Ledger, answer_in

if TYPE_CHECKING:
    from billabex.organizations.models import Membership

pytestmark = pytest.mark.django_db


@pytest.fixture
def ledger(db: None) -> Ledger:
    return Ledger.registered()


def signs_in(browser: Client, asked: str, member: Membership) -> Any:
    """Have a stranger sign in on their way to an address; return what they find there."""
    answer = browser.get(asked)
    if not answer["Location"].startswith("/sign-in/"):
        return answer
    assert (answer.status_code, answer["Location"]) == (302, f"/sign-in/?next={quote(asked)}")
    given = {"username": member.user.email, "password": PASSWORD}
    assert browser.post(answer["Location"], given)["Location"] == asked
    return browser.get(asked)


# --- The page ---


def test_the_page_names_the_application_the_organizations_and_what_it_could_do(
    ledger: Ledger, member: Membership
) -> None:
    MembershipFactory.create(user=member.user, organization__name="Atelier Sud")
    page = signed_in(member).get(ledger.address(scope="openid accounts:read accounts:all")).text
    assert "Allow Ledger?" in page
    assert "Max Member" in page
    assert page.index("Atelier Nord") < page.index("Atelier Sud")
    assert "Read, add, change and delete accounts and their contacts" in page
    assert "Read accounts, their contacts and balances" not in page  # the other says so
    assert "ledger.example" in page


def test_what_an_application_calls_itself_is_text(member: Membership) -> None:
    ledger = Ledger.registered(client_name="<script>alert(1)</script>")
    assert "<script>alert" not in signed_in(member).get(ledger.address()).text


def test_a_stranger_signs_in_first_and_comes_back(ledger: Ledger, member: Membership) -> None:
    assert "Allow Ledger?" in signs_in(Client(), ledger.address(), member).text


def test_somebody_without_an_organization_is_told(ledger: Ledger) -> None:
    browser = Client()
    browser.force_login(UserFactory.create())
    assert "You are not a member of any organization yet." in browser.get(ledger.address()).text


@pytest.mark.parametrize(
    ("uri", "sources"),
    [
        ("https://ledger.example/cb", "'self' https:"),
        ("http://127.0.0.1:4000/cb", "'self' https: http://127.0.0.1:4000"),
        ("http://[::1]:4000/cb", "'self' https: http:"),
        ("com.ledger:/cb", "'self' https: com.ledger:"),
    ],
)
def test_the_form_may_lead_to_the_application(uri: str, sources: str, member: Membership) -> None:
    page = signed_in(member).get(Ledger.registered(redirect_uris=[uri]).address())
    rules = dict(rule.strip().split(" ", 1) for rule in page["Content-Security-Policy"].split(";") if rule.strip())
    assert rules["form-action"] == sources
    assert rules["script-src"] == rules["default-src"] == "'self'"
    assert (rules["frame-ancestors"], page["X-Frame-Options"]) == ("'none'", "DENY")
    assert "no-store" in page["Cache-Control"]


@pytest.mark.parametrize(
    ("uri", "named"),
    [
        ("https://ledger.example:8443/cb?x=1", "ledger.example:8443"),
        ("http://127.0.0.1:4000/cb", "127.0.0.1:4000"),
        ("cursor://ledger.example/cb", "cursor://ledger.example"),
        ("com.ledger:/cb", "com.ledger:"),
        ("ledger:cb", "ledger:"),
    ],
)
def test_the_page_says_where_one_goes_back_to(uri: str, named: str, member: Membership) -> None:
    page = signed_in(member).get(Ledger.registered(redirect_uris=[uri]).address()).text
    assert f'You then go back to <span class="strong">{named}</span>.' in page


def test_a_decision_from_elsewhere_is_refused(ledger: Ledger, member: Membership) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(member.user)
    assert browser.post(ledger.address(), {"decision": "allow"}).status_code == 403


# --- The answer ---


def test_allowing_sends_the_code_after_the_applications_own_query(ledger: Ledger, member: Membership) -> None:
    location = ledger.asks(member)
    assert location.startswith(f"{CALLBACK}&")
    told = answer_in(location)
    assert set(told) == {"code", "state", "iss"}
    assert (told["state"], told["iss"]) == ("st & te", "http://testserver")


def test_allowing_is_in_the_log_of_every_organization(ledger: Ledger, member: Membership) -> None:
    MembershipFactory.create(user=member.user)
    ledger.asks(member)
    entries = AuditEntry.objects.filter(action="application.allowed")
    assert set(entries.values_list("organization_id", flat=True)) == {
        membership.organization_id for membership in member.user.memberships.all()
    }
    assert [(entry.actor_id, entry.object_label) for entry in entries] == [(member.user_id, "Ledger")] * 2
    assert entries[0].changes == {"scopes": "openid accounts:read"}


def test_denying_says_so_and_gives_nothing(ledger: Ledger, member: Membership) -> None:
    told = answer_in(ledger.asks(member, is_allowed=False))
    assert (told["error"], told["state"], told["iss"]) == ("access_denied", "st & te", "http://testserver")
    assert "code" not in told
    assert not AuditEntry.objects.filter(action="application.allowed").exists()


def test_an_application_on_the_users_machine_has_any_port(member: Membership) -> None:
    ledger = Ledger.registered(redirect_uris=["http://127.0.0.1/cb?a=1"])
    ledger.redirect_uri = "http://127.0.0.1:51234/cb?a=1"
    assert ledger.asks(member).startswith("http://127.0.0.1:51234/cb?a=1&code=")


def test_the_only_address_needs_no_mention(ledger: Ledger, member: Membership) -> None:
    code = ledger.code_from(member, redirect_uri=None)
    assert ledger.redeems(code, redirect_uri=None).status_code == 200


@pytest.mark.parametrize(
    ("registered", "scope"),
    [
        (
            None,
            "accounts:read communications:read credit-notes:read invoices:read mcp:read organizations:read tasks:read",
        ),
        ("tasks:all openid", "openid tasks:all"),
    ],
)
def test_who_does_not_say_what_they_want_gets_what_they_registered_for_or_may_read(
    registered: str | None, scope: str, member: Membership
) -> None:
    assert Ledger.registered(scope=registered).tokens_from(member, scope=None)["scope"] == scope


# --- What is told to the application ---


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"code_challenge": None, "code_challenge_method": None}, "invalid_request"),
        ({"code_challenge": None}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge_method": None}, "invalid_request"),
        ({"code_challenge": "short"}, "invalid_request"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"response_type": "code token"}, "unauthorized_client"),
        ({"response_type": "code id_token"}, "unauthorized_client"),
        ({"response_type": None}, "invalid_request"),
        ({"scope": "accounts:write"}, "invalid_scope"),
        ({"nonce": "n" * 256}, "invalid_request"),
        ({"nonce": "\0"}, "invalid_request"),
        ({"prompt": "none"}, "consent_required"),
        ({"resource": "https://elsewhere.example/mcp"}, "invalid_target"),
        ({"resource": "http://testserver/somewhere"}, "invalid_target"),
        ({"resource": "nonsense"}, "invalid_target"),
        ({"resource": "http://[::1/"}, "invalid_target"),
    ],
    ids=str,
)
def test_a_bad_request_goes_back_with_its_error(
    changes: dict[str, str | None], error: str, ledger: Ledger, member: Membership
) -> None:
    asked, browser = ledger.address(**changes), signed_in(member)
    for answer in (browser.get(asked), browser.post(asked), signs_in(Client(), asked, member)):
        assert answer.status_code == 302
        assert answer["Location"].startswith(f"{CALLBACK}&")
        told = answer_in(answer["Location"])
        assert (told["error"], told["state"], told["iss"]) == (error, "st & te", "http://testserver")


@pytest.mark.parametrize("changes", [{}, {"scope": "nonsense"}, {"code_challenge": None}, {"response_type": "token"}])
def test_a_stranger_is_led_to_nobodys_site(changes: dict[str, str | None], ledger: Ledger) -> None:
    asked = ledger.address(**changes)
    for answer in (Client().get(asked), Client().post(asked, {"decision": "deny"})):
        assert (answer.status_code, answer["Location"]) == (302, f"/sign-in/?next={quote(asked)}")


def test_a_stranger_who_is_to_see_no_page_goes_back(ledger: Ledger) -> None:
    answer = Client().get(ledger.address(prompt="none"))
    assert answer["Location"].startswith(f"{CALLBACK}&")
    assert answer_in(answer["Location"])["error"] == "consent_required"


def test_a_scope_that_was_not_registered_is_refused(member: Membership) -> None:
    ledger = Ledger.registered(scope="accounts:read")
    told = answer_in(signed_in(member).get(ledger.address(scope="accounts:all"))["Location"])
    assert told["error"] == "invalid_scope"


# --- What is told to nobody but who is there ---


@pytest.mark.parametrize(
    "changes",
    [
        {"client_id": "unknown"},
        {"client_id": "un\0known"},
        {"client_id": None},
        {"redirect_uri": "https://evil.example/callback"},
        {"redirect_uri": f"{CALLBACK}&more=1"},
        {"redirect_uri": "https://ledger.example/callback"},
        {"redirect_uri": CALLBACK.replace("%20", "+")},
        {"redirect_uri": CALLBACK.replace("ledger", "LEDGER")},
        {"redirect_uri": CALLBACK.replace("example", "example:443")},
        {"redirect_uri": "http://127.0.0.1:none/"},
        {"redirect_uri": "not a URI"},
    ],
    ids=str,
)
@pytest.mark.parametrize("who", ["stranger", "member"])
def test_a_request_with_nowhere_to_go_stays(
    changes: dict[str, str | None], who: str, ledger: Ledger, member: Membership
) -> None:
    browser = signed_in(member) if who == "member" else Client()
    answer = browser.get(ledger.address(**changes))
    assert answer.status_code == 400
    assert answer.json()["message"] == answer.json()["error_description"] != ""
    page = browser.get(ledger.address(**changes), headers={"Accept": "text/html,*/*"})
    assert (page.status_code, page.templates[0].name) == (400, "oauth/refused.html")
    assert browser.post(ledger.address(**changes)).status_code == 400


@pytest.mark.parametrize(
    "more", ["x=%zz", "x=%", "x=%ff", "x=%00", "x;y", "claims=%7B", "claims=%00", "claims=[1]", "claims=a&claims=b"]
)
def test_what_means_nothing_is_ignored(more: str, ledger: Ledger, member: Membership) -> None:
    browser, asked = signed_in(member), f"{ledger.address()}&{more}"
    assert browser.get(asked).status_code == 200
    told = answer_in(browser.post(asked, {"decision": "allow", "claims": "{"})["Location"])
    assert ledger.redeems(told["code"], claims="{").status_code == 200


@pytest.mark.parametrize(
    ("uri", "answer"),
    [
        ("http://localhost:3000/cb", True),
        ("http://localhost/cb", True),
        ("http://localhost:65535/cb", True),
        ("http://localhost:none/cb", False),
        ("http://localhost:99999/cb", False),
        ("http://localhost:0/cb", False),
        ("http://localhost:03000/cb", False),
        ("http://localhost:4000/cb\n", False),
        ("http://local\thost:4000/cb", False),
        (" http://localhost:4000/cb", False),
        ("http://localhost:4000/cb#", False),
        ("http://localhost:4000@evil.example/cb", False),
        ("http://localhost:4000\\@evil.example/cb", False),
        ("http://127.0.0.1:3000/cb", False),
        ("https://localhost:3000/cb", False),
        ("http://localhost:3000/cb/", False),
        ("http://user@localhost:3000/cb", False),
    ],
)
def test_only_the_port_on_the_users_machine_may_differ(uri: str, answer: bool) -> None:
    assert ApplicationFactory.build(redirect_uris="http://localhost:3000/cb").redirect_uri_allowed(uri) is answer


def test_a_parameter_given_twice_is_refused(ledger: Ledger, member: Membership) -> None:
    assert signed_in(member).get(f"{ledger.address()}&state=another").status_code == 400
