"""Constraints of tasks and their interactions."""

from datetime import UTC, datetime

from tasks.enums import TaskStatus
from tests.data.cases.case import SAME, Case, filled, one_of
from tests.factories import InteractionFactory, TaskFactory

NOW = datetime(2026, 2, 18, 9, tzinfo=UTC)

CASES = {
    "tasks_task_one_open": Case(
        factory=TaskFactory,
        good=[{}, {"account": SAME, "closed": True}, {"account": SAME, "about": "another thing"}],
        bad=[{"account": SAME}, {"account": SAME, "status": TaskStatus.AWAITING_RESPONSE}],
    ),
    "tasks_task_type_known": one_of(TaskFactory, "type", "NeedContacts", "ApproveAction"),
    "tasks_task_status_known": Case(
        factory=TaskFactory,
        good=[{"status": TaskStatus.CANCELLED, "closed_at": NOW}],
        bad=[{"status": "lost", "closed_at": NOW}],
    ),
    "tasks_task_closed": Case(
        factory=TaskFactory,
        good=[{"status": TaskStatus.IN_PROGRESS}, {"closed": True}],
        bad=[{"closed_at": NOW}, {"closed": True, "closed_at": None}],
    ),
    "tasks_task_answer": Case(
        factory=TaskFactory,
        good=[
            {"closed": True},
            {"type": "ApproveAction"},
            {"type": "ApproveAction", "closed": True, "answer": "yes"},
            {"type": "ApproveAction", "status": TaskStatus.CANCELLED, "closed_at": NOW, "answer": "no"},
            {"type": "ApproveAction", "status": TaskStatus.CANCELLED, "closed_at": NOW},
        ],
        bad=[
            {"answer": "yes"},
            {"closed": True, "answer": "no"},
            {"type": "ApproveAction", "answer": "yes"},
            {"type": "ApproveAction", "closed": True},
            {"type": "ApproveAction", "closed": True, "answer": "perhaps"},
        ],
    ),
    "tasks_interaction_party_known": Case(
        factory=InteractionFactory,
        good=[{"by_member": True}, {"by_member": True, "party": "customer"}],
        bad=[{"party": "ghost", "code": ""}],
    ),
    "tasks_interaction_agent_code": Case(
        factory=InteractionFactory,
        good=[{"code": "need-contacts.thanked"}, {"by_member": True}],
        bad=[{"code": ""}, {"by_member": True, "code": "need-contacts.asked"}],
    ),
    "tasks_interaction_people_say_something": Case(
        factory=InteractionFactory,
        good=[{"by_member": True, "text": "Jane"}, {"text": ""}],
        bad=[{"by_member": True, "text": ""}, {"by_member": True, "text": " "}],
    ),
    "tasks_interaction_author_label_not_blank": filled(InteractionFactory, "author_label"),
}
