"""Whether a message says in other words what its draft says: nothing lost, nothing added, in the same language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from billabex.agent.language_model.facts import facts_of
from billabex.agent.language_model.lexicon import is_known, weights_in
from billabex.agent.language_model.names import names_added
from billabex.agent.language_model.port import Cause
from billabex.agent.language_model.vocabulary import is_in_language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from billabex.agent.language_model.facts import Facts
    from billabex.agent.writing import Brief

_MARKUP = re.compile(r"[<>{}\[\]*_#`|\\~]")
_LONGER, _SHORTER, _ALLOWANCE = 2, 4, 80


def unfaithful(draft: Sequence[str], phrased: Sequence[str], brief: Brief) -> Cause | None:
    """Return why a wording must not leave; None when it may.

    Paragraph by paragraph, so that a date cannot wander from the invoice to the promise.

    Args:
        draft: The built-in paragraphs.
        phrased: The same in other words.
        brief: What the message may say.
    """
    if len(draft) != len(phrased):
        return Cause.SHAPE
    facts = facts_of(brief)
    for before, after in zip(draft, phrased, strict=True):
        if cause := _unlike(before, after, facts):
            return cause
    return _unfounded([facts.without(one) for one in draft], [facts.without(one) for one in phrased], brief.language)


def _unlike(before: str, after: str, facts: Facts) -> Cause | None:
    """Return what sets the paragraphs apart beyond their words."""
    there, here = facts.within(before), facts.within(after)
    if there - here:
        return Cause.FACT_LOST
    if here - there:
        return Cause.FACT_ADDED
    is_sound = _is_plain(facts.without(after)) and _is_about_as_long(before, after)
    return None if is_sound else Cause.SHAPE


def _is_plain(text: str) -> bool:
    plain = text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")
    return bool(plain.strip()) and plain.isprintable() and not _MARKUP.search(plain)


def _is_about_as_long(before: str, after: str) -> bool:
    return len(before) <= _SHORTER * len(after) and len(after) <= _LONGER * len(before) + _ALLOWANCE


def _unfounded(draft: Sequence[str], phrased: Sequence[str], language: str) -> Cause | None:
    """Return what the words say that those of the draft do not; both come without their facts."""
    before, after = "\n".join(draft), "\n".join(phrased)
    if not is_known(language) or not all(is_in_language(one, language) for one in phrased):
        return Cause.LANGUAGE
    if weights_in(after, language) - weights_in(before, language):
        return Cause.WEIGHT_ADDED
    return Cause.NAME_ADDED if names_added(before, after, language) else None
