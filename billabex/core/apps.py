from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "billabex.core"

    def ready(self) -> None:
        from billabex.core import lookups  # noqa: F401, PLC0415 - registers itself, once models can be named
