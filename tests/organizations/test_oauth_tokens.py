"""Codes and tokens: what they are, and every way in which they are refused."""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.utils import timezone
from oauth2_provider.models import AccessToken, Grant, RefreshToken

from billabex.core.models import AuditEntry
from billabex.organizations.credentials import credentials_of
from billabex.organizations.errors import InvalidToken
from billabex.organizations.oauth.jwts import ACCESS, REFRESH, claims_of
from tests.organizations.oauth_client import Ledger, userinfo

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from billabex.organizations.models import Membership

pytestmark = pytest.mark.django_db


@pytest.fixture
def ledger(db: None) -> Ledger:
    return Ledger.registered()


def _part(token: str, index: int) -> dict[str, Any]:
    part = token.split(".")[index]
    told: dict[str, Any] = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return told


def test_both_tokens_are_signed_and_say_which_they_are(ledger: Ledger, member: Membership) -> None:
    tokens = ledger.tokens_from(member)
    assert (tokens["token_type"], tokens["expires_in"], tokens["scope"]) == ("Bearer", 3600, "openid accounts:read")
    access, refresh = tokens["access_token"], tokens["refresh_token"]
    assert (_part(access, 0)["typ"], _part(refresh, 0)["typ"]) == (ACCESS, REFRESH)
    assert _part(access, 0)["alg"] == _part(refresh, 0)["alg"] == "RS256"
    claims, others = _part(access, 1), _part(refresh, 1)
    assert (claims["iss"], claims["aud"], claims["sub"]) == (
        "http://testserver",
        "http://testserver",
        str(member.user_id),
    )
    assert (claims["client_id"], claims["scope"]) == (ledger.client_id, "openid accounts:read")
    assert claims["exp"] - claims["iat"] == 3600
    assert others["exp"] - others["iat"] == 30 * 86_400
    assert others["aud"] == "http://testserver/api/oauth/token"
    assert claims["jti"] != others["jti"]
    assert max(len(access), len(refresh)) <= 4_000


def test_an_id_token_is_for_the_application(ledger: Ledger, member: Membership) -> None:
    claims = _part(ledger.tokens_from(member, scope="openid email", nonce="n-1")["id_token"], 1)
    assert (claims["aud"], claims["nonce"], claims["sub"]) == (ledger.client_id, "n-1", str(member.user_id))
    assert claims["email"] == member.user.email
    assert "name" not in claims


def test_nothing_that_opens_anything_is_kept(ledger: Ledger, member: Membership) -> None:
    code = ledger.code_from(member)
    kept = str(list(Grant.objects.values()))
    tokens = ledger.redeems(code).json()
    kept += str(list(AccessToken.objects.values())) + str(list(RefreshToken.objects.values()))
    assert len(kept) > 500
    assert not [secret for secret in (code, tokens["access_token"], tokens["refresh_token"]) if secret in kept]


