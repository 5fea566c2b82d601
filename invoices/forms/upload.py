"""The form that takes a document in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from invoices.reading import Limits

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile


class UploadForm(forms.Form):
    """One PDF. What it is, is told by its content."""

    file = forms.FileField(label=gettext_lazy("PDF"), max_length=255, allow_empty_file=True)

    def clean_file(self) -> UploadedFile[bytes]:
        """Refuse what is too large before it is read."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        limit = Limits().max_bytes
        if (file.size or 0) > limit:
            megabytes = limit // (1024 * 1024)
            raise ValidationError(
                _("This file is larger than %(limit)d MB. Choose a smaller PDF.") % {"limit": megabytes}
            )
        return file
