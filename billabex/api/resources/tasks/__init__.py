"""Tasks: what the agent asks of people, and their answers."""

from django.urls import path

from billabex.api.resources.tasks.views import (
    AccountTasksView,
    CancelView,
    InteractionsView,
    TaskSearchView,
    TaskView,
)

urlpatterns = [
    path("account-tasks", AccountTasksView.as_view(), name="account-tasks"),
    path("account-tasks/search", TaskSearchView.as_view(), name="account-tasks-search"),
    path("account-tasks/<key:task_id>", TaskView.as_view(), name="account-task"),
    path("account-tasks/<key:task_id>/interactions", InteractionsView.as_view(), name="account-task-interactions"),
    path("account-tasks/<key:task_id>/cancel", CancelView.as_view(), name="account-task-cancel"),
]
