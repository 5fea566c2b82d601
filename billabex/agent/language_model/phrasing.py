"""Words a message with a language model: facts out, prose to the model, facts back in, checked, or not used at all.

Only prose is ever reworded: the opening, the request and the closing. Subject, greeting, table, totals, how to pay,
whom to answer, signature and the notice that an agent wrote it are laid out around it as always. A formal notice is
not reworded, as its words have consequences.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from billabex.agent.language_model.facts import facts_of, restore
from billabex.agent.language_model.faithful import unfaithful
from billabex.agent.language_model.port import Cause, Draft, ModelFailed
from billabex.agent.writing import write
from billabex.agent.writing.brief import FOLLOW_UP, FORMAL_NOTICE
from billabex.agent.writing.composition import compose
from billabex.agent.writing.language import language
from billabex.agent.writing.layout import as_html, as_text

if TYPE_CHECKING:
    from billabex.agent.language_model.port import LanguageModel
    from billabex.agent.writing import Brief, Written
    from billabex.agent.writing.letter import Letter

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Phrasing:
    """What came of asking a language model to word a message.

    Attributes:
        brief: What the message was to say then.
        model: Which one was asked.
        prose: The paragraphs in its words; empty where they are not used.
        cause: Why they are not; None where they are.
    """

    brief: Brief
    model: str
    prose: tuple[str, ...] = ()
    cause: Cause | None = None

    def words_for(self, brief: Brief, *, with_images: bool = False) -> Written | None:
        """Return the message in the model's words; None when there are none for what it is to say by now."""
        if not self.prose or brief != self.brief:
            return None
        letter = _with_prose(compose(brief, language(brief.language), with_images=with_images), self.prose)
        return replace(write(brief, with_images=with_images), text=as_text(letter), html=as_html(letter))


def phrase(brief: Brief, model: LanguageModel) -> Phrasing | None:
    """Ask a model to word a message; whatever goes wrong is told, never raised. Must run outside any transaction.

    Returns:
        None for a formal notice, which is never reworded.
    """
    if brief.kind == FORMAL_NOTICE:
        return None
    draft = prose_of(compose(brief, language(brief.language), with_images=False))
    hidden, tokens = facts_of(brief).hide(draft)
    voice = brief.tone if brief.kind == FOLLOW_UP else brief.kind
    try:
        answer = model.phrase(Draft(brief.language, str(voice), hidden))
    except ModelFailed as failure:
        return _fallen_back(brief, model, failure.cause)
    prose = restore((paragraph.strip() for paragraph in answer), tokens)
    cause = unfaithful(draft, prose, brief)
    return _fallen_back(brief, model, cause) if cause else Phrasing(brief, model.name, prose)


def prose_of(letter: Letter) -> tuple[str, ...]:
    """Return what may be reworded of a letter; the last sentence of its closing says whom to answer, and stays."""
    return (*letter.opening, *letter.closing[:-1])


def _with_prose(letter: Letter, prose: tuple[str, ...]) -> Letter:
    opening = len(letter.opening)
    return replace(letter, opening=prose[:opening], closing=(*prose[opening:], letter.closing[-1]))


def _fallen_back(brief: Brief, model: LanguageModel, cause: Cause) -> Phrasing:
    if cause != Cause.RESTING:  # told once, when it began
        logger.warning("The words of language model %s are not used: %s", model.name, cause)
    return Phrasing(brief, model.name, cause=cause)
