"""Who signs in: a head with and without a second step, and a teacher who needs none."""

import pytest
from django.core.cache import cache

from schoolgate.core.tenancy import scope
from tests.cast import someone
from tests.web.signing import with_app, with_password


@pytest.fixture(autouse=True)
def empty_cache(db):
    """Nobody is counted from another test."""
    cache.clear()


@pytest.fixture
def head(federation):
    """Decides, approves and administers; has a password and an app."""
    with scope(federation.pk):
        return with_app(with_password(someone("Hanna Head", "slt")))


@pytest.fixture
def head_without(federation):
    """The same, but no second step yet."""
    with scope(federation.pk):
        return with_password(someone("Nia New", "slt"))


@pytest.fixture
def teacher(federation):
    """May propose and write: nothing that needs a second step."""
    with scope(federation.pk):
        return with_password(someone("Tom Teacher", "staff"))
