"""Journeys through the example federation Boroughbridge: its story is told once, each test has a copy."""

import pytest

from tests.journeys.example.somebody import Somebody
from tests.journeys.told import fast_passwords, house, own_database, pages_at, somebody

__all__ = ["fast_passwords", "house", "own_database", "pages_at", "somebody"]

KEY = "boroughbridge"


class OfBoroughbridge(Somebody):
    """Somebody of that federation's cast."""

    federation = KEY


@pytest.fixture(scope="session")
def example() -> type[Somebody]:
    """The people of this federation's cast."""
    return OfBoroughbridge
