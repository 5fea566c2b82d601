"""Addresses of the accounts pages."""

from django.urls import path

from accounts import views

app_name = "accounts"

urlpatterns = [
    path("", views.account_list_page, name="list"),
    path("add/", views.add, name="add"),
    path("bulk/", views.bulk, name="bulk"),
    path("<uuid:pk>/", views.overview, name="detail"),
    path("<uuid:pk>/details/", views.details, name="details-tab"),
    path("<uuid:pk>/edit/", views.edit, name="edit"),
    path("<uuid:pk>/pause/", views.pause, name="pause"),
    path("<uuid:pk>/resume/", views.resume, name="resume"),
    path("<uuid:pk>/owner/", views.owner, name="owner"),
    path("<uuid:pk>/status/", views.status, name="status"),
    path("<uuid:pk>/delete/", views.delete, name="delete"),
    path("<uuid:pk>/notes/add/", views.add_note, name="add-note"),
    path("<uuid:pk>/tags/add/", views.add_tag, name="add-tag"),
    path("<uuid:pk>/tags/<uuid:tag_id>/remove/", views.remove_tag, name="remove-tag"),
]
