"""Journeys through the example federation Wootton: its story is told once, each test has a copy."""

import pytest

from tests.journeys.example.somebody import Somebody
from tests.journeys.told import fast_passwords, house, own_database, somebody

__all__ = ["fast_passwords", "house", "own_database", "somebody"]


class OfWootton(Somebody):
    """Somebody of that federation's cast."""

    federation = "wootton"


@pytest.fixture(scope="session")
def example() -> type[Somebody]:
    """The people of this federation's cast."""
    return OfWootton
