"""Why a document cannot be read, as the child process says it: a code and facts.

The sentences for people are in `errors`; they need Django, which the child does without to start quickly.
"""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """One cause each; `errors.ERRORS` has a class for every one of them."""

    EMPTY = "empty"
    NOT_A_PDF = "not-a-pdf"
    TOO_BIG = "too-big"
    BROKEN = "broken"
    ENCRYPTED = "encrypted"
    NO_PAGES = "no-pages"
    TOO_MANY_PAGES = "too-many-pages"
    NO_SUCH_PAGE = "no-such-page"
    NO_TEXT = "no-text"
    XML_UNREADABLE = "xml-unreadable"
    XML_CONTRADICTS_PAGE = "xml-contradicts-page"
    TOO_SLOW = "too-slow"
    TOO_DEMANDING = "too-demanding"


class Refused(Exception):
    """The document cannot be read, for `reason`; `facts` fill the sentence."""

    def __init__(self, reason: Reason, **facts: str | int) -> None:
        super().__init__(reason, facts)
        self.reason = reason
        self.facts = facts
