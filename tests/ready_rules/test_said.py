"""Clauses as schools write them, in `said.yaml`: which ready rule is offered first, and for which none is."""

from pathlib import Path

import pytest

from schoolgate.rulebook.named_times import times_of_day
from schoolgate.rulebook.ready import ready_rules
from schoolgate.rulebook.ready.matching import nearest
from schoolgate.rulebook.ready.taking import taken_from
from schoolgate.rulebook.yaml_text import plain

FILE = Path(__file__).with_name("said.yaml")
SAID = plain(FILE.read_bytes(), FILE.name, words=True)
NOTHING = "none"
ALSO = {"posting_hours": {"posting_days"}}
MISSED = {"trips": 2, "no_tags": 1, "consent_renewed": 1, "own_workplace": 1, "blocking": 1, "two_step": 1}
"""How many of the twenty sentences are not offered their rule first."""


def first(says):
    found = nearest(says)
    return found[0].key if found else ""


@pytest.mark.parametrize("key", [key for key in SAID if key != NOTHING])
def test_a_clause_is_offered_the_ready_rule_that_says_it_first(key):
    assert len(SAID[key]) == 20
    missed = [one for one in SAID[key] if first(one) not in {key, *ALSO.get(key, ())}]
    assert len(missed) == MISSED.get(key, 0), missed


def test_a_clause_on_something_near_is_offered_none_of_them():
    assert len(SAID[NOTHING]) == 40
    ours = {*SAID} | {"posting_days"}
    assert [one for one in SAID[NOTHING] if ours & {ready.key for ready in nearest(one)}] == []


@pytest.mark.parametrize(
    ("says", "times"),
    [
        ("Posts may only be made between 7.30am and 6pm on school days.", [730, 1800]),
        ("From 08:00 to 17:00", [800, 1700]),
        ("rhwng 8 y bore a 5.30 yr hwyr", [800, 1730]),
        ("at 12am and at 12pm", [0, 1200]),
        ("13pm, 25:00, version 2.2, 24 hours, 8 people", []),
    ],
)
def test_a_clause_names_times_of_day_in_figures(says, times):
    assert times_of_day(says) == times


@pytest.mark.parametrize(
    ("says", "begun"),
    [
        ("Posts go out between 7.30am and 6pm on school days.", (730, 1800, "school_days")),
        ("Posts go out between 8am and 6pm on school days, except in an emergency.",
         (800, 1800, "school_days")),
        ("Nothing is posted between 10pm and 7am.", (700, 2200, "")),
        ("No post may go out after 9pm.", ("", "", "")),
        ("Posts go out from 8.30am until 5pm on weekdays.", (830, 1700, "weekdays")),
    ],
)  # fmt: skip
def test_the_form_of_hours_begins_with_what_the_clause_says(says, begun):
    ready = ready_rules()["posting_hours"]
    values = taken_from(ready, says, times_of_day(says), ())
    assert tuple(values[name] for name in ("start", "end", "days")) == begun
