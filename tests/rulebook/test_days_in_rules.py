"""Days of a school's calendar in rules: those on which hours pass, and working days."""

from datetime import UTC, date, datetime

import pytest
from pydantic import ValidationError

from schoolgate.rulebook import book, decide
from schoolgate.rulebook.book import book_of
from schoolgate.rulebook.errors import BadPack
from schoolgate.rulebook.findings import Due
from schoolgate.rulebook.readings import Changes, changed, left_open
from schoolgate.rulebook.rules.reading import BadCondition
from schoolgate.rulebook.rules.rule import Rule
from schoolgate.rulebook.situations.accounts import AccountAwaits
from schoolgate.rulebook.situations.items import ItemReceived
from tests.rulebook.test_named_values import SAY, one_of, said_of

CALENDAR = {
    "country": "england",
    "bank_holidays_known": {"first": "2027-01-01", "last": "2027-12-31"},
    "bank_holidays": ["2027-05-31"],
    "terms_known": {"first": "2027-04-01", "last": "2027-07-31"},
    "terms": [{"first": "2027-04-12", "last": "2027-05-28"}],
}
PASSES = {
    "passing": {"reply_days": {"after": "received_at", "hours": 48}},
    "earliest": {"first_off": {"among": "reply_days", "at": "on", "where": {"day_off": True}}},
    "refer": {"reply_days": {"some": {"day_off": True}}},
    "to": "federation",
    "say": "inbox.day_off_open",
    "args": {"hours": 48, "day": {"fact": "first_off"}},
}
ON_WEEKDAYS = {
    **PASSES,
    "passing": {"reply_days": {"after": "received_at", "hours": 48, "counting": "monday_to_friday"}},
}


@pytest.mark.parametrize(
    ("rule", "received", "day"),
    [
        (PASSES, "2027-05-06T12:00:00+01:00", "2027-05-08"),  # from Thursday into Saturday
        (PASSES, "2027-05-06T00:00:00+01:00", None),  # to the end of Friday
        (PASSES, "2027-05-07T12:00:00+01:00", "2027-05-08"),
        (ON_WEEKDAYS, "2027-05-06T12:00:00+01:00", None),
        (ON_WEEKDAYS, "2027-05-28T12:00:00+01:00", "2027-05-31"),
    ],
)
def test_a_day_off_is_found_among_those_on_which_hours_pass(rule, received, day):
    found = said_of(rule, ItemReceived, received_at=received, calendar=CALENDAR)
    assert [str(one.args["day"]) for one in found] == ([day] if day else [])


def test_the_days_on_which_hours_pass_wait_for_when_they_begin_and_for_the_calendar():
    assert one_of(PASSES, ItemReceived).needs[0].what == "item_received_at"
    assert one_of(PASSES, ItemReceived, received_at="2027-05-06T12:00:00Z").needs[0].what == "calendar"
    beyond = one_of(PASSES, ItemReceived, received_at="2028-05-06T12:00:00Z", calendar=CALENDAR)
    assert beyond.needs[0].what == "bank_holidays"


def due_of(due, **facts):
    rule = {"oblige": {"who": "office", "what": "reply", "due": due}, "say": SAY}
    return one_of(rule, ItemReceived, received_at="2027-05-27T12:00:00Z", **facts)


@pytest.mark.parametrize(
    ("counting", "day"), [("weekdays", "2027-06-01"), ("staff_days", None), ("school_days", None)]
)
def test_a_duty_is_due_after_so_many_working_days(counting, day):
    due = {"after": "received_at", "working_days": 2, "counting": counting}
    said = due_of(due, calendar=CALENDAR)
    if day:
        assert said.due == Due(day=date.fromisoformat(day))
    else:  # no term is known after the last one
        assert said.needs[0].what in ("terms", "bank_holidays")
    assert due_of(due).needs[0].what == "calendar"


def test_hours_pass_on_some_days_alone():
    due = {"after": "received_at", "hours": 48, "counting": "monday_to_friday"}
    assert due_of(due).due == Due(instant=datetime(2027, 5, 31, 12, tzinfo=UTC))


@pytest.mark.parametrize(
    ("due", "why"),
    [
        ({"after": "received_at", "working_days": 2}, "working days are counted as"),
        ({"after": "received_at", "working_days": 2, "counting": "every_day"}, "working days are counted as"),
        ({"after": "received_at", "days": 2, "counting": "weekdays"}, "counting goes with hours"),
        ({"after": "received_at", "days": 2, "hours": 2}, "a number of one of"),
    ],
)
def test_a_span_that_is_none_is_refused(due, why):
    with pytest.raises(ValidationError, match=why):
        Rule.model_validate({"oblige": {"who": "office", "what": "reply", "due": due}, "say": SAY})


def test_working_days_are_not_counted_where_no_calendar_is_known():
    due = {"after": "received_on", "working_days": 2, "counting": "weekdays"}
    rule = {"oblige": {"who": "office", "what": "decision", "due": due}, "say": SAY}
    with pytest.raises(BadCondition, match="no calendar is known here"):
        Rule.model_validate(rule).for_facts(AccountAwaits)


SATURDAY = {
    "received_at": "2026-12-19T15:00:00Z", "kind": "query", "account_is_official": True,
    "calendar": {
        "country": "england", "bank_holidays_known": {"first": "2026-01-01", "last": "2027-12-31"},
        "bank_holidays": ["2026-12-25", "2026-12-28", "2027-01-01"],
        "terms_known": {"first": "2026-09-01", "last": "2027-07-31"},
        "terms": [
            {"first": "2026-11-02", "last": "2026-12-18"}, {"first": "2027-01-04", "last": "2027-02-12"},
        ],
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("counting", "day", "outcome"),
    [
        (None, "2026-12-21", "refer"),
        ("weekdays", "2026-12-21", "permitted"),
        ("school_days", "2027-01-04", "permitted"),
    ],
)
def test_a_reading_says_what_a_working_day_is_wherever_it_is_asked(counting, day, outcome):
    pack = book("wildground").pack
    places = [one.binding for one in left_open(pack) if one.name == "working_day_definition"]
    assert len(places) == 3
    settings = {place: {"working_day_definition": counting} for place in places}
    read = book_of(changed(pack, Changes(settings=settings if counting else {})))
    decided = decide(read, "item.received", SATURDAY)
    assert str(decided.points["reply_due"]) == outcome
    assert Due(day=date.fromisoformat(day)) in [duty.due for duty in decided.duties]
    with pytest.raises(BadPack, match="a number, or what is counted"):
        changed(pack, Changes(settings={places[0]: {"working_day_definition": 3}}))
