from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from billabex.core.actors import SYSTEM
from billabex.core.models import AuditEntry
from billabex.organizations.errors import ClosureNotFound, ClosureRefused, DomainNotFound, DomainRefused
from billabex.organizations.models import Closure, EmailDomain
from billabex.organizations.services import add_closure, add_domain, remove_closure, remove_domain, set_domains
from tests.factories import ClosureFactory, EmailDomainFactory

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from uuid import UUID

    from billabex.organizations.models import Organization

    type Committing = Callable[[], AbstractContextManager[Any]]
    type Heard = list[tuple[UUID, frozenset[str]]]

# In Paris it is March 3 already.
NOW = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
TODAY = date(2026, 3, 3)


@pytest.fixture
def by(organization: Organization) -> dict[str, Any]:
    return {"organization": organization, "actor": SYSTEM, "now": NOW}


def test_added_closure_is_kept_audited_and_told(by: dict[str, Any], heard: Heard, committing: Committing) -> None:
    with committing():
        closure = add_closure(**by, starts_on=date(2026, 12, 24), ends_on=date(2027, 1, 3), label=" Winter break ")
    closure.refresh_from_db()
    assert (closure.starts_on, closure.ends_on, closure.label) == (
        date(2026, 12, 24),
        date(2027, 1, 3),
        "Winter break",
    )
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.organization_id) == ("closure.added", closure.organization_id)
    assert entry.changes == {"starts_on": "2026-12-24", "ends_on": "2027-01-03", "label": "Winter break"}
    assert heard == [(closure.organization_id, frozenset({"closures"}))]
    by["organization"].refresh_from_db()
    assert by["organization"].updated_at == NOW


def test_closures_may_overlap_and_last_a_day(by: dict[str, Any]) -> None:
    for _ in range(2):
        add_closure(**by, starts_on=TODAY, ends_on=TODAY)
    assert Closure.objects.count() == 2


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "sentence"),
    [
        (date(2026, 5, 2), date(2026, 5, 1), "before the first"),
        (date(2026, 5, 1), date(2027, 5, 2), "a year at most"),
        (date(2026, 3, 1), date(2026, 3, 2), "are over"),
        (date(2199, 12, 31), date(2200, 1, 1), "too far ahead"),
    ],
)
def test_days_that_are_no_closure_are_refused(
    by: dict[str, Any], heard: Heard, starts_on: date, ends_on: date, sentence: str
) -> None:
    with pytest.raises(ClosureRefused, match=sentence) as refused:
        add_closure(**by, starts_on=starts_on, ends_on=ends_on)
    assert list(refused.value.fields) == ["ends_on"]
    assert not Closure.objects.exists()
    assert heard == []


def test_removed_closure_is_gone_audited_and_told(by: dict[str, Any], heard: Heard, committing: Committing) -> None:
    closure = ClosureFactory.create(organization=by["organization"])
    with committing():
        remove_closure(**by, closure_id=closure.pk)
    assert not Closure.objects.exists()
    assert AuditEntry.objects.get().action == "closure.removed"
    assert heard == [(closure.organization_id, frozenset({"closures"}))]


def test_closure_of_another_organization_is_not_found(by: dict[str, Any]) -> None:
    closure = ClosureFactory.create()
    with pytest.raises(ClosureNotFound):
        remove_closure(**by, closure_id=closure.pk)
    assert Closure.objects.get() == closure


@pytest.mark.parametrize("typed", ["atelier.example", " @Atelier.example ", "maud@atelier.example", "atelier.example."])
def test_added_domain_is_kept_plain_audited_and_told(
    by: dict[str, Any], heard: Heard, committing: Committing, typed: str
) -> None:
    with committing():
        domain = add_domain(**by, name=typed)
    assert EmailDomain.objects.get().name == "atelier.example"
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.changes) == ("domain.added", {"name": "atelier.example"})
    assert heard == [(domain.organization_id, frozenset({"domains"}))]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Write a domain"),
        ("atelier", "Write a domain"),
        ("a b.com", "Write a domain"),
        (f"{'atelier.' * 31}example", "Write a domain"),  # one character more than a domain may have
        ("me@GMAIL.com", "Anybody"),
    ],
)
def test_what_is_no_domain_of_ones_own_is_refused(by: dict[str, Any], typed: str, sentence: str) -> None:
    with pytest.raises(DomainRefused, match=sentence):
        add_domain(**by, name=typed)
    assert not EmailDomain.objects.exists()


def test_domain_that_is_there_already_is_refused_whatever_its_case(by: dict[str, Any]) -> None:
    EmailDomainFactory.create(organization=by["organization"], name="Atelier.example")
    with pytest.raises(DomainRefused, match="already"):
        add_domain(**by, name="atelier.example")
    assert EmailDomain.objects.count() == 1


def test_two_organizations_may_share_a_domain(by: dict[str, Any]) -> None:
    EmailDomainFactory.create(name="group.example")
    add_domain(**by, name="group.example")
    assert EmailDomain.objects.count() == 2


def test_removed_domain_is_gone_audited_and_told(by: dict[str, Any], heard: Heard, committing: Committing) -> None:
    domain = EmailDomainFactory.create(organization=by["organization"])
    with committing():
        remove_domain(**by, domain_id=domain.pk)
    assert not EmailDomain.objects.exists()
    assert AuditEntry.objects.get().action == "domain.removed"
    assert heard == [(domain.organization_id, frozenset({"domains"}))]


def test_domain_of_another_organization_is_not_found(by: dict[str, Any]) -> None:
    domain = EmailDomainFactory.create()
    with pytest.raises(DomainNotFound):
        remove_domain(**by, domain_id=domain.pk)
    assert EmailDomain.objects.get() == domain


def test_set_domains_are_all_of_them_audited_one_by_one_and_told_once(
    by: dict[str, Any], heard: Heard, committing: Committing
) -> None:
    stays = EmailDomainFactory.create(organization=by["organization"], name="Stays.example")
    for name in ("goes.example", "leaves.example"):
        EmailDomainFactory.create(organization=by["organization"], name=name)
    with committing():
        set_domains(**by, domains=["new.example", "jane@stays.example", "NEW.example", "other.example"])
    assert set(EmailDomain.objects.values_list("name", flat=True)) == {"Stays.example", "new.example", "other.example"}
    assert EmailDomain.objects.get(name="Stays.example") == stays
    noted = AuditEntry.objects.values_list("action", "changes__name")
    assert sorted(noted) == [
        ("domain.added", "new.example"),
        ("domain.added", "other.example"),
        ("domain.removed", "goes.example"),
        ("domain.removed", "leaves.example"),
    ]
    assert heard == [(by["organization"].pk, frozenset({"domains"}))]


def test_domains_that_stay_the_same_write_nothing(by: dict[str, Any], heard: Heard, committing: Committing) -> None:
    EmailDomainFactory.create(organization=by["organization"], name="atelier.example")
    with committing():
        set_domains(**by, domains=["@Atelier.example"])
    assert not AuditEntry.objects.exists()
    assert heard == []


def test_domains_of_which_one_cannot_be_change_nothing(by: dict[str, Any], heard: Heard) -> None:
    EmailDomainFactory.create(organization=by["organization"], name="atelier.example")
    with pytest.raises(DomainRefused, match="Anybody") as refused:
        set_domains(**by, domains=["new.example", "new.example", "gmail.com", "no domain"])
    assert list(refused.value.fields) == ["domains.2"]
    assert EmailDomain.objects.get().name == "atelier.example"
    assert not AuditEntry.objects.exists()
    assert heard == []
