"""What a file of tests makes once may speak to servers on this machine, as its tests may."""

import pytest

from schoolgate.networks.transport import check_service

pytestmark = pytest.mark.processes


@pytest.fixture(scope="module")
def made_once() -> str:
    return check_service("http://localhost:8000")


def test_what_was_made_before_the_first_test_reaches_this_machine(made_once):
    assert made_once == "http://localhost:8000"
