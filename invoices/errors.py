"""What can go wrong with documents and money, one class per cause. Reading has its own: `invoices.reading.errors`."""

from django.utils.translation import gettext_lazy as _

from billabex.core.errors import InvalidInput, NotFound, RuleViolation


class DocumentNotFound(NotFound):
    """No such document, invoice or credit note here."""

    code = "invoices.document.not-found"
    message = _("There is no such document.")


class AlreadyImported(RuleViolation):
    """The same PDF is here already; `extra["document"]` is it."""

    code = "invoices.document.already-imported"
    message = _("This PDF has already been imported.")


class AlreadyValidated(RuleViolation):
    """Somebody validated the document meanwhile."""

    code = "invoices.document.already-validated"
    message = _("This document has already been validated. What it says can no longer be changed.")


class ReadOnlyDocument(RuleViolation):
    """Another system governs the document; the message is the reason, as `rules.read_only_reason` gives it."""

    code = "invoices.document.read-only"
    message = _("This document can only be read here.")


class NumberTaken(InvalidInput):
    """The account has a document of that kind and number."""

    code = "invoices.number.taken"
    message = _("This account already has a document with this number.")


class SourceIdTaken(InvalidInput):
    """The organization has a document of that kind under this key of the other system."""

    code = "invoices.source-id.taken"
    message = _("There is already a document with this source id.")


class InvalidFacts(InvalidInput):
    """What the document is said to say cannot be; sentences by field in `fields`."""

    code = "invoices.facts.invalid"
    message = _("Some of the information cannot be right.")


class InvalidAmount(InvalidInput):
    """An amount that cannot be."""

    code = "invoices.amount.invalid"
    message = _("Enter an amount of zero or more.")


class PaidMeanwhile(RuleViolation):
    """Somebody recorded another paid amount after the person was shown theirs."""

    code = "invoices.paid-amount.changed-meanwhile"
    message = _("Another paid amount was recorded meanwhile. Check and save again.")


class AllocationNotFound(NotFound):
    """The credit note is not applied to the invoice."""

    code = "invoices.allocation.not-found"
    message = _("This credit note is not applied to this invoice.")


class OtherAccount(InvalidInput):
    """The credit note and the invoice are of two accounts."""

    code = "invoices.allocation.other-account"
    message = _("A credit note can only be applied to invoices of its own account.")


class OtherCurrency(InvalidInput):
    """The credit note and the invoice are in two currencies."""

    code = "invoices.allocation.other-currency"
    message = _("A credit note can only be applied to invoices in its own currency.")


class CurrencyOfAccount(InvalidInput):
    """A document was given in another currency than its account's."""

    code = "invoices.currency.not-the-accounts"
    message = _("Documents created here are in the currency of their account.")


class InvalidDate(InvalidInput):
    """A day that cannot be; sentences by field in `fields`."""

    code = "invoices.date.invalid"
    message = _("This date cannot be right. Check the year.")


class AlreadyDisputed(RuleViolation):
    """The invoice has an open dispute; `extra["dispute"]` is it."""

    code = "invoices.dispute.already-open"
    message = _("This invoice is already disputed.")


class DisputeResolved(RuleViolation):
    """Somebody resolved the dispute before; `extra["dispute"]` says how."""

    code = "invoices.dispute.already-resolved"
    message = _("This dispute has already been resolved.")


class DeclarationNotFound(NotFound):
    """No such payment declaration here."""

    code = "dunning.payment-declaration.not-found"
    message = _("There is no such announced payment.")


class NothingOpen(RuleViolation):
    """A payment was announced for all that is open, where nothing is."""

    code = "dunning.payment-declaration.nothing-open"
    message = _("No invoice of this account is open. Name the invoices that the payment is for.")


class DeclarationResolved(RuleViolation):
    """A person decided about the payment declaration before; `extra["declaration"]` says how."""

    code = "dunning.payment-declaration.already-resolved"
    message = _("Somebody has already decided about this payment.")
