"""Applications that register themselves."""

from __future__ import annotations

import json
from base64 import b64encode
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from billabex.core.models import AuditEntry
from billabex.organizations.models import Application
from billabex.organizations.oauth.registration import problem_with_redirect_uri
from tests.organizations.oauth_client import CALLBACK, Ledger, program, register

pytestmark = pytest.mark.django_db

MANAGE: dict[str, Any] = {"content_type": "application/json"}


def test_a_public_application_gets_no_secret() -> None:
    answer = register(scope="accounts:read  openid accounts:read", grant_types=["authorization_code", "refresh_token"])
    told = answer.json()
    application = Application.objects.get()
    assert answer.status_code == 201
    assert told == {
        "client_id": application.client_id,
        "client_id_issued_at": int(application.created.timestamp()),
        "client_name": "Ledger",
        "redirect_uris": [CALLBACK],
        "grant_types": ["authorization_code", "refresh_token"],
        "response_types": ["code"],
        "token_endpoint_auth_method": "none",
        "scope": "accounts:read openid",
        "registration_access_token": told["registration_access_token"],
        "registration_client_uri": f"http://testserver/api/oauth/register/{application.client_id}",
    }
    assert answer["Cache-Control"] == "no-store"
    assert AuditEntry.objects.get().action == "application.registered"


@pytest.mark.parametrize("method", [None, "client_secret_basic", "client_secret_post"])
def test_others_get_a_secret_that_is_not_kept(method: str | None) -> None:
    told = register(token_endpoint_auth_method=method).json()
    assert told["token_endpoint_auth_method"] == (method or "client_secret_basic")
    assert 40 <= len(told["client_secret"]) <= 300
    assert told["client_secret_expires_at"] == 0
    kept = str(list(Application.objects.values())) + str(list(AuditEntry.objects.values()))
    assert told["client_id"] in kept
    assert told["client_secret"] not in kept
    assert told["registration_access_token"] not in kept


@pytest.mark.parametrize(
    ("metadata", "error"),
    [
        ({"redirect_uris": None}, "invalid_redirect_uri"),
        ({"redirect_uris": []}, "invalid_redirect_uri"),
        ({"redirect_uris": [CALLBACK] * 11}, "invalid_redirect_uri"),
        ({"redirect_uris": CALLBACK}, "invalid_client_metadata"),
        ({"redirect_uris": [1]}, "invalid_client_metadata"),
        ({"redirect_uris": ["http://ledger.example/cb"]}, "invalid_redirect_uri"),
        ({"grant_types": ["client_credentials"]}, "invalid_client_metadata"),
        ({"grant_types": ["refresh_token"]}, "invalid_client_metadata"),
        ({"grant_types": "authorization_code"}, "invalid_client_metadata"),
        ({"response_types": ["token"]}, "invalid_client_metadata"),
        ({"token_endpoint_auth_method": "private_key_jwt"}, "invalid_client_metadata"),
        ({"token_endpoint_auth_method": 1}, "invalid_client_metadata"),
        ({"scope": "everything"}, "invalid_client_metadata"),
        ({"scope": "é"}, "invalid_client_metadata"),
        ({"scope": ["openid"]}, "invalid_client_metadata"),
        ({"client_name": 5}, "invalid_client_metadata"),
        ({"client_name": "n" * 101}, "invalid_client_metadata"),
    ],
    ids=str,
)
def test_bad_metadata_is_refused_as_the_rfc_says(metadata: dict[str, Any], error: str) -> None:
    answer = register(**metadata)
    told = answer.json()
    assert (answer.status_code, told["error"]) == (400, error)
    assert told["message"] == told["error_description"]
    assert told["message"].isascii()
    assert not Application.objects.exists()


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"1", b"\xff", b"[" * 100_000], ids=lambda body: body[:5])
def test_what_is_no_json_object_is_refused(body: bytes) -> None:
    answer = program().post("/api/oauth/register", body, content_type="application/json")
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_client_metadata")


