"""The whole thing, with real servers and a real browser."""
