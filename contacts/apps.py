from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContactsConfig(AppConfig):
    name = "contacts"
    verbose_name = _("Contacts")

    def ready(self) -> None:
        """Let contacts fill their places on the account's page."""
        from contacts import places  # noqa: F401, PLC0415 - registers, once the models are there
