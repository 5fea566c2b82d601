"""The languages that are read. To add one, add its module here and to `VOCABULARIES`."""

from __future__ import annotations

from . import de, en, es, fr, it, nl, pt

VOCABULARIES = (en.WORDS, fr.WORDS, de.WORDS, es.WORDS, it.WORDS, nl.WORDS, pt.WORDS)
