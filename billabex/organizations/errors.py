"""What can go wrong with organizations, one class per cause."""

from django.utils.translation import gettext_lazy as _

from billabex.core.errors import BillabexError, InvalidInput, NotFound


class SettingsRefused(InvalidInput):
    """Some settings cannot be what they should become; each sentence stands beside its field."""

    code = "organizations.settings.invalid"
    message = _("These settings cannot be kept.")


class ClosureRefused(InvalidInput):
    """The days cannot be a closure."""

    code = "organizations.closure.invalid"
    message = _("These days cannot be a closure.")


class ClosureNotFound(NotFound):
    """No such closure here."""

    code = "organizations.closure.not-found"
    message = _("There is no such closure.")


class DomainRefused(InvalidInput):
    """The domain cannot be one of the organization's own."""

    code = "organizations.domain.invalid"
    message = _("This cannot be a domain of yours.")


class DomainNotFound(NotFound):
    """No such email domain here."""

    code = "organizations.domain.not-found"
    message = _("There is no such email domain.")


class InvalidToken(BillabexError):
    """The token opens nothing: unknown, expired, revoked, or of somebody who may no longer sign in."""

    code = "organizations.token.invalid"
    message = _("The access token is missing, expired, revoked or unknown.")


class TokenRefused(InvalidInput):
    """There can be no such personal access token; each sentence stands beside its field."""

    code = "organizations.token.refused"
    message = _("This access token cannot be made.")


class TokenNotFound(NotFound):
    """No such personal access token of this user."""

    code = "organizations.token.not-found"
    message = _("There is no such access token.")


class ApplicationNotFound(NotFound):
    """No such application that this user connected."""

    code = "organizations.application.not-found"
    message = _("There is no such application.")
