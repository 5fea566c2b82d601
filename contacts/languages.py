"""The languages of people: any of ISO 639-1. Messages are written in seven of them (docs/decisions/019)."""

from __future__ import annotations

from functools import cache

import pycountry
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from billabex.core.templatetags.ui.formats import locale_of
from billabex.organizations.enums import MessageLanguage

type Choices = list[tuple[str, str]]


def language_choices() -> Choices:
    """Return every language by its name in the language of the page: those that we write in first."""
    names = locale_of(get_language() or "en").languages
    return [*_written(), *((code, capfirst(names[code])) for code in _unwritten())]


def form_choices(current: str) -> Choices:
    """Return the languages that a form offers: those that we write in, and the person's own, which it must not lose."""
    if current not in _unwritten():
        return _written()
    name = dict(language_choices())[current]
    return [*_written(), (current, _("%(language)s (the agent writes in another language)") % {"language": name})]


def written_language(wanted: str, otherwise: str) -> str:
    """Return the language as one that messages are written in, or the other one where they are not."""
    return wanted if wanted in MessageLanguage.values else otherwise


def _written() -> Choices:
    return [(language.value, str(language.label)) for language in MessageLanguage]


@cache
def _unwritten() -> list[str]:
    codes = {language.alpha_2 for language in pycountry.languages if hasattr(language, "alpha_2")}
    return sorted(codes - set(MessageLanguage.values))
