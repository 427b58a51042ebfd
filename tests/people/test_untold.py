"""G5: a comment that hints at what an adult here did, names none and says nothing, is for a lead first."""

from operator import ge, le
from pathlib import Path

import pytest

from schoolgate.people.accusations import may_accuse
from schoolgate.people.seats import Accused, accused_in

LINES = (Path(__file__).parent / "untold.tsv").read_text(encoding="utf-8").split("\n# Written ")
PARTS = [[line.split("\t") for line in part.splitlines() if line[:2] in ("1\t", "0\t")] for part in LINES]
AT_LEAST, AT_MOST = (40, 17, 9, 12, 7), (10, 5, 3, 4, 3)
"""Found of those that accuse and of those that don't, part by part."""


def found(lines: list[list[str]], which: str) -> list[str]:
    return [words for accuses, words in lines if accuses == which and may_accuse(words)]


def test_what_hints_at_someone_here_is_found_and_what_asks_of_them_seldom():
    accusing, harmless = ([len(found(part, which)) for part in PARTS] for which in ("1", "0"))
    assert all(map(ge, accusing, AT_LEAST)), accusing
    assert all(map(le, harmless, AT_MOST)), harmless


@pytest.mark.parametrize(
    "words",
    [
        "Mi symudon ni'r bachgen o'ma o achos be nath yr un sy'n rhedeg y clwb. Mi oedd pawb yn gwybod",
        "Gofynnwch i'r dyn camera be nath o i'n hogan ni",
        "We took our daughter out because of what the chap who does the choir did. Everybody knew",
    ],
)
def test_it_speaks_of_someone_here(words):
    assert accused_in(words) == Accused.HERE


@pytest.mark.parametrize(
    "words",
    [
        "Everybody knew it would rain on sports day, the children didn't mind",
        "Thursday is choir. The girls like the choir man",
        "Pawb yn gwybod am y trip? Mae'r plant yn edrych ymlaen",
        "Our daughter hasn't slept since the puppy came",
    ],
)
def test_a_hint_without_someone_here_or_someone_without_a_hint_accuses_no_one(words):
    assert not may_accuse(words)
