"""Loads the facts of many accounts in a fixed number of queries, and freezes them for the rules."""

from billabex.agent.facts.batch import HISTORY, person_of
from billabex.agent.facts.loading import Facts, Standing, load

__all__ = ["HISTORY", "Facts", "Standing", "load", "person_of"]
