"""What the agent says in tasks, in words."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from tasks.enums import Party
from tasks.models import Interaction
from tasks.speaking import say, words_of

SAID = [
    (
        "no_contact",
        {"account": "Acme"},
        (
            "I have no one to write to at Acme. Who should receive the reminders? "
            "Give me a name, an email address and a language; a sentence will do."
        ),
    ),
    (
        "no_usable_contact",
        {"account": "Acme"},
        (
            "I can write to none of the contacts I know at Acme any more. Who else should receive the reminders? "
            "Give me a name, an email address and a language; a sentence will do."
        ),
    ),
    (
        "contact_created",
        {"full_name": "Jane Doe", "email": "jane@acme.example", "language": "fr", "role": ""},
        "Thank you. I added Jane Doe <jane@acme.example> as a contact and will write in French.",
    ),
    (
        "contact_created",
        {"full_name": "Jane Doe", "email": "jane@acme.example", "language": "en", "role": "CFO"},
        "Thank you. I added Jane Doe <jane@acme.example> (CFO) as a contact and will write in English.",
    ),
    (
        "contact_arrived",
        {},
        "I have someone to write to now, so this is settled. Nothing is needed from you any more.",
    ),
]


@pytest.mark.parametrize(("code", "facts", "words"), SAID)
def test_say_puts_each_code_into_words(code: str, facts: dict[str, str], words: str) -> None:
    assert say(code, facts) == words


def test_say_names_the_language_as_the_reader_does() -> None:
    created = {"full_name": "Jane Doe", "email": "jane@acme.example", "language": "fr", "role": ""}
    with override("fr"):
        assert say("contact_created", created).endswith(" en français.")


def test_say_code_nobody_knows_hides_nothing() -> None:
    assert say("of_another_time", {}) == "of_another_time"


def test_words_of_agent_are_put_into_words() -> None:
    entry = Interaction(party=Party.AGENT, code="no_contact", facts={"account": "Acme {co}"})
    assert words_of(entry).startswith("I have no one to write to at Acme {co}.")


def test_words_of_people_are_their_own() -> None:
    assert words_of(Interaction(party=Party.MEMBER, text="no_contact")) == "no_contact"
