"""Tells at start, and not with the first message, that the settings of the language model do not hold together."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.checks import Error, register

from billabex.agent.language_model.configuration import PROVIDERS, Configuration

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.core.checks import CheckMessage


@register()
def check_language_model(**_options: Any) -> list[CheckMessage]:
    """Check the settings whose names begin with LANGUAGE_MODEL; without the first, there is nothing to check."""
    return list(_faults(Configuration.from_settings())) if settings.LANGUAGE_MODEL else []


def _faults(configuration: Configuration) -> Iterator[CheckMessage]:
    if configuration.provider not in PROVIDERS or not configuration.model:
        yield Error(
            f"LANGUAGE_MODEL is {configuration.name!r}, which names no model.",
            hint='Name provider and model: "openai:…" (also for compatible endpoints) or "anthropic:…".',
            id="agent.E001",
        )
    if not (configuration.api_key or configuration.url):
        yield Error(
            "LANGUAGE_MODEL is set, but neither LANGUAGE_MODEL_API_KEY nor LANGUAGE_MODEL_URL.",
            hint="Set the key; only an endpoint of your own may need none.",
            id="agent.E002",
        )
    if configuration.timeout <= 0 or not 0 <= settings.LANGUAGE_MODEL_CONFIDENCE <= 1:
        yield Error(
            "LANGUAGE_MODEL_TIMEOUT must be above 0, and LANGUAGE_MODEL_CONFIDENCE from 0 to 1.", id="agent.E003"
        )
    if find_spec("pydantic_ai") is None:
        yield Error(
            "LANGUAGE_MODEL is set, but pydantic-ai is not installed.",
            hint="Install it: uv sync --extra language-model",
            id="agent.E004",
        )
