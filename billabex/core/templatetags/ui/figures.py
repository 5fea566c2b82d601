"""Figures drawn without style attributes, which the content security policy forbids."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.template import Context, Library
from django.utils.translation import gettext_lazy as _

from billabex.core.templatetags.ui.markup import render_component

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.safestring import SafeString

register = Library()

BANDS = (
    ("not-due", _("Not due")),
    ("30", _("0–30 days")),
    ("60", _("31–60 days")),
    ("90", _("61–90 days")),
    ("older", _("Over 90 days")),
)
_GAP = Decimal("0.6")  # of the bar's width, between two segments


@register.simple_tag(takes_context=True)
def aged_balance(
    context: Context, currency: str, amounts: Sequence[Decimal], *, title: str = "", compact: bool = False
) -> SafeString:
    """Show a balance by age: total, bar, legend; `amounts` are not due, 0–30, 31–60, 61–90 and over 90 days late.

    The legend is a table: the bar says nothing that it does not. `compact` leaves the total out.
    """
    bands = [
        {"key": key, "label": label, "amount": amount} for (key, label), amount in zip(BANDS, amounts, strict=True)
    ]
    params = {"currency": currency, "bands": bands, "segments": segments(amounts), "title": title, "compact": compact}
    return render_component(context, "aged_balance", **params, total=sum(amounts, Decimal(0)))


def segments(amounts: Sequence[Decimal]) -> list[dict[str, str]]:
    """Return the bar's segments: key, start and width in per cent as SVG writes them. Credit takes no room."""
    whole = sum((amount for amount in amounts if amount > 0), Decimal(0))
    if not whole:
        return []
    drawn: list[dict[str, str]] = []
    start = Decimal(0)
    for (key, _label), amount in zip(BANDS, amounts, strict=True):
        if amount <= 0:
            continue
        width = amount * 100 / whole
        drawn.append({"key": key, "x": f"{start:.2f}%", "width": f"{max(width - _GAP, _GAP):.2f}%"})
        start += width
    return drawn
