"""Where the five policies differ, and the page that tells it."""

import importlib.util
from pathlib import Path

import pytest

from schoolgate.rulebook import book
from schoolgate.rulebook.compare import differences, foremost, in_short
from schoolgate.rulebook.deciding import read_facts
from schoolgate.rulebook.scenarios import Scenario
from schoolgate.rulebook.situations import situation

KEYS = ("wildground", "boroughbridge", "learn-to-live", "wootton", "llanidloes")
SCRIPT = Path(__file__).parents[2] / "scripts" / "five_policies.py"


def a_case(key, facts):
    return Scenario("", "", "a case", key, read_facts(situation(key), facts), {})


def compared(key, facts, point):
    found = differences([book(one) for one in KEYS], [a_case(key, facts)])
    return next((one for one in found if one.point == point), None)


CONTACT = {"person": {"bound_as": "staff"}, "channel": "personal", "act": "follow"}
LEAVER = {"relation": "former_pupil", "left_on": "2024-07-19", "date_of_birth": "2009-05-06", "family": False}


def test_one_question_is_answered_in_short_by_each_policy():
    found = compared("contact.accept", {**CONTACT, "on": "2027-05-05", "other": LEAVER}, "former_pupil")
    assert [in_short(answer) for answer in found.answers.values()] == [
        "not before 6 May 2027",
        "not before 19 July 2027",
        "not allowed",
        "says nothing about it",
        "says nothing about it",
    ]
    assert (found.speaking, found.kinds) == (3, 4)
    told = found.to_json()["answers"]["boroughbridge"]
    assert told["clauses"] == ["boroughbridge-pupils-3"]
    assert told["lifts_on"] == "2027-07-19"
    assert told["sections"] == ["2.9 Personal use / Pupils/Students"]


def test_what_all_answer_alike_is_no_difference():
    facts = {
        "materials": [{"what": "document", "labels": ["confidential"]}],
        "author": {"key": "a", "relation": "staff"},
    }
    assert compared("post.publish", facts, "confidential") is None


def test_the_points_of_law_and_house_are_left_out():
    found = differences([book(key) for key in KEYS], [a_case("post.publish", {"approvals": []})])
    assert {one.point for one in found}.isdisjoint({"second_person", "consent_list", "network_age"})


def test_of_each_point_the_case_that_shows_most_is_foremost():
    few = a_case(
        "contact.accept", {**CONTACT, "on": "2027-05-05", "other": {**LEAVER, "left_on": "2001-07-19"}}
    )
    most = a_case("contact.accept", {**CONTACT, "on": "2027-05-05", "other": LEAVER})
    found = foremost(differences([book(key) for key in KEYS], [few, most]))
    assert [one.scenario for one in found if one.point == "former_pupil"] == [most]


@pytest.fixture(scope="module")
def script():
    spec = importlib.util.spec_from_file_location("five_policies", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_says_what_the_policies_say(script, monkeypatch):
    monkeypatch.setattr(script.sys, "argv", ["five_policies.py", "--check"])
    assert script.main() == 0, "python scripts/five_policies.py writes it anew"


def test_a_question_that_all_answer_alike_has_no_place_on_the_page(script):
    asked = {"asks": "Is it?", "situation": "post.publish", "facts": {}, "point": "second_person"}
    with pytest.raises(SystemExit, match="all give one answer: Is it"):
        script.page([book(key) for key in KEYS], [asked])


def test_every_situation_has_its_subject(script):
    assert [key for key in script.SITUATIONS if script._subject(key) == script.OTHER] == []
