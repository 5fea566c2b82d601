"""A server on this machine that speaks the protocols of OpenAI and Anthropic, as well or as badly as a test wants."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from types import TracebackType

type Body = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """What the server answers: a status, and bytes or something to write as JSON."""

    body: Any
    status: int = 200


type Answering = Callable[[Body], Answer]


def material(asked: Body) -> Any:
    """Return what a request carries beside its instructions."""
    content = asked["messages"][-1]["content"]
    return json.loads(content if isinstance(content, str) else content[0]["text"])


def calling(arguments: object) -> Answering:
    """Answer in the shape that was asked for, with the given fields; text is sent as it is."""
    written = arguments if isinstance(arguments, str) else json.dumps(arguments)

    def answer(asked: Body) -> Answer:
        if "tool_choice" in asked and isinstance(asked["tool_choice"], dict):
            return Answer(_anthropic(asked, json.loads(written)))
        call = {"name": asked["tools"][0]["function"]["name"], "arguments": written}
        return Answer(_openai({"tool_calls": [{"id": "call", "type": "function", "function": call}]}, "tool_calls"))

    return answer


def wording(*paragraphs: str) -> Answering:
    """Answer with these paragraphs."""
    return calling({"paragraphs": list(paragraphs)})


def saying(text: str) -> Answering:
    """Answer with plain text, whatever shape was asked for."""
    return lambda _asked: Answer(_openai({"content": text}, "stop"))


def refusing(asked: Body) -> Answer:
    """Answer that there is no answer."""
    return Answer(_openai({"content": None, "refusal": "I cannot help with that."}, "stop"))


def failing(status: int) -> Answering:
    """Answer with an error."""
    return lambda _asked: Answer({"error": {"message": "No."}}, status)


def babbling(asked: Body) -> Answer:
    """Answer with what is no JSON at all."""
    return Answer(b"<html>Welcome</html>")


@dataclass
class Endpoint:
    """The server, what it was asked, and how it answers."""

    answering: Answering
    asked: list[Body] = field(default_factory=list)
    released: Event = field(default_factory=Event)

    def __enter__(self) -> Self:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.released.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    def never(self, asked: Body) -> Answer:
        """Answer only when the test is over."""
        self.released.wait(timeout=30)
        return Answer({}, 503)


def _handler(endpoint: Endpoint) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            endpoint.asked.append(asked)
            answer = endpoint.answering(asked)
            body = answer.body if isinstance(answer.body, bytes) else json.dumps(answer.body).encode()
            self.send_response(answer.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def handle(self) -> None:
            try:
                super().handle()
            except OSError:
                return  # whoever asked has gone: that is what a time-out is

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's own name
            """Keep quiet."""

    return Handler


def _openai(message: Body, reason: str) -> Body:
    choice = {"index": 0, "finish_reason": reason, "message": {"role": "assistant", "content": None} | message}
    return {"id": "answer", "object": "chat.completion", "created": 1, "model": "test", "choices": [choice]}


def _anthropic(asked: Body, fields: Body) -> Body:
    call = {"type": "tool_use", "id": "call", "name": asked["tools"][0]["name"], "input": fields}
    usage = {"input_tokens": 1, "output_tokens": 1}
    about = {"id": "answer", "type": "message", "role": "assistant", "model": "test", "stop_reason": "tool_use"}
    return about | {"content": [call], "stop_sequence": None, "usage": usage}
