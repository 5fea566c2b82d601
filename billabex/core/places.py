"""Places on a page that higher floors fill.

A page of a lower floor (the account's, say) shows what only a higher floor knows (its invoices, what the agent does
next) without importing it: the page names a place, and each higher floor registers what it puts there.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

type Filler = Callable[..., Any]

_fillers: dict[str, list[tuple[int, Filler]]] = defaultdict(list)


def fills(place: str, *, order: int = 100) -> Callable[[Filler], Filler]:
    """Register the decorated function for a place; lower `order` comes first. For `AppConfig.ready` imports."""

    def register(filler: Filler) -> Filler:
        _fillers[place].append((order, filler))
        _fillers[place].sort(key=lambda entry: entry[0])
        return filler

    return register


def fill(place: str, *args: Any, **kwargs: Any) -> list[Any]:
    """Return what the registered fillers make of the arguments, in order, without those that answer None."""
    answers = (filler(*args, **kwargs) for _, filler in _fillers[place])
    return [answer for answer in answers if answer is not None]
