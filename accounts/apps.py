from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        """Let accounts fill their places on pages."""
        from accounts import places  # noqa: F401, PLC0415 - registers, once the models are there
