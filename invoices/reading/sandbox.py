"""The parent's side of the child process: start it, time it, kill it, and turn its refusals into errors."""

from __future__ import annotations

import logging
import os
import selectors
import signal
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Self

from django.utils.translation import gettext_lazy as _

from billabex.core.errors import InvariantBroken

from . import wire
from .checks import check_bytes
from .errors import UnreadablePdf, error_for
from .refusal import Reason, Refused
from .types import Limits, OwnIdentity, Reading

if TYPE_CHECKING:
    from types import TracebackType

logger = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[2]
MAX_ANSWER_BYTES = 64 * 1024 * 1024
CHUNK = 1 << 16
START_SECONDS = 20.0  # what starting may take on a busy machine, before the time for the document begins
DEFAULT_LIMITS = Limits()
MAX_PICTURE_WIDTH = 3000


def read_pdf(content: bytes, own: OwnIdentity | None = None, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """Return what a PDF says, read in a process of its own.

    Args:
        content: The bytes of the file.
        own: How documents name the organization, to tell the customer from it.
        limits: What it may cost.

    Raises:
        UnreadablePdf: It cannot be read; the subclass and the sentence say why.
    """
    reader = PdfReader(own, limits)  # not entered: a file that is no PDF should not cost a process
    with closing(reader):
        return reader.read(content)


def count_pages(content: bytes, limits: Limits = DEFAULT_LIMITS) -> int:
    """Return how many pages a PDF has that people can open, in a process of its own.

    Raises:
        UnreadablePdf: It cannot be opened.
    """
    reader = PdfReader(None, limits)
    with closing(reader):
        return reader.count(content)


def render_page(content: bytes, page: int, width: int, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """Return a page (1-based) as a PNG picture `width` pixels wide, drawn in a process of its own.

    Raises:
        UnreadablePdf: It cannot be opened or has no such page.
    """
    reader = PdfReader(None, limits)
    with closing(reader):
        return reader.render(content, page=page, width=width)


class PdfReader:
    """Reads several PDFs with one child process; a child that had to be killed is replaced.

    Use as a context manager: the process ends with the block.
    """

    def __init__(self, own: OwnIdentity | None = None, limits: Limits = DEFAULT_LIMITS) -> None:
        self._own = own or OwnIdentity()
        self._limits = limits
        self._child: _Child | None = None

    def __enter__(self) -> Self:
        self._start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child process."""
        if self._child is not None:
            self._child.kill()
            self._child = None

    def _start(self) -> _Child:
        """Start the child and wait for it, so that starting does not count as reading.

        Raises:
            InvariantBroken: It does not start, which no document can be blamed for.
        """
        try:
            self._child = _Child()
            self._child.wait_until_ready()
        except (EOFError, OSError) as error:  # a time-out is an OSError, too
            self.close()
            raise InvariantBroken(_("PDFs cannot be read at the moment. Please try again later.")) from error
        return self._child

    def read(self, content: bytes) -> Reading:
        """Return what a PDF says.

        Raises:
            UnreadablePdf: It cannot be read; the subclass and the sentence say why.
            InvariantBroken: The child process does not start.
        """
        said, __ = self._ask(content, wire.request(wire.READ, self._own, self._limits))
        return Reading.from_json(said["reading"])

    def count(self, content: bytes) -> int:
        """Return how many pages a PDF has, reading none of them.

        Raises:
            UnreadablePdf: It cannot be opened.
        """
        said, __ = self._ask(content, wire.request(wire.COUNT, self._own, self._limits))
        pages: int = said["pages"]
        return pages

    def render(self, content: bytes, page: int, width: int) -> bytes:
        """Return a page (1-based) as a PNG picture `width` pixels wide.

        Raises:
            UnreadablePdf: It cannot be opened or has no such page.
        """
        width = max(1, min(width, MAX_PICTURE_WIDTH))
        __, picture = self._ask(content, wire.request(wire.RENDER, self._own, self._limits, page=page, width=width))
        return picture

    def _ask(self, content: bytes, request: bytes) -> tuple[dict[str, Any], bytes]:
        try:
            check_bytes(content, self._limits)
            said, picture = self._exchange(request + wire.frame(content))
        except Refused as refused:
            raise error_for(refused.reason, refused.facts) from refused
        if "failed" in said:
            logger.error("Reading a PDF failed:\n%s", said["failed"])
            raise UnreadablePdf
        if "refused" in said:
            raise error_for(Reason(said["refused"]), said["facts"])
        return said, picture

    def _exchange(self, message: bytes) -> tuple[dict[str, Any], bytes]:
        child = self._child or self._start()
        try:
            said, picture = child.exchange(message, self._limits.seconds)
            return wire.unpack(said), picture
        except TimeoutError:
            self.close()
            raise Refused(Reason.TOO_SLOW, seconds=round(self._limits.seconds)) from None
        except (EOFError, OSError) as error:  # the child is gone: killed by a limit, or by what it read
            self.close()
            raise Refused(Reason.TOO_DEMANDING) from error


class _Child:
    """One running child process and the pipes to it."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "invoices.reading.child"],
            cwd=ROOT,
            # Nothing of the parent's environment: it holds the secrets.
            env={"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            start_new_session=True,
        )
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:  # cannot be: both were asked for
            raise OSError
        self._stdin, self._stdout = stdin, stdout
        os.set_blocking(stdin.fileno(), False)
        os.set_blocking(stdout.fileno(), False)
        self._received = bytearray()

    def wait_until_ready(self) -> None:
        """Wait until the child has started.

        Raises:
            TimeoutError: It does not start in a reasonable time.
            EOFError: It has ended.
        """
        self._receive(time.monotonic() + START_SECONDS)

    def exchange(self, message: bytes, seconds: float) -> tuple[bytes, bytes]:
        """Send a message and return the two payloads of the answer.

        Raises:
            TimeoutError: The answer is not there in time.
            EOFError: The child has ended.
        """
        deadline = time.monotonic() + seconds
        self._send(message, deadline)
        return self._receive(deadline), self._receive(deadline)

    def kill(self) -> None:
        """End the process, whatever it is doing, and leave nothing of it behind."""
        with suppress(ProcessLookupError):  # it leads a group of its own, with what it may have started
            os.killpg(self._process.pid, signal.SIGKILL)
        self._stdin.close()
        self._stdout.close()
        self._process.wait()

    def _send(self, message: bytes, deadline: float) -> None:
        left = memoryview(message)
        while left:
            _wait(self._stdin, selectors.EVENT_WRITE, deadline)
            left = left[os.write(self._stdin.fileno(), left[:CHUNK]) :]

    def _receive(self, deadline: float) -> bytes:
        self._fill(wire.LENGTH.size, deadline)
        size: int = wire.LENGTH.unpack(self._received[: wire.LENGTH.size])[0]
        if size > MAX_ANSWER_BYTES:
            raise EOFError
        end = wire.LENGTH.size + size
        self._fill(end, deadline)
        payload = bytes(self._received[wire.LENGTH.size : end])
        del self._received[:end]
        return payload

    def _fill(self, size: int, deadline: float) -> None:
        while len(self._received) < size:
            _wait(self._stdout, selectors.EVENT_READ, deadline)
            chunk = os.read(self._stdout.fileno(), CHUNK)
            if not chunk:
                raise EOFError
            self._received += chunk


def _wait(pipe: IO[bytes], event: int, deadline: float) -> None:
    """Wait until the pipe is ready; `select` in this shape has no limit on file numbers."""
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, event)
        if not selector.select(max(deadline - time.monotonic(), 0)):
            raise TimeoutError
