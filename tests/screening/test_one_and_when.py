"""Posts that expose one child without a name: in any way (`one_child.tsv`, written and frozen before anything
was changed), and by where and when one can be met who is told by a deed."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from bench.learned import is_held
from schoolgate.screening.one_and_when import met_by_deeds

HERE = Path(__file__).parent
FROZEN = {
    "one_and_when.tsv": "504085ee8b21a53e6f07bec8cb526a8ac2b7375193f567810cd55210a41d0d41",
    "one_child.tsv": "5931346ad4c344df306b6f68215118e75b294e10e8d69131758bfcf84152f075",
}


def parts(name: str) -> dict[str, list[tuple[bool, str]]]:
    """Return what each line tells of one child, or doesn't, and its words, by the parts of the file."""
    data = (HERE / name).read_bytes()
    assert hashlib.sha256(data).hexdigest() == FROZEN[name]
    found: dict[str, list[tuple[bool, str]]] = {}
    part = ""
    for line in data.decode().splitlines():
        if line.startswith("# == "):
            part = line.removeprefix("# == ")
        elif line[0] != "#":
            what, _tongue, words = line.split("\t")
            found.setdefault(part, []).append((what == "telling", words))
    return found


def held(rows: list[tuple[bool, str]]) -> tuple[int, int]:
    """Return how many that tell of a child are held, and how many harmless ones."""
    there = [tells for tells, words in rows if is_held(words)]
    return sum(there), len(there) - sum(there)


def test_posts_that_expose_one_child_are_held():
    (rows,) = parts("one_child.tsv").values()
    assert held(rows) == (37, 1)


def test_where_and_when_one_can_be_met_is_held_as_often_as_was_measured():
    assert {part: held(rows) for part, rows in parts("one_and_when.tsv").items()} == {
        "before": (19, 1), "after": (12, 1),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("met", "left_out"),
    [
        ("Our angler is on the jetty from six each Saturday.", "Our angler caught a trout on the jetty."),
        ("Our angler is on the jetty from six each Saturday.", "Our angler is in the hall each Saturday."),
        ("Our angler is on the jetty from six each Saturday.", "Our caretaker is on the lane each Saturday."),
        (
            "Our angler is on the jetty from six each Saturday.",
            "Our newsletter is at the shop each Saturday.",
        ),
        (
            "Our angler is on the jetty from six each Saturday.",
            "Our anglers' club is on the jetty each Saturday.",
        ),
        ("Mae ein pysgotwr ni ar y lanfa bob bore.", "Mae ein gofalwr ni ar y lanfa bob bore."),
        ("Mae ein pysgotwr ni ar y lanfa bob bore.", "Mae ein pysgotwr ni yn hapus bob bore."),
    ],
)
def test_it_takes_one_of_ours_a_time_and_a_place_that_is_not_the_schools(met, left_out):
    assert met_by_deeds(met)
    assert not met_by_deeds(left_out)
