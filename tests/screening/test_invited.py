"""Children who are to come to a grown-up's own house or car are asked about in what a school writes; a care
home, a house of the school and a story are none.

`invited_home.tsv` was written before anything was looked for (6 of 18 found then), `invited_home_after.tsv`
when it was done, by the same hand: 7 of 9 found at first sight, none of 10 harmless ones asked about.
"""

from pathlib import Path

import pytest

from bench.screened_posts import clean_posts
from schoolgate.screening import Strength
from schoolgate.screening.invited import invited_in
from schoolgate.triage import drawn_aside

HERE = Path(__file__).parent
MISSED = {"The caretaker is letting pupils use his garden for den building on Sundays."}
ORDINARY = HERE.parent.parent / "bench" / "ordinary_posts.txt"


@pytest.mark.parametrize("name", ["invited_home.tsv", "invited_home_after.tsv"])
def test_children_asked_home_by_a_grown_up_are_found_and_ordinary_lines_are_not(name):
    rows = [line.split("\t") for line in (HERE / name).read_text("utf-8").splitlines()]
    found = {text: bool(drawn_aside(text) or list(invited_in(text))) for _expected, _tongue, text in rows}
    assert {text for what, _tongue, text in rows if what == "found" and not found[text]} <= MISSED
    assert [text for what, _tongue, text in rows if what == "free" and found[text]] == []


def test_a_lead_alone_lets_it_out_and_it_stops_nothing():
    (hit,) = invited_in("Mr Ellery will have the goalkeepers round to his on Saturday.")
    assert (hit.strength, hit.for_a_lead) == (Strength.ASK, True)
    ordinary = [*clean_posts(300), *ORDINARY.read_text("utf-8").splitlines()]
    assert [line for line in ordinary if list(invited_in(line))] == []
