"""Addresses of the accounts pages."""

from django.urls import path

from accounts import views

app_name = "accounts"

urlpatterns = [
    path("<uuid:pk>/", views.overview, name="detail"),
]
