"""A decision as people read it: what decides first, each thing once, the time of London, nothing hidden."""

from datetime import UTC, date, datetime

import pytest

from schoolgate.rulebook import book, books, decide
from schoolgate.rulebook.findings import Due
from schoolgate.rulebook.kinds import Kind
from schoolgate.rulebook.telling import ORDER, headline, lines_of, told, when
from tests.policies.scenarios import scenarios

PUPIL = {"relation": "pupil", "shown": True, "named": "no"}
PICTURE = {"has_picture": True, "picture": {"shows_people": True, "shows_pupils": True}}


def decided(situation="post.publish", policy="wildground", **facts):
    return decide(book(policy), situation, {"on": "2027-05-05", **facts})


@pytest.mark.parametrize("key", books())
def test_an_ordinary_post_is_told_in_less_than_25_lines_and_what_decides_comes_first(key):
    posts = [one for one in scenarios(key) if one.situation == "post.publish"]
    assert posts
    for scenario in posts:
        answer = decide(book(key), scenario.situation, scenario.facts)
        assert len(told(answer)) < 25, scenario
        standing = [one.kind for one in lines_of(answer) if one.overridden_by is None]
        assert standing == sorted(standing, key=ORDER.index), scenario


def test_what_is_wanted_for_several_people_is_one_line_with_a_count():
    lines = told(decided(people=[PUPIL, PUPIL], **PICTURE))
    (line,) = [one for one in lines if "the consents on record" in one]
    assert line.startswith("  needed [2 times]: the consents on record (from the school office)")


def test_a_fact_that_several_clauses_wait_for_is_one_line_with_all_of_them():
    (line,) = [one for one in told(decided()) if "what the post includes and where that comes from" in one]
    for clause in ("wildground-legal-1", "wildground-legal-2", "wildground-legal-5"):
        assert clause in line


def test_what_something_else_takes_the_place_of_is_marked_and_comes_last():
    leave = {"clause": "wildground-images-2", "role": "SLT", "by": "p", "written": True}
    people = [{**PUPIL, "consents": []}]
    lines = [
        one for one in told(decided(people=people, leaves=[leave], **PICTURE)) if "DOES NOT COUNT" in one
    ]
    assert len(lines) == 1
    assert "leave:SLT takes its place" in lines[0]
    kinds = lines_of(decided(people=people, leaves=[leave], **PICTURE))
    assert kinds[-1].overridden_by == "leave:SLT"


def test_what_is_in_order_is_counted_and_shown_when_everything_is_asked_for():
    answer = decided(signed=True, has_picture=False, people=[])
    in_order = [one for one in lines_of(answer) if one.kind is Kind.MET]
    assert any("in order" in one for one in told(answer)[-1:])
    assert len([one for one in told(answer, everything=True) if one.startswith("  in order")]) == len(
        in_order
    )


CAME_IN = {
    "received_at": "2025-07-11T16:20:00Z", "kind": "message", "account_is_official": True,
    "from_press": False, "found_to_be": [], "on": "2025-07-11",
}  # fmt: skip


def test_a_permission_that_leaves_something_to_do_says_so():
    answer = decided("item.received", **CAME_IN)
    assert answer.duties
    assert headline(answer) != "Permitted"
    assert any(one.startswith("  to do: ") for one in told(answer))


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (Due(instant=datetime(2027, 7, 1, 15, 30, tzinfo=UTC)), "by 16:30 on Thursday 1 July 2027"),
        (Due(instant=datetime(2027, 12, 1, 15, 30, tzinfo=UTC)), "by 15:30 on Wednesday 1 December 2027"),
        (Due(instant=datetime(2027, 6, 30, 23, 30, tzinfo=UTC)), "by 00:30 on Thursday 1 July 2027"),
        (Due(day=date(2027, 7, 1)), "by the end of Thursday 1 July 2027"),
        (Due(), "no time promised"),
    ],
)
def test_times_are_londons(due, said):
    assert when(due) == said
