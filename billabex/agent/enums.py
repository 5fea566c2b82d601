"""The fixed vocabularies of the agent's decisions."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Outcome(TextChoices):
    """What a decision comes to."""

    MESSAGE = "message", _("A message is planned")
    TASK = "task", _("Something is needed first")
    HOLD = "hold", _("Follow-ups are held")
    NOTHING = "nothing", _("Nothing to do")
