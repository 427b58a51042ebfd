"""Instants and days in words, and how near a due time is."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation
from django.utils.formats import date_format

from schoolgate.web.frame.shown import (
    ShownDue,
    day_in_words,
    due_in_short,
    due_in_words,
    instant_in_words,
    period_in_words,
)
from schoolgate.web.templatetags import web as tags

AT = datetime(2027, 7, 20, 9, 0, tzinfo=UTC)
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


def test_an_instant_is_said_in_london_in_summer_and_in_winter():
    assert instant_in_words(AT) == "Tuesday 20 July 2027, 10am"
    assert instant_in_words(datetime(2027, 1, 19, 23, 59, tzinfo=UTC)) == "Tuesday 19 January 2027, 11:59pm"


def test_the_last_hour_of_a_summer_day_in_utc_is_the_next_day_in_london():
    assert instant_in_words(datetime(2027, 7, 20, 23, 30, tzinfo=UTC)) == "Wednesday 21 July 2027, 12:30am"


def test_a_day_is_said_in_welsh():
    with translation.override("cy"):
        assert day_in_words(date(2026, 11, 21)) == "dydd Sadwrn 21 Tachwedd 2026"
        assert due_in_words(instant=None, day=AT.date(), at=AT).text.startswith("erbyn diwedd dydd Mawrth 20")


@pytest.mark.parametrize(
    ("months", "english", "welsh"),
    [
        (1, "1 month", "1 mis"),
        (2, "2 months", "2 fis"),
        (11, "11 months", "11 mis"),
        (12, "1 year", "1 flwyddyn"),
        (13, "13 months", "13 mis"),
        (24, "2 years", "2 flynedd"),
        (36, "3 years", "3 blynedd"),
        (48, "4 years", "4 blynedd"),
        (60, "5 years", "5 mlynedd"),
        (72, "6 years", "6 blynedd"),
        (84, "7 years", "7 mlynedd"),
        (900, "75 years", "75 mlynedd"),
    ],
)
def test_a_period_is_said_in_years_where_they_are_whole(months, english, welsh):
    assert period_in_words(months) == english
    with translation.override("cy"):
        assert period_in_words(months) == welsh


def test_every_month_has_its_welsh_name_as_schools_spell_it():
    named = [
        "Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin",
        "Gorffennaf", "Awst", "Medi", "Hydref", "Tachwedd", "Rhagfyr",
    ]  # fmt: skip
    with translation.override("cy"):
        for month, name in enumerate(named, start=1):
            day = date(2027, month, 4)
            assert day_in_words(day).endswith(f" 4 {name} 2027")
            assert date_format(day, "j F Y") == f"4 {name} 2027"


@pytest.mark.parametrize(
    ("left", "kind"),
    [(DAY + SECOND, ""), (DAY, "soon"), (timedelta(0), "soon"), (-SECOND, "over")],
)
def test_an_instant_is_near_within_a_day_and_over_after_it(left, kind):
    assert due_in_words(instant=AT + left, day=None, at=AT).kind == kind


@pytest.mark.parametrize(("days", "kind"), [(1, ""), (0, "soon"), (-1, "over")])
def test_a_day_is_near_while_it_lasts_and_over_on_the_next(days, kind):
    assert due_in_words(instant=None, day=AT.date() + days * DAY, at=AT).kind == kind


def test_what_is_over_says_that_it_was_due():
    due = due_in_words(instant=AT - DAY, day=None, at=AT)
    assert due == ShownDue("was due by Monday 19 July 2027, 10am", "over")


def test_no_time_promised_is_said_and_none_invented():
    assert due_in_words(instant=None, day=None, at=AT) == ShownDue("no deadline in the policy", "none")


def test_the_tags_write_a_time_element_for_machines_too():
    assert tags.at(AT) == '<time datetime="2027-07-20T09:00:00+00:00">Tuesday 20 July 2027, 10am</time>'
    assert tags.day(date(2027, 7, 20)) == '<time datetime="2027-07-20">Tuesday 20 July 2027</time>'
    assert "21 July" in tags.day(datetime(2027, 7, 20, 23, 30, tzinfo=UTC))
    assert (tags.at(None), tags.day(None)) == ("", "")


FRIDAY = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("instant", "words", "kind"),
    [
        (FRIDAY.replace(hour=16), "by 4pm today", "soon"),
        (FRIDAY.replace(hour=8), "was due by 8am today", "over"),
        (FRIDAY + timedelta(days=1), "by 9am tomorrow", "soon"),
        (FRIDAY - timedelta(days=1), "was due by 9am yesterday", "over"),
        (FRIDAY + timedelta(days=6), "by 9am on Thursday", ""),
        (FRIDAY + timedelta(days=7), "by 9am on Friday 27 November 2026", ""),
        (FRIDAY - timedelta(days=2), "was due by 9am on Wednesday 18 November 2026", "over"),
    ],
)
def test_a_time_in_few_words(instant, words, kind):
    assert due_in_short(instant=instant, day=None, at=FRIDAY) == ShownDue(words, kind)


@pytest.mark.parametrize(
    ("days", "words", "kind"),
    [
        (-2, "was due on Wednesday 18 November 2026", "over"),
        (-1, "was due yesterday", "over"),
        (0, "by the end of today", "soon"),
        (1, "by the end of tomorrow", ""),
        (3, "by Monday", ""),
        (7, "by Friday 27 November 2026", ""),
    ],
)
def test_a_day_in_few_words(days, words, kind):
    day = FRIDAY.date() + timedelta(days=days)
    assert due_in_short(instant=None, day=day, at=FRIDAY) == ShownDue(words, kind)


def test_no_time_is_only_the_policys_where_the_policy_says_so():
    assert due_in_short(instant=None, day=None, at=FRIDAY).text == "no deadline in the policy"
    assert due_in_short(instant=None, day=None, at=FRIDAY, promised=False).text == "no deadline set"


@pytest.mark.parametrize(("late", "kind"), [(0, "soon"), (59, "soon"), (60, "over")])
def test_what_is_due_this_minute_is_overdue_a_minute_later(late, kind):
    at = FRIDAY + timedelta(seconds=late)
    assert due_in_short(instant=FRIDAY, day=None, at=at).kind == kind
    assert due_in_words(instant=FRIDAY, day=None, at=at, at_once=True).kind == kind
