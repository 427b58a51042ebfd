"""A clause that names a time without a number (*as soon as possible*, *promptly*, *the same day*) is filled
in so, never with a number that the policy doesn't have."""

from datetime import UTC, datetime, timedelta

import pytest

from schoolgate.policy.importing.roles import numbers_in_words
from schoolgate.rulebook import decide
from schoolgate.rulebook.answers import Answer, answer_of
from schoolgate.rulebook.ready import ready_rules
from schoolgate.rulebook.ready.cases import COMMENT, FOUND, FRIDAY
from schoolgate.rulebook.ready.filling import asked, filled, sentence
from schoolgate.rulebook.ready.held import left_open
from schoolgate.rulebook.ready.matching import nearest
from schoolgate.rulebook.ready.taking import taken_from
from schoolgate.rulebook.ready.trying import book_with_alone

ANSWERED = "Comments and messages are answered"
AT_ONCE = ("as soon as possible", "as soon as practicable", "immediately", "straight away", "without delay")
VAGUE = ("promptly", "soon", "swiftly", "in a timely way", "without undue delay")
SAYS = {
    "reply_within": "Comments and messages on our accounts are answered {}.",
    "remove_within": "Offensive comments on our accounts are removed {}.",
    "withdrawn_removed": "If a parent withdraws consent, the pictures are taken down {}.",
    "incident_recorded": "The headteacher makes a record of every incident {}.",
    "account_hacked": "A hacked account is reported to the headteacher {}.",
}


def begun(key, says):
    return taken_from(ready_rules()[key], says, numbers_in_words(says), ["headteacher"])


def test_every_ready_rule_with_at_once_among_its_times_is_tried():
    assert {*SAYS} == {key for key, one in ready_rules().items() if "at_once" in one.options_of("unit")}


@pytest.mark.parametrize("how", AT_ONCE)
@pytest.mark.parametrize("key", SAYS)
def test_a_time_without_a_number_is_at_once_and_no_number_stands_in_the_rule(key, how):
    ready, says = ready_rules()[key], SAYS[key].format(how)
    values = {**ready.defaults, **begun(key, says)}
    assert values["unit"] == "at_once"
    assert not asked(ready, "number", values)
    assert not {"number", "unit"} & {*left_open(ready, values)}
    said = sentence(ready, {**values, **dict.fromkeys(ready.roles, "headteacher")})
    assert not any(letter.isdigit() for letter in said)
    assert values["number"] not in {leaf for one in filled(ready, values, "a") for leaf in _leaves(one)}


@pytest.mark.parametrize("how", VAGUE)
@pytest.mark.parametrize("key", SAYS)
def test_a_vague_time_is_the_clauses_own_and_never_a_number_or_a_day(key, how):
    ready, says = ready_rules()[key], SAYS[key].format(how)
    values = {**ready.defaults, **begun(key, says)}
    assert values["unit"] == "none"
    assert not asked(ready, "number", values)
    assert not {"number", "unit"} & {*left_open(ready, values)}
    rules = filled(ready, {**values, **dict.fromkeys(ready.roles, "headteacher")}, "a")
    steps = [step for one in rules for step in one.get("steps", [one]) if "oblige" in step]
    assert steps
    assert not [one for one in steps if "due" in one["oblige"] or "at_once" in one["oblige"]]


@pytest.mark.parametrize("how", ["the same day", "by the end of the day", "on the same school day"])
@pytest.mark.parametrize("key", SAYS)
def test_the_same_day_ends_that_day(key, how):
    ready, says = ready_rules()[key], SAYS[key].format(how)
    values = {**ready.defaults, **begun(key, says)}
    assert values["unit"] == "same_day"
    due = [
        leaf
        for one in filled(ready, {**values, **dict.fromkeys(ready.roles, "head")}, "a")
        for leaf in _dues(one)
    ]
    assert due
    assert all(one["same_day"] is True for one in due)


def test_a_comment_to_be_removed_the_same_day_is_late_the_next():
    ready = ready_rules()["remove_within"]
    book = book_with_alone(ready, {**ready.defaults, "unit": "same_day"})
    for now, answer in (("2027-01-15T23:59:00Z", Answer.TO_DO), ("2027-01-16T00:01:00Z", Answer.LATE)):
        assert answer_of(decide(book, "item.received", {**FOUND, "now": now})) is answer


@pytest.mark.parametrize("key", ["passwords_changed", "handover"])
@pytest.mark.parametrize(
    ("how", "unit"),
    [
        ("within 24 hours of their last day", "hours"),
        ("without delay", "last_day"),
        ("as soon as possible", "last_day"),
        ("promptly", "none"),
    ],
)
def test_what_is_done_when_someone_leaves_has_the_time_of_its_clause(key, how, unit):
    says = {
        "passwords_changed": f"When a member of staff leaves, the headteacher changes the password {how}.",
        "handover": f"When a member of staff leaves, the headteacher hands its account over {how}.",
    }[key]
    values = begun(key, says)
    assert values["unit"] == unit
    assert "number" not in left_open(ready_rules()[key], values)


def _dues(written):
    if isinstance(written, dict):
        for name, value in written.items():
            yield from [value] if name == "due" and isinstance(value, dict) else _dues(value)
    elif isinstance(written, list):
        for value in written:
            yield from _dues(value)


def _leaves(written):
    if isinstance(written, dict | list | tuple):
        for one in written.values() if isinstance(written, dict) else written:
            yield from _leaves(one)
    elif type(written) is int:
        yield written


@pytest.mark.parametrize(
    ("says", "number", "unit"),
    [
        (f"{ANSWERED} as soon as possible, and in any case within two school days.", 2, "school_days"),
        (f"{ANSWERED} within 24 hours.", 24, "hours"),
        (f"{ANSWERED} immediately, or within 3 days.", 3, ""),
    ],
)
def test_a_number_that_the_clause_names_is_kept_and_of_two_times_a_person_chooses(says, number, unit):
    values = begun("reply_within", says)
    assert (values["number"], values["unit"]) == (number, unit)


def test_a_reply_at_once_is_due_when_it_comes_in_and_late_a_minute_later():
    ready = ready_rules()["reply_within"]
    book = book_with_alone(ready, {**ready.defaults, "unit": "at_once", "what": "all"})
    for now, answer in ((FRIDAY, Answer.TO_DO), ("2027-01-15T15:01:00Z", Answer.LATE)):
        assert answer_of(decide(book, "item.received", {**COMMENT, "now": now})) is answer


def test_who_is_told_of_abuse_is_no_reply_to_it():
    says = "Staff respond immediately to abuse by telling the head."
    assert "reply_within" not in {one.key for one in nearest(says)}


@pytest.mark.parametrize(("late", "answer"), [(0, Answer.TO_DO), (59, Answer.TO_DO), (60, Answer.LATE)])
def test_what_is_due_at_once_is_late_a_minute_afterwards_and_not_in_the_same_one(late, answer):
    ready = ready_rules()["concerns_to"]
    noticed = datetime(2027, 1, 18, 9, tzinfo=UTC)
    facts = {
        "by": {"key": "teacher", "relation": "staff", "roles": ["teacher"]}, "part": "saw", "breach": "none",
        "told": [], "kinds": ["worry"], "harmed": ["child"], "child": ["exposed_to_behaviour"],
        "noticed_at": noticed, "now": noticed + timedelta(seconds=late),
    }  # fmt: skip
    own = book_with_alone(ready, {**ready.defaults, "who": "headteacher"})
    assert answer_of(decide(own, "incident.report", facts)) is answer
