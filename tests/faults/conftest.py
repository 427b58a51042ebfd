"""One installation at work for all storms."""

from collections.abc import Iterator

import pytest

from tests.cli.machine import Machine
from tests.faults.storm import an_example


@pytest.fixture(scope="session")
def machine() -> Iterator[Machine]:
    """An example federation, up and serving; each storm leaves it whole."""
    with an_example("storm") as machine:
        yield machine
