"""How often a token may ask: so many requests in any window of a minute, counted second by second (api.md 2)."""

from __future__ import annotations

import logging
import time
from contextlib import suppress
from hashlib import sha256

from django.conf import settings
from django.core.cache import cache
from redis.exceptions import RedisError

from billabex.api.errors import TooManyRequests

logger = logging.getLogger(__name__)

WINDOW = 60  # seconds


class SlidingWindow:
    """The requests of one token, or of one address without a token, in the last minute.

    Each second has a counter in the cache, so that every process sees the same and the window slides by the second.
    Refused requests do not count: whoever keeps asking is let in as soon as there is room.

    Without Redis, the cache is the memory of one process: each counts for itself, and the limit is that of each. A
    Redis that is away counts nothing, and lets everybody in.
    """

    def __init__(self, holder: str) -> None:
        self._name = f"api:{sha256(holder.encode()).hexdigest()[:32]}"
        self._limit: int = settings.API_RATE_LIMIT
        self._now = int(time.time())
        self._used = 0
        self._oldest = self._now

    def count(self) -> None:
        """Count one request.

        Raises:
            TooManyRequests: There is no room for it; `wait` says how many seconds until there is.
        """
        try:
            self._count()
        except RedisError:
            logger.warning("Requests of the API go uncounted: Redis is away", exc_info=True)

    def _count(self) -> None:
        this = self._key(self._now)
        if not cache.add(this, 1, timeout=WINDOW + 1):
            with suppress(ValueError):  # a full cache has dropped it since: this one goes uncounted
                cache.incr(this)
        seconds = {self._key(second): second for second in range(self._now - WINDOW + 1, self._now + 1)}
        counts = {seconds[key]: count for key, count in cache.get_many(seconds).items() if count}
        self._used = sum(counts.values())
        self._oldest = min(counts, default=self._now)
        if self._used > self._limit:
            with suppress(ValueError):  # likewise
                cache.decr(this)
            self._used = self._limit
            raise TooManyRequests(max(1, self.reset - self._now))

    @property
    def reset(self) -> int:
        """The instant, in unix seconds, at which the oldest counted request leaves the window."""
        return self._oldest + WINDOW

    def headers(self) -> dict[str, str]:
        """Return what every answer says about the limit."""
        return {
            "X-RateLimit-Limit": str(self._limit),
            "X-RateLimit-Remaining": str(max(0, self._limit - self._used)),
            "X-RateLimit-Reset": str(self.reset),
        }

    def _key(self, second: int) -> str:
        return f"{self._name}:{second}"
