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
from schoolgate.rulebook.situations.contact_accept import ContactAccept

ASKED = """
{"on": "2027-05-05", "person": {"bound_as": "staff"}, "channel": "personal", "act": "follow",
 "other": {"relation": "former_pupil", "left_on": "2024-07-19", "date_of_birth": "2009-05-06",
           "family": false}}
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


ABOUT = {"covers": ["follow"], "pupil_of": None, "ties": [], "ties_apart": False, "elsewhere_apart": False}
NO_TIME = {"years_since_leaving": None, "age_years": None, "combine": None}
OTHER = {"left_on": "2026-07-19", "date_of_birth": "2009-05-06", "child_on_roll": True, "family": False}


@pytest.mark.parametrize("kinds", [None, ("follower",)])
@pytest.mark.parametrize("act", [None, "follow", "engage", "invite", "accept"])
@pytest.mark.parametrize(
    ("control", "relation", "more"),
    [
        ("contact.pupil", "pupil", {"age_limit_years": None, "advised_by": None}),
        ("contact.former_pupil", "former_pupil", {**NO_TIME, "years_since_leaving": 3}),
        ("contact.former_pupil", "former_pupil", NO_TIME),
        ("contact.parent", "parent", {}),
    ],
)  # fmt: skip
def test_a_policy_may_rule_out_any_private_contact_or_one_kind_of_it(control, relation, more, act, kinds):
    kind = CONTROLS[control]
    settings = kind.Settings.model_validate({**ABOUT, **more, "act": act, "connection_kinds": kinds})
    facts = ContactAccept.model_validate(
        {**json.loads(ASKED), "connection": "follower", "other": {"relation": relation, **OTHER}}
    )
    (said,) = kind.judge(facts, settings)
    assert (said.kind, in_english(said.message, said.args)[:5]) in {
        (Kind.FORBIDS, "Staff"),
        (Kind.FORBIDS, "Not b"),
    }
