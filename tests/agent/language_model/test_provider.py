"""Endpoints that speak the protocols of OpenAI and Anthropic, over real sockets."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from billabex.agent.language_model.configuration import Configuration
from billabex.agent.language_model.port import Cause, Context, Draft, ModelFailed, Reply, Said
from billabex.agent.language_model.remote import Remote
from invoices.enums import DisputeReason
from tests.agent.language_model.endpoint import (
    Answering,
    babbling,
    calling,
    failing,
    material,
    refusing,
    saying,
    wording,
)
from tests.agent.language_model.rewordings import follow_up
from tests.agent.writing.briefs import TODAY

if TYPE_CHECKING:
    from tests.agent.language_model.endpoint import Endpoint

DRAFT = Draft("en", "courteous", ("Please pay {amount_1}.", "Thank you."))
REPLY = Reply("The amount of LUM-7001 is wrong. – Jane", TODAY, subject="Your message")
CONTEXT = Context("en", "Brandt Logistik", follow_up().overdue)


def remote(endpoint: Endpoint, name: str = "openai:test") -> Remote:
    return Remote(replace(Configuration.from_settings(), name=name))


def cause_of(model: Remote) -> Cause:
    with pytest.raises(ModelFailed) as failure:
        model.phrase(DRAFT)
    return failure.value.cause


def test_openai_protocol_words_a_message(endpoint: Endpoint) -> None:
    endpoint.answering = wording("Kindly pay {amount_1}.", "Many thanks.")
    assert remote(endpoint).phrase(DRAFT) == ("Kindly pay {amount_1}.", "Many thanks.")
    [asked] = endpoint.asked
    assert asked["model"] == "test"
    assert material(asked) == {"language": "en", "voice": "courteous", "paragraphs": list(DRAFT.paragraphs)}


def test_model_is_asked_where_an_event_loop_runs_already(endpoint: Endpoint) -> None:
    endpoint.answering = wording("Kindly pay {amount_1}.", "Many thanks.")

    async def inside() -> tuple[str, ...]:
        return remote(endpoint).phrase(DRAFT)

    with ThreadPoolExecutor(max_workers=1) as thread:
        assert thread.submit(asyncio.run, inside()).result() == ("Kindly pay {amount_1}.", "Many thanks.")


def test_anthropic_protocol_words_a_message(endpoint: Endpoint) -> None:
    endpoint.answering = wording("Kindly pay {amount_1}.", "Many thanks.")
    model = Remote(replace(Configuration.from_settings(), name="anthropic:test", url=endpoint.url.removesuffix("/v1")))
    assert model.phrase(DRAFT) == ("Kindly pay {amount_1}.", "Many thanks.")
    assert material(endpoint.asked[0])["voice"] == "courteous"


def test_reply_is_read_with_its_own_account_only(endpoint: Endpoint) -> None:
    fields = {"said": "dispute", "confidence": 0.9, "invoice_numbers": ["LUM-7001"], "dispute_reason": "WrongAmount"}
    endpoint.answering = calling(fields)
    reading = remote(endpoint).read(REPLY, CONTEXT)
    assert (reading.said, reading.invoice_numbers) == (Said.DISPUTE, ("LUM-7001",))
    assert reading.dispute_reason is DisputeReason.WRONG_AMOUNT
    sent = material(endpoint.asked[0])
    assert sent["reply"] == {
        "text": REPLY.text,
        "received_on": "2026-05-15",
        "subject": "Your message",
        "has_attachments": False,
    }
    assert sent["account"]["account_name"] == "Brandt Logistik"
    assert [one["number"] for one in sent["account"]["invoices"]] == ["LUM-7001"]


@pytest.mark.parametrize(
    ("answering", "cause"),
    [
        (saying("Kindly pay {amount_1}. Many thanks."), Cause.GARBAGE),
        (calling("{{{"), Cause.GARBAGE),
        (calling({"paragraphs": "Kindly pay."}), Cause.GARBAGE),
        (calling({"other": []}), Cause.GARBAGE),
        (babbling, Cause.GARBAGE),
        (refusing, Cause.REFUSED),
        (failing(429), Cause.QUOTA),
        (failing(500), Cause.ERROR),
        (failing(503), Cause.ERROR),
        (failing(529), Cause.ERROR),
        (failing(401), Cause.REJECTED),
        (failing(404), Cause.REJECTED),
        (failing(400), Cause.REJECTED),
    ],
)
def test_failure_is_told_by_its_cause_and_never_tried_twice(
    endpoint: Endpoint, answering: Answering, cause: Cause
) -> None:
    endpoint.answering = answering
    assert cause_of(remote(endpoint)) is cause
    assert len(endpoint.asked) == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"said": "forgive_debt", "confidence": 1},
        {"said": "payment_announced", "confidence": 1, "on": "2026-02-31"},
        {"said": "dispute", "confidence": 1, "dispute_reason": "Ugly"},
        {"said": "dispute", "confidence": "very"},
        {"said": "dispute"},
    ],
)
def test_reading_that_is_no_row_is_garbage(endpoint: Endpoint, fields: dict[str, object]) -> None:
    endpoint.answering = calling(fields)
    with pytest.raises(ModelFailed) as failure:
        remote(endpoint).read(REPLY, CONTEXT)
    assert failure.value.cause is Cause.GARBAGE


def test_answer_that_does_not_come_is_not_waited_for(endpoint: Endpoint) -> None:
    endpoint.answering = endpoint.never
    model = Remote(replace(Configuration.from_settings(), timeout=0.2))
    assert cause_of(model) is Cause.TIME_OUT


def test_endpoint_that_is_not_there_is_unreachable(endpoint: Endpoint) -> None:
    model = Remote(replace(Configuration.from_settings(), url="http://127.0.0.1:1/v1"))
    assert cause_of(model) is Cause.UNREACHABLE
