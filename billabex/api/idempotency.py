"""A request that comes again is answered again, not done again (api.md 2)."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from rest_framework.response import Response

from billabex.api.errors import KeyReused, StillRunning
from billabex.api.models import AnsweredRequest
from billabex.api.parsers import flat, plain
from billabex.core.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.http import HttpResponseBase

    from billabex.api.views import ApiView

KEPT_FOR = timedelta(hours=24)
ABANDONED_AFTER = timedelta(minutes=10)
"""No request runs for so long: whoever claimed the key died, and the next may try."""
_KEY = re.compile(r"[!-~]{1,255}")
_SERVER_ERROR = 500


def once(view: ApiView, serve: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """Serve a request, or answer as the first with its Idempotency-Key was answered.

    The claim is committed before anything is done, and the answer recorded after. An error of ours frees the key.

    Raises:
        InvalidInput: The key is none.
        KeyReused: The key came with another body.
        StillRunning: The first request has not been answered yet.
    """
    key = view.request.headers.get("Idempotency-Key")
    if key is None or not view.writes:
        return serve()
    if not _KEY.fullmatch(key):
        sentence = _("An Idempotency-Key has 1 to 255 letters, digits and signs of ASCII, and no space.")
        raise InvalidInput(sentence, code="api.idempotency.invalid-key")
    sent = json.dumps([plain(view.request.data), flat(view.request.query_params)], sort_keys=True)
    claim = AnsweredRequest(
        holder=view.credentials.key,
        route=f"{view.request.method} {view.request.path}"[:300],
        key=key,
        fingerprint=sha256(sent.encode()).hexdigest(),
        created_at=view.now,
    )
    if (earlier := _claim(claim)) is not None:
        return _again(earlier, claim)
    try:
        response: Any = _answered(view, serve)
    except BaseException:
        claim.delete()
        raise
    if response.status_code >= _SERVER_ERROR:
        claim.delete()
    else:
        _keep(claim, response)
    return response  # type: ignore[no-any-return]


def _answered(view: ApiView, serve: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """Return the answer, a refusal included: the same request is refused again in the same words."""
    try:
        return serve()
    except Exception as error:  # noqa: BLE001 - the edge: every error becomes an answer, and 500s are logged there
        response: HttpResponseBase = view.handle_exception(error)
        return response


def _claim(claim: AnsweredRequest) -> AnsweredRequest | None:
    """Take the key for this request; return who has it where it is taken."""
    same = AnsweredRequest.objects.filter(holder=claim.holder, route=claim.route, key=claim.key)
    now: datetime = claim.created_at
    same.filter(created_at__lte=now - KEPT_FOR).delete()
    same.filter(created_at__lte=now - ABANDONED_AFTER, status__isnull=True).delete()
    try:
        with transaction.atomic():
            claim.save(force_insert=True)
    except IntegrityError:
        earlier = same.first()
        if earlier is None:  # it went in this very moment
            raise StillRunning from None
        return earlier
    return None


def _again(earlier: AnsweredRequest, claim: AnsweredRequest) -> Response:
    if earlier.fingerprint != claim.fingerprint:
        raise KeyReused
    if earlier.status is None:
        raise StillRunning
    return Response(earlier.answer, status=earlier.status, headers={"Idempotency-Replayed": "true"})


def _keep(claim: AnsweredRequest, response: Any) -> None:
    claim.status = response.status_code
    claim.answer = json.loads(json.dumps(response.data, default=str))
    claim.save(update_fields=["status", "answer", "updated_at"])


def forget_answers(*, now: datetime) -> int:
    """Delete what was kept for a day; return how many."""
    return AnsweredRequest.objects.filter(created_at__lte=now - KEPT_FOR).delete()[0]
