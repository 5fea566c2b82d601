"""What the API says of itself, and what it says where there is nothing."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404
from django.urls import path

from billabex.api import fields
from billabex.api.operations import operation
from billabex.api.serializers import Output
from billabex.api.views import ApiView


class Links(Output):
    """Where to go on reading."""

    docs = fields.Text(help_text="These pages.")
    openapi = fields.Text(help_text="This API as an OpenAPI document.")
    oauth = fields.Text(help_text="Metadata of the authorization server (RFC 8414).")
    mcp = fields.Text(help_text="The endpoint for AI assistants.")


class Status(Output):
    """The service, up and running."""

    name = fields.Text()
    version = fields.Text()
    links = Links()

    class Meta:
        example = {
            "name": "Billabex",
            "version": "1.0.0",
            "links": {
                "docs": "https://billabex.example/api/docs/",
                "openapi": "https://billabex.example/api/docs/openapi.json",
                "oauth": "https://billabex.example/.well-known/oauth-authorization-server",
                "mcp": "https://billabex.example/mcp",
            },
        }


class StatusView(ApiView):
    """Whether the service is up."""

    @operation("Ask whether the service is up", answers=Status)
    def get(self) -> Any:
        """Answers without a token, and touches no data."""
        here = self.request.build_absolute_uri
        return {
            "name": "Billabex",
            "version": settings.VERSION,
            "links": {
                "docs": here("/api/docs/"),
                "openapi": here("/api/docs/openapi.json"),
                "oauth": here("/.well-known/oauth-authorization-server"),
                "mcp": here("/mcp"),
            },
        }


class NowhereView(ApiView):
    """Addresses that do not exist: the answer is the API's, not a page."""

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        """Count the request as any other, then say that there is nothing."""
        super().initial(request, *args, **kwargs)
        raise Http404


urlpatterns = [path("status", StatusView.as_view(), name="api-status")]
