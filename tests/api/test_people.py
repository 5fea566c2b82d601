"""Contacts and internal representatives in the API, sentence by sentence of api.md 4; both kinds run every test."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from billabex.core.models import AuditEntry
from contacts.enums import EmailStatus
from contacts.languages import language_choices
from contacts.models import Contact, InternalRepresentative
from tests.factories import AccountFactory, ContactFactory, InternalRepresentativeFactory

if TYPE_CHECKING:
    from collections.abc import Callable

    from accounts.models import Account
    from billabex.organizations.models import Membership, Organization
    from tests.api.conftest import Program

type Person = Contact | InternalRepresentative

JANE = {"fullName": "Jane Doe", "language": "en"}
SHOWN = {"id", "fullName", "email", "language", "role", "notes", "isPrimary", "createdAt", "updatedAt"}


class Kind:
    """A kind of people, as its address says."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.is_contact = name == "contacts"
        self.model: Any = Contact if self.is_contact else InternalRepresentative
        self.factory: Any = ContactFactory if self.is_contact else InternalRepresentativeFactory
        self.code = "contact" if self.is_contact else "internal-representative"


@pytest.fixture(params=["contacts", "internal-representatives"])
def kind(request: pytest.FixtureRequest) -> Kind:
    return Kind(request.param)


@pytest.fixture
def account(organization: Organization) -> Account:
    account: Account = AccountFactory.create(organization=organization)
    return account


@pytest.fixture
def people(account: Account, kind: Kind) -> str:
    """Return the address of the account's people."""
    return f"/accounts/{account.pk}/{kind.name}"


def fields(answer: Any) -> dict[str, str]:
    """Return what a 400 says by field."""
    assert answer.status_code == 400
    return {one["field"]: one["message"] for one in answer.json()["details"]}


# --- Read ---------------------------------------------------------------------------------------------------------


def test_a_person_is_answered_in_full(program: Program, account: Account, kind: Kind, people: str) -> None:
    at = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
    person = kind.factory.create(
        account=account,
        full_name="Jane Doe",
        email="jane@acme.com",
        email_status=EmailStatus.BOUNCED,
        language="de",
        role="CFO",
        notes="Mondays",
        is_primary=True,
        created_at=at,
    )
    kind.model.objects.update(updated_at=at)
    answer = program.get(f"{people}/{person.pk}")
    assert answer.status_code == 200
    assert answer.json() == {
        "id": str(person.pk),
        "fullName": "Jane Doe",
        "email": {"address": "jane@acme.com", "status": "Bounced"},
        "language": "de",
        "role": "CFO",
        "notes": "Mondays",
        "isPrimary": True,
        "doNotContact": False,
        "copyOnly": False,
        "createdAt": "2026-11-22T09:30:00Z",
        "updatedAt": "2026-11-22T09:30:00Z",
    }


def test_what_a_person_lacks_is_null(program: Program, account: Account, kind: Kind, people: str) -> None:
    person = kind.factory.create(account=account, email="")
    shown = program.get(f"{people}/{person.pk}").json()
    assert (shown["email"], shown["role"], shown["notes"]) == (None, None, None)


def test_the_list_is_paged_the_oldest_first(program: Program, account: Account, kind: Kind, people: str) -> None:
    known = [kind.factory.create(account=account) for _ in range(3)]
    kind.factory.create(account__organization=account.organization)
    first = program.get(people, first=2).json()
    second = program.get(people, first=2, after=first["pageInfo"]["endCursor"]).json()
    assert [node["id"] for node in first["nodes"] + second["nodes"]] == [str(person.pk) for person in known]
    assert second["pageInfo"] == {"endCursor": None}
    assert first["nodes"][0].keys() >= SHOWN


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("fullName", ["Anna", "bea", "Zoe"]),
        ("-fullName", ["Zoe", "bea", "Anna"]),
        ("createdAt", ["Zoe", "Anna", "bea"]),
        ("-createdAt", ["bea", "Anna", "Zoe"]),
        ("updatedAt", ["Zoe", "Anna", "bea"]),
    ],
)
def test_the_list_sorts(
    program: Program, account: Account, kind: Kind, people: str, sort: str, names: list[str]
) -> None:
    for name in ("Zoe", "Anna", "bea"):
        kind.factory.create(account=account, full_name=name)
    assert [node["fullName"] for node in program.get(people, sort=sort).json()["nodes"]] == names


