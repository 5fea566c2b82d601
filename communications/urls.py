"""Addresses of the communications pages, those of an account's tab among them."""

from django.urls import path

from communications import views

app_name = "communications"

urlpatterns = [
    path("communications/", views.thread_list_page, name="list"),
    path("communications/upcoming/", views.upcoming, name="upcoming"),
    path("communications/accounts/<uuid:pk>/", views.thread, name="thread"),
    path("communications/<uuid:pk>/", views.detail, name="detail"),
    path("communications/<uuid:pk>/html/", views.html, name="html"),
    path("communications/<uuid:pk>/edit/", views.edit, name="edit"),
    path("communications/<uuid:pk>/send-now/", views.send_now, name="send-now"),
    path("communications/<uuid:pk>/cancel/", views.cancel, name="cancel"),
    path("accounts/<uuid:pk>/communications/", views.of_account, name="of-account"),
]
