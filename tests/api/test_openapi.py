"""The API's description: complete, valid, committed as it is, and served."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from django.core.management import call_command
from openapi_spec_validator import validate

from billabex.api.documentation import DOCUMENT, description

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

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
    assert {"429", "500"} <= operation["responses"].keys()
    if operation["security"] != [{}]:
        assert {"401", "403"} <= operation["responses"].keys()
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


@pytest.mark.parametrize("address", ["", "openapi.json", "openapi.yaml"])
def test_it_is_served_to_everybody(address: str, client: Client) -> None:
    answer = client.get(f"/api/docs/{address}")
    assert answer.status_code == 200
    if address:
        assert yaml.load(answer.content, Loader=yaml.CSafeLoader) == description()
