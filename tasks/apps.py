from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TasksConfig(AppConfig):
    name = "tasks"
    verbose_name = _("Tasks")

    def ready(self) -> None:
        """Fill the places on lower floors' pages, and hand out the list."""
        from tasks import exports, places  # noqa: F401, PLC0415
