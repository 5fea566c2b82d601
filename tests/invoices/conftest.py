"""How hard the tests of money search: `--hypothesis-profile=thorough` for long runs."""

from hypothesis import settings

settings.register_profile("thorough", max_examples=2_000, deadline=None)
