"""Addresses of the contacts pages, below those of their account."""

from django.urls import path

from contacts import views

app_name = "contacts"

urlpatterns = [
    path("<uuid:pk>/contacts/add/", views.add, name="add"),
    path("<uuid:pk>/contacts/<uuid:person_id>/", views.edit, name="edit"),
    path("<uuid:pk>/contacts/<uuid:person_id>/delete/", views.delete, name="delete"),
    path("<uuid:pk>/representatives/add/", views.add_representative, name="add-representative"),
    path("<uuid:pk>/representatives/<uuid:person_id>/", views.edit_representative, name="edit-representative"),
    path(
        "<uuid:pk>/representatives/<uuid:person_id>/delete/", views.delete_representative, name="delete-representative"
    ),
]
