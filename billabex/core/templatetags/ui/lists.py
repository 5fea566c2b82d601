"""Lists: sorting, filtering, paging, selecting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.template import Context, Library

from billabex.core.templatetags.ui.markup import address, attributes, query_of, render_component, trimmed

if TYPE_CHECKING:
    from django.core.paginator import Page
    from django.utils.functional import _StrOrPromise
    from django.utils.safestring import SafeString

register = Library()


@register.simple_tag(takes_context=True)
def sort_header(context: Context, key: str, label: _StrOrPromise, *, kind: str = "", hide: str = "") -> SafeString:
    """Show a header cell that sorts by `?sort=key`, then `?sort=-key`.

    kind: `amount`, `number`, `name`, `tight`; hide: `narrow` or `medium`. The order in force is `sort` in the query
    string, else the context's `sort`.
    """
    query = query_of(context)
    current = query.get("sort") or str(context.get("sort") or "")
    order = {key: "ascending", f"-{key}": "descending"}.get(current, "")
    href = address(query, sort=f"-{key}" if order == "ascending" else key)
    classes = " ".join(filter(None, [kind and f"cell-{kind}", hide and f"hide-{hide}"]))
    return render_component(context, "sort_header", label=label, order=order, href=href, classes=classes)


@register.simple_tag(takes_context=True)
def filter_chip(
    context: Context,
    name: str,
    value: str,
    label: _StrOrPromise,
    *,
    count: int | None = None,
    current: bool | None = None,
) -> SafeString:
    """Show a chip that sets `?name=value`, or takes it out where it is set. An empty value is the chip "All"."""
    query = query_of(context)
    is_current = query.get(name, "") == str(value) if current is None else current
    href = address(query, **{name: None if is_current or not value else value})
    return render_component(context, "chip", label=label, href=href, count=count, current=is_current)


@register.simple_tag(takes_context=True)
def pager(context: Context, page: Page[Any], *, param: str = "page", label: _StrOrPromise = "") -> SafeString:
    """Show where in the list one is, and the pages around."""
    query = query_of(context)
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    steps = [{"number": n, "href": address(query, **{param: n}) if isinstance(n, int) else ""} for n in numbers]
    around = {
        "previous": address(query, **{param: page.number - 1}) if page.has_previous() else "",
        "next": address(query, **{param: page.number + 1}) if page.has_next() else "",
    }
    return render_component(context, "pager", page=page, steps=steps, label=label, **around)


@register.simple_block_tag(takes_context=True)
def bulk_bar(context: Context, content: str, *, total: int = 0) -> SafeString:
    """Show the actions in its slot while a row of its form (`class="results"`, boxes named `selected`) is checked.

    With `total`, the selection can span all pages: the box `all` is then sent along.
    """
    return render_component(context, "bulk_bar", slot=content, total=total)


@register.simple_block_tag(takes_context=True)
def list_item(
    context: Context,
    content: str,
    *,
    title: _StrOrPromise,
    href: str,
    text: _StrOrPromise = "",
    meta: str = "",
    end: str = "",
    avatar: str = "",
    current: bool = False,
    **attrs: Any,
) -> SafeString:
    """Show an entry of a list panel; meta and end stand right (a date, an amount), the slot below (badges)."""
    params = {"title": title, "href": href, "text": text, "meta": meta, "end": end, "avatar": avatar}
    return render_component(
        context, "list_item", **params, current=current, attrs=attributes(attrs), slot=trimmed(content)
    )


@register.simple_tag(takes_context=True)
def search(
    context: Context, label: _StrOrPromise, *, name: str = "q", action: str = "", block: bool = False
) -> SafeString:
    """Show the search of a list, which keeps the filters and the order; `/` puts the cursor into it."""
    query = query_of(context)
    keep = [(key, value) for key in query for value in query.getlist(key) if key not in {name, "page"}]
    params = {"label": label, "name": name, "action": action, "block": block}
    return render_component(context, "search", **params, value=query.get(name, ""), keep=keep)
