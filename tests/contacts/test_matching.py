"""Whom an address and a name mean. Source: api.md 4, "Upsert" and "Party"."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contacts.rules import is_of_domains, same_person


@dataclass(frozen=True)
class Known:
    full_name: str
    email: str = ""


def edits(one: str, other: str) -> int:
    """Count letters put in, taken out or replaced, the plain way."""
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, start=1):
        above = row
        row = [i]
        for j, right in enumerate(other, start=1):
            row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (left != right)))
    return row[-1]


def test_the_address_decides_whatever_its_case_and_the_name() -> None:
    jane, john = Known("Jane Doe", "jane@acme.example"), Known("John Smith", "john@acme.example")
    assert same_person([jane, john], email="JOHN@Acme.example", name="Jane Doe") is john


def test_without_an_address_the_name_decides() -> None:
    jane = Known("Jane Doe", "jane@acme.example")
    assert same_person([jane], email="", name="jane doe") is jane


def test_an_address_that_nobody_has_leaves_it_to_the_name() -> None:
    jane = Known("Jane Doe", "jane@acme.example")
    assert same_person([jane], email="j.doe@acme.example", name="Jane Doe") is jane


def test_people_without_an_address_are_not_meant_by_an_empty_one() -> None:
    assert same_person([Known("Jane Doe")], email="", name="Somebody Else") is None


def test_nobody_is_meant_by_nothing() -> None:
    assert same_person([Known("Jane Doe"), Known("Jo")], email="", name="") is None


@pytest.mark.parametrize(
    ("known", "given", "is_same"),
    [
        ("Jo", "jo", True),
        ("Jo", "Joe", False),  # a fifth of two letters is less than one
        ("Anna", "Anne", False),
        ("Maria", "Marie", True),  # a fifth of five is one
        ("Maria Rossi", "Maria Rosso", True),
        ("Mark Stein", "Marc Steyn", True),  # a fifth of ten is two
        ("Marc Roux", "Mark Rous", False),  # of nine, only one
        ("Marc Roux", "Mark Roux", True),
        ("Maximiliane Obermeier", "Maximilian Obermayer", False),  # three, however long
        ("Maximiliane Obermeier", "Maximilian Obermeyer", True),
        ("Maria", "Mariae", True),  # the shorter of the two counts
        ("Mari", "Maria", False),
        ("ÉLODIE Lefèvre", "élodie lefèvre", True),
        ("E\u0301lodie", "Élodie", True),  # an accent may stand behind its letter
    ],
)
def test_a_name_may_differ_in_two_letters_or_a_fifth(known: str, given: str, is_same: bool) -> None:
    assert (same_person([Known(known)], email="", name=given) is not None) is is_same
    assert (same_person([Known(given)], email="", name=known) is not None) is is_same


def test_the_nearest_name_wins() -> None:
    far, near = Known("Jonathan Smyths"), Known("Jonathan Smyth")
    assert same_person([far, near], email="", name="Jonathan Smith") is near


def test_of_equally_near_ones_the_oldest_wins() -> None:
    older, younger = Known("Jonathan Smyth"), Known("Jonathan Smitt")
    assert same_person([older, younger], email="", name="Jonathan Smith") is older


NAMES = st.text(alphabet="abAB é", min_size=1, max_size=14)


@given(st.lists(NAMES, max_size=6), NAMES)
def test_names_match_as_a_plain_count_of_edits_says(known: list[str], name: str) -> None:
    people = [Known(one) for one in known]
    near = []
    for index, person in enumerate(people):
        one, other = person.full_name.casefold(), name.casefold()
        distance = edits(one, other)
        if distance <= min(2, 0.2 * min(len(one), len(other))):
            near.append((distance, index))
    expected = people[min(near)[1]] if near else None
    assert same_person(people, email="", name=name) is expected


@pytest.mark.parametrize(
    ("email", "is_ours"),
    [
        ("alex@yourcompany.com", True),
        ("Alex@YourCompany.COM", True),
        ("alex@mail.yourcompany.com", True),
        ("alex@second.example", True),
        ("john@customerdomain.com", False),
        ("john@notyourcompany.com", False),
        ("john@yourcompany.com.example", False),
        ("john@com", False),
        ("", False),
    ],
)
def test_an_address_is_ours_on_a_domain_of_ours_or_below_it(email: str, is_ours: bool) -> None:
    assert is_of_domains(email, ["yourcompany.com", "Second.example"]) is is_ours


def test_domains_that_only_look_alike_are_two() -> None:
    """ß may stand in a domain since 2010, and is no ss there."""
    jane = Known("Jane Doe", "jane@strasse.example")
    assert same_person([jane], email="jane@straße.example", name="") is None
    assert not is_of_domains("jane@straße.example", ["strasse.example"])


def test_nobody_is_ours_without_domains() -> None:
    assert not is_of_domains("alex@yourcompany.com", [])
