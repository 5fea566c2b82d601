"""Pure rules about accounts: which names mean the same company, and where its follow-up stands.

Source: product.md 3. A company is matched by source, else by registration or VAT number, else by its name without
case, accents, punctuation and legal form; a near-identical name is only ever a question to a person.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from rapidfuzz.distance import Levenshtein

from accounts.enums import AccountStatus, FollowUpOwner, SourceSystem

if TYPE_CHECKING:
    from datetime import date

LEGAL_FORMS = frozenset(
    [
        "ab",
        "ag",
        "aktiebolag",
        "aps",
        "as",
        "asa",
        "bhd",
        "bv",
        "bvba",
        "cv",
        "cvba",
        "co",
        "company",
        "corp",
        "corporation",
        "cie",
        "doo",
        "eirl",
        "ek",
        "eg",
        "ev",
        "eurl",
        "ei",
        "gbr",
        "gesmbh",
        "gie",
        "gmbh",
        "ggmbh",
        "gmbhcokg",
        "inc",
        "incorporated",
        "kft",
        "kg",
        "kgaa",
        "lda",
        "limitada",
        "limited",
        "llc",
        "llp",
        "lp",
        "ltd",
        "ltda",
        "mbh",
        "nv",
        "ohg",
        "ou",
        "oy",
        "oyj",
        "partg",
        "plc",
        "pllc",
        "pty",
        "pvt",
        "sa",
        "sadecv",
        "sagl",
        "sarl",
        "sas",
        "sasu",
        "sc",
        "sca",
        "scop",
        "scp",
        "scrl",
        "sci",
        "scs",
        "se",
        "selarl",
        "sl",
        "slu",
        "slne",
        "snc",
        "spa",
        "spol",
        "spzoo",
        "sp",
        "srl",
        "srls",
        "sro",
        "sau",
        "ug",
        "unipessoal",
        "vof",
    ]
)
"""Legal forms as they stand at the end of a name, without dots. Only forms, never words that tell companies apart."""

# Letters that Unicode does not take apart into a plain one and a mark; in small letters, as case goes first.
_UNDECOMPOSED = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
_CONNECTORS = frozenset({"and", "und", "et", "y", "e", "en"})
_LONGEST_FORM = 4
_FEW_LETTERS = 6


@dataclass(frozen=True, slots=True)
class Company:
    """A company as a document names it; what the document does not say is empty."""

    name: str
    street: str = ""
    postal_code: str = ""
    city: str = ""
    country: str = ""
    registration_number: str = ""
    vat_number: str = ""


def match_key(name: str) -> str:
    """Return the name without case, accents, punctuation and legal form: equal keys mean the same company.

    A name that is nothing but a legal form keeps it, so that the key of a name is never empty unless the name holds
    no letter or digit at all; then the key is the name itself.
    """
    name = name.replace("\0", "")  # which no database text holds, nor takes in a question
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(char for char in plain if not unicodedata.combining(char)).casefold().translate(_UNDECOMPOSED)
    plain = re.sub(r"(?<=\w)[.’'](?=\w)|\.", "", plain)  # S.A.S. is SAS, l'Atelier is latelier
    words = re.findall(r"\w+", plain.replace("&", " and "))
    kept = _without_legal_form(words)
    return " ".join(kept or words)[:200] or name.strip().casefold()[:200]


def _without_legal_form(words: list[str]) -> list[str]:
    """Drop legal forms from the end, and one from the start ("SARL Dupont", "GmbH & Co. KG" whole)."""
    kept = [word for word in words if word not in _CONNECTORS]
    end = len(kept)
    while end > 1:
        for length in range(min(_LONGEST_FORM, end - 1), 0, -1):  # "s a s" was written with spaces
            if "".join(kept[end - length : end]) in LEGAL_FORMS:
                end -= length
                break
        else:
            break
    start = 1 if end > 1 and kept[0] in LEGAL_FORMS else 0
    return kept[start:end]


def is_near(key: str, other: str) -> bool:
    """Tell whether two match keys are so alike that a person should be asked.

    One letter off in a short name, two in a longer one: "dupont industrie" and "dupond industries".
    """
    shorter = min(len(key), len(other))
    allowed = 1 if shorter <= _FEW_LETTERS else 2
    return key != other and shorter > allowed + 1 and Levenshtein.distance(key, other, score_cutoff=allowed) <= allowed


def compact_number(number: str) -> str:
    """Return a registration or VAT number in capitals without spaces, dots and dashes: how it is stored and matched."""
    return re.sub(r"[^0-9A-Za-z]", "", number).upper()


def read_only_reason(system: str) -> str:
    """Return why an account's information is not to be changed here, as a sentence or two; "" when it may be.

    A built-in connection brings the information along at every turn. What speaks through the API changes it here. See
    docs/decisions/018.

    Args:
        system: That of the account's source, a `SourceSystem`; "" without one.
    """
    if system in {"", SourceSystem.CUSTOM}:
        return ""
    sentence = _("This account comes from %(system)s. Change it there, and the change arrives here.")
    return sentence % {"system": dict(SourceSystem.choices).get(system, system)}


class FollowUpState(StrEnum):
    """Where the follow-up of an account stands, in one word. Derived, never stored."""

    RUNNING = "running"
    ACTION_REQUIRED = "action_required"
    PAUSED = "paused"
    IN_HOUSE = "in_house"
    SUSPENDED = "suspended"
    WRITTEN_OFF = "written_off"
    NOTHING_TO_DO = "nothing_to_do"


def follow_up_state(
    *, status: str, owner: str, is_paused: bool, next_on: date | None, has_question: bool
) -> FollowUpState:
    """Return where the follow-up stands: what a person decided comes first, then what the agent plans or asks.

    Lists compute the same in the database (`accounts.selectors.account_list`); a test holds the two equal.

    Args:
        status: One of `AccountStatus`.
        owner: One of `FollowUpOwner`.
        is_paused: A pause holds today.
        next_on: When the agent next writes, if it does.
        has_question: The agent waits for the answer to a task before it writes.
    """
    if status == AccountStatus.WRITTEN_OFF:
        return FollowUpState.WRITTEN_OFF
    if status == AccountStatus.SUSPENDED:
        return FollowUpState.SUSPENDED
    if owner == FollowUpOwner.IN_HOUSE:
        return FollowUpState.IN_HOUSE
    if is_paused:
        return FollowUpState.PAUSED
    if next_on is not None:
        return FollowUpState.RUNNING
    return FollowUpState.ACTION_REQUIRED if has_question else FollowUpState.NOTHING_TO_DO
