"""People and programs who come at the same moment, for tests on a database that lets them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING

from django.db import connection

from billabex.core.errors import BillabexError

if TYPE_CHECKING:
    from collections.abc import Callable


def at_once[Outcome](*calls: Callable[[], Outcome]) -> list[Outcome | type[BillabexError]]:
    """Call each in a thread of its own at the same moment; return what each returned, or how it was refused."""
    barrier = Barrier(len(calls))

    def run(call: Callable[[], Outcome]) -> Outcome | type[BillabexError]:
        try:
            barrier.wait()
            return call()
        except BillabexError as refusal:
            return type(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))