@pytest.mark.parametrize(
    "uri",
    [
        "https://ledger.example",
        "https://ledger.example:8443/cb?x=1&y=%20",
        "http://localhost/cb",
        "http://127.0.0.1:3000/cb",
        "http://[::1]:3000/cb",
        "com.ledger.app:/callback",
        "cursor://ledger/callback",
    ],
)
def test_an_address_to_which_people_may_be_sent(uri: str) -> None:
    assert problem_with_redirect_uri(uri) == ""
    assert register(redirect_uris=[uri]).json()["redirect_uris"] == [uri]


@pytest.mark.parametrize(
    "uri",
    [
        "",
        "/callback",
        "ledger.example/cb",
        "https://",
        "https:///cb",
        "http://ledger.example/cb",
        "http://127.0.0.1.evil.example/cb",
        "https://ledger.example/cb#part",
        "https://user@ledger.example/cb",
        "https://ledger.example/c b",
        "https://ledger.example/\\cb",
        "https://ledger.example:port/cb",
        "https://[::1/cb",
        "https://lédger.example/cb",
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "custom:",
        "custom:/",
        f"https://ledger.example/{'x' * 1000}",
    ],
)
def test_an_address_to_which_nobody_is_sent(uri: str) -> None:
    assert problem_with_redirect_uri(uri)


@given(st.text())
def test_any_text_is_judged(uri: str) -> None:
    assert isinstance(problem_with_redirect_uri(uri), str)


def test_a_name_is_one_line_or_taken_from_the_address() -> None:
    assert register(client_name=" Big\u202e\n\0Ledger ").json()["client_name"] == "Big Ledger"
    assert register(client_name="\u3164\u2800").json()["client_name"] == "ledger.example"
    long = register(client_name="", redirect_uris=[f"https://{'a' * 300}.example/cb"])
    assert long.json()["client_name"] == "a" * 100
    assert register(client_name=None).json()["client_name"] == "ledger.example"
    assert register(client_name="", redirect_uris=["com.ledger:/cb"]).json()["client_name"] == "com.ledger"


@pytest.mark.parametrize("name", ["\u0412illabex", "My Bill\u0430bex", "\u0391cme"])
def test_a_name_that_passes_for_another_is_refused(name: str) -> None:
    answer = register(client_name=name)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_client_metadata")


@pytest.mark.parametrize(
    "name", ["Compta d\u2019\u00c9lo\u00efse", "\u0411\u0430\u043d\u043a Online", "\u8acb\u6c42\u66f8 App"]
)
def test_a_name_in_any_language_is_taken(name: str) -> None:
    assert register(client_name=name).json()["client_name"] == name


def test_registration_can_be_switched_off(settings: Any) -> None:
    told = register().json()
    settings.OAUTH_REGISTRATION = False
    assert register().status_code == 403
    assert register().json()["error"] == "access_denied"
    assert _own(told, "get").status_code == 403


def test_an_address_registers_so_many_an_hour(settings: Any) -> None:
    settings.OAUTH_REGISTRATIONS_PER_HOUR = 2
    me, other = (
        Client(enforce_csrf_checks=True, REMOTE_ADDR="203.0.113.7"),
        Client(enforce_csrf_checks=True, REMOTE_ADDR="203.0.113.8"),
    )
    with time_machine.travel(datetime(2031, 1, 1, 12, 50, tzinfo=UTC), tick=False) as time:
        statuses = [me.post("/api/oauth/register", "{}", **MANAGE).status_code for _time in range(3)]
        assert statuses == [400, 400, 429]
        answer = me.post("/api/oauth/register", "{}", **MANAGE)
        assert (answer["Retry-After"], answer.json()["error"]) == ("600", "temporarily_unavailable")
        assert other.post("/api/oauth/register", "{}", **MANAGE).status_code == 400
        time.shift(600)
        assert me.post("/api/oauth/register", "{}", **MANAGE).status_code == 400


def test_who_has_one_address_of_ipv6_has_those_that_begin_like_it(settings: Any) -> None:
    settings.OAUTH_REGISTRATIONS_PER_HOUR = 1
    statuses = [
        Client(enforce_csrf_checks=True, REMOTE_ADDR=seen).post("/api/oauth/register", "{}", **MANAGE).status_code
        for seen in ("2001:db8::1", "2001:db8::ffff:2", "2001:db8:0:1::1", "::ffff:203.0.113.31", "::ffff:203.0.113.32")
    ]
    assert statuses == [400, 429, 400, 400, 400]


