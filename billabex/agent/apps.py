from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgentConfig(AppConfig):
    name = "billabex.agent"
    verbose_name = _("Agent")

    def ready(self) -> None:
        """Plug the roof in: the ear, the words of planned messages, and what is checked at start."""
        from billabex.agent import listening, places  # noqa: F401, PLC0415
        from billabex.agent.language_model import checks, trace  # noqa: F401, PLC0415
        from billabex.agent.previewing import preview_scheduled  # noqa: PLC0415
        from communications.ports import register_previewer  # noqa: PLC0415

        register_previewer(preview_scheduled)
