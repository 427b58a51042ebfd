"""The same question put to the five policies gives the five answers of their registers, and none leaks."""

import re
import shutil
from functools import cache

import pytest

from schoolgate.rulebook import book, books, decide, packs
from schoolgate.rulebook.packs import FOLDER
from tests.policies.scenarios import all_scenarios, ask, each_policy, scenarios, unexpected

KEYS = ("wildground", "boroughbridge", "learn-to-live", "wootton", "llanidloes")
YES = {"answer": True, "by": "a", "at": "2025-05-06T09:00:00Z", "of_this_version": True}
ONE_NAME = {
    "case": {
        "run_by": [{"key": "a", "relation": "staff"}],
        "administrators": [{"key": "a", "relation": "staff"}],
    }
}
POST = {
    "author": {"key": "a", "relation": "staff"},
    "account": {"hosting": "school", "pupils_may_read": True},
}
NAMED = {
    "author": {"key": "a", "relation": "staff"},
    "has_picture": True,
    "people": [{"relation": "pupil", "shown": True, "named": "first", "consents": []}],
}
PUPIL_SITE = {**NAMED, "account": {"pupil_site": True}}
A_PAGE = {
    "kind": "school",
    "by": {"key": "a", "relation": "staff"},
    "uses_name": True,
    "permissions": [],
    "signatures": [],
    "decision": {"outcome": "waiting"},
    "notices": [],
}


def approved_by(role):
    return {"approvals": [{"by": "b", "roles": [role], "of_this_version": True}]}


QUESTIONS = [
    # what is asked, situation, facts, point, then the answers in the order of KEYS
    (
        "may the SLT decide on an account",
        "account.decide",
        {
            "by": {"key": "b", "roles": ["SLT"]},
            "act": "approve",
            "platform": "facebook",
            "acting_role": "Principal",
            "case": {"author": "a"},
        },
        "decider",
        "permitted not_permitted silent not_permitted not_permitted",
    ),
    (
        "may a headteacher (by that policy's own word) decide on an account",
        "account.decide",
        {
            "by": {"key": "b", "roles": ["headteacher", "Headteacher", "Principal"]},
            "act": "approve",
            "acting_role": "Principal",
        },
        "decider",
        "not_permitted not_permitted silent permitted permitted",
    ),
    (
        "may an account be run by one member of staff",
        "account.propose",
        ONE_NAME,
        "staff_number",
        "refer refer silent silent silent",
    ),
    (
        "may a site have one administrator",
        "account.propose",
        ONE_NAME,
        "administrator_number",
        "silent silent silent hold silent",
    ),
    (
        "must the proposal say what will be put there",
        "account.propose",
        {"case": {"content_description": ""}},
        "content",
        "silent hold silent hold silent",
    ),
    (
        "must it say how people will hear of it",
        "account.propose",
        {"case": {"promotion": ""}},
        "promotion",
        "hold hold silent silent silent",
    ),
    (
        "must those who run it be trained before it opens",
        "account.open",
        {"case": {"run_by": [{"key": "a", "relation": "staff", "trained": False}], "administrators": []}},
        "trained",
        "hold hold silent hold silent",
    ),
    (
        "may it open before it was approved",
        "account.open",
        {**A_PAGE, "case": {"host": {"kind": "school"}}},
        "approved",
        "hold hold silent hold hold",
    ),
    (
        "may it use the name without leave",
        "account.open",
        A_PAGE,
        "name_and_logo",
        "silent silent hold hold silent",
    ),
    (
        "must it name the school",
        "account.open",
        {"profile": {"school_named": ""}},
        "school_named",
        "silent silent silent silent hold",
    ),
    (
        "must it say that nobody watches it round the clock",
        "account.open",
        {"profile": {"says_not_always_watched": False}},
        "not_always_watched",
        "silent hold silent silent silent",
    ),
    (
        "does every post need somebody's approval",
        "post.publish",
        {**POST, "approvals": [], "may_be_controversial": False},
        "approval",
        "silent silent silent hold silent",
    ),
    (
        "does a controversial post need somebody's approval",
        "post.publish",
        {**POST, "approvals": [], "may_be_controversial": True},
        "approval",
        "silent hold silent hold silent",
    ),
    (
        "is a senior leader's approval enough for it",
        "post.publish",
        {**POST, **approved_by("Senior Leader"), "may_be_controversial": True},
        "approval",
        "silent permitted silent hold silent",
    ),
    (
        "is a line manager's approval enough for it",
        "post.publish",
        {**POST, **approved_by("Line Manager"), "may_be_controversial": True},
        "approval",
        "silent hold silent permitted silent",
    ),
    (
        "has it to suit children",
        "post.publish",
        {**POST, "suitable_for_children": {**YES, "answer": False}},
        "suitable_for_children",
        "not_permitted silent silent silent silent",
    ),
    (
        "has it to suit any reader",
        "post.publish",
        {**POST, "suitable_for_any_reader": {**YES, "answer": False}},
        "suitable_for_any_reader",
        "silent not_permitted silent silent silent",
    ),
    (
        "may a first name stand beside a child's picture",
        "post.publish",
        {**NAMED, "account": {"pupil_site": False}},
        "naming",
        "silent silent not_permitted silent silent",
    ),
    (
        "may it on a site made for pupils",
        "post.publish",
        PUPIL_SITE,
        "naming",
        "silent silent not_permitted not_permitted silent",
    ),
    (
        "must a parent have consented in writing",
        "post.publish",
        {**NAMED, "picture": {"shows_people": True}},
        "photo_consent",
        "silent silent hold silent silent",
    ),
    (
        "must any permission be on record",
        "post.publish",
        {**NAMED, "picture": {"shows_people": True}},
        "image_permission",
        "hold hold silent silent silent",
    ),
    (
        "has a purpose to be picked",
        "post.publish",
        {"purpose": None},
        "purpose",
        "silent silent silent silent hold",
    ),
]


