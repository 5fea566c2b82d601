"""The French of the interface: complete, in step with the source, and set as French is set.

What the source asks to be translated is collected here without gettext, which a fresh clone does not have.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from io import StringIO
from token import NAME, STRING
from tokenize import generate_tokens
from typing import TYPE_CHECKING

import polib  # type: ignore[import-untyped]
import pytest
from django.conf import settings
from django.utils.translation.template import templatize

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

type Message = tuple[str | None, str, str]
"""What gettext finds a translation by, and its plural: context, singular, plural ("" without one)."""

FOLDERS = ("accounts", "billabex", "communications", "contacts", "invoices", "tasks", "templates")
CATALOGUE = settings.BASE_DIR / "billabex" / "locale" / "fr" / "LC_MESSAGES" / "django.po"
FRENCH = polib.pofile(CATALOGUE)

# The texts that each function takes, in order: context, singular, plural.
SHAPES = {"_": "s", "gettext": "s", "ngettext": "sp", "pgettext": "cs", "npgettext": "csp"}


# --- What the source asks for ----------------------------------------------------------------------------------


def message(function: str, texts: list[str]) -> Message:
    """Return what a call of gettext asks for; its texts must be literal, or no catalogue could hold them."""
    shape = SHAPES[function]
    assert len(texts) == len(shape), f"{function}({texts}) takes {len(shape)} literal texts"
    parts = dict(zip(shape, texts, strict=True))
    return parts.get("c"), parts["s"], parts.get("p", "")


def python_messages(source: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            unknown = [name.asname for name in node.names if name.asname not in {None, "_"}]
            assert not unknown, f"xgettext does not look for {unknown}"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            function = name.removesuffix("_lazy")
            if function in SHAPES:
                literals = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
                texts = [text for text in literals if isinstance(text, str)]
                yield message(function, texts[: len(SHAPES[function])])  # a lazy plural also takes its count's name


def template_messages(source: str) -> Iterator[Message]:
    """Yield what Django itself finds in a template; brackets around it let line ends mean nothing."""
    function, texts = "", list[str]()
    for token in generate_tokens(StringIO(f"({templatize(source)}\n)").readline):
        if token.type == NAME and token.string in SHAPES:
            function, texts = token.string, []
        elif token.type == STRING:
            texts.append(ast.literal_eval(token.string))
        elif token.string == ")" and function:
            yield message(function, texts)
            function = ""


def source_messages() -> dict[Message, Path]:
    """Return every message of the source, with a file that has it."""
    found: dict[Message, Path] = {}
    for folder in FOLDERS:
        for path in sorted((settings.BASE_DIR / folder).rglob("*")):
            if path.suffix == ".py":
                found |= dict.fromkeys(python_messages(path.read_text("utf-8")), path)
            elif path.suffix in {".html", ".txt"}:
                found |= dict.fromkeys(template_messages(path.read_text("utf-8")), path)
    return found


def key(entry: polib.POEntry | polib.MOEntry) -> tuple[str | None, str]:
    return entry.msgctxt, entry.msgid


def forms(entry: polib.POEntry | polib.MOEntry) -> list[str]:
    """Return the French of an entry: one text, or its singular and its plural."""
    plurals = {int(number): text for number, text in entry.msgstr_plural.items()}
    return [plurals[number] for number in sorted(plurals)] or [entry.msgstr]


def test_messages_of_python_are_collected_also_from_f_strings() -> None:
    source = """
_("One"), f"{pgettext_lazy('page', 'Two')}", ngettext("Three", "Th" "rees", count), trans.gettext("Four"), other("Five")
ngettext_lazy("%(count)d six", "%(count)d sixes", "count")
"""
    assert set(python_messages(source)) == {
        (None, "One", ""),
        ("page", "Two", ""),
        (None, "Three", "Threes"),
        (None, "Four", ""),
        (None, "%(count)d six", "%(count)d sixes"),
    }


def test_messages_of_templates_are_collected_from_tags_and_arguments() -> None:
    source = """
    {% translate "One" %} it's {% translate "Two" context "page" as two %} {% button _("Three") %} {# _("Four") #}
    {% blocktranslate count n=n trimmed %}
      {{ n }} five
    {% plural %}
      {{ n }} fives
    {% endblocktranslate %}
    """
    assert set(template_messages(source)) == {
        (None, "One", ""),
        ("page", "Two", ""),
        (None, "Three", ""),
        (None, "%(n)s five", "%(n)s fives"),
    }


# --- The catalogue ---------------------------------------------------------------------------------------------


def test_catalogue_holds_every_message_of_the_source_and_no_other() -> None:
    wanted = source_messages()
    held = {(entry.msgctxt, entry.msgid, entry.msgid_plural) for entry in FRENCH}
    missing = {text: str(path.relative_to(settings.BASE_DIR)) for text, path in wanted.items() if text not in held}
    assert not missing, "run makemessages, which does not look into f-strings; translate; run compilemessages"
    assert held == set(wanted)


def test_catalogue_is_translated_whole() -> None:
    assert FRENCH.metadata["Plural-Forms"] == "nplurals=2; plural=(n > 1);"
    assert not FRENCH.untranslated_entries()
    assert not FRENCH.fuzzy_entries()
    assert not FRENCH.obsolete_entries()


def test_compiled_catalogue_says_what_the_readable_one_says() -> None:
    compiled = {key(entry): forms(entry) for entry in polib.mofile(CATALOGUE.with_suffix(".mo"))}
    assert compiled == {key(entry): forms(entry) for entry in FRENCH}


PLACEHOLDERS = re.compile(r"%\(\w+\)[a-z]|%[a-z]|\{\w*\}|</?[a-z][^>]*>")


def test_translations_keep_the_placeholders_and_tags_of_each_form() -> None:
    for entry in FRENCH:
        english = [entry.msgid, entry.msgid_plural] if entry.msgid_plural else [entry.msgid]
        kept = [Counter(PLACEHOLDERS.findall(text)) for text in forms(entry)]
        assert kept == [Counter(PLACEHOLDERS.findall(text)) for text in english], entry.msgid


# A straight apostrophe or quotation mark; double punctuation or an ordinal sign without its no-break space.
ILL_SET = re.compile(r"""['"“”]|(?<!\u00a0)[;?!»]|(?<!\u00a0):(?=\s|$)|«(?!\u00a0)|[Nn]°(?!\u00a0)|\.\.\.|  """)

# Tags, and JSON shown as it is sent: no French, whatever signs they are made of.
CODE = re.compile(r"<[^>]*>|\{\{[^}]*\}\}")


def ill_set(text: str) -> bool:
    return bool(ILL_SET.search(CODE.sub("_", text)))


@pytest.mark.parametrize("text", ["L'avoir", "Client :", "Quoi?", "« Oui »", "n° 3", 'un "mot"'])
def test_ill_set_french_is_recognised(text: str) -> None:
    assert ill_set(text)


@pytest.mark.parametrize("text", ["Quoi\u00a0?", '<b class="strong">oui</b>', '{{"year": 2026}} ou rien'])
def test_well_set_french_is_let_be(text: str) -> None:
    assert not ill_set(text)


def test_translations_are_set_as_french_is() -> None:
    assert [text for entry in FRENCH for text in forms(entry) if ill_set(text)] == []
