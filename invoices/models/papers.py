"""What invoices and credit notes have in common."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import SourceSystem
from accounts.models import Account
from billabex.core.models import BaseModel
from billabex.core.money import AmountField
from billabex.organizations.models import Organization


class Paper(BaseModel):
    """What invoices and credit notes have in common. Frozen once it is there.

    Organization and account have no index of their own: others begin with them.
    """

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="%(class)ss", db_index=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="%(class)ss", db_index=False)
    number = models.CharField(_("number"), max_length=100)
    issued_on = models.DateField(_("issue date"))
    currency = models.CharField(_("currency"), max_length=3)
    total_amount = AmountField(_("total"))
    tax_amount = AmountField(_("tax"), null=True, blank=True)
    billing_name = models.CharField(_("billed to"), max_length=200, blank=True)
    billing_street = models.TextField(
        _("billing street"), blank=True, help_text="All lines of an address that came without its parts."
    )
    billing_postal_code = models.CharField(_("billing postal code"), max_length=20, blank=True)
    billing_city = models.CharField(_("billing city"), max_length=120, blank=True)
    billing_state_or_province = models.CharField(_("billing state or province"), max_length=120, blank=True)
    billing_country = models.CharField(_("billing country"), max_length=2, blank=True)
    source_id = models.CharField(_("external id"), max_length=200, null=True, blank=True)  # noqa: DJ001 - NULL is absent
    source_system = models.CharField(  # noqa: DJ001 - NULL is absent
        _("system"),
        max_length=40,
        choices=SourceSystem,
        null=True,
        blank=True,
        help_text="Whose record it is: who may change it.",
    )
    validated_by = models.CharField(_("validated by"), max_length=300)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.number

    @property
    def billing_address(self) -> str:
        """Where it was sent, line by line."""
        place = f"{self.billing_postal_code} {self.billing_city}".strip()
        return "\n".join(
            filter(None, (self.billing_street, place, self.billing_state_or_province, self.billing_country))
        )


def source_whole(table: str) -> models.CheckConstraint:
    """Return a constraint: a document has an external id together with the system that gave it, or neither.

    Which systems there are is left to the enumeration: a constraint would have every new connection rebuild the
    largest tables.
    """
    known = Q(source_id__isnull=False, source_system__isnull=False) & ~Q(source_system="")
    return models.CheckConstraint(
        name=f"{table}_source_whole", condition=Q(source_id__isnull=True, source_system__isnull=True) | known
    )
