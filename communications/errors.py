"""What can go wrong with communications, one class per cause."""

from django.utils.translation import gettext_lazy as _

from billabex.core.errors import GatewayError, NotFound


class CommunicationNotFound(NotFound):
    """No such message here."""

    code = "communications.communication.not-found"
    message = _("There is no such message.")


class OutcomeUnknown(GatewayError):
    """The connection broke while the message was handed over: it may or may not have left."""

    code = "communications.delivery.outcome-unknown"
