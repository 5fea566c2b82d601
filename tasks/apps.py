from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TasksConfig(AppConfig):
    name = "tasks"
    verbose_name = _("Tasks")

    def ready(self) -> None:
        """Fill the places on lower floors' pages."""
        from tasks import places  # noqa: F401, PLC0415
