"""Forms about people."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _

from billabex.organizations.models import User


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
