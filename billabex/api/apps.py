from django.apps import AppConfig
from django.urls import register_converter

from billabex.api.keys import KeyConverter


class ApiConfig(AppConfig):
    name = "billabex.api"

    def ready(self) -> None:
        """Make `<key:…>` known before any address is read."""
        register_converter(KeyConverter, "key")
