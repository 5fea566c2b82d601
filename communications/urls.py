"""Addresses of the communications pages."""

from django.urls import URLPattern

app_name = "communications"

urlpatterns: list[URLPattern] = []
