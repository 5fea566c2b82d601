"""The fixed vocabularies of organizations."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a member may do."""

    OWNER = "owner", _("Owner")
    MEMBER = "member", _("Member")
    READ_ONLY = "read_only", _("Read-only")


class MessageLanguage(TextChoices):
    """The languages that messages to customers are written in (ISO 639-1)."""

    ENGLISH = "en", _("English")
    FRENCH = "fr", _("French")
    GERMAN = "de", _("German")
    SPANISH = "es", _("Spanish")
    ITALIAN = "it", _("Italian")
    DUTCH = "nl", _("Dutch")
    PORTUGUESE = "pt", _("Portuguese")


class InterfaceLanguage(TextChoices):
    """The languages of the pages (ISO 639-1)."""

    ENGLISH = "en", _("English")
    FRENCH = "fr", _("French")


class ClientAuthentication(TextChoices):
    """How an application shows at the token endpoint who it is. Source: RFC 7591, section 2."""

    NONE = "none", _("None: it cannot keep a secret")
    BASIC = "client_secret_basic", _("Secret in the header")
    POST = "client_secret_post", _("Secret in the body")

    @classmethod
    def with_secret(cls) -> list[str]:
        """Return those that need a secret."""
        return [cls.BASIC, cls.POST]