def test_an_access_token_stands_for_its_user(
    ledger: Ledger, member: Membership, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    token = ledger.tokens_from(member)["access_token"]
    with django_assert_num_queries(1):
        credentials = credentials_of(token, now=timezone.now())
    assert (credentials.user, credentials.scopes) == (member.user, frozenset({"openid", "accounts:read"}))
    assert credentials.key == f"oauth:{RefreshToken.objects.get().token_family}"
    assert credentials.actor.label == "Max Member (Ledger)"


def test_userinfo_tells_what_the_scopes_open(ledger: Ledger, member: Membership) -> None:
    token = ledger.tokens_from(member, scope="openid profile email")["access_token"]
    told = userinfo(token).json()
    assert told.pop("updated_at") == int(member.user.updated_at.timestamp())
    assert told == {"sub": str(member.user_id), "name": "Max Member", "locale": "en", "email": member.user.email}
    assert set(userinfo(ledger.tokens_from(member)["access_token"]).json()) == {"sub"}


def test_userinfo_without_openid_is_403(ledger: Ledger, member: Membership) -> None:
    answer = userinfo(ledger.tokens_from(member, scope="accounts:read")["access_token"])
    assert (answer.status_code, answer.json()["error"]) == (403, "insufficient_scope")
    assert "openid" in answer.json()["message"]


# --- Codes ---


@pytest.mark.parametrize(
    "changes",
    [
        {"code_verifier": None},
        {"code_verifier": "x" * 43},
        {"redirect_uri": "https://ledger.example/callback"},
        {"redirect_uri": "https://ledger.example/callback?tenant=a%20b&flag&more=1"},
        {"redirect_uri": None},
        {"code": "another"},
        {"code": None},
    ],
    ids=str,
)
def test_a_code_without_its_proof_gives_nothing(changes: dict[str, str | None], member: Membership) -> None:
    ledger = Ledger.registered(redirect_uris=[Ledger("").redirect_uri, "https://ledger.example/other"])
    answer = ledger.redeems(ledger.code_from(member), **changes)
    told = answer.json()
    assert answer.status_code == 400
    assert told["error"] in {"invalid_grant", "invalid_request"}
    assert told["message"] == told["error_description"] != ""
    assert not AccessToken.objects.exists()


def test_a_wrong_redirect_uri_is_an_invalid_grant(ledger: Ledger, member: Membership) -> None:
    answer = ledger.redeems(ledger.code_from(member), redirect_uri="https://ledger.example/other")
    assert answer.json()["error"] == "invalid_grant"


def test_a_code_is_good_for_ten_minutes(ledger: Ledger, member: Membership) -> None:
    with time_machine.travel(timezone.now(), tick=False) as time:
        code, late = ledger.code_from(member), ledger.code_from(member)
        time.shift(599)
        assert ledger.redeems(code).status_code == 200
        time.shift(1)
        assert ledger.redeems(late).json()["error"] == "invalid_grant"


def test_a_code_used_twice_takes_back_what_it_gave(ledger: Ledger, member: Membership) -> None:
    others = ledger.tokens_from(member)
    code = ledger.code_from(member)
    tokens = ledger.redeems(code).json()
    newer = ledger.refreshes(tokens["refresh_token"]).json()
    assert userinfo(newer["access_token"]).status_code == 200
    assert ledger.redeems(code).json()["error"] == "invalid_grant"
    assert userinfo(newer["access_token"]).status_code == 401
    assert ledger.refreshes(newer["refresh_token"]).json()["error"] == "invalid_grant"
    assert userinfo(others["access_token"]).status_code == 200


def test_a_code_is_for_its_application_alone(ledger: Ledger, member: Membership) -> None:
    other = Ledger.registered()
    other.verifier = ledger.verifier
    assert other.redeems(ledger.code_from(member)).json()["error"] == "invalid_grant"


def test_the_code_of_a_deactivated_user_gives_nothing(ledger: Ledger, member: Membership) -> None:
    code = ledger.code_from(member)
    member.user.is_active = False
    member.user.save()
    assert ledger.redeems(code).json()["error"] == "invalid_grant"


# --- Refreshing ---


def test_refreshing_gives_new_tokens_and_ends_the_old(ledger: Ledger, member: Membership) -> None:
    old = ledger.tokens_from(member)
    new = ledger.refreshes(old["refresh_token"]).json()
    assert (new["scope"], new["expires_in"]) == (old["scope"], 3600)
    assert {old["access_token"], old["refresh_token"]}.isdisjoint({new["access_token"], new["refresh_token"]})
    assert userinfo(new["access_token"]).status_code == 200
    assert userinfo(old["access_token"]).status_code == 401


def test_a_refreshed_token_has_the_key_of_the_first_and_another_consent_has_its_own(
    ledger: Ledger, member: Membership
) -> None:
    old, other = ledger.tokens_from(member), ledger.tokens_from(member)
    keys = [credentials_of(tokens["access_token"], now=timezone.now()).key for tokens in (old, other)]
    new = ledger.refreshes(old["refresh_token"]).json()
    assert credentials_of(new["access_token"], now=timezone.now()).key == keys[0] != keys[1]


def test_an_application_that_does_not_refresh_has_a_key_for_each_token(ledger: Ledger, member: Membership) -> None:
    token = ledger.tokens_from(member)["access_token"]
    RefreshToken.objects.all().delete()
    assert credentials_of(token, now=timezone.now()).key == f"oauth:{AccessToken.objects.get().pk}"


def test_a_refresh_token_used_twice_takes_the_family_back(ledger: Ledger, member: Membership) -> None:
    first = ledger.tokens_from(member)
    second = ledger.refreshes(first["refresh_token"]).json()
    third = ledger.refreshes(second["refresh_token"]).json()
    assert ledger.refreshes(first["refresh_token"]).json()["error"] == "invalid_grant"
    assert userinfo(third["access_token"]).status_code == 401
    assert ledger.refreshes(third["refresh_token"]).json()["error"] == "invalid_grant"


def test_a_refresh_token_lives_thirty_days(ledger: Ledger, member: Membership) -> None:
    with time_machine.travel(timezone.now(), tick=False) as time:
        tokens, late = ledger.tokens_from(member), ledger.tokens_from(member)
        time.shift(timedelta(days=30) - timedelta(seconds=2))
        assert ledger.refreshes(tokens["refresh_token"]).status_code == 200
        time.shift(2)
        assert ledger.refreshes(late["refresh_token"]).json()["error"] == "invalid_grant"


def test_fewer_scopes_may_be_asked_for_and_never_more(ledger: Ledger, member: Membership) -> None:
    tokens = ledger.tokens_from(member)
    more = ledger.refreshes(tokens["refresh_token"], scope="openid accounts:all")
    assert (more.status_code, more.json()["error"]) == (400, "invalid_scope")
    assert ledger.refreshes(tokens["refresh_token"], scope="openid").json()["scope"] == "openid"


def test_the_refresh_token_of_another_application_gives_nothing_and_stays(ledger: Ledger, member: Membership) -> None:
    tokens = ledger.tokens_from(member)
    assert Ledger.registered().refreshes(tokens["refresh_token"]).json()["error"] == "invalid_grant"
    assert ledger.refreshes(tokens["refresh_token"]).status_code == 200


def test_an_access_token_does_not_refresh(ledger: Ledger, member: Membership) -> None:
    assert ledger.refreshes(ledger.tokens_from(member)["access_token"]).json()["error"] == "invalid_grant"


def test_a_deactivated_user_is_refused_everywhere(ledger: Ledger, member: Membership) -> None:
    tokens = ledger.tokens_from(member)
    member.user.is_active = False
    member.user.save()
    assert userinfo(tokens["access_token"]).status_code == 401
    assert ledger.refreshes(tokens["refresh_token"]).json()["error"] == "invalid_grant"
    assert ledger.posts("introspect", {"token": tokens["access_token"]}).json() == {"active": False}


# --- What is no access token ---


def _with(token: str, index: int, **changes: Any) -> str:
    parts = token.split(".")
    told = json.dumps(_part(token, index) | changes).encode()
    parts[index] = base64.urlsafe_b64encode(told).rstrip(b"=").decode()
    return ".".join(parts)


def test_what_is_no_access_token_is_401(ledger: Ledger, member: Membership) -> None:
    tokens = ledger.tokens_from(member)
    good = tokens["access_token"]
    bad = {
        "refresh": tokens["refresh_token"],
        "ID": tokens["id_token"],
        "more scopes": _with(good, 1, scope="openid organizations:all"),
        "longer life": _with(good, 1, exp=4_000_000_000),
        "no algorithm": _with(good, 0, alg="none"),
        "no signature": _with(good, 0, alg="none").rpartition(".")[0] + ".",
        "shared key": _with(good, 0, alg="HS256"),
        "unknown key": _with(good, 0, kid="another"),
        "nothing": "",
        "words": "not a token",
        "dots": "..",
        "long": good + "A" * 4_000,
        "JSON": '{"payload": ".."}',
    }
    assert userinfo(good).status_code == 200
    answers = {name: userinfo(token) for name, token in bad.items()}
    assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(bad, 401)
    assert all(answer["WWW-Authenticate"].startswith("Bearer ") for answer in answers.values())
    assert answers["refresh"].json()["error"] == "invalid_token"


def test_an_access_token_lives_an_hour(ledger: Ledger, member: Membership) -> None:
    with time_machine.travel(timezone.now(), tick=False) as time:
        token = ledger.tokens_from(member)["access_token"]
        time.shift(3_598)
        assert userinfo(token).status_code == 200
        time.shift(2)
        assert userinfo(token).status_code == 401


def test_a_token_for_one_resource_opens_no_other(ledger: Ledger, member: Membership) -> None:
    code = ledger.code_from(member, resource="http://testserver/mcp")
    token = ledger.redeems(code).json()["access_token"]
    assert _part(token, 1)["aud"] == "http://testserver/mcp"
    now = timezone.now()
    assert credentials_of(token, now=now, path="/mcp").user == member.user
    with pytest.raises(InvalidToken):
        credentials_of(token, now=now, path="/api/public/v1/accounts")


def test_a_token_cannot_be_had_for_more_than_was_allowed(ledger: Ledger, member: Membership) -> None:
    code = ledger.code_from(member, resource="http://testserver/mcp")
    answer = ledger.redeems(code, resource="http://testserver/api")
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_target")


# --- Giving back, asking about ---


@pytest.mark.parametrize("which", ["access_token", "refresh_token"])
@pytest.mark.parametrize("hint", [None, "access_token", "refresh_token", "nonsense"])
def test_a_token_given_back_is_gone_with_its_pair(
    which: str, hint: str | None, ledger: Ledger, member: Membership
) -> None:
    tokens = ledger.tokens_from(member)
    answer = ledger.posts("revoke", {"token": tokens[which], "token_type_hint": hint})
    assert (answer.status_code, answer.text) == (200, "")
    assert userinfo(tokens["access_token"]).status_code == 401
    assert ledger.refreshes(tokens["refresh_token"]).json()["error"] == "invalid_grant"
    entry = AuditEntry.objects.get(action="application.token-revoked")
    assert (entry.organization_id, entry.actor_label) == (member.organization_id, "Max Member (Ledger)")


def test_another_applications_token_is_not_given_back(ledger: Ledger, member: Membership) -> None:
    tokens = ledger.tokens_from(member)
    assert Ledger.registered().posts("revoke", {"token": tokens["access_token"]}).status_code == 200
    assert userinfo(tokens["access_token"]).status_code == 200


@pytest.mark.parametrize("which", ["access_token", "refresh_token"])
def test_introspection_tells_an_application_of_its_own_tokens_alone(
    which: str, ledger: Ledger, member: Membership
) -> None:
    token = ledger.tokens_from(member)[which]
    told = ledger.posts("introspect", {"token": token}).json()
    assert told["active"] is True
    assert (told["client_id"], told["sub"]) == (ledger.client_id, str(member.user_id))
    assert Ledger.registered().posts("introspect", {"token": token}).json() == {"active": False}
    ledger.posts("revoke", {"token": token})
    assert ledger.posts("introspect", {"token": token}).json() == {"active": False}


def test_introspection_of_nothing_is_400(ledger: Ledger) -> None:
    answer = ledger.posts("introspect", {})
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


# --- Keys ---


def test_tokens_of_a_key_that_signs_no_more_are_good(ledger: Ledger, member: Membership, settings: Any) -> None:
    from billabex.settings import _new_signing_key  # noqa: PLC0415 - makes a key as the settings do

    token = ledger.tokens_from(member)["access_token"]
    old, new = settings.OAUTH2_PROVIDER["OIDC_RSA_PRIVATE_KEY"], _new_signing_key()
    both = {"OIDC_RSA_PRIVATE_KEY": new, "OIDC_RSA_PRIVATE_KEYS_INACTIVE": [old]}
    settings.OAUTH2_PROVIDER = settings.OAUTH2_PROVIDER | both
    assert userinfo(token).status_code == 200
    newer = ledger.tokens_from(member)["access_token"]
    assert _part(newer, 0)["kid"] != _part(token, 0)["kid"]
    settings.OAUTH2_PROVIDER = settings.OAUTH2_PROVIDER | {"OIDC_RSA_PRIVATE_KEYS_INACTIVE": []}
    assert [userinfo(one).status_code for one in (token, newer)] == [401, 200]


def test_claims_of_another_kind_are_none(ledger: Ledger, member: Membership) -> None:
    token = ledger.tokens_from(member)["access_token"]
    assert claims_of(token, ACCESS, now=timezone.now())
    assert claims_of(token, REFRESH, now=timezone.now()) is None
