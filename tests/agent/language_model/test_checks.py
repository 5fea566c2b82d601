"""Settings that do not hold together are told at start."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from billabex.agent.language_model.checks import check_language_model
from billabex.agent.language_model.configuration import Configuration
from billabex.agent.language_model.configured import configured
from billabex.agent.language_model.port import Cause, Draft, ModelFailed
from billabex.agent.language_model.remote import Remote

if TYPE_CHECKING:
    from pytest_django import Settings

RIGHT = {
    "LANGUAGE_MODEL": "openai:some-model",
    "LANGUAGE_MODEL_API_KEY": "key",
    "LANGUAGE_MODEL_URL": "",
    "LANGUAGE_MODEL_TIMEOUT": 20.0,
    "LANGUAGE_MODEL_CONFIDENCE": 0.8,
}


def found(settings: Settings, **changes: object) -> list[str | None]:
    for name, value in (RIGHT | changes).items():
        setattr(settings, name, value)
    return [message.id for message in check_language_model()]


def test_nothing_configured_is_nothing_to_check(settings: Settings) -> None:
    assert found(settings, LANGUAGE_MODEL="", LANGUAGE_MODEL_API_KEY="", LANGUAGE_MODEL_TIMEOUT=-1.0) == []
    assert configured() is None


@pytest.mark.parametrize("name", ["openai:some-model", "anthropic:some-model", "openai:family/model:small"])
def test_model_with_its_key_is_right(settings: Settings, name: str) -> None:
    pytest.importorskip("pydantic_ai")
    assert found(settings, LANGUAGE_MODEL=name) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"LANGUAGE_MODEL": "some-model"}, "agent.E001"),
        ({"LANGUAGE_MODEL": "elsewhere:some-model"}, "agent.E001"),
        ({"LANGUAGE_MODEL": "openai:"}, "agent.E001"),
        ({"LANGUAGE_MODEL_API_KEY": ""}, "agent.E002"),
        ({"LANGUAGE_MODEL_TIMEOUT": 0.0}, "agent.E003"),
        ({"LANGUAGE_MODEL_CONFIDENCE": 80.0}, "agent.E003"),
    ],
)
def test_setting_that_cannot_be_is_told(settings: Settings, changes: dict[str, object], expected: str) -> None:
    pytest.importorskip("pydantic_ai")
    assert found(settings, **changes) == [expected]


def test_endpoint_of_ones_own_needs_no_key(settings: Settings) -> None:
    pytest.importorskip("pydantic_ai")
    assert found(settings, LANGUAGE_MODEL_API_KEY="", LANGUAGE_MODEL_URL="http://127.0.0.1:9/v1") == []


def test_library_that_is_not_installed_is_told(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [])
    monkeypatch.setattr(sys, "path_importer_cache", {})
    for name in [one for one in sys.modules if one.partition(".")[0] == "pydantic_ai"]:
        monkeypatch.delitem(sys.modules, name)
    assert found(settings) == ["agent.E004"]


def test_library_that_is_not_installed_is_a_failure_like_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("billabex.agent.language_model.provider", raising=False)
    monkeypatch.delitem(sys.modules, "billabex.agent.language_model.provider", raising=False)
    monkeypatch.setitem(sys.modules, "pydantic_ai", None)  # as if it could not be imported
    with pytest.raises(ModelFailed) as failure:
        Remote(Configuration("openai:some-model", "key", "", 1.0)).phrase(Draft("en", "firm", ("Pay.",)))
    assert failure.value.cause is Cause.NOT_INSTALLED
