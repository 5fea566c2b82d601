from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction

from billabex.core.actors import SYSTEM
from billabex.core.models import AuditEntry
from billabex.organizations import ports
from billabex.organizations.errors import SettingsRefused
from billabex.organizations.models import Organization
from billabex.organizations.services import SETTINGS, proposed_changes, update_settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from uuid import UUID

    from billabex.organizations.models import Membership

    type Committing = Callable[[], AbstractContextManager[Any]]
    type Heard = list[tuple[UUID, frozenset[str]]]

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)

REFUSED: list[tuple[dict[str, Any], str, str]] = [
    ({"name": "  "}, "name", "blank"),
    ({"country": "XX"}, "country", "not a country"),
    ({"default_currency": "FRF"}, "default_currency", "not a currency"),
    ({"default_language": "xx"}, "default_language", "not a valid choice"),
    ({"time_zone": "Paris"}, "time_zone", "not a time zone"),
    ({"payment_terms_days": 366}, "payment_terms_days", "365"),
    ({"extra_delay_days": 91}, "extra_delay_days", "90"),
    ({"iban": "FR7630006000011234567890188"}, "iban", "not a valid IBAN"),
    ({"bic": "BNP"}, "bic", "not a BIC"),
    ({"payment_link": "javascript:alert(1)"}, "payment_link", "valid URL"),
    ({"reply_to": "billing at atelier"}, "reply_to", "valid email"),
    ({"subdivision": "BY"}, "subdivision", "region of this country"),
    ({"sends_from": time(18)}, "sends_until", "after they begin"),
    ({"sends_until": time(9)}, "sends_until", "after they begin"),
]


@pytest.fixture
def change(organization: Organization) -> Callable[..., Organization]:
    def do(**changes: Any) -> Organization:
        return update_settings(organization=organization, actor=SYSTEM, now=NOW, **changes)

    return do


def test_changed_settings_are_kept_stamped_and_audited_from_what_to_what(
    change: Callable[..., Organization], organization: Organization
) -> None:
    change(agent_name="Billie", sends_from=time(8, 30), extra_delay_days=0)
    organization.refresh_from_db()
    assert (organization.agent_name, organization.sends_from) == ("Billie", time(8, 30))
    assert organization.updated_at == NOW
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.organization_id) == ("organization.settings-changed", organization.pk)
    assert entry.changes == {
        "agent_name": {"from": "Alix", "to": "Billie"},
        "sends_from": {"from": "09:00", "to": "08:30"},
    }


def test_settings_that_stay_the_same_write_nothing(change: Callable[..., Organization], heard: Heard) -> None:
    before = Organization.objects.values().get()
    change(name="Atelier Nord ", iban="", payment_terms_days=30)
    assert Organization.objects.values().get() == before
    assert not AuditEntry.objects.exists()
    assert heard == []


def test_numbers_are_kept_without_what_people_type_between_their_digits(change: Callable[..., Organization]) -> None:
    kept = change(
        iban="fr76 3000 6000 0112 3456 7890 189",
        bic="bnpa fr pp",
        vat_number="FR 12 345.678.901",
        registration_number="552-100-554",
        agent_signature=" Tel. 1\r\nOffice 2 ",
    )
    assert (kept.iban, kept.bic) == ("FR7630006000011234567890189", "BNPAFRPP")
    assert (kept.vat_number, kept.registration_number) == ("FR12345678901", "552100554")
    assert kept.agent_signature == "Tel. 1\nOffice 2"


@pytest.mark.parametrize(("changes", "field", "sentence"), REFUSED, ids=lambda value: str(value)[:40])
def test_what_a_setting_cannot_be_is_refused_beside_its_field(
    change: Callable[..., Organization], heard: Heard, changes: dict[str, Any], field: str, sentence: str
) -> None:
    before = Organization.objects.values().get()
    with pytest.raises(SettingsRefused) as refused:
        change(**changes)
    assert list(refused.value.fields) == [field]
    assert sentence in str(refused.value.fields[field])
    assert Organization.objects.values().get() == before
    assert heard == []


def test_a_region_goes_with_its_country(change: Callable[..., Organization]) -> None:
    kept = change(country="DE", subdivision="BY")
    assert (kept.country, kept.subdivision) == ("DE", "BY")
    with pytest.raises(SettingsRefused, match="cannot be kept"):
        change(country="FR")
    assert change(country="FR", subdivision="57").subdivision == "57"


def test_what_is_no_setting_is_a_mistake_of_the_caller(organization: Organization) -> None:
    with pytest.raises(TypeError, match="slug"):
        proposed_changes(organization, {"slug": "x", "name": "x"})


def test_every_setting_is_a_field_and_the_rest_is_named() -> None:
    fields = {field.name for field in Organization._meta.concrete_fields}
    assert fields - SETTINGS == {"id", "slug", "created_at", "updated_at"}
    assert fields >= SETTINGS


def test_listeners_hear_of_changed_settings_only_once_they_are_committed(
    change: Callable[..., Organization], organization: Organization, heard: Heard, committing: Committing
) -> None:
    with committing(), transaction.atomic():
        change(country="DE", name="Atelier Süd")
        assert heard == []
    assert heard == [(organization.pk, frozenset({"country", "name"}))]


def test_listeners_hear_nothing_of_what_is_rolled_back(
    change: Callable[..., Organization], heard: Heard, committing: Committing
) -> None:
    with committing(), transaction.atomic():
        change(country="DE")
        transaction.set_rollback(True)
    assert heard == []
    assert Organization.objects.get().country == "FR"


def test_a_listener_that_fails_stops_neither_the_change_nor_the_others(
    change: Callable[..., Organization],
    owner: Membership,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    committing: Committing,
) -> None:
    told = []
    monkeypatch.setattr(ports, "_listeners", [])

    @ports.on_settings_changed
    def fail(**_facts: Any) -> None:
        raise RuntimeError("no broker")

    @ports.on_settings_changed
    def listen(*, organization_id: UUID, fields: frozenset[str]) -> None:
        told.append(fields)

    with committing():
        change(agent_name="Billie")
    assert told == [{"agent_name"}]
    assert "no broker" in caplog.text
    assert Organization.objects.get().agent_name == "Billie"