@pytest.mark.parametrize(
    ("situation", "facts", "point", "answers"),
    [one[1:] for one in QUESTIONS],
    ids=[one[0] for one in QUESTIONS],
)
def test_one_question_has_five_answers(situation, facts, point, answers):
    decided = {key: decide(book(key), situation, facts) for key in KEYS}
    assert " ".join(decided[key].points[point] for key in KEYS) == answers
    for key in KEYS:
        if decided[key].points[point] == "silent":
            assert decided[key].silent_points[point] == "no_rule"


def test_the_five_policies_are_the_five_registers():
    assert set(books()) == set(KEYS)
    assert sum(len(book(key).clauses) for key in KEYS) == 950


def test_no_finding_of_a_policy_cites_anything_but_that_policy_law_or_house():
    for scenario in all_scenarios():
        for clause in ask(scenario, book(scenario.policy)).clauses:
            assert clause.startswith((f"{scenario.policy}-", "law-", "house-"))


def alone(folder, key):
    for pack in set(KEYS) - {key}:
        shutil.rmtree(folder / pack)


def rules_of(pack):
    return [path for room in ("bindings", "rules") for path in (pack / room).glob("*.yaml")]


def shifted(folder, key):
    """Every number in the others' rules is one more, whether or not they can still be used."""
    for pack in set(KEYS) - {key}:
        for path in rules_of(folder / pack):
            text = re.sub(r"(?<=[ \[])\d+\b", lambda found: str(int(found[0]) + 1), path.read_text("utf-8"))
            path.write_text(text, "utf-8")


@pytest.fixture
def packs_in(tmp_path, monkeypatch):
    """The packs from a copy of their folder that may be spoiled."""
    copy = tmp_path / "packs"
    shutil.copytree(FOLDER, copy, ignore=shutil.ignore_patterns("__pycache__", "*.py"))
    caches = (packs.pack_keys, packs.read_once)
    monkeypatch.setattr(packs, "FOLDER", copy)
    for one in caches:
        one.cache_clear()
    yield copy
    for one in caches:
        one.cache_clear()


@cache
def as_it_is(key):
    """The book of a policy beside the others, and what it answers to each scenario."""
    return book(key), [ask(one, book(key)) for one in scenarios(key)]


@pytest.mark.parametrize("others", [alone, shifted])
@pytest.mark.parametrize("key", each_policy())
def test_nothing_about_the_other_four_changes_an_answer(key, others, request):
    beside, answers = as_it_is(key)
    others(request.getfixturevalue("packs_in"), key)
    again = book(key)
    assert again is not beside
    for scenario, before in zip(scenarios(key), answers, strict=True):
        after = ask(scenario, again)
        assert (after.findings, after.points, after.duties) == (before.findings, before.points, before.duties)
        assert after.to_json() == before.to_json()


@pytest.mark.parametrize("key", KEYS)
def test_a_policys_scenarios_come_out_differently_under_the_others(key):
    differing = [
        one
        for one in scenarios(key)
        for other in KEYS
        if other != key and unexpected(one, ask(one, book(other)))
    ]
    assert len(differing) > len(scenarios(key)) / 2
