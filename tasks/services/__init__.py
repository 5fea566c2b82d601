"""Writes about tasks: the agent asks, people answer, and the answer has its effect at once."""

from tasks.services.asking import Question, ask, withdraw
from tasks.services.closing import answer_yes_or_no, cancel_task
from tasks.services.contacts import NewContact, answer_with_contact, answer_with_text

__all__ = [
    "NewContact",
    "Question",
    "answer_with_contact",
    "answer_with_text",
    "answer_yes_or_no",
    "ask",
    "cancel_task",
    "withdraw",
]
