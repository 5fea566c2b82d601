"""Names that come from nowhere: words written like a name that neither the draft nor the language's texts know.

What this cannot see is a single invented name at the start of a sentence, or one in small letters.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from billabex.agent.language_model.vocabulary import vocabulary, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORD = re.compile(r"[^\W\d_]+")
_STARTS_SENTENCE = re.compile(r"(?:^|[.!?…:«“„\"(–—])[\s«“„\"(]*$")
_NOUNS_ARE_CAPITALISED = frozenset({"de"})
_NOUN_ENDING = re.compile(r"(?:ung|heit|keit|schaft|tion|tät|nis|ment|anz|enz)(?:en|e|se|s)?$")
_LEAST_COMPOUND = 5


def names_added(draft: str, phrased: str, code: str) -> list[str]:
    """Return the words that look like names in one text and are not to be explained by the other.

    Args:
        draft: Text without its facts.
        phrased: The same in other words, without its facts.
        code: The language of both.
    """
    known = vocabulary(code) | set(words_of(draft))
    return [word for word in _capitalised(phrased) if word not in known and not _is_noun(word, code)]


def _capitalised(text: str) -> Iterator[str]:
    for match in _WORD.finditer(text):
        if match[0][0].isupper() and not _STARTS_SENTENCE.search(text, 0, match.start()):
            yield match[0]


def _is_noun(word: str, code: str) -> bool:
    """Tell whether the word is a noun by its ending, or as it is compounded with a known one."""
    if code not in _NOUNS_ARE_CAPITALISED:
        return False
    return bool(_NOUN_ENDING.search(word)) or word.casefold().endswith(_nouns(code))


@cache
def _nouns(code: str) -> tuple[str, ...]:
    return tuple(word.casefold() for word in vocabulary(code) if word[0].isupper() and len(word) >= _LEAST_COMPOUND)
