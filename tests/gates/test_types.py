"""The whole package is typed, strictly, with Django's own knowledge of its models."""

import pytest

from tests.gates.files import check


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_the_whole_package_is_strictly_typed():
    check("mypy", "--no-error-summary")
