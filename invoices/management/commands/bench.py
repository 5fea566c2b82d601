"""Measure what the product promises: `manage.py bench NAME`."""

from __future__ import annotations

import argparse
import importlib
from typing import TYPE_CHECKING, Any, Protocol, cast

from billabex.core.console import HouseCommand

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.core.management.base import CommandParser

BENCHES = {
    "pdf": "invoices.reading.bench",
    "cycle": "billabex.agent.bench.cycle",
    "api": "billabex.api.bench",
}
"""Each measurement by its name: the module that does it. To add one, add its line."""


class Bench(Protocol):
    """What such a module has."""

    HELP: str

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare what it takes."""

    def run(self, write: Callable[[str], object], **options: Any) -> None:
        """Measure, and write the result line by line."""


class Command(HouseCommand):
    """Hand over to the measurement that is named."""

    help = "Measure how well and how fast something is done."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the measurements with their own arguments."""
        benches = parser.add_subparsers(dest="bench", required=True, metavar="NAME")
        for name, module in BENCHES.items():
            bench = _bench(module)
            bench.add_arguments(
                benches.add_parser(
                    name,
                    help=bench.HELP.splitlines()[0],
                    description=bench.HELP,
                    formatter_class=argparse.RawDescriptionHelpFormatter,
                )
            )

    def handle(self, *, bench: str, **options: Any) -> None:
        """Run the measurement."""
        _bench(BENCHES[bench]).run(self.stdout.write, **options)


def _bench(module: str) -> Bench:
    return cast("Bench", importlib.import_module(module))
