"""The language model that the settings name, or none."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from django.conf import settings

from billabex.agent.language_model.configuration import Configuration
from billabex.agent.language_model.remote import Remote
from billabex.agent.language_model.sparing import Sparing

if TYPE_CHECKING:
    from billabex.agent.language_model.port import LanguageModel


def configured() -> LanguageModel | None:
    """Return the configured language model; None where there is none, as by default."""
    return _model(Configuration.from_settings()) if settings.LANGUAGE_MODEL else None


@lru_cache(maxsize=8)
def _model(configuration: Configuration) -> LanguageModel:
    return Sparing(Remote(configuration))  # kept, as it remembers that it failed
