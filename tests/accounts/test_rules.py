"""Which names mean the same company, and where a follow-up stands."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.enums import AccountStatus, FollowUpOwner, SourceSystem
from accounts.rules import FollowUpState, compact_number, follow_up_state, is_near, match_key, read_only_reason

SAME_COMPANY = [
    ("Dupont SAS", "DUPONT"),
    ("Dupont S.A.S.", "dupont sas"),
    ("Dupont, S. A. S.", "Dupont"),
    ("SARL Dupont", "Dupont S.à r.l."),
    ("Société Générale S.A.", "societe generale"),
    ("Café de la Gare SARL", "CAFE DE LA GARE"),
    ("Müller GmbH", "Mu\u0308ller GmbH"),
    ("Müller GmbH & Co. KG", "MÜLLER"),
    ("Müller GmbH und Co. KG", "Müller GmbH & Co KG"),
    ("Groß & Söhne OHG", "Gross & Sohne"),
    ("Bäckerei Schmidt e.K.", "Backerei Schmidt"),
    ("Northwind Traders Ltd", "Northwind Traders Limited"),
    ("Northwind Traders Ltd.", "NORTHWIND TRADERS"),
    ("Acme, Inc.", "Acme Incorporated"),
    ("Acme Corp.", "ACME Corporation"),
    ("Acme L.L.C.", "Acme LLC"),
    ("Talleres García S.L.", "Talleres Garcia SL"),
    ("Talleres García, S.L.U.", "Talleres García"),
    ("Construcciones Pérez S.A.", "Construcciones Perez"),
    ("Ferramenta Rossi S.r.l.", "Ferramenta Rossi SRL"),
    ("Ferramenta Rossi S.p.A.", "FERRAMENTA ROSSI SPA"),
    ("Jansen B.V.", "Jansen BV"),
    ("Bakkerij Jansen N.V.", "Bakkerij Jansen"),
    ("Padaria Silva, Lda.", "Padaria Silva Limitada"),
    ("Padaria Silva Unipessoal Lda", "Padaria Silva"),
    ("Nordlys ApS", "NORDLYS"),
    ("Sjøfart AS", "Sjofart AS"),
    ("SJØFART AS", "Sjofart"),
    ("CŒUR DE VILLE SAS", "Coeur de Ville"),
    ("Mærsk A/S", "MAERSK"),
    ("Łódź Sp. z o.o.", "Lodz"),
    ("Cementos del Norte, S.A. de C.V.", "Cementos del Norte"),
    ("Ostrava a.s.", "OSTRAVA"),
    ("Jadran d.o.o.", "Jadran"),
    ("Lee Brothers Pty Ltd", "Lee Brothers"),
    ("Tata Motors Pvt. Ltd.", "Tata Motors"),
    ("Shenzhen Light Co., Ltd.", "Shenzhen Light"),
    ("Ünal Elektrik", "Unal elektrik"),
    ("Dupont & Fils", "Dupont et Fils"),
    ("Smith and Sons Ltd", "Smith & Sons"),
    ("L’Atelier Vert", "L'Atelier Vert"),
    ("Saint-Gobain", "Saint Gobain"),
    ("  Acme   Industries  ", "Acme Industries"),
    ("ACME INDUSTRIES", "acme industries"),
    ("\uff21\uff23\uff2d\uff25 Ltd", "Acme"),
]

OTHER_COMPANY = [
    ("Dupont", "Durand"),
    ("Acme Industries", "Acme Services"),
    ("Dupont Nord SAS", "Dupont Sud SAS"),
    ("Atelier 12", "Atelier 21"),
    ("SA", "SAS"),
    ("3M", "3B"),
    ("Boulangerie du Port", "Boulangerie du Parc"),
]


@pytest.mark.parametrize(("name", "other"), SAME_COMPANY)
def test_match_key_other_spelling_is_the_same(name: str, other: str) -> None:
    assert match_key(name) == match_key(other)


@pytest.mark.parametrize(("name", "other"), OTHER_COMPANY)
def test_match_key_other_company_differs(name: str, other: str) -> None:
    assert match_key(name) != match_key(other)


@pytest.mark.parametrize(("name", "key"), [("SAS", "sas"), ("GmbH", "gmbh"), ("***", "***"), (" ™ ", "tm")])
def test_match_key_of_name_without_a_name_is_kept(name: str, key: str) -> None:
    assert match_key(name) == key


@given(st.text(min_size=1, max_size=250).filter(lambda name: name.replace("\0", "").strip()))
def test_match_key_is_never_empty_and_fits_its_column(name: str) -> None:
    assert 0 < len(match_key(name)) <= 200


@given(st.text(alphabet="abcdeé &.'-", min_size=1, max_size=40).filter(str.strip))
def test_match_key_ignores_case(name: str) -> None:
    assert match_key(name.upper()) == match_key(name)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Dupont Industrie SAS", "Dupond Industries"),
        ("Northwind Traders Ltd", "Northwnd Traders Ltd"),
        ("Müller GmbH", "Mueller GmbH"),
        ("Acme", "Acmee"),
    ],
)
def test_is_near_asks_about_a_slip_of_the_pen(name: str, other: str) -> None:
    assert is_near(match_key(name), match_key(other))


@pytest.mark.parametrize(
    ("name", "other"),
    [("Acme SAS", "ACME"), ("3M", "3B"), ("Acme", "Axxe"), ("Dupont Nord", "Dupont Sud"), ("Abc", "Abcdef")],
)
def test_is_near_leaves_the_same_and_the_different_alone(name: str, other: str) -> None:
    assert not is_near(match_key(name), match_key(other))


@pytest.mark.parametrize(
    ("number", "compact"),
    [
        ("FR 40 303 265 045", "FR40303265045"),
        ("de-123.456.789", "DE123456789"),
        ("732 829 320 00074", "73282932000074"),
        ("", ""),
    ],
)
def test_compact_number_keeps_letters_and_digits(number: str, compact: str) -> None:
    assert compact_number(number) == compact


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({}, FollowUpState.NOTHING_TO_DO),
        ({"has_question": True}, FollowUpState.ACTION_REQUIRED),
        ({"next_on": date(2026, 3, 2)}, FollowUpState.RUNNING),
        ({"next_on": date(2026, 3, 2), "has_question": True}, FollowUpState.RUNNING),
        ({"is_paused": True, "has_question": True}, FollowUpState.PAUSED),
        ({"is_paused": True, "owner": FollowUpOwner.IN_HOUSE}, FollowUpState.IN_HOUSE),
        ({"owner": FollowUpOwner.IN_HOUSE, "status": AccountStatus.SUSPENDED}, FollowUpState.SUSPENDED),
        ({"is_paused": True, "status": AccountStatus.WRITTEN_OFF}, FollowUpState.WRITTEN_OFF),
    ],
)
def test_follow_up_state_what_people_decided_comes_first(facts: dict[str, object], state: FollowUpState) -> None:
    usual = {
        "status": AccountStatus.ACTIVE,
        "owner": FollowUpOwner.AGENT,
        "is_paused": False,
        "next_on": None,
        "has_question": False,
    }

    assert follow_up_state(**(usual | facts)) == state  # type: ignore[arg-type]


def test_account_of_a_built_in_connection_says_where_to_change_it() -> None:
    assert read_only_reason("") == read_only_reason(SourceSystem.CUSTOM) == ""
    assert "Elsewhere" in read_only_reason("Elsewhere")
