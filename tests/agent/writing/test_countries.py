from __future__ import annotations

import pytest

from billabex.agent.writing.countries import spoken_in


@pytest.mark.parametrize(
    ("country", "postal_code", "languages"),
    [
        ("FR", "75011", ("fr",)),
        ("AT", "1010", ("de",)),
        ("BR", "", ("pt",)),
        ("US", "10001", ("en",)),
        ("MX", "", ("es",)),
        ("BE", "", ("nl", "fr", "de")),
        ("BE", "1000", ("nl", "fr", "de")),  # Brussels
        ("BE", "B-1348", ("fr",)),
        ("BE", "2000", ("nl",)),
        ("BE", "4700", ("de",)),
        ("BE", "4800", ("fr",)),
        ("BE", "9000 Gent", ("nl",)),
        ("CH", "1201", ("fr",)),
        ("CH", "CH-2502", ("de", "gsw", "fr", "it")),  # Biel/Bienne
        ("CH", "2800", ("fr",)),
        ("CH", "3960", ("fr",)),
        ("CH", "6900", ("it",)),
        ("CH", "8001", ("de",)),
        ("CA", "", ("en", "fr")),
        ("CA", "h2x 1y4", ("fr",)),
        ("CA", "M5V 2T6", ("en",)),
        ("LU", "1855", ("fr", "lb", "de")),
        ("", "", ()),
        ("ZZ", "", ()),
    ],
)
def test_languages_of_a_place(country: str, postal_code: str, languages: tuple[str, ...]) -> None:
    assert spoken_in(country, postal_code) == languages
