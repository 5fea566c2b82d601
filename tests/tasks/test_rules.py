"""What a task takes as an answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tasks.enums import TaskStatus, TaskType
from tasks.errors import OutdatedSchema, TaskClosed, WrongAnswer
from tasks.rules import SCHEMA_VERSIONS, check_asks_for, check_open, check_schema_version

if TYPE_CHECKING:
    from billabex.core.errors import BillabexError


@dataclass
class Asked:
    status: str = TaskStatus.ACTION_REQUIRED
    type: str = TaskType.NEED_CONTACTS


@pytest.mark.parametrize("status", [TaskStatus.CLOSED, TaskStatus.CANCELLED])
def test_ended_task_takes_nothing(status: TaskStatus) -> None:
    with pytest.raises(TaskClosed):
        check_open(Asked(status))
    with pytest.raises(TaskClosed):
        check_schema_version(Asked(status), 0)


@pytest.mark.parametrize("status", [TaskStatus.ACTION_REQUIRED, TaskStatus.IN_PROGRESS, TaskStatus.AWAITING_RESPONSE])
def test_open_task_takes_the_answer_of_its_type(status: TaskStatus) -> None:
    check_open(Asked(status))
    check_asks_for(Asked(status), TaskType.NEED_CONTACTS)
    check_schema_version(Asked(status), SCHEMA_VERSIONS[TaskType.NEED_CONTACTS])


def test_task_of_another_type_takes_another_answer() -> None:
    with pytest.raises(WrongAnswer):
        check_asks_for(Asked(), TaskType.APPROVE_ACTION)


@pytest.mark.parametrize(
    ("kind", "version", "refusal"),
    [
        (TaskType.NEED_CONTACTS, SCHEMA_VERSIONS[TaskType.NEED_CONTACTS] - 1, OutdatedSchema),
        (TaskType.NEED_CONTACTS, SCHEMA_VERSIONS[TaskType.NEED_CONTACTS] + 1, OutdatedSchema),
        ("InWordsOnly", 1, WrongAnswer),
    ],
)
def test_fields_that_are_not_asked_for_are_refused(kind: str, version: int, refusal: type[BillabexError]) -> None:
    with pytest.raises(refusal):
        check_schema_version(Asked(type=kind), version)
