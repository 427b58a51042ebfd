"""The whole package is typed, strictly, with Django's own knowledge of its models."""

import pytest

from tests.gates.files import check

WITHOUT_COLLECTING = "import gc; gc.disable(); from mypy.__main__ import console_entry; console_entry()"
"""It makes a million objects and lets few of them go: looking for garbage took it a tenth of its time."""


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_the_whole_package_is_strictly_typed():
    check("python", "-c", WITHOUT_COLLECTING, "--no-error-summary")
