"""The API's documentation: the OpenAPI document in both spellings, and pages to browse it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.urls import path
from drf_spectacular.views import SpectacularJSONAPIView, SpectacularYAMLAPIView

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def docs(request: HttpRequest) -> HttpResponse:
    """Show the operations, to read and to try with a token. Public."""
    return render(request, "api/docs.html")


urlpatterns = [
    path("", docs, name="api-docs"),
    path("openapi.json", SpectacularJSONAPIView.as_view(), name="api-openapi-json"),
    path("openapi.yaml", SpectacularYAMLAPIView.as_view(), name="api-openapi-yaml"),
]
