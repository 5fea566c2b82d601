"""Forms of spreadsheets: the file, and which of its columns is what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from .columns import COLUMNS
from .enums import ImportKind
from .errors import UnreadableSpreadsheet
from .limits import Limits
from .reading import read_rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.core.files.uploadedfile import UploadedFile

    from .cells import Row
    from .columns import Column

ASIDE = "-"
SAMPLES = 3
SAMPLE_ROWS = 50


class UploadForm(forms.Form):
    """A file, and what it brings in."""

    kind = forms.ChoiceField(label=gettext_lazy("What does it hold?"), choices=ImportKind, widget=forms.RadioSelect)
    file = forms.FileField(label=gettext_lazy("File"), max_length=255, allow_empty_file=True)

    rows: Sequence[Row] = ()

    def clean_file(self) -> UploadedFile[bytes]:
        """Read the file: no more of it than it takes to see that it is too large."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        limit = Limits().max_bytes
        try:
            self.rows = read_rows(file.read(limit + 1))
        except UnreadableSpreadsheet as error:
            raise ValidationError(str(error)) from error
        return file


class MappingForm(forms.Form):
    """What each column of the file is: one field of the form for each column."""

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        kind: ImportKind,
        titles: Sequence[str],
        places: Mapping[str, int],
        below: Sequence[Row],
    ) -> None:
        names = {place: name for name, place in places.items()}
        super().__init__(data, initial={_key(place): names.get(place, ASIDE) for place in range(len(titles))})
        choices = [(ASIDE, _("Not imported"))]
        choices += [(column.name, _choice(column)) for column in COLUMNS[kind]]
        for place, title in enumerate(titles):
            self.fields[_key(place)] = forms.ChoiceField(
                label=title or _("Column %(number)d") % {"number": place + 1},
                choices=choices,
                help_text=_samples(below, place),
            )

    def clean(self) -> dict[str, Any]:
        """Refuse two columns for one thing."""
        known: dict[str, Any] = super().clean() or self.cleaned_data
        seen: set[str] = set()
        for key, name in list(known.items()):
            if name != ASIDE and name in seen:
                self.add_error(key, _("Another column is this already. Choose one of them."))
            seen.add(name)
        return known

    def places(self) -> dict[str, int]:
        """Return the place of each field's column, as chosen."""
        return {name: _place(key) for key, name in self.cleaned_data.items() if name != ASIDE}


class LoweringForm(forms.Form):
    """The agreement to lower paid amounts. Its box is named after how many were shown: it stands for no more."""

    use_required_attribute = False
    """Other buttons of the same page need no agreement."""

    def __init__(self, data: Mapping[str, Any] | None, *, count: int) -> None:
        super().__init__(data)
        if not count:
            return
        label = ngettext("Lower this paid amount", "Lower these %(count)d paid amounts", count)
        self.fields[f"lower-{count}"] = forms.BooleanField(
            label=label % {"count": count},
            error_messages={"required": _("Tick this if it is right. Nothing was imported.")},
        )


def _choice(column: Column) -> str:
    return f"{column.label} ({column.meaning})" if column.meaning else str(column.label)


def _key(place: int) -> str:
    return f"column-{place}"


def _place(key: str) -> int:
    return int(key.removeprefix("column-"))


def _samples(below: Sequence[Row], place: int) -> str:
    """Return the first values of a column, for people to recognise it by."""
    cells = (str(row[place])[:40] for row in below[:SAMPLE_ROWS] if place < len(row) and row[place] != "")
    return " · ".join(list(dict.fromkeys(cells))[:SAMPLES])
