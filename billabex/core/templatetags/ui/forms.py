"""Forms: fields, error summary, drop zone, composer."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any

from django.forms import CheckboxInput, DateInput
from django.template import Context, Library
from django.utils.safestring import SafeString

from billabex.core.templatetags.ui.markup import render_component, trimmed

if TYPE_CHECKING:
    from django.forms import BaseForm, BoundField, Widget
    from django.utils.functional import _StrOrPromise

register = Library()


@register.simple_tag(takes_context=True)
def field(
    context: Context,
    bound: BoundField,
    *,
    label: _StrOrPromise = "",
    hint: _StrOrPromise = "",
    origin: _StrOrPromise = "",
    amount: bool = False,
    **attrs: Any,
) -> SafeString:
    """Show a form field: label, control, help, error, tied together for screen readers.

    Args:
        context: The template's.
        bound: `form.name`; checkbox, choices, text area, date and file each get their own shape.
        label: Replaces the form's.
        hint: Replaces the form's help text.
        origin: Where a prefilled value came from, shown beside the label ("From the PDF").
        amount: Align it right, with tabular figures.
        **attrs: More attributes of the control, as for `button` (`placeholder`, `autocomplete`, `hx_get`, ...).
    """
    if bound.is_hidden:
        return SafeString(bound)
    help_text = hint or bound.help_text
    described = [f"{bound.auto_id}_helptext"] if help_text else []
    described += [f"{bound.auto_id}_error"] if bound.errors else []
    named = {name.strip("_").replace("_", "-"): value for name, value in attrs.items()}
    if described:
        named["aria-describedby"] = " ".join(described)
    params = {"field": bound, "label": label or bound.label, "help_text": help_text, "origin": origin, "amount": amount}
    control = bound.as_widget(widget=_widget(bound), attrs=named)
    return render_component(
        context, "field", **params, shape=_shape(bound), control=control, described=" ".join(described)
    )


def _shape(bound: BoundField) -> str:
    if isinstance(bound.field.widget, CheckboxInput):
        return "check"
    return "group" if bound.use_fieldset else "line"


def _widget(bound: BoundField) -> Widget:
    """Return the field's widget, a plain text date as the browser's own date control (which speaks ISO only)."""
    widget: Widget = bound.field.widget
    if isinstance(widget, DateInput) and widget.input_type == "text":
        widget = copy(widget)
        widget.input_type = "date"
        widget.format = "%Y-%m-%d"
    return widget


@register.simple_tag(takes_context=True)
def form_errors(context: Context, form: BaseForm, *, focus: bool = True) -> str | SafeString:
    """Summarise what is wrong with a form at its top, with a link to each field; takes the focus unless told not to."""
    if not form.errors:
        return ""
    named = [form[name] for name in form.errors if name in form.fields]
    return render_component(context, "form_errors", fields=named, general=form.non_field_errors(), focus=focus)


@register.simple_tag(takes_context=True)
def drop_zone(
    context: Context,
    bound: BoundField,
    *,
    title: _StrOrPromise,
    hint: _StrOrPromise = "",
    accept: str = "application/pdf",
    max_bytes: int = 20 * 1024 * 1024,
) -> SafeString:
    """Show a file field as a place to drop a file on. Type and size are also checked in the browser, before upload."""
    control = bound.as_widget(attrs={"accept": accept, "data-max-bytes": str(max_bytes)})
    return render_component(context, "drop_zone", field=bound, title=title, hint=hint, control=control)


@register.simple_block_tag(takes_context=True)
def composer(
    context: Context,
    content: str,
    *,
    bound: BoundField,
    action: str = "",
    submit: _StrOrPromise = "",
    attachments: BoundField | None = None,
    **attrs: Any,
) -> SafeString:
    """Show a form to answer with a message: growing, sent by Ctrl/Cmd+Enter. The slot stands above the text."""
    text_attrs = {"rows": "1", **{name.replace("_", "-"): value for name, value in attrs.items()}}
    params = {"field": bound, "action": action, "submit": submit, "attachments": attachments}
    return render_component(
        context, "composer", **params, control=bound.as_widget(attrs=text_attrs), slot=trimmed(content)
    )
