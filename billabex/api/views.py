"""Public answers about the API itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from rest_framework.response import Response
from rest_framework.views import APIView

if TYPE_CHECKING:
    from rest_framework.request import Request


class StatusView(APIView):
    """Says that the service is up, and which version answers. Public, touches no data."""

    def get(self, request: Request) -> Response:
        """Answer name and version."""
        return Response({"name": "Billabex", "version": settings.VERSION})
