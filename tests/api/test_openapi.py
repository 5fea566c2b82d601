"""The API's description: complete, valid, committed as it is, and served."""

from __future__ import annotations

import re
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from django.core.management import call_command
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # ships no types
from openapi_spec_validator import validate

from billabex.api.documentation import DOCUMENT, GUIDES, description

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from django.test import Client

    from billabex.organizations.models import Membership

METHODS = ("get", "post", "put", "patch", "delete")
COMMITTED: dict[str, Any] = yaml.load(DOCUMENT.read_bytes(), Loader=yaml.CSafeLoader)
OPERATIONS = {
    f"{method.upper()} {path}": item[method]
    for path, item in COMMITTED["paths"].items()
    for method in METHODS
    if method in item
}


def test_the_committed_document_is_what_the_operations_say(tmp_path: Path) -> None:
    drawn = tmp_path / "openapi.yaml"
    warnings = StringIO()
    call_command("spectacular", file=str(drawn), validate=True, fail_on_warn=True, stderr=warnings)
    now = yaml.load(drawn.read_bytes(), Loader=yaml.CSafeLoader)
    assert now == COMMITTED, "draw it anew: uv run manage.py spectacular --file docs/openapi.yaml"
    assert not warnings.getvalue()


def test_it_is_valid_openapi() -> None:
    assert COMMITTED["openapi"].startswith("3.1")
    validate(COMMITTED)


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_an_operation_says_what_it_does_takes_and_answers(name: str) -> None:
    operation = OPERATIONS[name]
    assert operation["summary"]
    assert operation["description"]
    assert {"400", "401", "403", "429", "500"} <= operation["responses"].keys()
    for parameter in operation.get("parameters", []):
        assert parameter["in"] == "path" or parameter.get("description"), parameter["name"]


def _named(reference: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = COMMITTED["components"]["schemas"][reference["$ref"].rpartition("/")[2]]
    return found


def _bodies() -> list[tuple[str, dict[str, Any]]]:
    """Return what comes in and goes out at the top, by the name it has."""
    found = {}
    for operation in OPERATIONS.values():
        parts = [operation.get("requestBody", {}), *operation["responses"].values()]
        for part in parts:
            for media in part.get("content", {}).values():
                if "$ref" in media["schema"]:
                    found[media["schema"]["$ref"]] = _named(media["schema"])
    return sorted(found.items())


@pytest.mark.parametrize(("name", "schema"), _bodies())
def test_a_body_has_an_example_that_is_one(name: str, schema: dict[str, Any]) -> None:
    if "oneOf" in schema:  # each of which is tried by itself
        return
    [example] = schema["examples"]
    assert set(schema.get("required", [])) <= set(example)
    assert set(example) <= set(schema["properties"])


def _choices(schema: Any) -> Iterator[list[dict[str, Any]]]:
    """Yield what may be said of every value that has several forms, of which exactly one must fit."""
    parts = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
    if isinstance(schema, dict) and "oneOf" in schema and all("type" in form for form in schema["oneOf"]):
        yield schema["oneOf"]
    for part in parts:
        yield from _choices(part)


def test_an_empty_text_fits_one_form_at_most() -> None:
    choices = list(_choices(COMMITTED["components"]["schemas"]))
    assert choices
    for forms in choices:
        assert sum(Draft202012Validator(form).is_valid("") and form.get("format") is None for form in forms) <= 1


def test_optional_texts_may_be_empty_or_null_and_languages_null() -> None:
    account = COMMITTED["components"]["schemas"]["AccountPut"]["properties"]
    phone, language = (Draft202012Validator(account[name]) for name in ("phone", "language"))
    assert all(map(phone.is_valid, ["", None, "+33 1"]))
    assert all(map(language.is_valid, [None, "fr"]))
    assert not language.is_valid("ja")


def test_whatever_an_error_says_is_described(api: Any, owner: Membership) -> None:
    described = COMMITTED["components"]["schemas"]["Error"]
    refused = api(owner, "openid").get("/accounts").json()
    assert refused.keys() == {*described["required"], "scope"}
    assert described["properties"].keys() == {*described["required"], "scope", "documentId", "decision"}


@pytest.mark.parametrize("address", ["", "openapi.json", "openapi.yaml"])
def test_it_is_served_to_everybody(address: str, client: Client) -> None:
    answer = client.get(f"/api/docs/{address}")
    assert answer.status_code == 200
    if address:
        assert yaml.load(answer.content, Loader=yaml.CSafeLoader) == description()


@pytest.mark.parametrize("name", GUIDES)
def test_the_guides_are_served_and_led_to_by_the_introduction(name: str, client: Client) -> None:
    assert f"]({name})" in COMMITTED["info"]["description"]
    answer = client.get(f"/api/docs/{name}")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert answer.text == (DOCUMENT.parent / "api" / name).read_text()
    assert set(re.findall(r"\]\(([\w-]+\.md)", answer.text)) <= set(GUIDES)
