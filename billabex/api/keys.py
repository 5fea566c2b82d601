"""Keys in addresses."""

from django.urls.converters import UUIDConverter


class KeyConverter(UUIDConverter):
    """A UUID in small letters or capitals, which mean the same (RFC 9562, section 4). Django takes small ones only."""

    regex = UUIDConverter.regex.replace("a-f", "a-fA-F")
