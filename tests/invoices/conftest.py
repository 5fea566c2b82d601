"""What the tests of documents share; how hard those of money search: `--hypothesis-profile=thorough` for long runs."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from billabex.core import clock
from tests.invoices.flow import uploaded
from tests.invoices.pdfs import invoice_pdf

if TYPE_CHECKING:
    from collections.abc import Iterator

    from billabex.organizations.models import Organization
    from invoices.models import Document

settings.register_profile("thorough", max_examples=2_000, deadline=None)


@pytest.fixture
def noon() -> Iterator[None]:
    """Stop the clock on a day between the issue and the due date of `document`."""
    with clock.stopped_at(datetime(2026, 1, 10, 12, tzinfo=UTC)):
        yield


@pytest.fixture
def document(organization: Organization) -> Document:
    """Return an upload that waits to be verified."""
    return uploaded(organization, invoice_pdf())
