"""What the tests of the ground floor share."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.utils import translation

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(params=["en", "fr"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    with translation.override(request.param):
        yield request.param


@pytest.fixture(scope="session")
def icon_names() -> set[str]:
    """Return the icons that can be shown."""
    return set(re.findall(r'<symbol id="([^"]+)"', (settings.BASE_DIR / "static" / "img" / "icons.svg").read_text()))
