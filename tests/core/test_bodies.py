"""Bodies that come in chunks arrive whole, behind the server that runs Billabex for real."""

from __future__ import annotations

import socket
import subprocess
import sys
from http.client import HTTPConnection
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core.handlers.wsgi import WSGIRequest

from billabex.core.bodies import MOST_BODY, MeasuredBodies
from billabex.wsgi import application

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def echo(environ: Any, start_response: Any) -> Iterable[bytes]:
    """Answer with what Django finds in the body."""
    request = WSGIRequest(environ)
    start_response("200 OK", [("Length", environ.get("CONTENT_LENGTH", ""))])
    return [request.read()]


echoing = MeasuredBodies(echo)


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as own:
        command = [sys.executable, "-m", "gunicorn", "tests.core.test_bodies:echoing", "--bind", f"fd://{own.fileno()}"]
        with subprocess.Popen(command, pass_fds=[own.fileno()], stderr=subprocess.DEVNULL) as server:  # noqa: S603
            yield own.getsockname()[1]
            server.terminate()


def answered(port: int, body: Any, headers: dict[str, str] | None = None, **how: Any) -> tuple[int, str | None, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("POST", "/", body, headers or {}, **how)
    answer = connection.getresponse()
    told = (answer.status, answer.getheader("Length"), answer.read())
    connection.close()
    return told


def test_billabex_stands_behind_it() -> None:
    assert isinstance(application, MeasuredBodies)


@pytest.mark.parametrize("parts", [[b'{"phone": ', b'"12"}'], [b"a" * 9_000, b"b" * 70_000], []], ids=len)
def test_chunks_arrive_as_one_body(parts: list[bytes], port: int) -> None:
    whole = b"".join(parts)
    assert answered(port, iter(parts), encode_chunked=True) == (200, str(len(whole)), whole)


def test_a_measured_body_is_left_alone(port: int) -> None:
    assert answered(port, b"measured") == (200, "8", b"measured")


def test_a_body_beyond_every_limit_is_cut_just_there() -> None:
    environ = {"HTTP_TRANSFER_ENCODING": "Chunked", "wsgi.input_terminated": True, "REQUEST_METHOD": "POST"}
    stream = BytesIO(b"a" * (MOST_BODY + 2))
    [body] = echoing({**environ, "wsgi.input": stream}, lambda *_: lambda _data: None)
    assert (len(body), stream.tell()) == (MOST_BODY + 1, MOST_BODY + 1)


def test_a_server_that_cannot_tell_the_end_asks_for_a_length() -> None:
    told: list[str] = []

    def start(status: str, _headers: Any, _error: Any = None) -> Any:
        told.append(status)

    environ = {"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input": BytesIO(b"never read")}
    body = b"".join(echoing(environ, start))
    assert (told, body) == (["411 Length Required"], b"Send the body with its Content-Length.")
