"""How often may be asked where the cache forgets, as a full one does, or is away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache.backends.locmem import LocMemCache

if TYPE_CHECKING:
    from pytest_django import Settings

    from tests.api.conftest import Program


class FullCache(LocMemCache):
    """A cache that drops a counter between two steps of counting."""

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        self.clear()
        return super().incr(key, delta, version)


@pytest.fixture
def _full(settings: Settings) -> None:
    settings.CACHES = {"default": {"BACKEND": f"{__name__}.FullCache", "LOCATION": __name__}}


@pytest.mark.usefixtures("_full")
def test_a_counter_that_is_dropped_before_it_rises_lets_the_request_in(program: Program) -> None:
    assert [program.get("/status").status_code for _ in range(3)] == [200] * 3


@pytest.mark.usefixtures("_full")
def test_a_counter_that_is_dropped_before_it_falls_leaves_the_refusal_as_it_is(
    program: Program, settings: Settings
) -> None:
    settings.API_RATE_LIMIT = 0
    answer = program.get("/status")
    assert (answer.status_code, answer["X-RateLimit-Remaining"]) == (429, "0")


def test_a_redis_that_is_away_lets_everybody_in(
    program: Program, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    away = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
    settings.CACHES = {"default": away}
    answer = program.get("/status")
    assert (answer.status_code, answer["X-RateLimit-Remaining"]) == (200, answer["X-RateLimit-Limit"])
    assert "Redis is away" in caplog.text
