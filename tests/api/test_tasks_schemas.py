"""The JSON Schemas of answers, and what is taken: the same, whoever validates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest
from django.utils import translation
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # ships no types

from billabex.api.resources.tasks.answers import ANSWERS
from tasks.enums import TaskType
from tasks.forms import ApprovalForm, ContactForm
from tasks.rules import SCHEMA_VERSIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

LEFT_OUT: Final = object()
VALUES: list[Any] = [
    LEFT_OUT,
    None,
    True,
    False,
    5,
    "",
    " ",
    "\n",
    "x",
    "fr",
    "FR",
    "pl",
    "jane@acme.com",
    "x" * 120,
    "x" * 121,
    "x" * 200,
    "x" * 201,
    "x" * 2000,
    "x" * 2001,
    "a\0b",
    ["x"],
    {"x": "y"},
]
WHOLE: dict[TaskType, dict[str, Any]] = {
    TaskType.NEED_CONTACTS: {"fullName": "Jane Doe", "email": "jane@acme.com", "language": "fr", "role": "CFO"},
    TaskType.APPROVE_ACTION: {"approved": False, "note": "Not yet."},
}


def candidates() -> Iterator[tuple[TaskType, dict[str, Any]]]:
    """Yield the answers that differ from a whole one in one field, known or not."""
    for kind, whole in WHOLE.items():
        for name in [*whole, "unknown"]:
            for value in VALUES:
                yield kind, {key: one for key, one in {**whole, name: value}.items() if one is not LEFT_OUT}


def test_schema_and_validation_agree() -> None:
    seen = set()
    for kind, value in candidates():
        answer = ANSWERS[kind]
        is_taken = answer.fields(data=value).is_valid()
        allows = Draft202012Validator(answer.schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
        assert allows.is_valid(value) == is_taken, (kind, value)
        seen.add((kind, is_taken))
    assert seen == {(kind, is_taken) for kind in WHOLE for is_taken in (True, False)}


@pytest.mark.parametrize("kind", ANSWERS)
def test_schema_is_one_and_asks_for_what_the_page_asks_for(kind: TaskType) -> None:
    schema = ANSWERS[kind].schema
    Draft202012Validator.check_schema(schema)
    form = {TaskType.NEED_CONTACTS: ContactForm, TaskType.APPROVE_ACTION: ApprovalForm}[kind]
    assert len(schema["required"]) == sum(field.required for field in form.base_fields.values())
    assert len(schema["properties"]) == len(form.base_fields)


def test_every_type_that_asks_for_fields_has_its_answer() -> None:
    assert set(ANSWERS) == set(WHOLE) == set(SCHEMA_VERSIONS) == set(TaskType)


def test_fields_change_with_their_version_only() -> None:
    """Whoever changes what is asked for changes the version, too, and both here."""
    asked = {kind: (SCHEMA_VERSIONS[kind], list(answer.schema["properties"])) for kind, answer in ANSWERS.items()}
    assert asked == {
        TaskType.NEED_CONTACTS: (1, ["fullName", "email", "language", "role"]),
        TaskType.APPROVE_ACTION: (1, ["approved", "note"]),
    }


def test_schema_reads_the_same_in_every_language() -> None:
    """It is for programs: they may compare it."""
    with translation.override("fr"):
        french = ANSWERS[TaskType.NEED_CONTACTS].schema
    assert french == ANSWERS[TaskType.NEED_CONTACTS].schema
