"""What can go wrong with communications, one class per cause."""

from django.utils.translation import gettext_lazy as _

from billabex.core.errors import GatewayError, InvalidInput, NotFound, RuleViolation


class CommunicationNotFound(NotFound):
    """No such message here."""

    code = "communications.communication.not-found"
    message = _("There is no such message.")


class NoLongerPlanned(RuleViolation):
    """The message has left, or was withdrawn: there is nothing to edit, send or cancel any more."""

    code = "communications.communication.no-longer-planned"
    message = _("This message is no longer planned: it has left, or was withdrawn.")


class EditedMeanwhile(RuleViolation):
    """The plan is no longer what the person was shown: a colleague edited it, or the agent moved it."""

    code = "communications.communication.edited-meanwhile"
    message = _("This message was changed meanwhile. Check how it stands now, and save again.")


class NothingToSend(RuleViolation):
    """The reason for the message is gone, or something holds the account's follow-ups."""

    code = "communications.communication.nothing-to-send"
    message = _("As things stand, this message would not leave. The account's page says why.")


class WrittenToToday(RuleViolation):
    """The agent has already written to the account today."""

    code = "communications.communication.written-to-today"
    message = _("The agent has already written to this account today. Choose another day, or edit the message first.")


class DayInPast(InvalidInput):
    """The day chosen for a message has passed."""

    code = "communications.communication.day-in-past"
    message = _("Choose today or a later day.")


class WrongRecipients(InvalidInput):
    """Nobody is written to, or somebody who must not be."""

    code = "communications.communication.wrong-recipients"


class WordsMissing(InvalidInput):
    """A person's message needs both a subject and a text."""

    code = "communications.communication.words-missing"
    message = _("Write a subject and a text.")


class WrongInvoices(InvalidInput):
    """A message is said to be about invoices that are settled, or of another account."""

    code = "communications.communication.wrong-invoices"
    message = _("Choose open invoices of this account.")


class OutcomeUnknown(GatewayError):
    """The connection broke while the message was handed over: it may or may not have left."""

    code = "communications.delivery.outcome-unknown"
