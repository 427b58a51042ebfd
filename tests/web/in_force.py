"""Wildground with its policy in force, and somebody of the SLT: where many tests of pages begin."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from schoolgate.core.tenancy import scope
from schoolgate.incidents.handling import take
from schoolgate.policy.adopting import adopt
from tests.cast import someone
from tests.incidents.conftest import wrong
from tests.worlds import enter_federation, world

NOW = datetime.now(UTC)


@world()
def wildground_in_force(at: datetime) -> SimpleNamespace:
    """Sam adopted the policy three hours ago."""
    federation = enter_federation()
    with scope(federation.pk):
        sam = someone("Sam Slater", "slt")
        adopt(by=sam, at=at - timedelta(hours=3))
    return SimpleNamespace(federation=federation, sam=sam)


@world(wildground_in_force)
def concern_taken(there: SimpleNamespace, at: datetime) -> SimpleNamespace:
    """A concern that Sam deals with."""
    with scope(there.federation.pk):
        there.report = wrong(at)
        take(report=there.report, by=there.sam, at=at)
    return there


@pytest.fixture
def in_force(in_world) -> SimpleNamespace:
    """That world."""
    return in_world(wildground_in_force, NOW)


@pytest.fixture
def sam(in_force):
    """Of the SLT: Wildground's policy has them told of every report."""
    return in_force.sam
