"""Ways through the pages: tabs, breadcrumbs, steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template import Context, Library

from billabex.core.templatetags.ui.markup import render_component, request_of

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise
    from django.utils.safestring import SafeString

register = Library()


@register.simple_block_tag(takes_context=True)
def tabs(context: Context, content: str, *, label: _StrOrPromise) -> SafeString:
    """Show a row of `{% tab %}`; the label names the row for screen readers."""
    return render_component(context, "tabs", slot=content, label=label)


@register.simple_tag(takes_context=True)
def tab(
    context: Context, label: _StrOrPromise, href: str, *, current: bool | None = None, count: int | None = None
) -> SafeString:
    """Show a tab: a link, current where its path is the page's."""
    request = request_of(context)
    is_current = (request is not None and href.partition("?")[0] == request.path) if current is None else current
    return render_component(context, "tab", label=label, href=href, current=is_current, count=count)


@register.simple_block_tag(takes_context=True)
def breadcrumb(context: Context, content: str) -> SafeString:
    """Show the way to this page: `{% crumb %}` each, the last without an address."""
    return render_component(context, "breadcrumb", slot=content)


@register.simple_tag(takes_context=True)
def crumb(context: Context, label: _StrOrPromise, href: str = "") -> SafeString:
    """Show one step of a breadcrumb; without an address it is this page."""
    return render_component(context, "crumb", label=label, href=href)


@register.simple_tag(takes_context=True)
def stepper(context: Context, current: int, *labels: _StrOrPromise) -> SafeString:
    """Show the steps of a longer work, numbered from 1; those before the current one are done."""
    steps = [
        {"number": n, "label": label, "done": n < current, "current": n == current} for n, label in enumerate(labels, 1)
    ]
    return render_component(context, "stepper", steps=steps)
