"""The whole package is typed, strictly, with Django's own knowledge of its models. Tests and bench are
held to what they call: a function that changed is found in minutes, not at the end of a build."""

import os

import pytest

from tests.gates.files import ROOT, check

WITHOUT_COLLECTING = "import gc; gc.disable(); from mypy.__main__ import console_entry; console_entry()"
"""It makes a million objects and lets few of them go: looking for garbage took it a tenth of its time."""


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_the_whole_package_is_strictly_typed_and_tests_call_it_as_it_is():
    """What mypy found is kept where somebody has run it by hand (`.venv/bin/mypy`): to write it takes a tenth
    of the time, and a fresh clone is checked once."""
    keeps = () if (ROOT / ".mypy_cache").exists() else ("--cache-dir", os.devnull)
    then = "Give it the type that it has; `.venv/bin/mypy` checks again in seconds once it has run."
    check("python", "-c", WITHOUT_COLLECTING, "--no-error-summary", *keeps, then=then)
