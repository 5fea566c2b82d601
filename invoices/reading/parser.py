"""What a parser is. Each lives in a module of its own in `parsers`, where it is found without being named."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from .document import Document
    from .types import OwnIdentity, Reading


class Parser(ABC):
    """Reads one kind of document.

    Attributes:
        name: Kept with the reading, so that we know later who read it.
    """

    name: ClassVar[str]

    @abstractmethod
    def score(self, document: Document) -> float:
        """Return how well this parser suits the document: 0 not at all, 1 as made for it."""

    @abstractmethod
    def read(self, document: Document, own: OwnIdentity) -> Reading:
        """Return what the document says.

        Raises:
            Refused: It cannot be read after all; the next best parser gets its turn.
        """
