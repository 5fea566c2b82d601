"""Addresses of the contacts pages, below those of their account."""

from django.urls import path

from contacts import views
from contacts.kinds import CONTACTS, REPRESENTATIVES

app_name = "contacts"

contacts = {"kind": CONTACTS}
representatives = {"kind": REPRESENTATIVES}

urlpatterns = [
    path("<uuid:pk>/contacts/add/", views.add, contacts, name="add"),
    path("<uuid:pk>/contacts/<uuid:person_id>/", views.edit, contacts, name="edit"),
    path("<uuid:pk>/contacts/<uuid:person_id>/delete/", views.delete, contacts, name="delete"),
    path("<uuid:pk>/representatives/add/", views.add, representatives, name="add-representative"),
    path("<uuid:pk>/representatives/<uuid:person_id>/", views.edit, representatives, name="edit-representative"),
    path(
        "<uuid:pk>/representatives/<uuid:person_id>/delete/",
        views.delete,
        representatives,
        name="delete-representative",
    ),
]
