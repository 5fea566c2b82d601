from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InvoicesConfig(AppConfig):
    name = "invoices"
    verbose_name = _("Invoices")

    def ready(self) -> None:
        """Fill the places of the account's page, hand out lists, and take the documents along when an account goes."""
        from accounts.ports import register_remover  # noqa: PLC0415
        from invoices import places  # noqa: F401, PLC0415
        from invoices.services import delete_papers_of  # noqa: PLC0415
        from invoices.spreadsheets import lists  # noqa: F401, PLC0415

        register_remover(delete_papers_of)
