"""Who is written to, and how a contact is read out of a sentence."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contacts.rules import Person, Understood, name_from_email, read_contact, recipients

PHRASES = [
    # English
    ("Jane Doe, jane@acme.com, English", Understood("Jane Doe", "jane@acme.com", "en")),
    ("Jane Doe <jane@acme.com>", Understood("Jane Doe", "jane@acme.com", "")),
    ("jane@acme.com", Understood("jane", "jane@acme.com", "")),
    ("Please contact Jane Doe at jane@acme.com", Understood("Jane Doe", "jane@acme.com", "")),
    ("The contact is Jane Doe, email: jane@acme.com", Understood("Jane Doe", "jane@acme.com", "")),
    ("Name: Jane Doe\nEmail: jane@acme.com\nLanguage: English", Understood("Jane Doe", "jane@acme.com", "en")),
    ("Jane Doe - jane@acme.com - French", Understood("Jane Doe", "jane@acme.com", "fr")),
    ("Write to jane@acme.com, in English", Understood("jane", "jane@acme.com", "en")),
    (
        "Jane Doe, Accounts Payable Manager, jane@acme.com",
        Understood("Jane Doe", "jane@acme.com", "", "Accounts Payable Manager"),
    ),
    (
        "Jane Doe (jane@acme.com), Finance Director, English",
        Understood("Jane Doe", "jane@acme.com", "en", "Finance Director"),
    ),
    ("Mary-Ann O'Brien; m.obrien@acme.co.uk; en", Understood("Mary-Ann O'Brien", "m.obrien@acme.co.uk", "en")),
    ("You can reach Jane Doe at JANE@ACME.COM.", Understood("Jane Doe", "jane@acme.com", "")),
    ("jane@acme.com is Jane Doe", Understood("Jane Doe", "jane@acme.com", "")),
    ("His email is bob@acme.com, his name is Bob Stone", Understood("Bob Stone", "bob@acme.com", "")),
    # French
    ("Marie Dupont, marie@dupont.fr, français", Understood("Marie Dupont", "marie@dupont.fr", "fr")),
    ("Le contact est Marie Dupont, marie.dupont@dupont.fr", Understood("Marie Dupont", "marie.dupont@dupont.fr", "")),
    (
        "Nom : Marie Dupont\nE-mail : marie@dupont.fr\nLangue : français",
        Understood("Marie Dupont", "marie@dupont.fr", "fr"),
    ),
    ("Écrivez à Marie Dupont, marie@dupont.fr, en français", Understood("Marie Dupont", "marie@dupont.fr", "fr")),
    ("Éloïse Lefèvre | eloise@lefevre.fr | Français", Understood("Éloïse Lefèvre", "eloise@lefevre.fr", "fr")),
    ("Son adresse est compta@dupont.fr", Understood("compta", "compta@dupont.fr", "")),
    ("Jean-Pierre de La Tour, jp@latour.fr, anglais", Understood("Jean-Pierre de La Tour", "jp@latour.fr", "en")),
    # German
    ("Hans Müller, hans@mueller.de, Deutsch", Understood("Hans Müller", "hans@mueller.de", "de")),
    ("Ansprechpartnerin ist Anna Groß, anna@mueller.de", Understood("Anna Groß", "anna@mueller.de", "")),
    (
        "Bitte schreiben Sie an Hans Müller, hans@mueller.de, auf Deutsch",
        Understood("Hans Müller", "hans@mueller.de", "de"),
    ),
    (
        "Name: Hans Müller, E-Mail: hans@mueller.de, Sprache: Deutsch",
        Understood("Hans Müller", "hans@mueller.de", "de"),
    ),
    ("Karl von Stein <k.stein@mueller.de>, Englisch", Understood("Karl von Stein", "k.stein@mueller.de", "en")),
    # Spanish
    ("Ana García, ana@garcia.es, español", Understood("Ana García", "ana@garcia.es", "es")),
    ("El contacto es Ana García, correo: ana@garcia.es", Understood("Ana García", "ana@garcia.es", "")),
    ("Nombre: Ana García\nCorreo: ana@garcia.es\nIdioma: inglés", Understood("Ana García", "ana@garcia.es", "en")),
    ("Escriba a Ana García de la Vega, ana@garcia.es", Understood("Ana García de la Vega", "ana@garcia.es", "")),
    ("Ana García habla español, ana@garcia.es", Understood("Ana García", "ana@garcia.es", "es")),
    # Others
    ("“Jane Doe” <jane@acme.com> (CFO)", Understood("Jane Doe", "jane@acme.com", "", "CFO")),
    ("jane@acme.com, role: Finance Director", Understood("jane", "jane@acme.com", "", "Finance Director")),
    ("name is jane doe, jane@acme.com", Understood("jane doe", "jane@acme.com", "")),
    ("I think it is our accountant Jane Doe: jane@acme.com", Understood("Jane Doe", "jane@acme.com", "")),
    ("Le Goff, legoff@acme.fr", Understood("Le Goff", "legoff@acme.fr", "")),
    ("our customer von Stein, stein@mueller.de", Understood("von Stein", "stein@mueller.de", "")),
    ("Son Nguyen, son@acme.fr", Understood("Son Nguyen", "son@acme.fr", "")),
    ("C’est Anne Le Goff qu’il faut joindre, anne@legoff.fr", Understood("Anne Le Goff", "anne@legoff.fr", "")),
    ("Ludwig van Beethoven speaks German, lvb@bonn.de", Understood("Ludwig van Beethoven", "lvb@bonn.de", "de")),
    ("Marco Rossi, marco@rossi.it, italiano", Understood("Marco Rossi", "marco@rossi.it", "it")),
    ("Jan de Vries, jan@devries.nl, nl", Understood("Jan de Vries", "jan@devries.nl", "nl")),
    ("João Silva, joao@silva.pt, português", Understood("João Silva", "joao@silva.pt", "pt")),
]


@pytest.mark.parametrize(("text", "understood"), PHRASES, ids=[text for text, _ in PHRASES])
def test_read_contact_understands(text: str, understood: Understood) -> None:
    assert read_contact(text) == understood


@pytest.mark.parametrize("text", ["", "Jane Doe", "I do not know, ask them", "jane at acme dot com", "jane@acme"])
def test_read_contact_without_an_address_finds_none(text: str) -> None:
    assert read_contact(text) is None


@given(st.text(max_size=300))
def test_read_contact_never_fails_and_always_names(text: str) -> None:
    found = read_contact(f"{text} jane@acme.com")

    assert found is not None
    assert found.full_name
    assert "@" in found.email


def test_name_from_email_is_the_part_before_the_at() -> None:
    assert name_from_email("compta.clients@dupont.fr") == "compta.clients"


def person(name: str, **facts: Any) -> Person:
    usual = {"is_primary": False, "is_usable": True, "is_copy_only": False}
    return Person(id=uuid4(), name=name, email=f"{name}@acme.com", language="en", **(usual | facts))


def chosen(people: list[Person], *, copies: bool = False) -> tuple[str, list[str]] | None:
    found = recipients(people, copies=copies)
    return (found.to.name, [copied.name for copied in found.cc]) if found else None


def test_recipients_primary_is_written_to() -> None:
    people = [person("old"), person("primary", is_primary=True)]

    assert chosen(people) == ("primary", [])
    assert chosen(people, copies=True) == ("primary", ["old"])


def test_recipients_without_a_usable_primary_takes_the_oldest() -> None:
    people = [person("old"), person("young"), person("primary", is_primary=True, is_usable=False)]

    assert chosen(people, copies=True) == ("old", ["young"])


def test_recipients_copy_only_is_always_and_only_in_copy() -> None:
    people = [person("boss", is_copy_only=True, is_primary=True), person("jane")]

    assert chosen(people) == ("jane", ["boss"])


@pytest.mark.parametrize("facts", [{"is_usable": False}, {"is_copy_only": True}])
def test_recipients_nobody_to_write_to_is_none(facts: dict[str, bool]) -> None:
    assert chosen([person("jane", **facts)]) is None
