"""Tasks and what is said in them."""
# mypy: untyped-calls-exclude=factory

from __future__ import annotations

from datetime import UTC, datetime

from factory.declarations import SelfAttribute, SubFactory, Trait

from tasks.enums import Party, TaskStatus, TaskType
from tasks.models import Interaction, Task
from tests.factories.accounts import AccountFactory
from tests.factories.rows import RowFactory


class TaskFactory(RowFactory[Task]):
    """An open task; `closed=True` for one that was answered."""

    class Meta:
        model = Task

    class Params:
        closed = Trait(status=TaskStatus.CLOSED, closed_at=datetime(2026, 2, 20, 10, tzinfo=UTC))

    account = SubFactory(AccountFactory)
    organization = SelfAttribute("account.organization")
    type = TaskType.NEED_CONTACTS


class InteractionFactory(RowFactory[Interaction]):
    """What the agent asks; `by_member=True` for an answer."""

    class Meta:
        model = Interaction

    class Params:
        by_member = Trait(party=Party.MEMBER, author_label="Maud Petit", code="", text="Jane Doe, jane@acme.example")

    task = SubFactory(TaskFactory)
    party = Party.AGENT
    author_label = "Alix"
    code = "need-contacts.asked"
