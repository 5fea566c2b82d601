"""A mail server of the tests' own: speaks enough SMTP to take a message in, to refuse it, or to break off."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from email import policy
from email.parser import BytesParser
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage

_GREETING = "CONNECT"
_BODY = "BODY"
_OK = {
    _GREETING: b"220 sink",
    "EHLO": b"250 sink",
    "MAIL": b"250 ok",
    "RCPT": b"250 ok",
    "RSET": b"250 ok",
    "DATA": b"354 go on",
    _BODY: b"250 taken",
    "QUIT": b"221 bye",
}


class SmtpSink(ThreadingTCPServer):
    """Listens on a free port of this machine.

    Attributes:
        answers: What it says to a verb instead of taking the message: `{"RCPT": b"550 no such user"}`. The verbs are
            SMTP's, and "CONNECT" for the greeting and "BODY" for the answer to the whole message.
        hangs_up_at: The verb at which it breaks the connection off, without a word.
        envelopes: Who it was told the messages are for.
        messages: The messages that it received whole.
    """

    daemon_threads = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.answers: dict[str, bytes] = {}
        self.hangs_up_at = ""
        self.envelopes: list[str] = []
        self.messages: list[EmailMessage] = []

    @property
    def mailers(self) -> dict[str, Any]:
        """Return the setting `MAILERS` that sends here."""
        host, port = cast("tuple[str, int]", self.server_address)
        options = {"host": host, "port": port, "timeout": 5}
        return {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}


class _Conversation(StreamRequestHandler):
    """One connection."""

    server: SmtpSink
    timeout = 5

    def handle(self) -> None:
        if not self._answer(_GREETING):
            return
        for line in self.rfile:
            verb = line[:4].decode("ascii").upper()
            if verb == "RCPT":
                self.server.envelopes.append(line.decode("ascii").strip())
            if not self._answer(verb) or verb == "QUIT":
                return
            if verb == "DATA" and "DATA" not in self.server.answers:
                self._read_message()
                if not self._answer(_BODY):
                    return

    def _answer(self, verb: str) -> bool:
        """Answer a verb; tell whether the conversation goes on."""
        if verb == self.server.hangs_up_at:
            return False
        self.wfile.write(self.server.answers.get(verb, _OK[verb]) + b"\r\n")
        return True

    def _read_message(self) -> None:
        lines = iter(self.rfile.readline, b".\r\n")
        self.server.messages.append(BytesParser(policy=policy.default).parsebytes(b"".join(lines)))


@contextmanager
def listening() -> Iterator[SmtpSink]:
    """Run a sink for the block."""
    with SmtpSink() as sink:
        thread = threading.Thread(target=sink.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield sink
        finally:
            sink.shutdown()
            thread.join()
