"""A federation with its policy in force."""

import pytest

from schoolgate.policy.actions import adopt
from tests.cast import someone


@pytest.fixture
def ben(scoped):
    """A member of the SLT, who owns the policy at Wildground."""
    return someone("Ben Carter", "slt")


@pytest.fixture
def amina(scoped):
    """A member of staff."""
    return someone("Amina Khan", "staff")


@pytest.fixture
def version(ben, at):
    """Wildground's policy, in force since this morning."""
    return adopt(by=ben, at=at)