def test_changes_of_a_registration_count_as_registrations(settings: Any) -> None:
    told = register().json()
    settings.OAUTH_REGISTRATIONS_PER_HOUR = 0
    assert _own(told, "put", told).status_code == 429
    assert _own(told, "get").status_code == 200


def test_behind_a_proxy_the_address_is_what_the_proxy_saw(settings: Any) -> None:
    settings.OAUTH_REGISTRATIONS_PER_HOUR = 1
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    statuses = [
        program().post("/api/oauth/register", "{}", headers={"X-Forwarded-For": seen}, **MANAGE).status_code
        for seen in ("1.1.1.1, 203.0.113.21", "2.2.2.2, 203.0.113.21", "1.1.1.1, 203.0.113.22")
    ]
    assert statuses == [400, 429, 400]


def test_registrations_go_on_while_redis_is_away(settings: Any) -> None:
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
    }
    assert register().status_code == 201


# --- Afterwards (RFC 7592) ---


def _own(told: dict[str, Any], method: str, body: object = None, token: str = "") -> Any:
    headers = {"Authorization": f"Bearer {token or told['registration_access_token']}"}
    path = f"/api/oauth/register/{told['client_id']}"
    return getattr(program(), method)(path, **({"data": json.dumps(body)} | MANAGE if body else {}), headers=headers)


def test_an_application_reads_changes_and_ends_its_registration() -> None:
    told = register().json()
    assert _own(told, "get").json() == told
    changed = {"client_id": told["client_id"], "client_name": "Ledger 2", "token_endpoint_auth_method": "none"}
    answer = _own(told, "put", {**changed, "redirect_uris": ["https://ledger.example/2"]})
    assert answer.json() == {**told, "client_name": "Ledger 2", "redirect_uris": ["https://ledger.example/2"]}
    assert _own(told, "delete").status_code == 204
    assert _own(told, "get").status_code == 401
    assert not Application.objects.exists()


@pytest.mark.parametrize(
    "change",
    [{"client_id": "another"}, {"token_endpoint_auth_method": "client_secret_post"}, {"redirect_uris": []}],
    ids=str,
)
def test_a_change_that_cannot_be_changes_nothing(change: dict[str, Any]) -> None:
    told = register().json()
    body = {"client_id": told["client_id"], "redirect_uris": [CALLBACK], "token_endpoint_auth_method": "none"}
    assert _own(told, "put", body | change).status_code == 400
    assert _own(told, "get").json() == told


def test_nobody_else_touches_a_registration() -> None:
    told, other = register().json(), register().json()
    for token in ("nonsense", other["registration_access_token"]):
        answer = _own(told, "delete", token=token)
        assert (answer.status_code, answer.json()["error"]) == (401, "invalid_token")
    assert Application.objects.count() == 2


# --- Showing who one is ---


@pytest.mark.parametrize("method", ["client_secret_basic", "client_secret_post"])
def test_a_secret_is_taken_in_the_header_and_in_the_body(method: str, member: Any) -> None:
    ledger = Ledger.registered(token_endpoint_auth_method=method)
    assert ledger.tokens_from(member)["access_token"]
    code, secret = ledger.code_from(member), ledger.secret
    ledger.secret = ""
    assert ledger.redeems(code).status_code == 401
    answer = ledger.posts(
        "token",
        {
            "client_id": None,
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": CALLBACK,
            "code_verifier": ledger.verifier,
        },
        Authorization=_basic(ledger.client_id, secret),
    )
    assert answer.status_code == 200


def _basic(name: str, secret: str) -> str:
    return f"Basic {b64encode(f'{name}:{secret}'.encode()).decode()}"


@pytest.mark.parametrize("endpoint", ["token", "revoke", "introspect"])
@pytest.mark.parametrize("secret", ["", "wrong", "wr\0ng"])
def test_who_does_not_show_who_they_are_is_401(endpoint: str, secret: str) -> None:
    ledger = Ledger.registered(token_endpoint_auth_method="client_secret_post")
    ledger.secret = secret
    answer = ledger.posts(endpoint, {"grant_type": "refresh_token", "refresh_token": "x", "token": "x"})
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
    assert answer["WWW-Authenticate"].startswith("Basic ")
    assert answer.json()["message"]


