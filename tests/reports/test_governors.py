"""The governors' report: periods, numbers against the period before, small numbers, and what never counts."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from schoolgate.core.calendars import set_calendar
from schoolgate.core.errors import NotFound
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.inbox.models import Answer, Item
from schoolgate.incidents.models import KeptOut
from schoolgate.incidents.models import Report as Concern
from schoolgate.people.models import RoleAssignment
from schoolgate.policy.adopting import adopt
from schoolgate.reports import governors_measures
from schoolgate.reports.governors import State, report_for
from schoolgate.reports.governors_measures import (
    Period,
    before,
    concerns_in,
    offered,
    period_of,
    terms_of,
    third_of,
)
from tests.cast import someone
from tests.publishing.conftest import account_on

AT = datetime(2027, 2, 10, 12, tzinfo=UTC)
ON = AT.date()
DAY = timedelta(days=1)
AUTUMN = ("Autumn", date(2026, 9, 2), date(2026, 12, 18))
SPRING = ("Spring", date(2027, 1, 4), date(2027, 3, 25))


@pytest.fixture
def wild(federation):
    """Wildground's policy in force, a school with two terms, and a governor for the whole federation."""
    with scope(federation.pk):
        north = School.objects.create(name="North", slug="north")
        sam = someone("Sam Slater", "slt")
        adopt(by=sam, at=AT - 200 * DAY)
        set_calendar(school=north, at=AT, terms=[AUTUMN, SPRING])
        gwen = someone("Gwen Governor", "federation-leadership-team")
        yield gwen


def comment(key, received, *, account, state="open", school=None, **more):
    due = received + DAY
    return Item.objects.create(
        account=account, school=school or account.school, network_id=key, ref={}, version="1",
        received_at=received, first_seen_at=received, state_at=received, due_words="instant", due_at=due,
        state=state, **more,
    )  # fmt: skip


def concern(number, at, *said, **more):
    return Concern.objects.create(
        reference=f"W-{number}",
        once=f"{number}",
        code=f"c{number}",
        reported_at=at,
        state_at=at,
        said=list(said),
        **more,
    )


def test_the_terms_of_all_schools_are_one_and_half_terms_belong_together(wild):
    south = School.objects.create(name="South", slug="south")
    halves = [
        ("a", date(2026, 9, 7), date(2026, 10, 23)),
        ("b", date(2026, 11, 2), date(2026, 12, 22)),
    ]
    set_calendar(school=south, at=AT, terms=halves)
    from schoolgate.core.calendars import days_of_schools

    spring, autumn = terms_of(days_of_schools(), on=ON)
    assert (autumn.first, autumn.last) == (date(2026, 9, 2), date(2026, 12, 22))
    assert (spring.season, spring.first) == ("spring", date(2027, 1, 4))


def test_without_term_dates_a_term_is_whole_months():
    found = terms_of([], on=ON)
    assert (found[0].first, found[0].last) == (date(2027, 1, 1), date(2027, 4, 30))
    assert found[1].season == "autumn"


def test_a_term_under_way_is_compared_with_as_many_days_of_the_one_before(wild):
    found = report_for(wild, "", at=AT)
    assert found.period.first == date(2027, 1, 4)
    assert (found.before.first, found.before.last) == (date(2026, 9, 2), date(2026, 10, 9))


@pytest.mark.parametrize(
    "text", ["x", "2027-01-01", "2027-01-05_2027-01-04", "2027-02-11_2027-02-12", "1999-01-01_1999-02-01",
             "2020-01-01_2027-01-01", "2027-01-01_", "2027-13-01_2027-13-02"],
)  # fmt: skip
def test_days_that_are_no_period_are_refused(text):
    with pytest.raises(NotFound):
        period_of(text, offered(terms_of([], on=ON), on=ON), on=ON)


def test_a_period_may_begin_today_and_end_later():
    text = f"{ON.isoformat()}_{(ON + DAY).isoformat()}"
    found = period_of(text, offered(terms_of([], on=ON), on=ON), on=ON)
    assert found.so_far(ON).last == ON


@given(st.dates(date(2020, 1, 1), date(2026, 1, 1)), st.integers(0, 800))
def test_the_period_before_ends_before_it_and_is_as_long(first, days):
    period = Period(governors_measures.DAYS, first, first + days * DAY)
    was = before(period, [], on=date(2030, 1, 1))
    assert was.last == first - DAY
    assert was.last - was.first == period.last - period.first


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_each_day_lies_in_one_third(day):
    third = third_of(day)
    assert third.first <= day <= third.last
    assert third_of(third.last + DAY) != third


def test_replies_are_counted_by_the_period_in_which_their_comment_came(wild):
    account = account_on("bluesky", School.objects.get(slug="north"), AT)
    comment("now", AT - 10 * DAY, account=account)
    comment("promised", AT, account=account)
    comment("then", datetime(2026, 9, 10, tzinfo=UTC), account=account)
    comment("closed", AT - 10 * DAY, account=account, state="closed", close_reason="spam")
    found = report_for(wild, "", at=AT)
    assert (found.of("replies_overdue").now, found.of("replies_overdue").then) == (1, 1)
    assert found.of("comments_received").now == 3
    assert ("replies_overdue", 1) in found.risks


