"""The child process: reads PDFs of strangers, alone, under hard limits.

Run as `python -m invoices.reading.child`. It is a fresh interpreter without Django, so it has no settings, no
database, no sockets and no secrets to lose, and starts quickly. It answers requests from standard input until
that is closed.
"""

from __future__ import annotations

import contextlib
import gc
import os
import resource
import sys
import traceback
from typing import TYPE_CHECKING, Any

from . import wire
from .engine import count_pages, read_document, render_document
from .parsers import all_parsers
from .refusal import Reason, Refused
from .text.identifiers import load_usual_countries

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import BinaryIO

    from .types import Limits

MAX_OPEN_FILES = 32
CPU_GRACE_SECONDS = 2


def main() -> None:
    """Answer what standard input asks until it is closed."""
    all_parsers()
    load_usual_countries()
    gc.freeze()  # what was loaded stays: looking through it again and again takes as long as reading
    serve(sys.stdin.buffer, _private_stdout(), _confine)


def serve(incoming: BinaryIO, outgoing: BinaryIO, confine: Callable[[Limits], None]) -> None:
    """Say that we are ready, then answer requests until there are no more, each under the limits it carries."""
    outgoing.write(wire.frame(b"ready"))
    outgoing.flush()
    while (header := wire.read_frame(incoming)) is not None:
        content = wire.read_frame(incoming)
        if content is None:
            return
        request = wire.unpack(header)
        confine(wire.limits_from(request))
        outgoing.writelines(wire.frame(part) for part in answer(request, content))
        outgoing.flush()


def answer(request: dict[str, Any], content: bytes) -> tuple[bytes, bytes]:
    """Return the two payloads of an answer: what happened as JSON, and the picture if one was asked for."""
    picture = b""
    limits = wire.limits_from(request)
    try:
        if request["do"] == wire.RENDER:
            picture = render_document(content, request["page"], request["width"], limits)
            said: dict[str, Any] = {"rendered": True}
        elif request["do"] == wire.COUNT:
            said = {"pages": count_pages(content, limits)}
        else:
            said = {"reading": read_document(content, wire.own_from(request), limits).to_json()}
    except Refused as refused:
        said = {"refused": refused.reason, "facts": refused.facts}
    except MemoryError:
        said = {"refused": Reason.TOO_DEMANDING, "facts": {}}
    except Exception as error:  # noqa: BLE001 - a fault of ours: the parent logs it, and reads the next file
        said = {"failed": "".join([*traceback.format_tb(error.__traceback__), type(error).__name__])}
    return wire.pack(said)[wire.LENGTH.size :], picture


def _private_stdout() -> BinaryIO:
    """Return the pipe to the parent, and let nothing else in this process write to it."""
    private = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return private


def _confine(limits: Limits) -> None:
    """Lower the limits of this process; CPU time counts from its start, so it grows with each request."""
    spent = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(spent.ru_utime + spent.ru_stime + limits.seconds) + CPU_GRACE_SECONDS
    wanted = [
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, MAX_OPEN_FILES),
    ]
    for limit, value in wanted:
        with contextlib.suppress(OSError, ValueError):  # some systems do not enforce some of them
            resource.setrlimit(limit, (value, resource.getrlimit(limit)[1]))


if __name__ == "__main__":
    main()
