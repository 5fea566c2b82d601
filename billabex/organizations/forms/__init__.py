"""Forms about people and settings. They read what people type; rules are the services'."""

from billabex.organizations.forms.people import PasswordForm, ProfileForm, SignInForm
from billabex.organizations.forms.refusals import refusals_on
from billabex.organizations.forms.settings import AgentForm, ClosureForm, DomainForm, OrganizationForm, SettingsForm
from billabex.organizations.forms.tokens import TokenForm

__all__ = [
    "AgentForm",
    "ClosureForm",
    "DomainForm",
    "OrganizationForm",
    "PasswordForm",
    "ProfileForm",
    "SettingsForm",
    "SignInForm",
    "TokenForm",
    "refusals_on",
]