def test_a_reply_is_in_time_only_where_people_could_read_it_by_then(wild):
    account = account_on("bluesky", School.objects.get(slug="north"), AT)
    came = AT - 10 * DAY
    for key, seen in (("read", came), ("unread", came + 2 * DAY)):
        Answer.objects.create(
            item=comment(key, came, account=account, state="answered"), by=wild, text="Yes.", decision=1,
            stops_the_clock=True, state="confirmed", intent_key=key, written_at=came, state_at=came,
            sent_at=came, seen_at=seen,
        )  # fmt: skip
    found = report_for(wild, "", at=AT)
    assert (found.of("replies_in_time").now, found.of("replies_late").now) == (1, 1)


def test_a_locked_comment_counts_nowhere(wild):
    account = account_on("bluesky", School.objects.get(slug="north"), AT)
    comment("locked", AT - 10 * DAY, account=account, locked_at=AT, lane="danger")
    found = report_for(wild, "", at=AT)
    assert found.of("comments_received").now == found.of("replies_overdue").now == 0


def test_concerns_show_from_five_on_as_a_band_and_only_once_their_months_are_over(wild):
    december = datetime(2026, 12, 1, tzinfo=UTC)
    for number in range(4):
        concern(number, december, "lie")
    for number in range(10, 16):
        concern(number, december, "hurtful", "abuse")
    for number in range(20, 30):
        concern(number, AT, "lie")
    year = Period(governors_measures.YEAR, date(2026, 8, 1), date(2027, 7, 31))
    summer, autumn = concerns_in(year.so_far(ON), on=ON)
    assert autumn.bands == {"hurtful": 5, "abuse": 5}
    assert (autumn.period.first, autumn.period.last) == (date(2026, 9, 1), date(2026, 12, 31))
    assert not summer.bands
    concern(30, december, "lie")
    assert concerns_in(year.so_far(ON), on=ON)[1].bands["lie"] == 5


def test_no_choice_of_days_shows_other_numbers_of_concerns(wild):
    """Whatever two days are asked for: the months are whole, so that one report less another says nothing."""
    december = datetime(2026, 12, 1, tzinfo=UTC)
    for number in range(7):
        concern(number, december, "lie")
    texts = [(date(2026, 11, 30), date(2026, 12, 1)), (date(2026, 9, 1), date(2026, 11, 30))]
    found = [concerns_in(Period(governors_measures.DAYS, *days), on=ON) for days in texts]
    assert found[0] == found[1]


def test_a_concern_kept_to_the_leads_is_never_counted(wild):
    december = datetime(2026, 12, 1, tzinfo=UTC)
    for number in range(5):
        concern(number, december, "lie", restricted_at=december if number == 0 else None)
    (autumn,) = concerns_in(Period(governors_measures.DAYS, date(2026, 12, 1), date(2026, 12, 2)), on=ON)
    assert not autumn.bands


def test_a_concern_that_may_be_about_a_person_here_is_never_counted(wild):
    december = datetime(2026, 12, 1, tzinfo=UTC)
    made = [concern(number, december, "lie") for number in range(5)]
    days = Period(governors_measures.DAYS, date(2026, 12, 1), date(2026, 12, 2))
    assert concerns_in(days, on=ON)[0].bands == {"lie": 5}
    KeptOut.objects.create(report=made[0], role_key="slt")
    assert not concerns_in(days, on=ON)[0].bands


def test_who_oversees_one_school_is_shown_that_school_and_no_concerns(wild):
    north, south = School.objects.get(slug="north"), School.objects.create(name="South", slug="south")
    account = account_on("bluesky", north, AT)
    for school in (north, south):
        comment(school.slug, AT - DAY, account=account, school=school)
    RoleAssignment.objects.filter(person=wild).update(scope_kind="school", school=south)
    found = report_for(wild, "", at=AT)
    assert found.names == {south.pk: "South"}
    assert found.of("comments_received").now == 1
    assert not found.concerns
    assert {each.recorded for each in found.sections} == {0}
    assert found.of("people_trained") is None


def test_the_number_of_queries_does_not_grow_with_the_period_or_the_rows(wild):
    account = account_on("bluesky", School.objects.get(slug="north"), AT)

    def queries(text):
        with CaptureQueriesContext(connection) as seen:
            report_for(wild, text, at=AT)
        return len(seen)

    few = queries(f"{ON.isoformat()}_{ON.isoformat()}")
    for number in range(30):
        comment(f"n{number}", AT - number * 20 * DAY, account=account)
    assert queries("2024-03-01_2027-02-01") <= few + 1  # the concerns of months that are over
    assert few <= 45


def test_a_section_is_broken_by_what_was_overdue_watched_when_late_and_else_kept_or_silent(wild):
    found = report_for(wild, "", at=AT).sections
    assert found
    assert {each.state for each in found} <= set(State)
    assert any(each.state is State.SILENT for each in found)
