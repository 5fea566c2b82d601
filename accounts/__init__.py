"""Customer companies, their sources, pauses, tags and notes."""
