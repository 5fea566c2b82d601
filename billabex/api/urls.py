"""Addresses of the public API."""

from django.urls import path

from billabex.api import views

urlpatterns = [path("status", views.StatusView.as_view(), name="api-status")]
