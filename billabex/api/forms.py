"""Forms as they are sent: Django reads their files, and we their texts, each in the charset that it says it is in.

Django takes every text to be in the charset of the whole form, and puts U+FFFD for what is not: a number that an older
system sends in ISO-8859-1 would be kept for good, spoilt. Source: RFC 7578, section 4.4; api.md 2.
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections import deque
from typing import TYPE_CHECKING, Any, Final

from django.http.multipartparser import FIELD, ChunkIter, LazyStream, Parser
from django.utils.http import parse_header_parameters
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_CHUNK: Final = 64 * 1024


def texts_of(form: Any, content_type: str) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each part of a form that is no file. Without a charset, a text is UTF-8.

    Args:
        form: Its bytes, from which Django has read the files: it is a form, and not too much of one.
        content_type: Its type, which says where parts end.

    Raises:
        ValidationError: By field: a text cannot be read.
    """
    edge = parse_header_parameters(content_type)[1]["boundary"].encode()
    for kind, headers, part in Parser(LazyStream(ChunkIter(form, _CHUNK)), edge):
        if kind == FIELD and (name := _parameter(headers, "content-disposition", "name")):
            yield name, _text_of(name, part.read(), headers)
        else:
            deque(part, maxlen=0)


def _text_of(name: str, raw: bytes, headers: Mapping[str, Any]) -> str:
    """Return the text of a part.

    Raises:
        ValidationError: By its field: it is not in the charset, or not in base64, as it says it is.
    """
    charset = _parameter(headers, "content-type", "charset") or "utf-8"
    transfer, _facts = headers.get("content-transfer-encoding", ("", {}))
    try:
        if transfer.strip().lower() == "base64":
            raw = b64decode(b"".join(raw.split()), validate=True)
        return raw.decode(charset)
    except (ValueError, LookupError) as error:
        sentence = _("This text is not in the charset or encoding that its part names (UTF-8 where it names none).")
        raise ValidationError({_path_of(name): [sentence]}, code="charset") from error


def _parameter(headers: Mapping[str, Any], header: str, name: str) -> str:
    """Return what a header says beside its value, as in `text/plain; charset=…`, or ""."""
    _value, parameters = headers.get(header, ("", {}))
    return bytes(parameters.get(name, b"")).decode().strip()


def _path_of(name: str) -> str:
    """Return a part's name as errors have it: `billingAddress[city]` is `billingAddress.city`."""
    return re.sub(r"\[([^\[\]]*)\]", r".\1", name)
