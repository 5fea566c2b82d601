"""What can go wrong with accounts, one class per cause."""

from django.utils.translation import gettext_lazy as _

from billabex.core.errors import InvalidInput, NotFound, RuleViolation


class AccountNotFound(NotFound):
    """No account of that id or name here."""

    code = "accounts.account.not-found"
    message = _("There is no such account.")


class AlreadyPaused(RuleViolation):
    """Follow-ups of the account are already paused."""

    code = "accounts.pause.already-paused"
    message = _("Follow-ups are already paused. Resume them first to give another reason.")


class CurrencyFixed(RuleViolation):
    """The account has documents, so that its currency stays."""

    code = "accounts.account.currency-fixed"
    message = _("The currency can only be changed while the account has no document.")


class WrongConfirmation(InvalidInput):
    """The name typed to confirm a deletion is not the account's."""

    code = "accounts.account.wrong-confirmation"
    message = _("Type the account's name exactly as it is written to delete it.")


class PauseEndsInPast(InvalidInput):
    """A pause would end before it holds for a day."""

    code = "accounts.pause.until-past"
    message = _("Choose a day after today for follow-ups to resume, or leave it empty.")


class SourceNotFound(NotFound):
    """The account is linked to no record elsewhere."""

    code = "accounts.source.not-found"
    message = _("This account is not linked to a record in another system.")


class OtherSource(RuleViolation):
    """The account is linked to another record."""

    code = "accounts.source.other-source"
    message = _("This account is linked to another record. Remove that link first.")


class SourceTaken(RuleViolation):
    """Another account of the organization is linked to a record of that id."""

    code = "accounts.source.taken"
    message = _("Another account is linked to the record with this id.")
