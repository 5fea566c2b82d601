"""Structured answers to tasks: what is asked for, as fields, as a JSON Schema, and what giving it does.

The schema is made of the fields that validate, so that the two cannot disagree. A change of the fields is a new
version (`tasks.rules`): programs answer the version that they read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from rest_framework.exceptions import ValidationError

from billabex.api import fields
from billabex.api.serializers import Body
from billabex.organizations.enums import MessageLanguage
from tasks import services
from tasks.enums import Answer, TaskType
from tasks.rules import check_schema_version
from tasks.services import NewContact

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from rest_framework.fields import Field

    from billabex.core.actors import Actor
    from tasks.models import Task

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_ASKED: Any = {"required": True, "allow_null": False, "allow_blank": False}


class ContactFields(Body):
    """Whom to write to at the account."""

    full_name = fields.Text(max_length=200, help_text="First and last name.")
    email = fields.Email(**_ASKED, help_text="Where messages go.")
    language = fields.WrittenLanguage(**_ASKED, help_text="In which the agent writes to them.")
    role = fields.OptionalText(max_length=120, help_text="What they do there.")


class ApprovalFields(Body):
    """Yes or no."""

    approved = fields.Flag(help_text="Whether the agent may.")
    note = fields.OptionalText(max_length=2000, help_text="For whoever reads it later.")


class Giver(Protocol):
    """Answers a task, as the form on its page does."""

    def __call__(self, task: Task, value: Mapping[str, Any], *, actor: Actor, now: datetime) -> None:
        """Answer with a valid value."""


@dataclass(frozen=True, slots=True)
class StructuredAnswer:
    """How tasks of a type are answered in fields.

    Attributes:
        fields: What is asked for.
        give: What giving it does.
    """

    fields: type[Body]
    give: Giver

    @property
    def schema(self) -> dict[str, Any]:
        """The fields as a JSON Schema."""
        asked = self.fields().fields
        return {
            "$schema": DIALECT,
            "type": "object",
            "properties": {name: _described(one) for name, one in asked.items()},
            "required": [name for name, one in asked.items() if one.required],
            "additionalProperties": False,
        }


def _give_contact(task: Task, value: Mapping[str, Any], *, actor: Actor, now: datetime) -> None:
    services.answer_with_contact(task=task, contact=NewContact(**value), actor=actor, now=now)


def _give_approval(task: Task, value: Mapping[str, Any], *, actor: Actor, now: datetime) -> None:
    answer = Answer.YES if value["approved"] else Answer.NO
    services.answer_yes_or_no(task=task, answer=answer, remark=value["note"], actor=actor, now=now)


ANSWERS: Mapping[str, StructuredAnswer] = {
    TaskType.NEED_CONTACTS: StructuredAnswer(ContactFields, _give_contact),
    TaskType.APPROVE_ACTION: StructuredAnswer(ApprovalFields, _give_approval),
}
"""By the type of the task; others are answered in words only."""


def answer_in_fields(*, task: Task, version: int, value: Mapping[str, Any], actor: Actor, now: datetime) -> None:
    """Answer a task in the fields that its schema asks for.

    Raises:
        TaskClosed: It is closed or cancelled.
        WrongAnswer: It is answered in words only.
        OutdatedSchema: Its schema is of another version.
        ValidationError: The value is not what the schema asks for.
    """
    check_schema_version(task, version)
    answer = ANSWERS[task.type]
    given = answer.fields(data=value)
    if not given.is_valid():
        raise ValidationError({"value": given.errors})
    answer.give(task, given.validated_data, actor=actor, now=now)


def _described(asked: Field[Any, Any, Any, Any]) -> dict[str, Any]:
    """Return the schema of one field."""
    return {"description": str(asked.help_text)} | _kind(asked)


def _kind(asked: Field[Any, Any, Any, Any]) -> dict[str, Any]:
    if isinstance(asked, fields.Flag):
        return {"type": "boolean"}
    if isinstance(asked, fields.WrittenLanguage):
        return {"type": "string", "enum": MessageLanguage.values}
    if isinstance(asked, fields.Email):
        return {"type": "string", "format": "email", "maxLength": asked.max_length}
    if isinstance(asked, fields.OptionalText):
        return {"type": ["string", "null"], "maxLength": asked.max_length, "pattern": fields.STORABLE}
    if isinstance(asked, fields.Text):
        return {"type": "string", "maxLength": asked.max_length, "pattern": fields.FILLED}
    raise TypeError(asked)  # a kind of field that no answer has had so far
