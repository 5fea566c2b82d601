"""What a task takes as an answer, whoever gives it and wherever."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from tasks.enums import OPEN, TaskType
from tasks.errors import OutdatedSchema, TaskClosed, WrongAnswer

if TYPE_CHECKING:
    from collections.abc import Mapping

SCHEMA_VERSIONS: Mapping[str, int] = {TaskType.NEED_CONTACTS: 1, TaskType.APPROVE_ACTION: 1}
"""Of the fields in which tasks of a type are answered: another field is another version. Others take words only."""


class Asked(Protocol):
    """What the rules need to know of a task."""

    status: str
    type: str


def check_open(task: Asked) -> None:
    """Let an open task be answered or cancelled.

    Raises:
        TaskClosed: It is closed or cancelled.
    """
    if task.status not in OPEN:
        raise TaskClosed


def check_asks_for(task: Asked, kind: TaskType) -> None:
    """Let a task of a type be answered in the way of that type.

    Raises:
        WrongAnswer: It is of another type.
    """
    if task.type != kind:
        raise WrongAnswer


def check_schema_version(task: Asked, version: int) -> None:
    """Let an open task be answered in the fields that whoever answers has read.

    Raises:
        TaskClosed: It is closed or cancelled.
        WrongAnswer: It is answered in words only.
        OutdatedSchema: They have read another version of the fields.
    """
    check_open(task)
    if task.type not in SCHEMA_VERSIONS:
        raise WrongAnswer
    if version != SCHEMA_VERSIONS[task.type]:
        raise OutdatedSchema
