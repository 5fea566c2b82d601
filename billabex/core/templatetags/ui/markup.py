"""What the tags of `ui` are made of: attributes, partials, addresses that keep the query string."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.template import Engine
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.template import Context


def attributes(values: dict[str, Any]) -> SafeString:
    """Return HTML attributes, each with a leading space.

    Underscores become hyphens (`hx_post` is `hx-post`), True is a bare attribute, and None or False leave it out.
    """
    named = ((name.strip("_").replace("_", "-"), value) for name, value in values.items())
    return format_html_join(
        "",
        "{}",
        (
            (format_html(" {}", name) if value is True else format_html(' {}="{}"', name, value),)
            for name, value in named
            if value is not None and value is not False
        ),
    )


def render_component(context: Context, name: str, /, **params: Any) -> SafeString:
    """Render `components/<name>.html`, which sees its parameters, the request and the form token, and nothing else."""
    inner = context.new(params)
    for shared in ("request", "csrf_token", "csp_nonce"):
        inner[shared] = context.get(shared)
    return SafeString(Engine.get_default().get_template(f"components/{name}.html").render(inner).strip())


def trimmed(slot: str) -> SafeString:
    """Return a slot's markup without the white space around it, so that an empty one is empty."""
    return SafeString(slot.strip())


def request_of(context: Context) -> HttpRequest | None:
    """Return the request that the page answers, None where there is none (an error page)."""
    request: HttpRequest | None = getattr(context, "request", None) or context.get("request")
    return request


def query_of(context: Context) -> QueryDict:
    """Return the page's query string, empty where there is no request."""
    request = request_of(context)
    return request.GET if request else QueryDict()


def address(query: QueryDict, **changes: str | int | None) -> str:
    """Return a relative address that keeps the query string but for the changes; None takes a parameter out.

    The page number never survives a change of anything else: page 7 of another list means nothing.
    """
    params = query.copy()
    for name, value in {"page": None, **changes}.items():
        if value is None:
            params.pop(name, None)
        else:
            params[name] = str(value)
    return "?" + params.urlencode()
