"""A language model that fails is left alone for a while: an outage costs one time-out, not one a message."""

from __future__ import annotations

import pytest

from billabex.agent.language_model.port import BuiltIn, Cause, Context, Draft, ModelFailed, Reply
from billabex.agent.language_model.sparing import REST, Sparing
from tests.agent.language_model.rewordings import follow_up
from tests.agent.writing.briefs import TODAY

DRAFT = Draft("en", "courteous", ("Please pay.",))
CONTEXT = Context("en", "Brandt", follow_up().overdue)


class Failing(BuiltIn):
    """A model that fails in one way, and counts how often it is asked."""

    def __init__(self, cause: Cause) -> None:
        self.cause = cause
        self.asked = 0

    def phrase(self, draft: Draft) -> tuple[str, ...]:
        self.asked += 1
        raise ModelFailed(self.cause)


class Watch:
    """A clock that a test sets."""

    seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def ask(model: Sparing) -> Cause:
    with pytest.raises(ModelFailed) as failure:
        model.phrase(DRAFT)
    return failure.value.cause


def test_model_that_does_not_answer_rests_and_is_asked_again() -> None:
    failing, watch = Failing(Cause.TIME_OUT), Watch()
    model = Sparing(failing, clock=watch)
    assert [ask(model), ask(model)] == [Cause.TIME_OUT, Cause.RESTING]
    watch.seconds += REST
    assert ask(model) == Cause.TIME_OUT
    assert failing.asked == 2


def test_resting_model_reads_no_reply_either() -> None:
    model = Sparing(Failing(Cause.QUOTA))
    ask(model)
    with pytest.raises(ModelFailed, match="resting"):
        model.read(Reply("We paid.", TODAY), CONTEXT)


def test_model_that_answers_nonsense_is_asked_about_the_next_message() -> None:
    failing = Failing(Cause.GARBAGE)
    model = Sparing(failing)
    assert [ask(model), ask(model)] == [Cause.GARBAGE, Cause.GARBAGE]
    assert failing.asked == 2


def test_model_that_works_is_passed_on() -> None:
    model = Sparing(BuiltIn())
    assert model.name == "built-in"
    assert model.phrase(DRAFT) == DRAFT.paragraphs
    assert model.read(Reply("We paid.", TODAY), CONTEXT).cause is Cause.NOT_READ
