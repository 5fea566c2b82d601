"""A language model behind an endpoint. The library that talks to it is optional, and loaded with the first question."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from billabex.agent.language_model.answers import Understood, Words
from billabex.agent.language_model.instructions import PHRASE, READ
from billabex.agent.language_model.port import Cause, ModelFailed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from billabex.agent.language_model.configuration import Configuration
    from billabex.agent.language_model.port import Context, Draft, Reading, Reply


class Remote:
    """Asks the configured endpoint; see `port.LanguageModel`.

    Material goes as JSON, apart from what is to be done with it.
    """

    def __init__(self, configuration: Configuration) -> None:
        self.name = configuration.name
        self._configuration = configuration

    def phrase(self, draft: Draft) -> tuple[str, ...]:
        """Ask for the paragraphs in other words."""
        return tuple(self._ask(Words, PHRASE, asdict(draft)).paragraphs)

    def read(self, reply: Reply, context: Context) -> Reading:
        """Ask what the reply says."""
        material = {"reply": asdict(reply), "account": asdict(context)}
        return self._ask(Understood, READ, material).as_reading()

    def _ask[Answer](self, shape: type[Answer], instructions: str, material: Mapping[str, object]) -> Answer:
        try:
            from billabex.agent.language_model import provider  # noqa: PLC0415 - optional, and slow to load
        except ImportError as error:
            raise ModelFailed(Cause.NOT_INSTALLED) from error
        text = json.dumps(material, ensure_ascii=False, default=str)
        return provider.ask(self._configuration, shape, instructions=instructions, text=text)
