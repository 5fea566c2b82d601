"""Bodies as they come in: JSON with exact numbers, and forms whose names say what they are parts of."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from hashlib import file_digest
from shutil import copyfileobj
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.http.multipartparser import MultiPartParser, MultiPartParserError
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from billabex.api.errors import BodyCompressed, BodyTooLarge
from billabex.api.forms import texts_of
from billabex.core.uploads import MOST_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import IO

    from django.core.files.uploadhandler import FileUploadHandler
    from django.utils.datastructures import MultiValueDict

MOST_JSON = 1024 * 1024
"""The largest JSON body, in bytes: a thousand times what the largest resource takes."""
_FORM_ROOM = 2 * 1024 * 1024
_DEEPEST = 5
_NAME = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])*)")


class StrictJsonParser(BaseParser):
    """JSON in UTF-8; numbers as they are written, no value that JSON does not know, an object on the outside."""

    media_type = "application/json"

    def parse(self, stream: IO[bytes], media_type: str | None = None, parser_context: Any = None) -> dict[str, Any]:
        """Return the body.

        Raises:
            BodyCompressed: It is, which would let a small one grow without end.
            BodyTooLarge: It is larger than a mebibyte.
            ParseError: It is no JSON, or not an object.
        """
        _refuse_compressed(parser_context)
        raw = stream.read(MOST_JSON + 1)
        if len(raw) > MOST_JSON:
            raise BodyTooLarge
        try:
            body = json.loads(
                raw.decode("utf-8-sig"), parse_float=Decimal, parse_constant=_refuse, object_pairs_hook=_once
            )
        except (ValueError, RecursionError, ArithmeticError) as error:
            raise ParseError(_("This body is no valid JSON in UTF-8.")) from error
        if not isinstance(body, dict):
            raise ParseError(_("Send a JSON object: {…}."))
        return body


def _refuse_compressed(parser_context: Any) -> None:
    if parser_context["request"].headers.get("Content-Encoding", "identity").strip().lower() != "identity":
        raise BodyCompressed


def _refuse(word: str) -> None:
    raise ValueError(word)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object whose names are all different; of two values for one name nobody knows which was meant."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice")
    return found


class FormParser(BaseParser):
    """Multipart forms: `issuedDate[year]` is a part of `issuedDate`, an empty text is a missing one (api.md 2).

    Parts may be in base64, and in a charset of their own.
    """

    media_type = "multipart/form-data"

    def parse(self, stream: IO[bytes], media_type: str | None = None, parser_context: Any = None) -> dict[str, Any]:
        """Return the parts as one object.

        Raises:
            BodyCompressed: It is.
            BodyTooLarge: It is larger than the largest file and some room.
            ParseError: It is no such form, or two parts contradict each other.
            ValidationError: By field: a text is not in the charset that it says it is in.
        """
        _refuse_compressed(parser_context)
        request = parser_context["request"]
        if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES + _FORM_ROOM:
            raise BodyTooLarge
        with SpooledTemporaryFile(max_size=MOST_JSON) as form:
            copyfileobj(stream, form)
            form.seek(0)
            files = _files_of(form, request.META | {"CONTENT_TYPE": media_type}, request.upload_handlers)
            parser_context["view"].uploads += [file for _name, file in files]  # which it closes, whatever comes
            form.seek(0)
            texts = [(name, text) for name, text in texts_of(form, str(media_type)) if text != ""]
        return folded([*texts, *files])


def _files_of(form: Any, meta: Mapping[str, Any], handlers: list[FileUploadHandler]) -> list[tuple[str, Any]]:
    try:
        _texts, files = MultiPartParser(meta, form, handlers).parse()
    except MultiPartParserError as error:
        raise ParseError(_("This body is no valid form.")) from error
    return flat(files)


def flat(parts: MultiValueDict[str, Any]) -> list[tuple[str, Any]]:
    """Return every value with its name; a name that came twice comes out twice."""
    return [(name, value) for name, values in parts.lists() for value in values]


def folded(parts: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Return flat names as the object they are of: `a[b]` nests, `a[]` and `a[0]` are lists.

    Raises:
        ParseError: A name is none, or stands for two things.
    """
    body: dict[str, Any] = {}
    for name, value in parts:
        match = _NAME.fullmatch(name)
        keys = [match[1], *re.findall(r"\[([^\[\]]*)\]", match[2])] if match else []
        if not keys or len(keys) > _DEEPEST:
            raise ParseError(_("“%(name)s” is no name of a field.") % {"name": name[:100]})
        _put(body, keys, value, name)
    listed: dict[str, Any] = {key: _listed(value) for key, value in body.items()}
    return listed


def _put(body: dict[str, Any], keys: list[str], value: Any, name: str) -> None:
    place = body
    for key in keys[:-1]:
        place = place.setdefault(key, {})
        if not isinstance(place, dict):
            raise ParseError(_("“%(name)s” stands for two things.") % {"name": name[:100]})
    last = keys[-1] or str(len(place))
    if last in place:
        raise ParseError(_("“%(name)s” stands for two things.") % {"name": name[:100]})
    place[last] = value


def _listed(value: Any) -> Any:
    """Return objects whose names are 0, 1, 2… as lists."""
    if not isinstance(value, dict):
        return value
    inner = {key: _listed(part) for key, part in value.items()}
    if set(inner) == {str(index) for index in range(len(inner))}:
        return [inner[str(index)] for index in range(len(inner))]
    return inner


def plain(body: Any) -> Any:
    """Return a body as it can be compared: files by what is in them."""
    if isinstance(body, UploadedFile):
        body.seek(0)
        digest = file_digest(body, "sha256").hexdigest()
        body.seek(0)
        return {"name": body.name, "sha256": digest}
    if isinstance(body, dict):
        return {key: plain(value) for key, value in body.items()}
    if isinstance(body, list):
        return [plain(value) for value in body]
    return str(body) if isinstance(body, Decimal) else body
