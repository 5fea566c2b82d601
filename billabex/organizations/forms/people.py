"""Forms about people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.utils.translation import gettext_lazy as _

from billabex.organizations.models import User

if TYPE_CHECKING:
    from collections.abc import Mapping


class SignInForm(AuthenticationForm):
    """Email address and password."""

    username = forms.EmailField(
        label=_("Email"), widget=forms.EmailInput(attrs={"autofocus": True, "autocomplete": "username"})
    )

    error_messages = {
        "invalid_login": _("This email address and password do not go together. Check both and try again."),
        "inactive": _("This account has been closed. Ask an owner of your organization."),
    }


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only to type checkers
    """What a user is called, and the language of their pages; saved by the service."""

    class Meta:
        model = User
        fields = ["full_name", "language"]
        labels = {"full_name": _("Name"), "language": _("Language")}
        help_texts = {
            "full_name": _("Colleagues see it beside what you do. Customers never do."),
            "language": _("Of these pages. Customers are written to in their own."),
        }


class PasswordForm(PasswordChangeForm):
    """The old password, and twice the new one; saved by the service."""

    def __init__(self, user: User, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(user, data)
        self.fields["old_password"].label = _("Current password")
        self.fields["old_password"].widget.attrs.pop("autofocus", None)
        self.fields["new_password1"].help_text = _("At least 10 characters, not digits alone.")
        self.fields["new_password2"].label = _("New password again")
        self.fields["new_password2"].help_text = _("Wherever else you are signed in, you are signed out.")