def test_the_list_can_be_asked_for_addresses_that_bounced(
    program: Program, account: Account, kind: Kind, people: str
) -> None:
    for name, email, status in (
        ("Gone", "gone@acme.com", "Bounced"),
        ("Angry", "angry@acme.com", "Complained"),
        ("Fine", "fine@acme.com", "Valid"),
        ("Mute", "", "Valid"),
    ):
        kind.factory.create(account=account, full_name=name, email=email, email_status=status)
    for status, name in (("Bounced", "Gone"), ("Complained", "Angry"), ("Valid", "Fine")):
        assert [node["fullName"] for node in program.get(people, emailStatus=status).json()["nodes"]] == [name]
    assert "emailStatus" in fields(program.get(people, emailStatus="bounced"))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_with_one_and_three(
    program: Program, account: Account, kind: Kind, people: str, rows: int
) -> None:
    for _ in range(rows):
        kind.factory.create(account=account)
    with CaptureQueriesContext(connection) as queries:
        assert len(program.get(people).json()["nodes"]) == rows
    assert len(queries) == 3


# --- Create -------------------------------------------------------------------------------------------------------


def test_name_and_language_suffice(program: Program, account: Account, kind: Kind, people: str) -> None:
    answer = program.post(people, JANE)
    assert answer.status_code == 201
    person = kind.model.objects.get(account=account)
    shown = answer.json()
    assert shown["id"] == str(person.pk)
    assert (person.full_name, person.language, person.is_primary) == ("Jane Doe", "en", False)
    assert (shown["email"], shown["role"], shown["notes"], shown["isPrimary"]) == (None, None, None, False)


def test_everything_given_is_stored_and_logged(
    program: Program, account: Account, owner: Membership, kind: Kind, people: str
) -> None:
    given = JANE | {"email": "Jane@acme.com", "role": "CFO", "notes": "Mondays\nonly", "isPrimary": True}
    shown = program.post(people, given).json()
    assert shown["email"] == {"address": "Jane@acme.com", "status": "Valid"}
    assert {name: shown[name] for name in ("role", "notes", "isPrimary")} == {
        "role": "CFO",
        "notes": "Mondays\nonly",
        "isPrimary": True,
    }
    entry = AuditEntry.objects.get(account_id=account.pk)
    assert (entry.actor_kind, entry.actor_id) == ("api_client", owner.user.pk)


def test_a_new_primary_clears_the_other(program: Program, account: Account, kind: Kind, people: str) -> None:
    first = kind.factory.create(account=account, is_primary=True)
    second = program.post(people, JANE | {"isPrimary": True}).json()
    assert program.get(f"{people}/{first.pk}").json()["isPrimary"] is False
    assert second["isPrimary"] is True


def test_contacts_and_representatives_have_a_primary_each(program: Program, account: Account) -> None:
    for name in ("contacts", "internal-representatives"):
        program.post(f"/accounts/{account.pk}/{name}", JANE | {"isPrimary": True})
    assert Contact.objects.get().is_primary
    assert InternalRepresentative.objects.get().is_primary


@pytest.mark.parametrize("language", ["xx", "eng", "e", "", "english", "fr-FR", None, 7])
def test_a_language_that_is_none_is_refused(program: Program, kind: Kind, people: str, language: Any) -> None:
    assert list(fields(program.post(people, JANE | {"language": language}))) == ["language"]
    assert not kind.model.objects.exists()


def test_every_language_is_taken(program: Program, account: Account) -> None:
    contact = ContactFactory.create(account=account)
    with_all = [code for code, _name in language_choices()]
    for code in (*with_all[:9], "pl", "zu", "PL"):
        answer = program.patch(f"/accounts/{account.pk}/contacts/{contact.pk}", {"language": code})
        assert answer.json()["language"] == code.lower()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"fullName": ""}, "fullName"),
        ({"fullName": "  \t"}, "fullName"),
        ({"fullName": None}, "fullName"),
        ({"fullName": "J\u0000"}, "fullName"),
        ({"fullName": "x" * 201}, "fullName"),
        ({"email": "jane"}, "email"),
        ({"email": "jane@acme"}, "email"),
        ({"email": {"address": "jane@acme.com"}}, "email"),
        ({"email": f"{'x' * 250}@acme.com"}, "email"),
        ({"role": "x" * 121}, "role"),
        ({"notes": ["a"]}, "notes"),
        ({"isPrimary": "yes"}, "isPrimary"),
        ({"isPrimary": 1}, "isPrimary"),
        ({"status": "Valid"}, "status"),
        ({"emailStatus": "Valid"}, "emailStatus"),
        ({"id": "019ab3c4-7d1e-7c52-9d4e-0a4f6f1b2c3d"}, "id"),
    ],
)
def test_bad_input_is_said_by_field_and_changes_nothing(
    program: Program, account: Account, kind: Kind, people: str, given: dict[str, Any], field: str
) -> None:
    person = kind.factory.create(account=account, full_name="Before")
    assert list(fields(program.post(people, JANE | given))) == [field]
    assert list(fields(program.put(f"{people}/{person.pk}", JANE | given))) == [field]
    assert list(fields(program.patch(f"{people}/{person.pk}", given))) == [field]
    assert list(fields(program.put(f"{people}/upsert", JANE | given))) == [field]
    assert [one.full_name for one in kind.model.objects.all()] == ["Before"]


