"""The parsers. To add one, add a module here with a subclass of `Parser`; nothing else needs to know it."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from functools import cache

from invoices.reading.parser import Parser


@cache
def all_parsers() -> tuple[Parser, ...]:
    """Return one instance of every parser in this package."""
    modules = (importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))
    return tuple(
        member()
        for module in modules
        for member in vars(module).values()
        if inspect.isclass(member)
        and issubclass(member, Parser)
        and not inspect.isabstract(member)
        and member.__module__ == module.__name__
    )
