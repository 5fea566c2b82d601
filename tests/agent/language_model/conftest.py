"""A language model on this machine, configured as an operator would."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from billabex.agent.language_model import configured as configured_module
from tests.agent.language_model.endpoint import Endpoint, wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import Settings


@pytest.fixture
def endpoint(settings: Settings) -> Iterator[Endpoint]:
    """Return a running endpoint that the settings name; it answers nothing of use until it is told what."""
    pytest.importorskip("pydantic_ai")
    configured_module._model.cache_clear()
    with Endpoint(answering=wording()) as running:
        settings.LANGUAGE_MODEL = "openai:test"
        settings.LANGUAGE_MODEL_API_KEY = "key-of-the-test"
        settings.LANGUAGE_MODEL_URL = running.url
        yield running
