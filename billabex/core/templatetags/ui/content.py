"""Frames around content: modal, banner, empty state, facts, conversations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template import Context, Library

from billabex.core.templatetags.ui.markup import render_component, trimmed

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise
    from django.utils.safestring import SafeString

register = Library()

BANNER_ICONS = {"info": "info", "ok": "circle-check", "warning": "triangle-alert", "error": "circle-alert"}


@register.simple_block_tag(takes_context=True)
def modal(
    context: Context,
    content: str,
    *,
    id: str,  # noqa: A002 - reads as the HTML attribute that it is
    title: _StrOrPromise,
    wide: bool = False,
    is_open: bool = False,
) -> SafeString:
    """Show a dialog that `{% button ... opens="id" %}` opens; `is_open` when its form came back with errors."""
    return render_component(context, "modal", slot=content, id=id, title=title, wide=wide, is_open=is_open)


@register.simple_block_tag(takes_context=True)
def modal_actions(context: Context, content: str, *, closes: str, cancel: _StrOrPromise = "") -> SafeString:
    """Show the foot of a dialog: Cancel, which closes it, then the buttons of the slot."""
    return render_component(context, "modal_actions", slot=content, closes=closes, cancel=cancel)


@register.simple_block_tag(takes_context=True)
def banner(
    context: Context,
    content: str,
    *,
    tone: str = "info",
    title: _StrOrPromise = "",
    icon: str = "",
    flush: bool = False,
) -> SafeString:
    """Show a lasting remark about the page. tone: neutral, info, ok, warning, error; flush: from edge to edge."""
    shown = icon or BANNER_ICONS.get(tone, "info")
    return render_component(context, "banner", slot=trimmed(content), tone=tone, title=title, icon=shown, flush=flush)


@register.simple_block_tag(takes_context=True)
def empty_state(
    context: Context,
    content: str,
    *,
    title: _StrOrPromise,
    text: _StrOrPromise = "",
    icon: str = "inbox",
    small: bool = False,
) -> SafeString:
    """Say that there is nothing here and what to do next; the slot holds the buttons."""
    return render_component(
        context, "empty_state", slot=trimmed(content), title=title, text=text, icon=icon, small=small
    )


@register.simple_block_tag(takes_context=True)
def info_row(context: Context, content: str, label: _StrOrPromise, *, amount: bool = False) -> SafeString:
    """Show a fact inside `<dl class="info-list">`: its label, and the slot as its value (a dash when empty)."""
    return render_component(context, "info_row", label=label, value=trimmed(content), amount=amount)


@register.simple_block_tag(takes_context=True)
def bubble_group(
    context: Context, content: str, *, author: str, kind: str = "agent", at: object = None, own: bool = False
) -> SafeString:
    """Show what one author said in a row. kind: agent, member, customer; own: on the right, dark."""
    return render_component(context, "bubble_group", slot=content, author=author, kind=kind, at=at, own=own)
