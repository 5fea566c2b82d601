"""How a contact is read out of a sentence. Source: product.md 6 ("Jane Doe, jane@acme.com, English")."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Understood:
    """A contact as understood from a free text; what was not said is empty."""

    full_name: str
    email: str
    language: str
    role: str = ""


_EMAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+")
_SEPARATORS = re.compile(r"[,;|\n\t()\"“”«»]+|\s[-–—]\s")
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
# Words around a name that are none, in the languages that people answer in: what introduces a name ("the contact is").
_INTRODUCTION_WORDS = {
    "en": "contact contacts person name called email e-mail mail language address is please "
    "write send reach speak speaks think",
    "fr": "contacter ecrivez ecrire nom prenom courriel langue adresse est c'est parle veuillez interlocuteur "
    "interlocutrice joindre s'appelle qu'il faut",
    "de": "ansprechpartner ansprechpartnerin kontakt kontaktperson sprache ist heisst bitte schreiben wenden spricht",
    "es": "contacto contactar nombre correo electronico direccion idioma habla escriba escribir escribe llama",
    "it": "contatto contattare nome indirizzo lingua scrivere scriva parla",
    "nl": "contactpersoon naam adres taal schrijf spreekt",
    "pt": "contato endereco escreva fala",
    "roles": "role fonction poste funktion position cargo puesto ruolo functie funcao",
}
# Small words that mean nothing by themselves, but may begin a name when they are written large (Son Nguyen, Le Goff).
_SMALL_WORDS = {
    "en": "and at to in on for by the a an our of you can could should i we it its their her his use",
    "fr": "et a au en par sur le la notre son sa moi",
    "de": "und an auf in der die das unser unsere sie sich seine ihre",
    "es": "y a al el la por con es su se",
    "it": "e a il lo per suo si",
    "nl": "en op aan het een de",
    "pt": "e o os as em para seu",
}
_PARTICLES = frozenset(
    ["von", "van", "zu", "de", "del", "della", "di", "da", "do", "dos", "das", "du", "des", "ten", "ter"]
)
_PARTICLES |= {"la", "le", "el", "al", "bin", "ben", "y", "e"}


def _words(by_language: Mapping[str, str]) -> frozenset[str]:
    return frozenset(word for words in by_language.values() for word in words.split())


_INTRODUCTIONS = _words(_INTRODUCTION_WORDS)
_SMALL = _words(_SMALL_WORDS)
_ROLES = frozenset(_INTRODUCTION_WORDS["roles"].split())
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
    language, role, names = "", "", list[str]()
    for piece in _SEPARATORS.split(rest):
        language_here, words = _without_language(piece.split())
        language = language or language_here
        is_role, words = _without_introduction(words)
        if not (named := _NAME.search(" ".join(words).strip(" .:()\"'“”«»"))):
            continue
        if is_role:
            role = role or named.group()
        else:
            names.append(named.group())
    return Understood(
        full_name=names[0] if names else name_from_email(email),
        email=email,
        language=language,
        role=role or (names[1] if len(names) > 1 else ""),
    )


def _without_language(words: list[str]) -> tuple[str, list[str]]:
    """Take a language word out; a two-letter code only counts when it stands alone ("de" is a word, too)."""
    alone = sum(1 for word in words if _bare(word) not in _INTRODUCTIONS) == 1
    for index, word in enumerate(words):
        code = _LANGUAGES.get(_bare(word))
        if code and (alone or _bare(word) not in _CODES):
            return code, words[:index] + words[index + 1 :]
    return "", words


def _without_introduction(words: list[str]) -> tuple[bool, list[str]]:
    """Take away what introduces a name and what follows it; tell whether it introduced a role instead.

    "Le contact est Jean Le Goff" is Jean Le Goff, but "Le Goff" alone keeps its article: it introduces nothing.
    """
    around = _INTRODUCTIONS | _SMALL
    run = next((index for index, word in enumerate(words) if _bare(word) not in around), len(words))
    is_role = any(_bare(word) in _ROLES for word in words[:run])
    introducing = [
        index
        for index, word in enumerate(words[:run])
        if _bare(word) in _INTRODUCTIONS or (_is_small(word) and _bare(word) not in _PARTICLES)
    ]
    kept = words[introducing[-1] + 1 :] if introducing else words
    while kept and _is_small(kept[-1]) and _bare(kept[-1]) in around:
        kept = kept[:-1]
    return is_role, _from_first_capital(kept)


def _bare(word: str) -> str:
    return _plain(word.strip(".:=\"'“”«»!?").replace("’", "'"))


def _is_small(word: str) -> bool:
    return word == word.casefold()


def _from_first_capital(words: list[str]) -> list[str]:
    """Drop small words before the first capitalised one, but for particles; a name all in small letters stays whole."""
    first = next((index for index, word in enumerate(words) if word[0].isupper()), 0)
    while first and _bare(words[first - 1]) in _PARTICLES:
        first -= 1
    return words[first:]
