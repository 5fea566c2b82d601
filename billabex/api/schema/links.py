"""Which answer holds the key that another operation asks for: what clients and tests walk the API by."""

from __future__ import annotations

import re
from typing import Any

_KEY = re.compile(r"\{(\w+)\}$")
METHODS = ("get", "post", "put", "patch", "delete")


def add_links(paths: dict[str, Any]) -> None:
    """Add to each answer that brings a key the operations that take it: of a list its first, of a creation its own."""
    for key, collection in _keys(paths).items():
        takers = [(operation, key) for path, operation in _operations(paths) if f"{{{key}}}" in path]
        _link(paths[collection], takers)
    if "/organizations" in paths:
        askers = [
            (operation, "organizationId")
            for path, operation in _operations(paths)
            if any(parameter["name"] == "organizationId" for parameter in operation.get("parameters", []))
        ]
        _link(paths["/organizations"], askers)


def _keys(paths: dict[str, Any]) -> dict[str, str]:
    """Return the collection in which each key of an address is found; keys of several collections have none."""
    found: dict[str, set[str]] = {}
    for path in paths:
        match = _KEY.search(path)
        if match and (collection := path[: match.start()].rstrip("/")) in paths:
            found.setdefault(match[1], set()).add(collection)
    return {key: collections.pop() for key, collections in found.items() if len(collections) == 1}


def _operations(paths: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [(path, item[method]) for path, item in paths.items() for method in METHODS if method in item]


def _link(collection: dict[str, Any], takers: list[tuple[dict[str, Any], str]]) -> None:
    for method, status, place in (("get", "200", "#/nodes/0/id"), ("post", "201", "#/id")):
        answer = collection.get(method, {}).get("responses", {}).get(status)
        if answer is not None:
            links = answer.setdefault("links", {})
            for operation, key in takers:
                name = operation["operationId"]
                links[name] = {"operationId": name, "parameters": {key: f"$response.body{place}"}}
