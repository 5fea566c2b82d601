"""What one presses: icons, buttons, menus."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.template import Context, Library
from django.templatetags.static import static
from django.utils.html import format_html

from billabex.core.templatetags.ui.markup import attributes, render_component

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise
    from django.utils.safestring import SafeString

register = Library()


@register.simple_tag
def icon(name: str, *, size: str = "", label: _StrOrPromise = "") -> SafeString:
    """Show an icon of `static/img/icons.svg`; hidden from screen readers unless it has a label. size: small, large."""
    named = {"role": "img", "aria_label": label} if label else {"aria_hidden": "true"}
    classes = f"icon icon-{size}" if size else "icon"
    href = f"{static('img/icons.svg')}#{name}"
    return format_html('<svg class="{}"{}><use href="{}"/></svg>', classes, attributes(named), href)


def _pressable(extra: dict[str, Any]) -> dict[str, Any]:
    """Return the type and the attributes: `opens`/`closes` name a modal, `menu` a popover; those never submit."""
    for word, command in (("opens", "show-modal"), ("closes", "close")):
        if target := extra.pop(word, None):
            extra |= {"commandfor": target, "command": command}
    if target := extra.pop("menu", None):
        extra["popovertarget"] = target
    never_submits = {"commandfor", "popovertarget"} & extra.keys()
    kind = extra.pop("type", "submit")
    return {"type": "button" if never_submits else kind, "attrs": attributes(extra)}


@register.simple_tag(takes_context=True)
def button(
    context: Context,
    label: _StrOrPromise,
    *,
    variant: str = "secondary",
    icon: str = "",
    href: str = "",
    small: bool = False,
    block: bool = False,
    icon_end: str = "",
    **attrs: Any,
) -> SafeString:
    """Show a button, or a link that looks like one. variant: primary, secondary, ghost, destructive.

    `opens="id"` opens a modal, `closes="id"` closes it, `menu="id"` toggles a menu; any other keyword becomes an
    attribute (`name`, `value`, `form`, `disabled`, `hx_post`, ...). A plain button submits its form.
    """
    sized = " button-small" * small + " button-block" * block
    classes = f"button button-{variant}{sized}"
    params = {"label": label, "classes": classes, "icon": icon, "icon_end": icon_end, "href": href}
    return render_component(context, "button", **params, **_pressable(attrs))


@register.simple_tag(takes_context=True)
def icon_button(
    context: Context, icon: str, label: _StrOrPromise, *, href: str = "", small: bool = False, **attrs: Any
) -> SafeString:
    """Show a square button with an icon; its label is its name and its tooltip. Attributes as for `button`."""
    params = {"icon": icon, "label": label, "href": href, "small": small}
    return render_component(context, "icon_button", **params, **_pressable(attrs))


@register.simple_tag(takes_context=True)
def menu_item(
    context: Context,
    label: _StrOrPromise,
    *,
    icon: str = "",
    href: str = "",
    post: str = "",
    destructive: bool = False,
    **attrs: Any,
) -> SafeString:
    """Show an entry of a menu: a link (`href`), a form that posts (`post`), or a button (`opens`, `hx_get`, ...)."""
    params = {"label": label, "icon": icon, "href": href, "post": post, "destructive": destructive}
    return render_component(context, "menu_item", **params, **_pressable(attrs))


@register.simple_block_tag(takes_context=True)
def menu(
    context: Context,
    content: str,
    *,
    id: str,  # noqa: A002 - reads as the HTML attribute that it is
    label: _StrOrPromise,
    icon: str = "",
    icon_only: bool = False,
    variant: str = "secondary",
    small: bool = False,
    end: bool = False,
) -> SafeString:
    """Show a button that opens the menu in its slot. `end` aligns it with the button's end."""
    params = {"id": id, "label": label, "icon": icon, "icon_only": icon_only, "variant": variant}
    return render_component(context, "menu", **params, small=small, end=end, slot=content)
