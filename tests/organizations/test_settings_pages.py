from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from billabex.core import clock, places
from billabex.core.models import AuditEntry
from billabex.organizations.models import Closure, EmailDomain, Organization
from billabex.organizations.ports import Difference, Impact
from tests.factories import ClosureFactory, EmailDomainFactory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

ORGANIZATION, AGENT = reverse("settings:organization"), reverse("settings:agent")

COMPANY = {
    "name": "Atelier Nord",
    "country": "FR",
    "time_zone": "Europe/Paris",
    "default_language": "en",
    "default_currency": "EUR",
    "payment_terms_days": "30",
}
WRITER = {
    "agent_name": "Alix",
    "entrusts_new_accounts": "on",
    "extra_delay_days": "0",
    "sends_from": "09:00",
    "sends_until": "18:00",
}
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _march() -> Iterator[None]:
    with clock.stopped_at(datetime(2026, 3, 2, 10, tzinfo=UTC)):
        yield


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Return what is asked of the only filler of "settings.impact", for which closures and the delay matter."""
    monkeypatch.setitem(places._fillers, "settings.impact", [])
    questions: list[dict[str, Any]] = []

    @places.fills("settings.impact")
    def impact(organization: Organization, changes: dict[str, Any]) -> Impact:
        questions.append(changes)
        if not {"closures", "extra_delay_days"} & changes.keys():
            return Impact("Nothing moves.")
        return Impact("One message moves.", (Difference("Duval & Fils", "/accounts/", "March 3", "March 9"),))

    return questions


def test_organization_shows_what_is_set_with_a_line_of_help_for_each(owner_client: Client) -> None:
    page = owner_client.get(ORGANIZATION)
    fields = page.context["form"].fields.values()
    assert page.status_code == 200
    assert 'value="Atelier Nord"' in page.text
    assert all(field.help_text for field in fields)
    assert all(f'href="{reverse(f"settings:{tab}")}"' in page.text for tab in ("organization", "agent", "profile"))


def test_agent_shows_what_is_set_with_a_line_of_help_for_each(owner_client: Client) -> None:
    page = owner_client.get(AGENT)
    assert page.status_code == 200
    assert all(field.help_text for field in page.context["form"].fields.values())
    assert "No closure is planned." in page.text


def test_rail_leads_to_the_settings_and_marks_them(owner_client: Client) -> None:
    page = owner_client.get(AGENT)
    assert f'<a class="rail-item" href="{ORGANIZATION}" aria-current="page">' in page.text
    elsewhere = owner_client.get(reverse("accounts:list"))
    assert f'<a class="rail-item" href="{ORGANIZATION}">' in elsewhere.text


def test_saved_organization_says_so_and_is_kept(owner_client: Client, asked: list[dict[str, Any]]) -> None:
    answer = owner_client.post(ORGANIZATION, COMPANY | {"iban": "FR76 3000 6000 0112 3456 7890 189"}, follow=True)
    assert answer.redirect_chain == [(ORGANIZATION, 302)]
    assert "Saved." in answer.text
    assert Organization.objects.get().iban == "FR7630006000011234567890189"
    assert asked == [{"iban": "FR7630006000011234567890189"}]


def test_organization_saved_unchanged_asks_nothing_and_writes_nothing(
    owner_client: Client, asked: list[dict[str, Any]]
) -> None:
    before = Organization.objects.values().get()
    assert owner_client.post(ORGANIZATION, COMPANY).status_code == 302
    assert Organization.objects.values().get() == before
    assert asked == []


def test_settings_that_another_owner_changed_meanwhile_are_shown_and_nothing_is_stored(owner_client: Client) -> None:
    shown = owner_client.get(ORGANIZATION)
    version = shown.context["form"].version
    assert f'name="version" value="{version}"' in shown.text
    assert owner_client.post(ORGANIZATION, COMPANY | {"bic": "BNPAFRPP", "version": version}).status_code == 302
    bad = owner_client.post(ORGANIZATION, COMPANY | {"name": "", "version": version})
    assert bad.context["form"].version == version  # corrected, it is as stale as before
    answer = owner_client.post(ORGANIZATION, COMPANY | {"name": "Atelier Sud", "version": version}, follow=True)
    assert "Someone changed these settings meanwhile." in answer.text
    assert 'value="BNPAFRPP"' in answer.text
    assert Organization.objects.get().name == "Atelier Nord"


def test_settings_of_the_other_tab_may_change_meanwhile(owner_client: Client) -> None:
    version = owner_client.get(ORGANIZATION).context["form"].version
    owner_client.post(AGENT, WRITER | {"agent_name": "Billie"})
    owner_client.post(ORGANIZATION, COMPANY | {"name": "Atelier Sud", "version": version})
    assert Organization.objects.get().name == "Atelier Sud"


def test_settings_sent_twice_are_saved_once(owner_client: Client) -> None:
    version = owner_client.get(ORGANIZATION).context["form"].version
    for _click in range(2):
        answer = owner_client.post(ORGANIZATION, COMPANY | {"name": "Atelier Sud", "version": version}, follow=True)
        assert "Saved." in answer.text
    assert AuditEntry.objects.count() == 1


def test_bad_organization_is_refused_beside_its_fields_and_nothing_is_stored(owner_client: Client) -> None:
    sent = COMPANY | {"name": "", "iban": "FR76", "bic": "x", "payment_link": "ftp://x", "country": "ZZ"}
    answer = owner_client.post(ORGANIZATION, sent)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"name", "iban", "bic", "payment_link", "country"}
    assert 'id="id_iban_error"' in answer.text
    assert 'value="FR76"' in answer.text
    assert not AuditEntry.objects.exists()


def test_another_country_wants_another_region_without_scripts(owner_client: Client, organization: Organization) -> None:
    Organization.objects.update(subdivision="57")
    answer = owner_client.post(ORGANIZATION, COMPANY | {"country": "DE", "subdivision": "57"})
    assert answer.status_code == 422
    assert "Choose a region of this country, or none." in answer.text
    assert '<option value="BY">Bayern</option>' in answer.text
    assert Organization.objects.get().country == "FR"
    assert owner_client.post(ORGANIZATION, COMPANY | {"country": "DE", "subdivision": "BY"}).status_code == 302


def test_regions_of_a_country_come_alone_for_htmx(owner_client: Client) -> None:
    fragment = owner_client.get(ORGANIZATION, {"country": "DE"}, headers=HTMX).text
    assert '<option value="BY">Bayern</option>' in fragment
    assert "<html" not in fragment
    assert "id_country" not in fragment
    assert "<html" in owner_client.get(ORGANIZATION, {"country": "DE"}).text


def test_saved_agent_without_impact_is_kept_at_once(owner_client: Client) -> None:
    sent = WRITER | {"agent_name": "Billie", "mentions_interest": "on", "sends_from": "08:30"}
    del sent["entrusts_new_accounts"]
    assert owner_client.post(AGENT, sent).status_code == 302
    kept = Organization.objects.get()
    assert (kept.agent_name, kept.mentions_interest, kept.entrusts_new_accounts) == ("Billie", True, False)


def test_sending_hours_that_end_before_they_begin_are_refused_beside_their_field(owner_client: Client) -> None:
    answer = owner_client.post(AGENT, WRITER | {"sends_from": "19:00"})
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"sends_until": ["Sending hours must end after they begin."]}


def test_change_with_an_impact_is_shown_before_it_is_saved(owner_client: Client) -> None:
    shown = owner_client.post(AGENT, WRITER | {"extra_delay_days": "2", "agent_signature": "Tel. 1\r\nOffice 2"})
    assert shown.status_code == 200
    assert "One message moves." in shown.text
    assert "Duval &amp; Fils" in shown.text
    assert f'name="version" value="{shown.context["form"].version}"' in shown.text
    assert Organization.objects.get().extra_delay_days == 0
    hidden = {field.html_name: field.value() or "" for field in shown.context["form"]}
    assert owner_client.post(AGENT, hidden | {"confirmed": "1"}).status_code == 302
    kept = Organization.objects.get()
    assert (kept.extra_delay_days, kept.agent_signature) == (2, "Tel. 1\nOffice 2")


def test_go_back_from_an_impact_shows_what_was_typed_and_saves_nothing(owner_client: Client) -> None:
    page = owner_client.post(AGENT, WRITER | {"extra_delay_days": "2", "back": "1"})
    assert page.status_code == 200
    assert page.context["form"]["extra_delay_days"].value() == "2"
    assert Organization.objects.get().extra_delay_days == 0


def test_closure_is_shown_with_its_impact_then_added(owner_client: Client, asked: list[dict[str, Any]]) -> None:
    add = reverse("settings:add-closure")
    days = {"starts_on": "2026-12-24", "ends_on": "2026-12-31", "label": "Winter"}
    shown = owner_client.post(add, days)
    assert "One message moves." in shown.text
    assert not Closure.objects.exists()
    [proposed] = asked[0]["closures"]
    assert (proposed.starts_on, proposed.ends_on) == (date(2026, 12, 24), date(2026, 12, 31))
    page = owner_client.post(add, days | {"confirmed": "1"}, follow=True)
    assert "The closure was added." in page.text
    assert Closure.objects.get().label == "Winter"
    assert 'value="2026-12-24"' in owner_client.post(add, days | {"back": "1"}).text


def test_bad_closure_is_refused_beside_its_field_on_the_agents_page(owner_client: Client) -> None:
    answer = owner_client.post(reverse("settings:add-closure"), {"starts_on": "2026-12-24", "ends_on": "2026-12-23"})
    assert answer.status_code == 422
    assert 'id="closure_ends_on_error"' in answer.text
    assert not answer.context["form"].errors
    assert not Closure.objects.exists()


def test_closure_is_removed_once_its_impact_was_shown(
    owner_client: Client, organization: Organization, asked: list[dict[str, Any]]
) -> None:
    closure = ClosureFactory.create(organization=organization)
    remove = reverse("settings:remove-closure", args=[closure.pk])
    assert "One message moves." in owner_client.post(remove).text
    assert asked == [{"closures": []}]
    assert Closure.objects.exists()
    assert owner_client.post(remove, {"confirmed": "1"}).status_code == 302
    assert not Closure.objects.exists()


def test_closures_that_are_over_are_not_listed(owner_client: Client, organization: Organization) -> None:
    for year, label in ((2025, "Long ago"), (2026, "To come")):
        ClosureFactory.create(
            organization=organization, starts_on=date(year, 8, 1), ends_on=date(year, 8, 2), label=label
        )
    page = owner_client.get(AGENT).text
    assert "To come" in page
    assert "Long ago" not in page


def test_domain_is_added_and_removed(owner_client: Client) -> None:
    page = owner_client.post(reverse("settings:add-domain"), {"name": "@atelier.example"}, follow=True)
    assert "The domain was added." in page.text
    domain = EmailDomain.objects.get()
    page = owner_client.post(reverse("settings:remove-domain", args=[domain.pk]), follow=True)
    assert "The domain was removed." in page.text
    assert not EmailDomain.objects.exists()


@pytest.mark.parametrize("typed", ["", "gmail.com", "atelier"])
def test_bad_domain_is_refused_beside_its_field(owner_client: Client, typed: str) -> None:
    answer = owner_client.post(reverse("settings:add-domain"), {"name": typed})
    assert answer.status_code == 422
    assert 'id="domain_name_error"' in answer.text
    assert not EmailDomain.objects.exists()


@pytest.mark.parametrize("page", [ORGANIZATION, AGENT])
@pytest.mark.parametrize("role", ["member_client", "read_only_client"])
def test_others_than_owners_read_settings_without_a_way_to_change_them(
    page: str, role: str, organization: Organization, request: pytest.FixtureRequest
) -> None:
    EmailDomainFactory.create(organization=organization, name="atelier.example")
    ClosureFactory.create(organization=organization)
    shown = request.getfixturevalue(role).get(page)
    assert "Only owners change these settings." in shown.text
    assert all(field.disabled for field in shown.context["form"].fields.values())
    assert "/add/" not in shown.text
    assert "/remove/" not in shown.text
    assert "Save</" not in shown.text


@pytest.mark.parametrize("rows", [1, 3])
def test_settings_run_as_few_queries_for_three_rows_as_for_one(
    owner_client: Client, organization: Organization, rows: int, django_assert_num_queries: Any
) -> None:
    EmailDomainFactory.create_batch(rows, organization=organization)
    ClosureFactory.create_batch(rows, organization=organization)
    for page in (ORGANIZATION, AGENT):
        with django_assert_num_queries(5):
            owner_client.get(page)
