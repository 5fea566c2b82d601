"""Talks to OpenAI-compatible and Anthropic endpoints, with pydantic-ai. `remote` imports it with the first question."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from pydantic_ai import Agent
from pydantic_ai.exceptions import (
    AgentRunError,
    ContentFilterError,
    ModelAPIError,
    ModelConnectionError,
    ModelQuotaExceededError,
    ModelRateLimitError,
    ModelRequestRejectedError,
    ModelServerError,
    ModelTimeoutError,
    ModelUnavailableError,
    RunTimedOut,
    UnexpectedModelBehavior,
)
from pydantic_ai.models.anthropic import AnthropicModel
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.providers.anthropic import AnthropicProvider
from pydantic_ai.providers.openai import OpenAIProvider
from pydantic_ai.providers.openai_compatible import OpenAICompatibleProvider
from pydantic_ai.settings import ModelSettings

from billabex.agent.language_model.port import Cause, ModelFailed

if TYPE_CHECKING:
    from pydantic_ai.models import Model

    from billabex.agent.language_model.configuration import Configuration

_NO_KEY = "none"
"""For endpoints of one's own that want no key; without, a key of the environment would be sent there."""

_CAUSES: tuple[tuple[type[AgentRunError], Cause], ...] = (
    # The first that fits.
    (RunTimedOut, Cause.TIME_OUT),
    (ModelTimeoutError, Cause.TIME_OUT),
    (ModelConnectionError, Cause.UNREACHABLE),
    (ModelRateLimitError, Cause.QUOTA),
    (ModelQuotaExceededError, Cause.QUOTA),
    (ModelServerError, Cause.ERROR),
    (ModelUnavailableError, Cause.ERROR),
    (ModelRequestRejectedError, Cause.REJECTED),
    (ContentFilterError, Cause.REFUSED),
    (UnexpectedModelBehavior, Cause.GARBAGE),
    (ModelAPIError, Cause.GARBAGE),
)


def ask[Answer](configuration: Configuration, shape: type[Answer], *, instructions: str, text: str) -> Answer:
    """Ask once, and return the answer in its shape. Must run outside any transaction.

    Raises:
        ModelFailed: There is none in time, or none of that shape.
    """
    try:
        with ThreadPoolExecutor(max_workers=1) as thread:  # an event loop may be running in this one
            return thread.submit(asyncio.run, _ask(configuration, shape, instructions, text)).result()
    except AgentRunError as error:
        cause = next((cause for kind, cause in _CAUSES if isinstance(error, kind)), Cause.GARBAGE)
        raise ModelFailed(cause) from error
    except Exception as error:  # whatever else a library of this size raises must not hold a message up
        raise ModelFailed(Cause.ERROR) from error


async def _ask[Answer](configuration: Configuration, shape: type[Answer], instructions: str, text: str) -> Answer:
    model = _model(configuration)
    once = ModelSettings(timeout=configuration.timeout, max_retries=0)
    agent = Agent(model, output_type=shape, instructions=instructions, retries=0, model_settings=once)
    async with agent:
        return (await agent.run(text, timeout=configuration.timeout)).output


def _model(configuration: Configuration) -> Model:
    key, url = configuration.api_key or _NO_KEY, configuration.url
    if configuration.provider == "anthropic":
        return AnthropicModel(configuration.model, provider=AnthropicProvider(api_key=key, base_url=url or None))
    if url:
        provider = OpenAICompatibleProvider("configured", base_url=url, api_key=key)
        return OpenAIChatModel(configuration.model, provider=provider)
    return OpenAIChatModel(configuration.model, provider=OpenAIProvider(api_key=key))
