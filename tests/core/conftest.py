"""What the tests of the ground floor share."""

from __future__ import annotations

import re

import pytest
from django.conf import settings


@pytest.fixture(scope="session")
def icon_names() -> set[str]:
    """Return the icons that can be shown."""
    return set(re.findall(r'<symbol id="([^"]+)"', (settings.BASE_DIR / "static" / "img" / "icons.svg").read_text()))
