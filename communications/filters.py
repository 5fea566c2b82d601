"""How the list of threads is searched and filtered; all of it stands in the address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.db.models import Exists, OuterRef, Q, TextChoices
from django.utils.translation import gettext_lazy as _

from communications.enums import Status
from communications.models import Communication

if TYPE_CHECKING:
    from accounts.models import AccountQuerySet


class Show(TextChoices):
    """Which threads are shown, by what is in them."""

    PLANNED = "planned", _("Planned")
    UNDELIVERED = "undelivered", _("Undelivered")


_STATUSES = {
    Show.PLANNED: [Status.SCHEDULED, Status.SENDING],
    Show.UNDELIVERED: [Status.FAILED, Status.BOUNCED, Status.COMPLAINED],
}


class ThreadFilter(forms.Form):
    """What the address asks for. A value that is none of the choices is left aside, as if it were not there."""

    q = forms.CharField(required=False)
    show = forms.ChoiceField(required=False, choices=Show.choices)

    def narrow(self, threads: AccountQuerySet) -> AccountQuerySet:
        """Keep the threads that are asked for, of `communications.selectors.thread_list`."""
        self.is_valid()
        messages = Communication.objects.filter(account=OuterRef("pk"))
        if text := self.cleaned_data.get("q"):
            about = Q(subject__icontains=text)
            people = Q(recipients__address__icontains=text) | Q(recipients__name__icontains=text)
            threads = threads.filter(Q(name__icontains=text) | Exists(messages.filter(about | people)))
        if show := self.cleaned_data.get("show"):
            threads = threads.filter(Exists(messages.filter(status__in=_STATUSES[Show(show)])))
        return threads
