"""Leaves a language model that fails alone for a while, so that an outage costs one time-out and not one a message."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from billabex.agent.language_model.port import UNANSWERED, Cause, ModelFailed

if TYPE_CHECKING:
    from collections.abc import Callable

    from billabex.agent.language_model.port import Context, Draft, LanguageModel, Reading, Reply

REST = 300.0
"""Seconds after which a model that did not answer is asked again."""


class Sparing:
    """Asks another model, unless that one failed to answer a moment ago; see `port.LanguageModel`.

    Each process finds out for itself: that takes no store, and an outage of a store is no reason to hold a message.
    """

    def __init__(self, model: LanguageModel, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.name = model.name
        self._model = model
        self._clock = clock
        self._rests_until = float("-inf")

    def phrase(self, draft: Draft) -> tuple[str, ...]:
        """Ask for the paragraphs in other words."""
        return self._ask(lambda: self._model.phrase(draft))

    def read(self, reply: Reply, context: Context) -> Reading:
        """Ask what the reply says."""
        return self._ask(lambda: self._model.read(reply, context))

    def _ask[Answer](self, ask: Callable[[], Answer]) -> Answer:
        if self._clock() < self._rests_until:
            raise ModelFailed(Cause.RESTING)
        try:
            return ask()
        except ModelFailed as failure:
            if failure.cause in UNANSWERED:
                self._rests_until = self._clock() + REST
            raise
