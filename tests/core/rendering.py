"""Templates rendered from a line of source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.template import Context, RequestContext, Template

if TYPE_CHECKING:
    from django.test import RequestFactory


def rendered(source: str, **values: Any) -> str:
    return Template(source).render(Context(values)).strip()


def answered(rf: RequestFactory, path: str, source: str, **values: Any) -> str:
    """Render the source on the page that answers the path."""
    return Template(source).render(RequestContext(rf.get(path), values)).strip()
