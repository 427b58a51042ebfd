"""The small cast of these tests: Wildground, its School Leadership Team and its staff."""

import pytest

from tests.cast import someone

SLT, STAFF = "slt", "staff"


@pytest.fixture
def amina(scoped):
    """Of the Senior Leadership Team: administers, decides, approves."""
    return someone("Amina", SLT)


@pytest.fixture
def ben(scoped):
    """The second of the Senior Leadership Team."""
    return someone("Ben", SLT)


@pytest.fixture
def cara(scoped):
    """A teacher, who may propose and write."""
    return someone("Cara", STAFF)
