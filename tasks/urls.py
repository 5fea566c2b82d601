"""Addresses of the tasks pages, those of an account's tab among them."""

from django.urls import path

from tasks import views

app_name = "tasks"

urlpatterns = [
    path("tasks/", views.task_list_page, name="list"),
    path("tasks/<uuid:pk>/", views.detail, name="detail"),
    path("tasks/<uuid:pk>/contact/", views.answer_contact, name="answer-contact"),
    path("tasks/<uuid:pk>/text/", views.answer_text, name="answer-text"),
    path("tasks/<uuid:pk>/approval/", views.answer_approval, name="answer-approval"),
    path("tasks/<uuid:pk>/cancel/", views.cancel, name="cancel"),
    path("accounts/<uuid:pk>/tasks/", views.of_account, name="of-account"),
]
