"""Where a language model is asked, as the settings say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from django.conf import settings

PROVIDERS = ("openai", "anthropic")


@dataclass(frozen=True, slots=True)
class Configuration:
    """Where to ask, and for how long.

    Attributes:
        name: "openai:…" or "anthropic:…".
        url: The endpoint, where it is not the provider's own.
        timeout: Seconds that a question may take in all.
    """

    name: str
    api_key: str
    url: str
    timeout: float

    @classmethod
    def from_settings(cls) -> Self:
        """Return what the settings say."""
        return cls(
            settings.LANGUAGE_MODEL,
            settings.LANGUAGE_MODEL_API_KEY,
            settings.LANGUAGE_MODEL_URL,
            settings.LANGUAGE_MODEL_TIMEOUT,
        )

    @property
    def provider(self) -> str:
        """The part of the name before the colon."""
        return self.name.partition(":")[0]

    @property
    def model(self) -> str:
        """The part of the name after the colon."""
        return self.name.partition(":")[2]
