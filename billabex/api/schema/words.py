"""What the description says of every operation alike."""

from __future__ import annotations

from typing import Any

WORDS = {
    200: "Done.",
    201: "Made.",
    204: "Done; there is nothing to say.",
    400: "Something in the request cannot be used; `details` says what and why.",
    401: "The token is missing, expired, revoked or unknown.",
    403: "The token lacks the scope, or its user the right; or the request did not come by https.",
    404: "There is no such thing in the organizations of the token's user.",
    409: "A rule forbids it as things stand.",
    413: "The body is too large.",
    415: "The body is of another type, or compressed.",
    422: "The Idempotency-Key came with another body before.",
    429: "Too many requests; wait until `Retry-After` has passed.",
    500: "Something went wrong on our side; nothing was changed.",
}

REFUSALS = {
    400: "BadRequest",
    401: "Unauthorized",
    403: "Forbidden",
    404: "NotFound",
    409: "Conflict",
    413: "TooLarge",
    415: "UnsupportedType",
    422: "KeyReused",
    429: "TooManyRequests",
    500: "ServerError",
}
"""The names under which refusals are described once."""


def _header(kind: str, prose: str) -> dict[str, Any]:
    return {"schema": {"type": kind}, "description": prose}


HEADERS = {
    "X-RateLimit-Limit": _header("integer", "Requests in any 60 seconds."),
    "X-RateLimit-Remaining": _header("integer", "How many are left."),
    "X-RateLimit-Reset": _header("integer", "When the oldest stops counting, in unix seconds."),
    "X-Request-Id": _header("string", "The request's id."),
    "Retry-After": _header("integer", "Seconds to wait."),
    "Idempotency-Replayed": _header("string", "`true` where this is the first answer to the key, once more."),
    "WWW-Authenticate": _header("string", "How to come by a token (RFC 6750, RFC 9728)."),
}

PARAMETERS = {
    "organizationId": "The organization, one of the token's user.",
    "accountId": "Only of this account.",
    "currencyCode": "Only in this currency (ISO 4217).",
    "status": "Only in this status.",
    "paymentStatus": "Only of this payment status.",
    "deliveryStatus": "Only of this delivery status.",
    "type": "Only of this type.",
    "direction": "Only in this direction.",
    "channel": "Only on this channel.",
}
"""What parameters say where an operation says nothing of its own."""
