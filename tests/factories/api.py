"""Answers that the API keeps."""
# mypy: untyped-calls-exclude=factory

from __future__ import annotations

from factory.declarations import Sequence

from billabex.api.models import AnsweredRequest
from tests.factories.rows import RowFactory


class AnsweredRequestFactory(RowFactory[AnsweredRequest]):
    class Meta:
        model = AnsweredRequest

    holder = "pat:1"
    route = "POST /api/public/v1/accounts"
    key = Sequence(lambda n: f"key-{n}")
    fingerprint = "0" * 64
