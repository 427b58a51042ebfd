"""A federation under one of the five policies, and walks through *May I ...?* without a page."""

from tests.incidents.conftest import under

__all__ = ["under"]
