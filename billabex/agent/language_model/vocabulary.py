"""The words that the built-in texts of a language use: they tell its languages apart, and words from names."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from billabex.agent.writing.language import EMAILS, languages

if TYPE_CHECKING:
    from collections.abc import Collection

_MARKUP = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]+")
_LEAST_SHARE = 0.4


def words_of(text: str) -> list[str]:
    """Return the words of a text, as they are written."""
    return _WORD.findall(text)


@cache
def vocabulary(code: str) -> frozenset[str]:
    """Return the words of a language's built-in texts, as they are written there."""
    texts = (_MARKUP.sub(" ", path.read_text(encoding="utf-8")) for path in sorted((EMAILS / code).glob("*.txt")))
    return frozenset(word for text in texts for word in words_of(text))


@cache
def _folded(code: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in vocabulary(code))


def is_in_language(text: str, code: str) -> bool:
    """Tell whether a text is in a language, as far as its words tell: enough of them are known there, and most."""
    words = [word.casefold() for word in words_of(text)]
    known = {other: _share(words, _folded(other)) for other in languages()}
    return known[code] >= _LEAST_SHARE and known[code] == max(known.values())


def _share(words: Collection[str], known: frozenset[str]) -> float:
    return sum(word in known for word in words) / len(words) if words else 1.0
