"""Bodies that come in chunks, without saying how long they are: Django would take them for empty."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final

from billabex.core.uploads import MOST_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

MOST_BODY: Final = MOST_BYTES + 4 * 1024 * 1024
"""The largest file, and room for what stands around it. What is longer is cut here, and refused for its length."""


class MeasuredBodies:
    """Stands before Django and says how long a chunked body is (RFC 9112, section 7.1).

    Many programs stream what they send: Node's fetch, uploads from a file. Django reads as much as Content-Length says,
    so that of such a request nothing would arrive, and a change would be answered with 200 and not be made.
    """

    def __init__(self, application: WSGIApplication) -> None:
        self.application = application

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer the request; 411 where the server cannot tell when a chunked body ends, as Django's own cannot."""
        if "chunked" in environ.get("HTTP_TRANSFER_ENCODING", "").lower():
            if not environ.get("wsgi.input_terminated"):
                start_response("411 Length Required", [("Content-Type", "text/plain; charset=utf-8")])
                return [b"Send the body with its Content-Length."]
            body = environ["wsgi.input"].read(MOST_BODY + 1)
            environ |= {"wsgi.input": BytesIO(body), "CONTENT_LENGTH": str(len(body))}
        return self.application(environ, start_response)
