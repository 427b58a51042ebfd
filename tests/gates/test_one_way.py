"""What has one way in the program is done in no other: each pattern, the files that may use it, and why."""

import re

import pytest

from tests.gates.files import name_of, own_files

WAYS = {
    "a query as SQL": (
        r"sql_with_params\(",
        set(),
        "Call `core.at_once.statement_of`: Django raises for a query that it knows to be empty.",
    ),
}


@pytest.mark.parametrize("what", WAYS)
def test_nothing_goes_around_the_one_way(what):
    pattern, may, why = WAYS[what]
    found = {
        f"{name_of(path)}:{number}"
        for path in own_files("schoolgate/*.py")
        if name_of(path) not in may
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if re.search(pattern, line)
    }
    assert found == set(), why
