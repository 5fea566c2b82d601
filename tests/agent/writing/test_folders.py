"""Each language's folder is complete: the same files and parts as the English one, and variants that differ."""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import pytest

from billabex.agent.writing import languages, write_acknowledgement
from billabex.agent.writing.composition import compose
from billabex.agent.writing.language import EMAILS, ENGINE, language
from billabex.organizations.enums import MessageLanguage
from tests.agent.writing.briefs import REASONS, TONES, VOICES, Case, answer, brief
from tests.agent.writing.languages import READINGS

if TYPE_CHECKING:
    from billabex.agent.writing import Brief

LANGUAGES = sorted(languages())
VARIANTS = {"formal_notice": 2}


def parts(code: str, file: str) -> set[str]:
    """Return the names of what a file of a language holds."""
    return set(ENGINE.get_template(f"{code}/{file}.txt").extra_data["partials"])


def prose(facts: Brief) -> set[str]:
    """Return the paragraphs that are the variant's own."""
    letter = compose(facts, language(facts.language))
    return {*letter.opening, letter.closing[0]}


def test_languages_with_their_folders_are_offered() -> None:
    assert {"en", "fr"} <= languages() <= set(MessageLanguage.values) == set(READINGS)


@pytest.mark.parametrize("code", LANGUAGES)
def test_folder_holds_a_file_for_every_voice(code: str) -> None:
    assert {path.stem for path in (EMAILS / code).iterdir()} == {"words", "acknowledgements", *VOICES}


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("file", ["words", "acknowledgements"])
def test_files_hold_the_same_parts_as_in_english(code: str, file: str) -> None:
    assert parts(code, file) == parts("en", file)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("voice", VOICES)
def test_variants_of_a_voice_are_enough_and_complete(code: str, voice: str) -> None:
    count = language(code).variants(voice)
    expected = {f"{part}_{n}" for part in ("subject", "opening", "request", "closing") for n in range(1, count + 1)}

    assert count >= VARIANTS.get(voice, 3)
    assert parts(code, voice) == expected | {"regards"}


@pytest.mark.parametrize("code", LANGUAGES)
def test_consecutive_follow_ups_share_no_paragraph(code: str) -> None:
    tones = [tone for tone in TONES for _ in range(4)]
    said = [prose(brief(Case(code, tone, step, invoices=3))) for step, tone in enumerate(tones, start=1)]

    assert all(before.isdisjoint(after) for before, after in pairwise(said))


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("voices", list(combinations(VOICES, 2)), ids="-".join)
def test_two_voices_share_no_paragraph(code: str, voices: tuple[str, str]) -> None:
    one, other = (
        set().union(*(prose(brief(Case(code, voice, step, invoices=3))) for step in range(1, 7))) for voice in voices
    )

    assert one.isdisjoint(other)


@pytest.mark.parametrize("code", LANGUAGES)
def test_answers_to_different_things_differ(code: str) -> None:
    said = [write_acknowledgement(answer(code, reason)).text.split("\n\n")[1] for reason in REASONS]

    assert len(set(said)) == len(REASONS)
