"""Texts of forms, each in the charset that it says it is in."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import path

from billabex.api import fields
from billabex.api.operations import operation
from billabex.api.serializers import Body, Output
from billabex.api.views import ApiView

if TYPE_CHECKING:
    from pytest_django import Settings

    from tests.api.conftest import Program


class Place(Body):
    """A part of a body."""

    city = fields.OptionalText()


class Paper(Body):
    """Texts and a file."""

    number = fields.OptionalText()
    address = Place(required=False)
    file = fields.Upload(required=False)


class Echo(Output):
    """What arrived."""

    number = fields.OptionalText()
    city = fields.OptionalText()
    file_name = fields.OptionalText()
    size = fields.Whole()


class PaperView(ApiView):
    @operation("Paper", scope="invoices:all", takes=Paper, answers=Echo, multipart=True)
    def post(self, body: dict[str, Any]) -> Any:
        file = body.get("file")
        return {
            "number": body["number"],
            "city": body.get("address", {}).get("city"),
            "file_name": file.name if file else "",
            "size": file.size if file else 0,
        }


urlpatterns = [path("api/public/v1/paper", PaperView.as_view())]


@pytest.fixture(autouse=True)
def _papers(settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__


def sends(program: Program, headers: str, raw: bytes) -> Any:
    return program.send_parts("/paper", (headers, raw))


@pytest.mark.parametrize(
    ("headers", "raw"),
    [
        ('name="number"', "N-é-1".encode()),
        ('name="number"\r\nContent-Type: text/plain', "N-é-1".encode()),
        ('name="number"\r\nContent-Type: text/plain; charset=utf-8', "N-é-1".encode()),
        ('name="number"\r\nContent-Type: text/plain; charset=ISO-8859-1', "N-é-1".encode("latin-1")),
        ('name="number"\r\nContent-Type: text/plain; charset="windows-1252"', "N-é-1".encode("cp1252")),
        ('name="number"\r\nContent-Type: text/plain; charset=utf-16', "N-é-1".encode("utf-16")),
        ('name="number"\r\nContent-Transfer-Encoding: base64', b"Ti3D\r\nqS0x"),
        (
            'name="number"\r\nContent-Transfer-Encoding: BASE64\r\nContent-Type: text/plain; charset=latin1',
            b64encode("N-é-1".encode("latin-1")),
        ),
    ],
)
def test_a_text_is_in_the_charset_that_its_part_names(program: Program, headers: str, raw: bytes) -> None:
    assert sends(program, headers, raw).json()["number"] == "N-é-1"


@pytest.mark.parametrize(
    ("headers", "raw"),
    [
        ('name="address[city]"', "Nîmes".encode("latin-1")),
        ('name="address[city]"\r\nContent-Type: text/plain; charset=utf-8', b"N\xc3"),
        ('name="address[city]"\r\nContent-Type: text/plain; charset=us-ascii', "Nîmes".encode()),
        ('name="address[city]"\r\nContent-Type: text/plain; charset=klingon', b"Nimes"),
        ('name="address[city]"\r\nContent-Type: text/plain; charset=base64', b"TmltZXM="),
        ('name="address[city]"\r\nContent-Transfer-Encoding: base64', b"TmltZXM"),
        ('name="address[city]"\r\nContent-Transfer-Encoding: base64', b"no base64"),
    ],
)
def test_a_text_that_is_not_is_refused_by_its_field(program: Program, headers: str, raw: bytes) -> None:
    answer = sends(program, headers, raw)
    assert answer.status_code == 400
    assert [(detail["field"], detail["code"]) for detail in answer.json()["details"]] == [("address.city", "charset")]


def test_texts_and_files_come_together_each_by_its_name(program: Program) -> None:
    pdf = "%PDF-1.7 é".encode("latin-1") * 300_000
    answer = program.send_parts(
        "/paper",
        ('name="number"\r\nContent-Type: text/plain; charset=ISO-8859-1', "é-1".encode("latin-1")),
        ('name="file"; filename="Beleg März.pdf"\r\nContent-Type: application/pdf', pdf),
        ('name="address[city]"', "Nîmes".encode()),
    )
    assert answer.json() == {"number": "é-1", "city": "Nîmes", "fileName": "Beleg März.pdf", "size": len(pdf)}


@pytest.mark.parametrize("raw", [b"", b"--edge", b'--edge\r\nContent-Disposition: form-data; name="number"\r\n\r\nN-1'])
def test_a_form_that_ends_too_early_crashes_nothing(program: Program, raw: bytes) -> None:
    answer = program.send_raw("/paper", raw, "multipart/form-data; boundary=edge")
    assert answer.status_code in {200, 400}


def test_a_form_without_an_edge_is_none(program: Program) -> None:
    answer = program.send_raw("/paper", b"number=1", "multipart/form-data")
    assert (answer.status_code, answer.json()["code"]) == (400, "app-api.request.malformed")