def test_what_is_required_is_named(program: Program, people: str) -> None:
    assert set(fields(program.post(people, {"role": "CFO"}))) == {"fullName", "language"}


def test_a_taken_address_is_refused_whatever_its_case(
    program: Program, account: Account, kind: Kind, people: str
) -> None:
    kind.factory.create(account=account, email="jane@acme.com")
    other = kind.factory.create(account=account)
    for answer in (
        program.post(people, JANE | {"email": "JANE@acme.com"}),
        program.patch(f"{people}/{other.pk}", {"email": "Jane@acme.com"}),
    ):
        assert (answer.status_code, answer.json()["code"]) == (409, f"app-contacts.{kind.code}.email-taken")
    assert kind.model.objects.count() == 2


# --- Change -------------------------------------------------------------------------------------------------------


def test_patch_changes_only_what_is_given(program: Program, account: Account, kind: Kind, people: str) -> None:
    person = kind.factory.create(account=account, full_name="Jane Doe", email="jane@acme.com", notes="Mondays")
    before = program.get(f"{people}/{person.pk}").json()
    after = program.patch(f"{people}/{person.pk}", {"role": "Finance Director", "isPrimary": True}).json()
    assert after == before | {"role": "Finance Director", "isPrimary": True, "updatedAt": after["updatedAt"]}
    assert after["updatedAt"] > before["updatedAt"]


def test_patch_of_nothing_changes_nothing(program: Program, account: Account, kind: Kind, people: str) -> None:
    person = kind.factory.create(account=account)
    assert program.patch(f"{people}/{person.pk}", {}).json() == program.get(f"{people}/{person.pk}").json()


@pytest.mark.parametrize("empty", [None, ""])
def test_null_takes_away(program: Program, account: Account, kind: Kind, people: str, empty: str | None) -> None:
    person = kind.factory.create(account=account, role="CFO", notes="Mondays")
    after = program.patch(f"{people}/{person.pk}", dict.fromkeys(("email", "role", "notes"), empty)).json()
    assert (after["email"], after["role"], after["notes"]) == (None, None, None)


def test_null_for_a_flag_changes_nothing(program: Program, account: Account, kind: Kind, people: str) -> None:
    person = kind.factory.create(account=account, is_primary=True)
    flags = dict.fromkeys(["isPrimary", "doNotContact", "copyOnly"] if kind.is_contact else ["isPrimary"])
    before = program.get(f"{people}/{person.pk}").json()
    assert program.patch(f"{people}/{person.pk}", flags).json() == before
    made = program.post(people, {"fullName": "Max", "language": "en", **flags})
    assert (made.status_code, made.json()["isPrimary"]) == (201, False)


def test_null_for_what_everybody_has_is_refused(program: Program, account: Account, kind: Kind, people: str) -> None:
    person = kind.factory.create(account=account)
    refused = program.patch(f"{people}/{person.pk}", {"fullName": None, "language": None})
    assert fields(refused).keys() == {"fullName", "language"}


def test_an_id_may_be_in_capitals(program: Program, account: Account, kind: Kind, people: str) -> None:
    person = kind.factory.create(account=account)
    shouted = people.replace(str(account.pk), str(account.pk).upper())
    assert program.get(f"{shouted}/{str(person.pk).upper()}").json()["id"] == str(person.pk)


def test_patching_a_primary_clears_the_other(program: Program, account: Account, kind: Kind, people: str) -> None:
    first, second = kind.factory.create(account=account, is_primary=True), kind.factory.create(account=account)
    program.patch(f"{people}/{second.pk}", {"isPrimary": True})
    assert [one.is_primary for one in kind.model.objects.filter(pk__in=[first.pk, second.pk]).order_by("pk")] == [
        False,
        True,
    ]


def test_another_address_is_valid_again_and_the_same_is_not(
    program: Program, account: Account, kind: Kind, people: str
) -> None:
    person = kind.factory.create(account=account, email="old@acme.com", email_status=EmailStatus.BOUNCED)
    same = program.patch(f"{people}/{person.pk}", {"email": "OLD@acme.com"}).json()
    assert same["email"] == {"address": "OLD@acme.com", "status": "Bounced"}
    other = program.patch(f"{people}/{person.pk}", {"email": "new@acme.com"}).json()
    assert other["email"] == {"address": "new@acme.com", "status": "Valid"}


