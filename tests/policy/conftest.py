"""A federation with its policy in force."""

from types import SimpleNamespace

import pytest

from schoolgate.core.tenancy import scope
from schoolgate.policy.adopting import adopt
from tests.cast import someone
from tests.worlds import enter_federation, world


@world()
def in_force(at) -> SimpleNamespace:
    """Wildground, whose policy Ben has put in force this morning."""
    federation = enter_federation()
    with scope(federation.pk):
        ben = someone("Ben Carter", "slt")
        return SimpleNamespace(federation=federation, ben=ben, version=adopt(by=ben, at=at))


@pytest.fixture(autouse=True)
def beginning(request):
    """The world of a test that asks for `version`; None for others."""
    if "version" in request.fixturenames:
        return request.getfixturevalue("in_world")(in_force, request.getfixturevalue("at"))
    return None


@pytest.fixture
def federation(beginning, request):
    """Wildground."""
    return beginning.federation if beginning else request.getfixturevalue("make_federation")()


@pytest.fixture
def ben(beginning, scoped):
    """A member of the SLT, who owns the policy at Wildground."""
    return beginning.ben if beginning else someone("Ben Carter", "slt")


@pytest.fixture
def amina(scoped):
    """A member of staff."""
    return someone("Amina Khan", "staff")


@pytest.fixture
def version(beginning, scoped):
    """Wildground's policy, in force since this morning."""
    return beginning.version
