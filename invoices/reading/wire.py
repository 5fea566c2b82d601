"""How the parent and the child process talk: frames of a length and bytes, JSON where there is structure."""

from __future__ import annotations

import json
import struct
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from .types import Limits, OwnIdentity

if TYPE_CHECKING:
    from typing import BinaryIO

LENGTH = struct.Struct(">I")
READ = "read"
RENDER = "render"
COUNT = "count"


def frame(payload: bytes) -> bytes:
    """Return the payload with its length before it."""
    return LENGTH.pack(len(payload)) + payload


def pack(data: dict[str, Any]) -> bytes:
    """Return a frame of JSON."""
    return frame(json.dumps(data).encode())


def unpack(payload: bytes) -> dict[str, Any]:
    """Return the JSON of a frame."""
    data: dict[str, Any] = json.loads(payload)
    return data


def read_frame(stream: BinaryIO) -> bytes | None:
    """Return the next payload, or None when the other side has closed the pipe."""
    header = stream.read(LENGTH.size)
    if len(header) < LENGTH.size:
        return None
    size: int = LENGTH.unpack(header)[0]
    payload = stream.read(size)
    return payload if len(payload) == size else None


def request(operation: str, own: OwnIdentity, limits: Limits, **arguments: int) -> bytes:
    """Return the frame that asks for something; the frame of the PDF follows it."""
    return pack({"do": operation, "own": asdict(own), "limits": asdict(limits), **arguments})


def own_from(data: dict[str, Any]) -> OwnIdentity:
    """Return the identity that a request carries."""
    return OwnIdentity(**{key: tuple(values) for key, values in data["own"].items()})


def limits_from(data: dict[str, Any]) -> Limits:
    """Return the limits that a request carries."""
    return Limits(**data["limits"])
