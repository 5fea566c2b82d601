"""Files to take away: empty templates, and lists as they stand in their addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import StreamingHttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from billabex.organizations.access import for_members, today_for

from .columns import COLUMNS
from .enums import Format, ImportKind
from .exporting import Asked, export_of
from .workbookfile import workbook_chunks
from .writing import csv_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.http import HttpResponseBase

    from billabex.organizations.access import MemberRequest

    from .writing import Written

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@for_members
@require_safe
def template(request: MemberRequest, kind: str, format: str) -> HttpResponseBase:  # noqa: A002 - the address's word
    """Hand out an empty table of that kind with two rows as examples."""
    columns = COLUMNS[ImportKind(kind)]
    titles = [str(column.label) for column in columns]
    examples: Sequence[Sequence[str]] = list(zip(*(column.examples for column in columns), strict=True))
    return _file(f"billabex-{kind}", format, str(ImportKind(kind).label), titles, examples)


@for_members
@require_safe
def export(request: MemberRequest, kind: str, format: str) -> HttpResponseBase:  # noqa: A002 - the address's word
    """Hand out a list, searched, filtered and sorted as the address says, just like its page."""
    today = today_for(request.member)
    found = export_of(kind, Asked(request.member, request.GET, today, get_language() or "en"))
    return _file(f"{kind}-{today}", format, found.label, found.titles, found.rows)


def _file(
    name: str, ending: str, title: str, titles: Sequence[str], rows: Iterable[Sequence[Written]]
) -> HttpResponseBase:
    headers = {"Content-Disposition": f'attachment; filename="{name}.{ending}"'}
    if ending == Format.XLSX:
        chunks = workbook_chunks(title, titles, rows)
        return StreamingHttpResponse(chunks, content_type=XLSX_TYPE, headers=headers)
    lines = csv_lines(titles, rows, get_language() or "en")
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)
