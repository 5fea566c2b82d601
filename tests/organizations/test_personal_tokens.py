"""Personal access tokens: made once readable, scoped, expiring, revoked at once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from billabex.core.actors import ActorKind
from billabex.core.models import AuditEntry
from billabex.organizations.credentials import Credentials, credentials_of
from billabex.organizations.errors import InvalidToken, TokenNotFound, TokenRefused
from billabex.organizations.models import PersonalAccessToken
from billabex.organizations.scopes import ALL_SCOPES, grants
from billabex.organizations.services import create_personal_token, revoke_personal_token
from tests.factories import UserFactory

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from billabex.organizations.models import Membership

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def _made(member: Membership, **given: Any) -> tuple[PersonalAccessToken, str]:
    usual: dict[str, Any] = {
        "name": "Nightly import",
        "scopes": ["accounts:read"],
        "expires_at": NOW + timedelta(days=30),
    }
    return create_personal_token(
        user=member.user, actor=member.actor, now=NOW, organization=member.organization, **usual | given
    )


@pytest.mark.parametrize(
    ("held", "needed", "answer"),
    [
        ({"accounts:read"}, "accounts:read", True),
        ({"accounts:all"}, "accounts:read", True),
        ({"accounts:read"}, "accounts:all", False),
        ({"invoices:all"}, "accounts:read", False),
        ({"mcp:write"}, "mcp:read", True),
        ({"mcp:read"}, "mcp:write", False),
        ({"mcp:all"}, "mcp:read", False),
        ({"dunning:manage"}, "dunning:manage", True),
        ({"openid"}, "openid", True),
        (set(), "openid", False),
    ],
)
def test_a_wider_scope_includes_the_narrower(held: set[str], needed: str, answer: bool) -> None:
    assert grants(frozenset(held), needed) is answer


def test_every_scope_grants_itself() -> None:
    assert all(grants(frozenset({scope}), scope) for scope in ALL_SCOPES)


def test_a_token_stands_for_its_user(member: Membership) -> None:
    token, secret = _made(member, scopes=["tasks:all", "accounts:read"])
    credentials = credentials_of(secret, now=NOW)
    assert credentials.user == member.user
    assert credentials.scopes == {"accounts:read", "tasks:all"}
    assert (credentials.key, credentials.client) == (f"pat:{token.pk}", "Nightly import")
    actor = credentials.actor
    assert (actor.kind, actor.label, actor.user_id) == (
        ActorKind.API_CLIENT,
        "Max Member (Nightly import)",
        member.user_id,
    )


def test_two_long_names_fit_the_columns_that_keep_them() -> None:
    user = UserFactory.build(full_name="", email=f"{'m' * 242}@atelier.com")
    actor = Credentials(user, frozenset(), "oauth:1", "Ledger" * 16).actor
    assert (len(actor.label), actor.label[:256]) == (300, f"{user.email} (")


def test_the_secret_is_not_kept(member: Membership) -> None:
    token, secret = _made(member)
    assert secret.startswith("bbx_")
    assert secret.startswith(token.prefix)
    assert len(secret) <= 300
    kept = PersonalAccessToken.objects.values_list().get() + AuditEntry.objects.values_list().get()
    assert secret not in str(kept)


def test_making_and_revoking_are_in_the_log(member: Membership) -> None:
    token, _secret = _made(member)
    for _time in range(2):  # the second changes nothing
        revoke_personal_token(
            user=member.user, actor=member.actor, now=NOW, token_id=token.pk, organization=member.organization
        )
    entries = AuditEntry.objects.filter(organization_id=member.organization_id, object_id=token.pk)
    assert set(entries.values_list("action", "actor_id")) == {
        ("token.created", member.user_id),
        ("token.revoked", member.user_id),
    }
    assert entries.count() == 2


def test_a_revoked_token_opens_nothing(member: Membership) -> None:
    token, secret = _made(member)
    revoke_personal_token(user=member.user, actor=member.actor, now=NOW, token_id=token.pk)
    with pytest.raises(InvalidToken):
        credentials_of(secret, now=NOW)


def test_an_expired_token_opens_nothing(member: Membership) -> None:
    token, secret = _made(member)
    credentials_of(secret, now=token.expires_at - timedelta(seconds=1))
    with pytest.raises(InvalidToken):
        credentials_of(secret, now=token.expires_at)


def test_the_token_of_a_deactivated_user_opens_nothing(member: Membership) -> None:
    _token, secret = _made(member)
    member.user.is_active = False
    member.user.save()
    with pytest.raises(InvalidToken):
        credentials_of(secret, now=NOW)


@pytest.mark.parametrize("secret", ["", "bbx_", "bbx_unknown", "no.jwt.at-all", "é\x00"])
def test_what_is_no_token_opens_nothing(db: None, secret: str) -> None:
    with pytest.raises(InvalidToken):
        credentials_of(secret, now=NOW)


def test_use_is_noted_once_a_minute(member: Membership, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    token, secret = _made(member)
    for seconds, noted, statements in [(0, 0, 2), (59, 0, 1), (60, 60, 2), (70, 60, 1)]:
        with django_assert_num_queries(statements):
            credentials_of(secret, now=NOW + timedelta(seconds=seconds))
        token.refresh_from_db()
        assert token.last_used_at == NOW + timedelta(seconds=noted)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "n" * 81}, "name"),
        ({"scopes": []}, "scopes"),
        ({"scopes": ["accounts:read", "accounts:write"]}, "scopes"),
        ({"expires_at": NOW}, "expires_at"),
        ({"expires_at": NOW + timedelta(days=367)}, "expires_at"),
    ],
)
def test_a_token_that_cannot_be_is_refused_beside_the_field(
    given: dict[str, Any], field: str, member: Membership
) -> None:
    with pytest.raises(TokenRefused) as refusal:
        _made(member, **given)
    assert set(refusal.value.fields) == {field}
    assert not PersonalAccessToken.objects.exists()


def test_somebody_elses_token_is_not_found(member: Membership, outsider: Membership) -> None:
    token, secret = _made(member)
    with pytest.raises(TokenNotFound):
        revoke_personal_token(user=outsider.user, actor=outsider.actor, now=NOW, token_id=token.pk)
    assert credentials_of(secret, now=NOW).user == member.user
