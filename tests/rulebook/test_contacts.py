"""One question about a former pupil, five answers; and what holds of every leaving date and birth date."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolgate.rulebook import book, decide
from schoolgate.rulebook.controls import CONTROLS
from schoolgate.rulebook.kinds import Kind
from schoolgate.rulebook.messages import in_english
from schoolgate.rulebook.situations.contacts import ContactAccept, age_on, years_after, years_before

ASKED = """
{"on": "2027-05-05", "person": {"bound_as": "staff"}, "channel": "personal", "act": "follow",
 "other": {"relation": "former_pupil", "left_on": "2024-07-19", "date_of_birth": "2009-05-06",
           "family": false, "also": []}}
"""
ONE_DAY = timedelta(days=1)
DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2060, 12, 31))


def asked(key, on, left_on, born):
    facts = json.loads(ASKED)
    facts["on"] = on.isoformat()
    facts["other"] |= {
        "left_on": left_on and left_on.isoformat(),
        "date_of_birth": born and born.isoformat(),
    }
    return decide(book(key), "contact.accept", facts)


@pytest.mark.parametrize(
    ("key", "outcome", "lifts_on"),
    [
        ("wildground", "not_permitted", date(2027, 5, 6)),
        ("boroughbridge", "not_permitted", date(2027, 7, 19)),
        ("learn-to-live", "not_permitted", None),
        ("wootton", "silent", None),
        ("llanidloes", "silent", None),
    ],
)
def test_one_question_has_five_answers(key, outcome, lifts_on):
    decided = decide(book(key), "contact.accept", ASKED)
    assert decided.outcome == outcome
    assert [finding.lifts_on for finding in decided.findings] == ([lifts_on] if outcome != "silent" else [])
    assert decided.silent_because == ("no_rule" if outcome == "silent" else None)


@given(left_on=DAYS, born=DAYS)
def test_the_later_of_the_two_days_is_the_first_on_which_it_may_be(left_on, born):
    early = asked("boroughbridge", max(left_on, born), left_on, born)
    (finding,) = early.at("former_pupil")
    first_day = finding.lifts_on
    assert first_day >= left_on + timedelta(days=3 * 365)
    assert first_day >= born + timedelta(days=18 * 365)
    assert asked("boroughbridge", first_day - ONE_DAY, left_on, born).outcome == "not_permitted"
    assert asked("boroughbridge", first_day, left_on, born).outcome == "permitted"
    of_age = asked("wildground", born, left_on, born).at("former_pupil")[0].lifts_on
    assert first_day >= of_age


@given(on=DAYS, left_on=DAYS, born=DAYS)
def test_a_missing_day_never_permits_and_forbids_only_what_no_day_could_make_right(on, left_on, born):
    known = asked("boroughbridge", on, left_on, born).outcome
    for decided in (asked("boroughbridge", on, None, born), asked("boroughbridge", on, left_on, None)):
        assert decided.outcome in ("hold", "not_permitted")
        assert decided.outcome == "hold" or known == "not_permitted"
        assert [finding.lifts_on for finding in decided.findings] == [None]


@given(on=DAYS, left_on=st.none() | DAYS, born=st.none() | DAYS)
def test_no_time_ends_it_where_the_policy_gives_none(on, left_on, born):
    decided = asked("learn-to-live", on, left_on, born)
    assert decided.outcome == "not_permitted"
    assert [finding.lifts_on for finding in decided.findings] == [None]


def test_ten_thousand_people_in_a_picture_are_judged():
    person = {"relation": "staff", "shown": True, "opted_out": False, "consents": [{"by": "a"}]}
    answered = {"answer": True, "by": "a", "at": "2025-03-11T14:05:00Z", "of_this_version": True}
    facts = {
        "act": "upload",
        "place": "official_account",
        "shows_pupils": False,
        "people": [person] * 10_000,
        "fit": answered,
    }
    assert decide(book("wildground"), "image.share", facts).points["picture_rules"] == "permitted"


SAY = {"say": "contact.former_any", "until": "contact.former_any_until"}
SINCE = {"years_since_leaving": 3, "age_years": None, "combine": None, **SAY}
OF_AGE = {"years_since_leaving": None, "age_years": 30, "combine": None, **SAY}


@pytest.mark.parametrize(
    "more", [SINCE, OF_AGE, {**SINCE, "turns": True, "left_open": "contact.former_tied"}]
)
@pytest.mark.parametrize(
    ("when", "speaks"),
    [
        (True, True),
        ({"act": "follow"}, True),
        ({"act": {"any_of": ["invite", "accept"]}}, False),
        ({"channel": "personal", "connection": "follower"}, True),
        ({"connection": "friend"}, False),
    ],
)  # fmt: skip
def test_a_policy_may_rule_out_any_private_contact_for_a_time_or_one_kind_of_it(when, speaks, more):
    kind = CONTROLS["contact.former_pupil"]
    settings = kind.Settings.model_validate({"when": when, **more})
    facts = ContactAccept.model_validate({**json.loads(ASKED), "connection": "follower"})
    said = list(kind.evaluate(facts, settings))
    assert [one.kind for one in said] == ([Kind.FORBIDS] if speaks else [])
    assert all(in_english(one.message, one.args)[:3] != "" for one in said)


@given(born=DAYS, on=DAYS)
def test_somebody_is_of_an_age_from_the_day_on_which_so_many_years_have_passed(born, on):
    facts = ContactAccept.model_validate({"on": on.isoformat(), "other": {"date_of_birth": born.isoformat()}})
    age = facts.other.age(facts)
    assert years_after(born, age) <= on < years_after(born, age + 1)


@given(on=DAYS, years=st.integers(min_value=1, max_value=60))
def test_who_was_born_so_many_years_before_a_day_has_just_turned_that_age_on_it(on, years):
    born = years_before(on, years)
    assert age_on(on, born) == years
    assert age_on(on, born + ONE_DAY) < years


def test_nobody_is_of_an_age_where_the_birthday_or_the_day_judged_is_not_known():
    known = {"other": {"date_of_birth": "2009-05-06"}}
    for facts in (ContactAccept.model_validate(known), ContactAccept.model_validate({"on": "2027-05-05"})):
        assert facts.other.age(facts) is None
