from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommunicationsConfig(AppConfig):
    name = "communications"
    verbose_name = _("Communications")

    def ready(self) -> None:
        """Fill the places on lower floors' pages, and hand out the list."""
        from communications import exports, places  # noqa: F401, PLC0415
