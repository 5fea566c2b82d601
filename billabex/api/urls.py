"""Addresses of the public API, resource by resource; none ends with a slash, and none redirects."""

from importlib import import_module

from django.urls import include, path

RESOURCES = [
    "status",
    "organizations",
    "accounts",
    "follow_ups",
    "balances",
    "people",
    "invoices",
    "credit_notes",
    "allocations",
    "document_imports",
    "declarations",
    "communications",
    "tasks",
]

urlpatterns = [path("", include(import_module(f"billabex.api.resources.{name}").urlpatterns)) for name in RESOURCES]
