"""The living page of the design system: each component in each state, for staff; what the visual tests photograph.

Everything on it is invented here, so that it needs no data and looks the same on every day.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from billabex.core.templatetags.ui.statuses import LOOKS

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 9, 41, 7, tzinfo=UTC)
LAYOUTS = {"": "styleguide.html", "table": "styleguide/table.html", "panels": "styleguide/panels.html"}


class SampleForm(forms.Form):
    """One field of each shape."""

    number = forms.CharField(label=_("Number"), help_text=_("As it stands on the document."))
    email = forms.EmailField(label=_("Email address"))
    total = forms.DecimalField(label=_("Total"))
    due_on = forms.DateField(label=_("Due date"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("invoice", _("Invoice")), ("credit-note", _("Credit note"))])
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    primary = forms.BooleanField(label=_("Primary contact"), required=False, help_text=_("Written to first."))
    answer = forms.ChoiceField(
        label=_("Did the payment arrive?"),
        choices=[("yes", _("Received")), ("no", _("Not received"))],
        widget=forms.RadioSelect,
    )
    locked = forms.CharField(label=_("Currency"), disabled=True, initial="EUR")
    document = forms.FileField(label=_("Invoice"), required=False)


@login_required
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show the components, or with `?layout=` one of the shell's layouts filled with invented rows."""
    if not request.user.is_staff:
        raise PermissionDenied
    layout = request.GET.get("layout", "")
    if layout not in LAYOUTS:
        raise Http404
    return render(request, LAYOUTS[layout], samples())


def samples() -> dict[str, Any]:
    """Return what the page shows."""
    faulty = SampleForm({"faulty-email": "jane@", "faulty-total": "12.345,6"}, prefix="faulty")
    return {
        "today": TODAY,
        "now": NOW,
        "statuses": list(LOOKS),
        "tones": ["neutral", "info", "ok", "warning", "error"],
        "form": SampleForm(initial={"number": "F-2026-0117", "total": Decimal("1240.50"), "due_on": TODAY}),
        "faulty": faulty,
        "aging": [Decimal(value) for value in ("5200", "8400.50", "3100", "1250", "640")],
        "no_aging": [Decimal(0)] * 5,
        "rows": ROWS,
        "page": Paginator(range(130), 25).page(3),
        "last_page": Paginator(range(3), 25).page(1),
        "attachments": [
            {"name": "F-2026-0117.pdf", "url": "#", "size": 84_213},
            {"name": "statement of account, November.pdf", "url": "#", "size": 1_204_000},
        ],
        "facts": [
            (_("From"), "Billie <billie@atelier-numa.example>"),
            (_("To"), "Jane Doe <jane@acme.example>"),
            (_("Step"), _("Follow-up #3")),
        ],
        "deliveries": [
            {"recipient": "jane@acme.example", "status": "Delivered", "at": NOW},
            {"recipient": "ap@acme.example", "status": "Bounced", "at": NOW},
        ],
    }


ROWS = [
    {
        "name": name,
        "number": number,
        "issued_on": date(2026, 9, issued),
        "due_on": due_on,
        "total": Decimal(total),
        "remaining": Decimal(remaining),
        "currency": currency,
        "status": status,
    }
    for name, number, issued, due_on, total, remaining, currency, status in (
        ("Acme Industries SAS", "F-2026-0117", 2, date(2026, 10, 2), "12400.50", "12400.50", "EUR", "Overdue"),
        ("Bäckerei Müller GmbH", "RE-2026/88", 14, date(2026, 11, 20), "890", "440", "EUR", "Issued"),
        ("Northwind Traders Ltd", "INV-00931", 18, date(2026, 12, 2), "3300", "3300", "GBP", "Issued"),
        ("Kyoto Paper Works", "2026-441", 21, date(2026, 9, 1), "118000", "118000", "JPY", "Overdue"),
        ("Librairie du Vieux-Port", "A-2026-0009", 25, date(2026, 10, 25), "-320", "-320", "EUR", "PartiallyApplied"),
        ("Société Tunisienne d'Électricité", "F-2026-0099", 28, date(2026, 10, 28), "1250.750", "0", "TND", "Paid"),
    )
]
