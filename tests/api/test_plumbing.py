"""What every route has in common, shown on the smallest one and on one that writes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import path

from billabex.api import fields
from billabex.api.jobs import forget
from billabex.api.models import AnsweredRequest
from billabex.api.operations import operation
from billabex.api.serializers import Body, Output
from billabex.api.views import ApiView
from billabex.core import clock

if TYPE_CHECKING:
    from typing import Any

    from pytest_django import Settings

    from tests.api.conftest import Program


class Probe(Body):
    """All kinds of values."""

    name = fields.Text(max_length=20)
    nick_name = fields.OptionalText(max_length=20)
    day = fields.CivilDate(required=False)
    amount = fields.Amount(required=False)
    is_good = fields.Flag(required=False)
    count = fields.Whole(required=False)


class Echo(Output):
    """The same again."""

    name = fields.Text()
    nick_name = fields.OptionalText()
    day = fields.CivilDate(required=False)
    amount = fields.Amount(required=False)
    is_good = fields.Flag(required=False)
    count = fields.Whole(required=False)
    served = fields.Whole()


SERVED: list[str] = []


class ProbeView(ApiView):
    @operation("Probe", scope="accounts:all", takes=Probe, answers=Echo, status=201)
    def post(self, body: dict[str, Any]) -> Any:
        fields.settle(body, "EUR", "amount")
        SERVED.append(body["name"])
        if body["name"] == "crash":
            raise ZeroDivisionError
        return body | {"served": len(SERVED)}


class FormView(ApiView):
    @operation("Form", scope="accounts:all", takes=Probe, answers=Echo, status=201, multipart=True)
    def post(self, body: dict[str, Any]) -> Any:
        return body | {"served": 0}


urlpatterns = [path("api/public/v1/probe", ProbeView.as_view()), path("api/public/v1/form", FormView.as_view())]


@pytest.fixture(autouse=True)
def _probes(settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__
    SERVED.clear()


def test_names_are_camel_case_outside_and_empty_texts_null(program: Program) -> None:
    answer = program.post("/probe", {"name": " Ada ", "nickName": None})
    assert answer.status_code == 201
    assert answer.json() == {"name": "Ada", "nickName": None, "served": 1}


@pytest.mark.parametrize("day", [{"year": 2026, "month": 2, "day": 28}, "2026-02-28"])
def test_a_date_is_an_object_or_an_iso_text(program: Program, day: Any) -> None:
    assert program.post("/probe", {"name": "a", "day": day}).json()["day"] == {"year": 2026, "month": 2, "day": 28}


@pytest.mark.parametrize(
    "body",
    [
        {"name": 3},
        {"name": ""},
        {"name": "a" * 21},
        {"name": "a\0"},
        {"name": "\ud800"},
        {"name": "a", "day": "2026-02-30"},
        {"name": "a", "day": {"year": 2026, "month": 13, "day": 1}},
        {"name": "a", "day": {"year": 2026, "month": True, "day": 1}},
        {"name": "a", "day": {"year": 2026, "month": 1}},
        {"name": "a", "day": "26-1-1"},
        {"name": "a", "day": "1026-01-01"},
        {"name": "a", "amount": "12"},
        {"name": "a", "amount": True},
        {"name": "a", "amount": -1},
        {"name": "a", "amount": 1e300},
        {"name": "a", "isGood": "true"},
        {"name": "a", "isGood": 1},
        {"name": "a", "count": "3"},
        {"name": "a", "count": 3.5},
    ],
)
def test_a_value_of_another_kind_is_refused_by_its_field(program: Program, body: dict[str, Any]) -> None:
    answer = program.post("/probe", body)
    assert answer.status_code == 400
    error = answer.json()
    assert error["code"] == "app-core.input.invalid"
    assert [detail["field"] for detail in error["details"]] == [list(body)[-1]]
    assert error["requestId"] == answer["X-Request-Id"]


def test_an_unknown_field_is_refused(program: Program) -> None:
    details = program.post("/probe", {"name": "a", "nick_name": "b"}).json()["details"]
    assert [(detail["field"], detail["code"]) for detail in details] == [("nick_name", "unknown")]


@pytest.mark.parametrize(
    ("amount", "stored"),
    [(b"234.45999999999992", 234.46), (b"0.30000000000000004", 0.3), (b"12", 12), (b"12.50", 12.5)],
)
def test_the_noise_of_binary_sums_is_rounded_away(program: Program, amount: bytes, stored: float) -> None:
    assert program.post("/probe", b'{"name": "a", "amount": %s}' % amount).json()["amount"] == stored


@pytest.mark.parametrize("amount", [b"12.345", b"0.001", b"999999999.999"])
def test_decimals_that_were_meant_are_refused(program: Program, amount: bytes) -> None:
    answer = program.post("/probe", b'{"name": "a", "amount": %s}' % amount)
    assert answer.status_code == 400
    assert answer.json()["details"] == [
        {
            "field": "amount",
            "message": "Amounts in EUR have 2 decimals at most.",
            "code": "app-core.amount.decimals",
        }
    ]


@pytest.mark.parametrize(
    "raw", [b"{", b"[]", b'"a"', b'{"name": NaN}', b'{"name": "a", "name": "b"}', b"\xff\xfe{}", b"[" * 100_000]
)
def test_a_body_that_is_no_json_object_is_malformed(program: Program, raw: bytes) -> None:
    answer = program.post("/probe", raw)
    assert (answer.status_code, answer.json()["code"]) == (400, "app-api.request.malformed")


def test_a_byte_order_mark_before_json_says_nothing(program: Program) -> None:
    assert program.post("/probe", b'\xef\xbb\xbf{"name": "a"}').json()["name"] == "a"


@pytest.mark.parametrize("encoding", ["gzip", "br", "identity, gzip"])
def test_a_compressed_body_is_of_another_type(program: Program, encoding: str) -> None:
    answer = program.post("/probe", {"name": "a"}, Content_Encoding=encoding)
    assert (answer.status_code, answer.json()["code"]) == (415, "app-api.request.unsupported-type")
    assert program.upload("/form", {"name": "a"}, Content_Encoding=encoding).status_code == 415
    assert program.post("/probe", {"name": "a"}, Content_Encoding="Identity").status_code == 201


def test_null_for_what_cannot_be_empty_is_as_if_left_out_unless_it_is_required(program: Program) -> None:
    unknown = {"day": None, "amount": None, "isGood": None, "count": None}
    assert program.post("/probe", {"name": "a"} | unknown).json() == {"name": "a", "nickName": None, "served": 1}
    details = program.post("/probe", {"name": None} | unknown).json()["details"]
    assert [(detail["field"], detail["code"]) for detail in details] == [("name", "null")]


def test_a_body_of_ten_megabytes_is_too_large(program: Program) -> None:
    answer = program.post("/probe", b'{"name": "' + b"a" * 10_000_000 + b'"}')
    assert (answer.status_code, answer.json()["code"]) == (413, "app-api.request.too-large")


def test_a_form_where_json_is_taken_is_of_another_type(program: Program) -> None:
    answer = program.upload("/probe", {"name": "a"})
    assert (answer.status_code, answer.json()["code"]) == (415, "app-api.request.unsupported-type")


def test_a_form_nests_by_brackets_and_drops_what_is_empty(program: Program) -> None:
    parts = {"name": "Ada", "nickName": "", "day": {"year": 2026, "month": 1, "day": 31}, "amount": "12.5"}
    assert program.upload("/form", parts | {"isGood": "true", "count": "3"}).json() == {
        "name": "Ada",
        "nickName": None,
        "day": {"year": 2026, "month": 1, "day": 31},
        "amount": 12.5,
        "isGood": True,
        "count": 3,
        "served": 0,
    }


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("count", "٣"),
        ("count", "1_0"),
        ("amount", "٣.5"),
        ("amount", "1_000"),
        ("amount", "NaN"),
        ("day", "٢٠٢٦-01-01"),
    ],
)
def test_digits_in_forms_are_those_of_ascii(program: Program, name: str, value: str) -> None:
    answer = program.upload("/form", {"name": "a", name: value})
    assert (answer.status_code, [detail["field"] for detail in answer.json()["details"]]) == (400, [name])


@pytest.mark.parametrize("name", ["day[year", "[x]", "a[b][c][d][e][f]"])
def test_a_form_with_names_that_are_none_is_malformed(program: Program, name: str) -> None:
    assert program.upload("/form", {"name": "a", name: "1"}).status_code == 400


def test_a_token_without_the_scope_is_told_which(api: Any, owner: Any) -> None:
    answer = api(owner, "accounts:read").post("/probe", {"name": "a"})
    assert (answer.status_code, answer.json()["scope"]) == (403, "accounts:all")
    assert 'scope="accounts:all"' in answer["WWW-Authenticate"]


def test_a_member_who_may_only_read_writes_nothing(api: Any, read_only_member: Any) -> None:
    answer = api(read_only_member).post("/probe", {})
    assert (answer.status_code, answer.json()["code"]) == (403, "app-api.member.read-only")


def test_another_method_is_refused_with_those_there_are(program: Program) -> None:
    answer = program.get("/probe")
    assert (answer.status_code, answer["Allow"]) == (405, "POST")


def test_a_crash_of_ours_is_told_with_the_id_it_is_logged_under(
    program: Program, caplog: pytest.LogCaptureFixture
) -> None:
    answer = program.post("/probe", {"name": "crash"})
    assert (answer.status_code, answer.json()["code"]) == (500, "app-core.error.unknown")
    assert answer.json()["requestId"] in caplog.text


def test_a_token_that_came_by_plain_http_is_refused_and_not_redirected(program: Program, settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    answer = program.post("/probe", {"name": "a"})
    assert (answer.status_code, answer.json()["code"]) == (403, "app-api.request.plain-http")
    assert SERVED == []


def test_errors_speak_the_users_language(api: Any, owner: Any) -> None:
    owner.user.language = "fr"
    owner.user.save()
    answer = api(owner).post("/probe", {"name": ""})
    assert answer["Content-Language"] == "fr"


# --- Again ------------------------------------------------------------------------------------------------------


def test_the_same_request_with_its_key_is_done_once(program: Program) -> None:
    first, again = (program.post("/probe", {"name": "a"}, Idempotency_Key="k1") for _ in range(2))
    assert first.json() == again.json() == {"name": "a", "nickName": None, "served": 1}
    assert again["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first
    assert SERVED == ["a"]


def test_a_key_with_another_body_is_refused(program: Program) -> None:
    program.post("/probe", {"name": "a"}, Idempotency_Key="k1")
    answer = program.post("/probe", {"name": "b"}, Idempotency_Key="k1")
    assert (answer.status_code, answer.json()["code"]) == (422, "app-api.idempotency.key-reused")


def test_a_refusal_is_kept_as_well_and_a_crash_is_not(program: Program) -> None:
    assert program.post("/probe", {"name": ""}, Idempotency_Key="k1").status_code == 400
    assert program.post("/probe", {"name": ""}, Idempotency_Key="k1")["Idempotency-Replayed"] == "true"
    for _ in range(2):
        assert program.post("/probe", {"name": "crash"}, Idempotency_Key="k2").status_code == 500
    assert SERVED == ["crash", "crash"]


@pytest.mark.parametrize("key", ["", " ", "two words", "é", "k" * 256])
def test_a_key_that_is_none_is_refused(program: Program, key: str) -> None:
    answer = program.post("/probe", {"name": "a"}, Idempotency_Key=key)
    assert (answer.status_code, answer.json()["code"]) == (400, "app-api.idempotency.invalid-key")


def test_a_key_is_of_its_token_alone(program: Program, api: Any, member: Any) -> None:
    program.post("/probe", {"name": "a"}, Idempotency_Key="k1")
    assert api(member).post("/probe", {"name": "b"}, Idempotency_Key="k1").status_code == 201


def test_after_a_day_the_same_key_is_a_new_one(program: Program) -> None:
    morning = datetime(2026, 11, 23, 8, tzinfo=UTC)
    with clock.stopped_at(morning):
        program.post("/probe", {"name": "a"}, Idempotency_Key="k1")
    with clock.stopped_at(morning + timedelta(hours=23)):
        assert forget() == 0
        assert program.post("/probe", {"name": "a"}, Idempotency_Key="k1")["Idempotency-Replayed"] == "true"
    with clock.stopped_at(morning + timedelta(hours=25)):
        assert program.post("/probe", {"name": "b"}, Idempotency_Key="k1").status_code == 201
        assert forget() == 0
    with clock.stopped_at(morning + timedelta(hours=49)):
        assert forget() == 1
    assert SERVED == ["a", "b"]


def test_a_request_whose_first_is_still_running_waits_unless_that_was_abandoned(program: Program) -> None:
    program.post("/probe", {"name": "a"}, Idempotency_Key="k1")
    AnsweredRequest.objects.update(status=None, answer=None)
    answer = program.post("/probe", {"name": "a"}, Idempotency_Key="k1")
    assert (answer.status_code, answer.json()["code"]) == (409, "app-api.idempotency.in-progress")
    with clock.stopped_at(clock.now() + timedelta(minutes=11)):
        assert program.post("/probe", {"name": "a"}, Idempotency_Key="k1").status_code == 201


# --- How often --------------------------------------------------------------------------------------------------


def test_more_requests_than_the_limit_wait(program: Program, settings: Settings) -> None:
    settings.API_RATE_LIMIT = 3
    left = [program.post("/probe", {"name": "a"})["X-RateLimit-Remaining"] for _ in range(3)]
    assert left == ["2", "1", "0"]
    refused = program.post("/probe", {"name": "a"})
    assert (refused.status_code, refused.json()["code"]) == (429, "app-api.request.rate-limited")
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert SERVED == ["a"] * 3
