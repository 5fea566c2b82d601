"""What is said of tasks, and what people may answer."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ValidationError
from rest_framework.serializers import DictField, JSONField

from billabex.api import fields
from billabex.api.examples import ACCOUNT, ORGANIZATION
from billabex.api.resources.tasks.answers import ANSWERS
from billabex.api.serializers import Body, ListQuery, Output
from tasks.enums import Answer, Party, TaskStatus, TaskType
from tasks.rules import SCHEMA_VERSIONS

_ASKED = (
    "I have no one to write to at Acme. Who should receive the reminders? "
    "Give me a name, an email address and a language; a sentence will do."
)


# --- In -----------------------------------------------------------------------------------------------------


class _TasksQuery(ListQuery):
    """Which tasks."""

    type = fields.Code(TaskType, required=False)
    status = fields.Code(TaskStatus, required=False, help_text="`ActionRequired` keeps those that wait for an answer.")
    sort = fields.Sort("createdAt")


class AccountTasksQuery(_TasksQuery):
    """Which tasks of an account."""

    account_id = fields.Id()


class TaskSearchQuery(_TasksQuery):
    """Which tasks of an organization."""

    organization_id = fields.Id()


class InteractionIn(Body):
    """An answer: either in words, or in the fields that the task's schema asks for."""

    text = fields.OptionalText(max_length=2000, help_text="An answer in your own words.")
    schema_version = fields.Whole(
        required=False, allow_null=True, default=None, help_text="The `schemaVersion` that the task was read with."
    )
    value = DictField(
        required=False, allow_null=True, default=None, help_text="An answer that the task's `schema` allows."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Take words or fields.

        Raises:
            ValidationError: It is both, or neither, or a value without its version.
        """
        is_structured = attrs["value"] is not None or attrs["schema_version"] is not None
        if bool(attrs["text"]) == is_structured:
            raise ValidationError(_("Answer with `text`, or with `schemaVersion` and `value`."))
        for name, outside in (("schema_version", "schemaVersion"), ("value", "value")):
            if is_structured and attrs[name] is None:
                raise ValidationError({outside: _("This field is required.")}, code="required")
        return attrs

    class Meta:
        example = {
            "schemaVersion": 1,
            "value": {"fullName": "Jane Doe", "email": "jane@acme.com", "language": "en"},
        }


class CancelIn(Body):
    """Why a task is cancelled."""

    reason = fields.OptionalText(max_length=2000, help_text="For whoever reads it later.")

    class Meta:
        example = {"reason": "We no longer work with them."}


# --- Out ----------------------------------------------------------------------------------------------------


class InteractionOut(Output):
    """One entry in a task's conversation."""

    id = fields.Id()
    party = fields.Code(Party, help_text="Who speaks.")
    author = fields.Text(help_text="Their name.")
    text = fields.Text(help_text="People's own words; the agent's in the language of the token's user.")
    created_at = fields.Instant()


class TaskOut(Output):
    """A task, with its conversation."""

    id = fields.Id(source="task.id")
    organization_id = fields.Id(source="task.organization_id")
    account_id = fields.Id(source="task.account_id")
    type = fields.Code(TaskType, source="task.type")
    about = fields.OptionalText(source="task.about", help_text="What it is about within its type.")
    status = fields.Code(TaskStatus, source="task.status")
    subject = fields.Text(help_text="What it asks for, in a few words.")
    message = fields.OptionalText(help_text="What the agent asks.")
    interactions = InteractionOut(many=True, help_text="The conversation, the oldest entry first.")
    schema = JSONField(
        allow_null=True,
        help_text="What a structured answer looks like (JSON Schema 2020-12); null where only words are asked for.",
    )
    schema_version = fields.Whole(allow_null=True, help_text="To be given back with a structured answer.")
    answer = fields.Code(Answer, source="task.answer", allow_null=True, help_text="To a question of yes or no.")
    created_at = fields.Instant(source="task.created_at")
    closed_at = fields.Instant(source="task.closed_at", allow_null=True)
    updated_at = fields.Instant(source="task.updated_at")

    class Meta:
        example = {
            "id": "019ab3c4-f301-7c52-9d4e-0a4f6f1b2c3d",
            "organizationId": ORGANIZATION,
            "accountId": ACCOUNT,
            "type": "NeedContacts",
            "about": None,
            "status": "ActionRequired",
            "subject": "Contact needed",
            "message": _ASKED,
            "interactions": [
                {
                    "id": "019ab3c4-f302-7c52-9d4e-0a4f6f1b2c3d",
                    "party": "Agent",
                    "author": "Alix",
                    "text": _ASKED,
                    "createdAt": "2026-11-22T06:00:00Z",
                }
            ],
            "schema": ANSWERS[TaskType.NEED_CONTACTS].schema,
            "schemaVersion": SCHEMA_VERSIONS[TaskType.NEED_CONTACTS],
            "answer": None,
            "createdAt": "2026-11-22T06:00:00Z",
            "closedAt": None,
            "updatedAt": "2026-11-22T06:00:00Z",
        }
