"""Puts what the agent says in a task into words, in the language of whoever reads it.

The agent's entries are kept as a code with its facts, so that each member reads them in their own language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from billabex.core.templatetags.ui.formats import locale_of
from tasks.enums import Party

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tasks.models import Interaction


def words_of(interaction: Interaction) -> str:
    """Return what an entry says: a person's own words, or the agent's in the reader's language."""
    if interaction.party != Party.AGENT:
        return interaction.text
    return say(interaction.code, interaction.facts)


def say(code: str, facts: Mapping[str, Any]) -> str:
    """Return the agent's words for a code. One that is not known (any more) reads as it is: nothing is hidden."""
    phrase = _PHRASES.get(code)
    return phrase(facts) if phrase else code


def _no_contact(facts: Mapping[str, Any]) -> str:
    asked = _(
        "I have no one to write to at {account}. Who should receive the reminders? "
        "Give me a name, an email address and a language; a sentence will do."
    )
    return asked.format(account=facts["account"])


def _no_usable_contact(facts: Mapping[str, Any]) -> str:
    asked = _(
        "I can write to none of the contacts I know at {account} any more. Who else should receive the reminders? "
        "Give me a name, an email address and a language; a sentence will do."
    )
    return asked.format(account=facts["account"])


def _contact_created(facts: Mapping[str, Any]) -> str:
    who = f"{facts['full_name']} <{facts['email']}>"
    known = {"who": who, "language": _language_name(facts["language"]), "role": facts.get("role", "")}
    if known["role"]:
        return _("Thank you. I added {who} ({role}) as a contact and will write in {language}.").format(**known)
    return _("Thank you. I added {who} as a contact and will write in {language}.").format(**known)


def _language_name(code: str) -> str:
    """Name a language as the reader's own language does within a sentence: "French", but "français"."""
    return str(locale_of(get_language() or "en").languages[code])


def _contact_arrived(facts: Mapping[str, Any]) -> str:
    return _("I have someone to write to now, so this is settled. Nothing is needed from you any more.")


def _formal_notice(facts: Mapping[str, Any]) -> str:
    asked = _(
        "{account} has been overdue for more than 90 days, and my firm follow-ups have brought nothing. "
        "May I send a formal notice as my next message? Until you answer I carry on with firm follow-ups."
    )
    return asked.format(account=facts["account"])


def _formal_notice_agreed(facts: Mapping[str, Any]) -> str:
    return _("Thank you. My next message to {account} is the formal notice; then I leave it 8 business days.").format(
        account=facts["account"]
    )


def _formal_notice_refused(facts: Mapping[str, Any]) -> str:
    return _("All right, no formal notice. I carry on with firm follow-ups and will not ask again for this debt.")


def _formal_notice_moot(facts: Mapping[str, Any]) -> str:
    return _("A formal notice is no longer called for, so this is settled. Nothing is needed from you any more.")


_PHRASES: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "no_contact": _no_contact,
    "no_usable_contact": _no_usable_contact,
    "contact_created": _contact_created,
    "contact_arrived": _contact_arrived,
    "formal_notice": _formal_notice,
    "formal_notice.yes": _formal_notice_agreed,
    "formal_notice.no": _formal_notice_refused,
    "formal_notice_moot": _formal_notice_moot,
}
