"""What can go wrong with tasks, one class per cause."""

from django.utils.translation import gettext_lazy as _

from billabex.core.errors import InvalidInput, NotFound, RuleViolation


class TaskNotFound(NotFound):
    """No such task here."""

    code = "tasks.task.not-found"
    message = _("There is no such task.")


class TaskClosed(RuleViolation):
    """Nothing answers a closed or cancelled task."""

    code = "tasks.task.closed"
    message = _("This task is closed and can no longer be answered.")


class WrongAnswer(RuleViolation):
    """An answer to another kind of question: a contact to one of yes or no, say."""

    code = "tasks.answer.wrong"
    message = _("This task asks for something else.")


class EmptyAnswer(InvalidInput):
    """Neither a contact nor a text was given."""

    code = "tasks.answer.empty"
    message = _("Write an answer first.")


class OutdatedSchema(InvalidInput):
    """A structured answer to another version of what is asked."""

    code = "tasks.answer.outdated-schema"
    message = _("What is asked for has changed since. Read the task again, and answer its current version.")

    def __init__(self) -> None:
        super().__init__(fields={"schema_version": self.message})