def test_the_hash_of_a_secret_is_no_secret() -> None:
    ledger = Ledger.registered(token_endpoint_auth_method="client_secret_post")
    ledger.secret = Application.objects.get().client_secret
    assert ledger.posts("introspect", {"token": "x"}).status_code == 401


def test_a_public_application_with_a_secret_is_not_itself() -> None:
    ledger = Ledger.registered()
    ledger.secret = "made up"
    assert ledger.posts("introspect", {"token": "x"}).status_code == 401


# --- Whatever else is sent ---


@pytest.mark.parametrize("endpoint", ["token", "revoke", "introspect", "register"])
def test_reading_what_is_only_posted_to_is_405(endpoint: str) -> None:
    answer = program().get(f"/api/oauth/{endpoint}")
    assert (answer.status_code, answer["Allow"]) == (405, "POST, OPTIONS")
    assert {"error", "error_description", "message"} == set(answer.json())


@pytest.mark.parametrize("grant", ["password", "client_credentials", "implicit", "openid", "", "nonsense"])
def test_no_other_grant_is_known(grant: str) -> None:
    answer = Ledger.registered().posts("token", {"grant_type": grant, "username": "u", "password": "p", "code": "c"})
    assert answer.status_code == 400
    assert answer.json()["error"] in {
        "unsupported_grant_type",
        "unauthorized_client",
        "invalid_grant",
        "invalid_request",
    }


@pytest.mark.parametrize(
    ("query", "body", "kind"),
    [
        ("x=%zz", b"", "application/x-www-form-urlencoded"),
        ("x=%ff", b"x=%ff&y=%zz", "application/x-www-form-urlencoded"),
        ("", b"\xff\xfe", "application/x-www-form-urlencoded"),
        ("", b"token=%00&code=%00&refresh_token=%00&client_id=%00", "application/x-www-form-urlencoded"),
        ("", b"&" * 2000, "application/x-www-form-urlencoded"),
        ("", b"{}", "application/json"),
        ("", b"{}", "multipart/form-data"),
        ("", b"{}", ""),
    ],
    ids=str,
)
@pytest.mark.parametrize("endpoint", ["token", "revoke", "introspect"])
def test_what_cannot_be_read_is_refused(endpoint: str, query: str, body: bytes, kind: str) -> None:
    answer = program().post(f"/api/oauth/{endpoint}?{query}", body, content_type=kind)
    assert answer.status_code in {400, 401}
    assert {"error", "error_description", "message"} == set(answer.json())


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b'{"grant_type": "authorization_code", "code": "c"}', "application/json"),
        (b"code=c&client_id=i", "application/x-www-form-urlencoded"),
        (b"", "application/x-www-form-urlencoded"),
    ],
    ids=str,
)
def test_who_asks_for_tokens_without_a_grant_is_told_how_to_send_it(body: bytes, kind: str) -> None:
    answer = program().post("/api/oauth/token", body, content_type=kind)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")
    assert answer.json()["message"].endswith("Send it form-encoded (application/x-www-form-urlencoded).")


def test_what_is_too_large_is_413() -> None:
    answer = program().post("/api/oauth/register", b"x" * 6_000_000, **MANAGE)
    assert (answer.status_code, answer.json()["error"]) == (413, "invalid_request")


@pytest.mark.parametrize(
    "scheme", ["Basic", "Basic x", "Basic !!!", "Basic QQ==", "Basic /zr/", "Bearer", "Bearer a b"]
)
@pytest.mark.parametrize("endpoint", ["token", "revoke", "introspect", "userinfo"])
def test_who_cannot_be_read_is_401(endpoint: str, scheme: str) -> None:
    given = {"token": "x", "grant_type": "refresh_token", "refresh_token": "x"}
    answer = program().post(f"/api/oauth/{endpoint}", given, headers={"Authorization": scheme})
    assert answer.status_code == 401
    assert answer.json()["message"]


@pytest.mark.parametrize("path", ["authorize/", "token/", "register/", "userinfo/"])
def test_no_address_redirects_for_its_slash(path: str) -> None:
    answer = program().get(f"/api/oauth/{path}")
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/json")
