"""Pure rules about people: who is written to, and how a contact is read out of a sentence.

Source: agent.md 4; product.md 5 and 6 ("Jane Doe, jane@acme.com, English").
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class Person:
    """A contact as the agent sees it.

    Attributes:
        is_usable: Their email is Valid and nobody asked not to contact them.
        is_copy_only: They are only ever written to in copy.
    """

    id: UUID
    name: str
    email: str
    language: str
    is_primary: bool
    is_usable: bool
    is_copy_only: bool


@dataclass(frozen=True, slots=True)
class Recipients:
    """Who a message goes to, and who reads along."""

    to: Person
    cc: tuple[Person, ...] = ()


def recipients(people: Sequence[Person], *, copies: bool) -> Recipients | None:
    """Choose who is written to.

    Args:
        people: The account's contacts, the oldest first.
        copies: Whether the other usable contacts are copied (from the third unanswered follow-up, or firm).

    Returns:
        To: the primary contact when usable, else the oldest usable one. "Copy only" contacts are only ever in copy.
        None when nobody can be written to.
    """
    usable = [person for person in people if person.is_usable]
    addressable = [person for person in usable if not person.is_copy_only]
    if not addressable:
        return None
    to = next((person for person in addressable if person.is_primary), addressable[0])
    others = tuple(person for person in usable if person is not to and (copies or person.is_copy_only))
    return Recipients(to, others)


@dataclass(frozen=True, slots=True)
class Understood:
    """A contact as understood from a free text; what was not said is empty."""

    full_name: str
    email: str
    language: str
    role: str = ""


_EMAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+")
_SEPARATORS = re.compile(r"[,;|\n\t]+|\s[-–—]\s")
_LANGUAGE_WORDS = {
    "en": "english anglais englisch ingles inglese engels en",
    "fr": "french francais franzosisch frances francese frans fr",
    "de": "german allemand deutsch aleman tedesco duits alemao de",
    "es": "spanish espagnol spanisch espanol spagnolo spaans espanhol es",
    "it": "italian italien italienisch italiano italiaans it",
    "nl": "dutch neerlandais niederlandisch holandes neerlandes olandese nederlands nl",
    "pt": "portuguese portugais portugiesisch portugues portoghese portugees pt",
}
_LANGUAGES = {word: code for code, words in _LANGUAGE_WORDS.items() for word in words.split()}
_CODES = frozenset(_LANGUAGE_WORDS)
_FILLERS = re.compile(
    r"\b(?:(?:the|le|la) contact(?:e)? (?:is|est)|please (?:contact|write to)|contact(?: person)?|"
    r"name|nom|e-?mail|mail|language|langue|role|their|her|his|is|at|address|adresse)\b\s*(?:is|est)?\s*[:=]?",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W\d_][\w'’.-]*(?:\s+[^\W\d_][\w'’.-]*){0,5}")


def _plain(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def name_from_email(email: str) -> str:
    """Return the part before the @: the name of a contact of whom only the address is known (seed 001)."""
    return email.partition("@")[0]


def read_contact(text: str) -> Understood | None:
    """Read one contact out of a free text: "Jane Doe, jane@acme.com, English".

    The email is whatever looks like one; a language is a word for one of the seven, in any of them; the name is the
    piece that looks like a name, else the part before the @; a further piece is the role.

    Returns:
        None when the text holds no email address. The language is empty when the text names none.
    """
    found = _EMAIL.search(text)
    if found is None:
        return None
    email = found.group().rstrip(".").casefold()
    rest = f"{text[: found.start()]},{text[found.end() :]}".replace("<", ",").replace(">", ",")
    language, names = "", []
    for piece in _SEPARATORS.split(rest):
        language_here, kept = _without_language(_FILLERS.sub(" ", piece))
        language = language or language_here
        if named := _NAME.search(kept.strip(" .:()\"'“”«»")):
            names.append(_from_first_capital(named.group()))
    return Understood(
        names[0] if names else name_from_email(email), email, language, names[1] if len(names) > 1 else ""
    )


def _without_language(piece: str) -> tuple[str, str]:
    """Split a language word off a piece; a two-letter code only counts when it stands alone ("de" is a word, too)."""
    words = piece.split()
    for word in words:
        plain = _plain(word.strip(".:()"))
        code = _LANGUAGES.get(plain)
        if code and (plain not in _CODES or len(words) == 1):
            return code, " ".join(other for other in words if other != word)
    return "", piece


def _from_first_capital(name: str) -> str:
    """Drop small words before the first capitalised one ("and Jane Doe"); a name all in small letters stays whole."""
    words = name.split()
    first = next((index for index, word in enumerate(words) if word[0].isupper()), 0)
    return " ".join(words[first:])
