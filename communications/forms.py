"""The form in which a person edits a planned message. What it means is the services' business."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from billabex.core.versions import version_of
from communications.enums import RecipientField
from communications.rules import plain_text
from communications.services.given import told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from communications.selectors import Whole
    from contacts.models import Contact


class MessageForm(forms.Form):
    """A planned message as a person wants it.

    `seen` remembers the words that the person was shown: only other ones are theirs. Words left as they were are still
    the agent's, who writes them anew on the day, with the amounts of that day. `version` remembers what people had said
    about the message by then.
    """

    planned_on = forms.DateField(label=_("Date"))
    to = forms.TypedMultipleChoiceField(label=_("To"), coerce=UUID, widget=forms.CheckboxSelectMultiple)
    cc = forms.TypedMultipleChoiceField(label=_("Cc"), required=False, coerce=UUID, widget=forms.CheckboxSelectMultiple)
    subject = forms.CharField(label=_("Subject"), max_length=300)
    body_text = forms.CharField(
        label=_("Text"), strip=False, max_length=50_000, widget=forms.Textarea(attrs={"rows": 20})
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    version = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, message: Whole, people: Sequence[Contact]) -> None:
        self.shown = _digest(message.subject, message.text)
        usable = [person for person in people if person.is_usable]
        super().__init__(data, initial=_initial(message))
        for name, choosable in (("to", [one for one in usable if not one.copy_only]), ("cc", usable)):
            self.fields[name].choices = [(str(one.pk), f"{one.full_name} <{one.email}>") for one in choosable]  # type: ignore[attr-defined]

    def wanted(self) -> dict[str, Any]:
        """Return what the person wants, as `communications.services.edit_message` takes it."""
        wanted = {name: self.cleaned_data[name] for name in ("planned_on", "to", "cc")}
        return wanted | {"words": self.own_words(), "version": self.cleaned_data["version"] or None}

    def own_words(self) -> tuple[str, str] | None:
        """Return the subject and the text that the person wrote; None when they left those that they were shown."""
        subject, text = self.cleaned_data["subject"], self.cleaned_data["body_text"]
        return None if _digest(subject, text) == self.cleaned_data["seen"] else (subject, text)

    def catch_up(self, message: Whole) -> None:
        """Show the message as it stands by now in place of what the person wanted, and say who changed it."""
        self.data = _initial(message)
        sentence = gettext("%(person)s changed this message meanwhile. Check how it stands now, and save again.")
        self.add_error(None, sentence % {"person": message.communication.edited_by or gettext("The agent")})

    def has_changed_meanwhile(self) -> bool:
        """Tell whether the person rewrote words that would not be the same any more."""
        return self.own_words() is not None and self.cleaned_data["seen"] != self.shown


def _initial(message: Whole) -> dict[str, Any]:
    """Return what the form shows of a message, by field."""
    recipients = message.communication.recipients.all()
    initial: dict[str, Any] = {
        "planned_on": message.communication.planned_on,
        "subject": message.subject,
        "body_text": message.text,
        "seen": _digest(message.subject, message.text),
        "version": version_of(told(message.communication, recipients)),
    }
    for field in (RecipientField.TO, RecipientField.CC):
        initial[field] = [str(one.contact_id) for one in recipients if one.field == field]
    return initial


def _digest(subject: str, text: str) -> str:
    """Return the same for words that look the same, however a browser ends its lines."""
    return hashlib.sha256(f"{subject.strip()}\n{plain_text(text)}".encode()).hexdigest()