def test_put_replaces_what_it_can_say(program: Program, account: Account, kind: Kind, people: str) -> None:
    person = kind.factory.create(account=account, role="CFO", notes="Mondays", is_primary=True)
    after = program.put(f"{people}/{person.pk}", {"fullName": "John Roe", "language": "fr"}).json()
    shown = ("fullName", "language", "email", "role", "notes", "isPrimary")
    assert [after[name] for name in shown] == ["John Roe", "fr", None, None, None, False]
    assert set(fields(program.put(f"{people}/{person.pk}", {"role": "CFO"}))) == {"fullName", "language"}


def test_delete_answers_nothing_and_the_person_is_gone(
    program: Program, account: Account, kind: Kind, people: str
) -> None:
    person = kind.factory.create(account=account)
    answer = program.delete(f"{people}/{person.pk}")
    assert (answer.status_code, answer.content) == (204, b"")
    assert not kind.model.objects.exists()
    for again in (program.delete(f"{people}/{person.pk}"), program.get(f"{people}/{person.pk}")):
        assert (again.status_code, again.json()["code"]) == (404, f"app-contacts.{kind.code}.not-found")
        assert again.json()["message"].endswith("(404)")


# --- Switches -----------------------------------------------------------------------------------------------------


def test_contacts_have_two_switches(program: Program, account: Account) -> None:
    contacts = f"/accounts/{account.pk}/contacts"
    contact = program.post(contacts, JANE | {"doNotContact": True, "copyOnly": True}).json()
    assert (contact["doNotContact"], contact["copyOnly"]) == (True, True)
    assert program.put(f"{contacts}/{contact['id']}", JANE).json()["doNotContact"] is True
    assert program.patch(f"{contacts}/{contact['id']}", {"doNotContact": False}).json()["doNotContact"] is False


def test_representatives_have_none(program: Program, account: Account) -> None:
    for path in ("internal-representatives", "party/upsert"):
        send = program.put if path.startswith("party") else program.post
        answer = send(f"/accounts/{account.pk}/{path}", JANE | {"doNotContact": True})
        assert list(fields(answer)) == ["doNotContact"]


# --- Walls --------------------------------------------------------------------------------------------------------


def requests(program: Program, people: str, person: Person) -> list[Any]:
    """Return the answers to one request of each sort."""
    one = f"{people}/{person.pk}"
    return [
        program.get(people),
        program.get(one),
        program.post(people, JANE),
        program.put(one, JANE),
        program.patch(one, {"role": "CFO"}),
        program.put(f"{people}/upsert", JANE),
        program.put(f"{people.rpartition('/')[0]}/party/upsert", JANE),
        program.delete(one),
    ]


def test_another_tenant_finds_nothing(
    api: Callable[..., Program], outsider: Membership, account: Account, kind: Kind, people: str
) -> None:
    person = kind.factory.create(account=account, full_name="Before")
    for answer in requests(api(outsider), people, person):
        assert answer.status_code == 404
    assert [one.full_name for one in kind.model.objects.all()] == ["Before"]


def test_a_person_of_another_account_is_not_found(program: Program, account: Account, kind: Kind, people: str) -> None:
    elsewhere = kind.factory.create(account__organization=account.organization)
    for answer in (
        program.get(f"{people}/{elsewhere.pk}"),
        program.put(f"{people}/{elsewhere.pk}", JANE),
        program.patch(f"{people}/{elsewhere.pk}", {"role": "CFO"}),
        program.delete(f"{people}/{elsewhere.pk}"),
    ):
        assert answer.status_code == 404


def test_a_read_only_member_reads_and_changes_nothing(
    api: Callable[..., Program], read_only_member: Membership, account: Account, kind: Kind, people: str
) -> None:
    person = kind.factory.create(account=account)
    statuses = [answer.status_code for answer in requests(api(read_only_member), people, person)]
    assert statuses == [200, 200, 403, 403, 403, 403, 403, 403]


@pytest.mark.parametrize(
    ("scopes", "reads", "writes"),
    [("accounts:read", 200, 403), ("invoices:all", 403, 403), ("accounts:all", 200, 201)],
)
def test_scopes_decide(
    api: Callable[..., Program], owner: Membership, people: str, scopes: str, reads: int, writes: int
) -> None:
    program = api(owner, scopes)
    read, written = program.get(people), program.post(people, JANE)
    assert (read.status_code, written.status_code) == (reads, writes)
    for answer, scope in ((read, "accounts:read"), (written, "accounts:all")):
        if answer.status_code == 403:
            assert scope in answer.json()["message"]
