"""A language model may word a message and read a reply. It never decides when, to whom or how much.

None is needed and none is configured by default: then messages keep their built-in words. What a model answers is
checked before it counts, and whatever goes wrong with one leaves the built-in words and texts in place.

    port        what a language model is asked, and what it may answer
    configured  the one that the settings name, or none
    sparing     leaves one that fails alone for a while
    provider    OpenAI-compatible and Anthropic endpoints, with pydantic-ai; loaded only when there is something to ask
    phrasing    words a message: facts out, prose to the model, facts back in, checked
    ahead       does so before a message is claimed, outside any transaction
    trace       keeps whose words a message left with
    reading     reads a reply into one row of a table, or as unsure

Source: agent.md 8; docs/decisions/014.
"""
