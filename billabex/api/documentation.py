"""The API's documentation: the OpenAPI document in both spellings, pages to browse it, and guides. All public.

What is served is the committed `docs/openapi.yaml`, which a test holds equal to what the operations say: drawing it
takes seconds, which nobody who only reads should pay for.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import yaml
from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

if TYPE_CHECKING:
    from django.http import HttpRequest

DOCS = settings.BASE_DIR / "docs"
DOCUMENT = DOCS / "openapi.yaml"
GUIDES = ("getting-started.md", "oauth.md")
"""By the names under which they link to each other, here and in the repository."""


@cache
def description() -> dict[str, Any]:
    """Return the OpenAPI document."""
    document: dict[str, Any] = yaml.load(DOCUMENT.read_bytes(), Loader=yaml.CSafeLoader)
    return document


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Show the operations, to read and to try with a token."""
    return render(request, "api/docs.html")


@require_safe
def openapi_json(request: HttpRequest) -> HttpResponse:
    """Answer the document as JSON."""
    return JsonResponse(description())


@require_safe
def openapi_yaml(request: HttpRequest) -> HttpResponse:
    """Answer the document as YAML."""
    return HttpResponse(DOCUMENT.read_bytes(), content_type="application/yaml; charset=utf-8")


@require_safe
def guide(request: HttpRequest, name: str) -> HttpResponse:
    """Answer a guide as it is written, in Markdown; as plain text, which browsers show instead of saving it."""
    return HttpResponse((DOCS / "api" / name).read_bytes(), content_type="text/plain; charset=utf-8")


urlpatterns = [
    path("", docs, name="api-docs"),
    path("openapi.json", openapi_json, name="api-openapi-json"),
    path("openapi.yaml", openapi_yaml, name="api-openapi-yaml"),
    *(path(name, guide, {"name": name}) for name in GUIDES),
]
