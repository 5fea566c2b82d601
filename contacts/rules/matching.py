"""Who is meant: somebody whom the account knows, or somebody new. Source: api.md 4; seed 004, "The Party Concept"."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Protocol
from unicodedata import normalize

from rapidfuzz.distance import Levenshtein

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FARTHEST = 2
"""How many letters two spellings of one name may differ in, at most."""

SHARE = 5
"""One letter in so many of the shorter name may differ: 20 %."""


class Known(Protocol):
    """What matching needs to know of a person."""

    @property
    def full_name(self) -> str:
        """What they are called."""

    @property
    def email(self) -> str:
        """Their address, or empty."""


def same_person[One: Known](people: Sequence[One], *, email: str, name: str) -> One | None:
    """Return whom of these people an address and a name mean.

    Args:
        people: To choose from, the oldest first.
        email: Decides alone when somebody has it, whatever its case; may be empty.
        name: Decides otherwise: who has the nearest one, if it is near enough; may be empty.

    Returns:
        Of several who are equally near, the oldest; None when it is somebody new.
    """
    address = email.lower()  # as the database's index has it: "straße.example" is not "strasse.example"
    by_email = next((person for person in people if address and person.email.lower() == address), None)
    return by_email or _nearest(people, name)


def _nearest[One: Known](people: Sequence[One], name: str) -> One | None:
    """Return the first of those whose name is nearest, if it is near enough."""
    spelled = _spelling(name)
    near = [
        (distance, person)
        for person, other in [(person, _spelling(person.full_name)) for person in people]
        if (distance := Levenshtein.distance(spelled, other)) <= min(FARTHEST, min(len(spelled), len(other)) // SHARE)
    ]
    return min(near, key=itemgetter(0), default=(0, None))[1]


def _spelling(name: str) -> str:
    """Return a name as it compares: whatever its case, and with each accent on its letter."""
    return normalize("NFC", name).casefold()


def is_of_domains(email: str, domains: Iterable[str]) -> bool:
    """Tell whether an address is on one of the domains or below it: alex@mail.acme.com is of acme.com."""
    domain = email.rpartition("@")[2].lower()
    return bool(email) and any(f".{domain}".endswith(f".{one.lower()}") for one in domains)
