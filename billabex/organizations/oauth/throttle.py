"""How often an address may register applications, or register them anew."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.core.cache import cache
from redis.exceptions import RedisError

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

HOUR: Final = 3_600


def seconds_to_wait(request: HttpRequest, *, now: datetime) -> int:
    """Count a registration from the address of the request; return 0, or for how long it has to wait."""
    hour, elapsed = divmod(int(now.timestamp()), HOUR)
    key = f"oauth-registrations:{hour}:{_network_of(address_of(request))}"
    try:
        cache.add(key, 0, HOUR)
        count = cache.incr(key)
    except (ValueError, RedisError):  # it went between the two, or Redis is away
        count = 1
    return HOUR - elapsed if count > settings.OAUTH_REGISTRATIONS_PER_HOUR else 0


def address_of(request: HttpRequest) -> str:
    """Return who asks: behind a proxy, which adds its own peer at the end, the last address that it names."""
    peer = str(request.META.get("REMOTE_ADDR", ""))
    if not settings.SECURE_PROXY_SSL_HEADER:
        return peer
    return str(request.META.get("HTTP_X_FORWARDED_FOR", peer)).rpartition(",")[2].strip()


def _network_of(address: str) -> str:
    """Return what counts as one address: of IPv6 its first half, since whoever has one has all that begin like it."""
    try:
        ip = ip_address(address)
    except ValueError:
        return address
    return ip.packed[:8].hex() if isinstance(ip, IPv6Address) and not ip.ipv4_mapped else address
