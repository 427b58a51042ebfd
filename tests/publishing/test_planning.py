"""Planning posts: moved, repeated, given the next free good time, over both clock changes."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolgate.accounts.models import Account
from schoolgate.core.calendars import SchoolDays, days_of_schools
from schoolgate.core.clock import LONDON, local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotNow
from schoolgate.core.models import CalendarDay, School, Term
from schoolgate.duties.models import Duty
from schoolgate.publishing import calendar, queries, sending
from schoolgate.publishing.approving import submit_post
from schoolgate.publishing.calendar import add_slots, move_post, remove_slot, repeat_post, repeated_on
from schoolgate.publishing.drafting import edit_post, withdraw_post
from schoolgate.publishing.duty_kinds import APPROVE
from schoolgate.publishing.models import PostState
from schoolgate.publishing.planning import (
    BANK_HOLIDAY,
    CLASH,
    HOLIDAY,
    INSET,
    MOST_REPEATS,
    SCHOOL_DAY,
    UNKNOWN,
    WEEKEND,
    clashes,
    kind_of_day,
    moved_to,
    next_free,
    repeat_days,
)
from schoolgate.publishing.starting import begin_sending
from schoolgate.rota.models import instant
from tests.cast import someone

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))
CLOCKS = st.times().map(lambda each: each.replace(second=0, microsecond=0))
NOT_SKIPPED = CLOCKS.filter(lambda each: each.hour != 1)


def clock(at: datetime) -> time:
    return at.astimezone(LONDON).time()


# --- clock changes -----------------------------------------------------------------------------------------


@given(first=DAYS, at=NOT_SKIPPED, monthly=st.booleans())
def test_a_repeated_post_keeps_its_time_on_londons_clocks(first, at, monthly):
    begins = instant(first, at)
    for day in repeat_days(first, monthly=monthly, until=first + 400 * DAY):
        then = moved_to(begins, day)
        assert (local_day(then), clock(then)) == (day, at)


@given(first=DAYS, days=st.integers(0, 800), monthly=st.booleans())
def test_repeated_days_rise_end_in_time_and_are_at_most_sixty(first, days, monthly):
    until = first + days * DAY
    found = repeat_days(first, monthly=monthly, until=until)
    assert len(found) <= MOST_REPEATS
    assert found == sorted(set(found))
    assert all(first < each <= until for each in found)
    if not monthly:
        assert all((each - first).days % 7 == 0 for each in found)
        assert len(found) == min(days // 7, MOST_REPEATS)


def test_a_month_without_that_day_gets_its_last_one():
    found = repeat_days(date(2027, 1, 31), monthly=True, until=date(2027, 5, 31))
    assert found == [date(2027, 2, 28), date(2027, 3, 31), date(2027, 4, 30), date(2027, 5, 31)]


def test_a_week_over_each_clock_change_has_an_hour_more_or_less_in_between():
    before_march, before_october = (
        datetime(2027, 3, 26, 15, 30, tzinfo=UTC),
        datetime(2026, 10, 23, 14, 30, tzinfo=UTC),
    )
    assert moved_to(before_march, date(2027, 4, 2)) - before_march == WEEK - timedelta(hours=1)
    assert moved_to(before_october, date(2026, 10, 30)) - before_october == WEEK + timedelta(hours=1)


def test_a_time_that_the_clocks_skip_is_the_moment_they_go_forward():
    assert moved_to(datetime(2027, 3, 21, 1, 30, tzinfo=UTC), date(2027, 3, 28)) == datetime(
        2027, 3, 28, 1, tzinfo=UTC
    )


# --- good times --------------------------------------------------------------------------------------------


@given(
    slots=st.lists(st.tuples(st.integers(0, 6), NOT_SKIPPED), max_size=6),
    after=st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)),
    offsets=st.lists(st.integers(0, 56 * 24 * 60), max_size=30),
)
def test_the_next_free_time_is_a_good_time_ahead_with_no_post_near(slots, after, offsets):
    busy = [after + timedelta(minutes=each) for each in offsets]
    found = next_free(slots, busy, after=after)
    if found is None:
        return
    assert found > after
    assert (local_day(found).weekday(), clock(found)) in set(slots)
    assert all(abs(found - each) >= CLASH for each in busy)


def test_a_taken_good_time_is_passed_over_and_one_just_outside_is_not():
    after = datetime(2026, 11, 2, 9, tzinfo=UTC)  # a Monday
    monday = datetime(2026, 11, 2, 16, tzinfo=UTC)
    slots = [(0, time(16))]
    assert next_free(slots, [], after=after) == monday
    assert next_free(slots, [monday + CLASH], after=after) == monday
    assert next_free(slots, [monday + CLASH - timedelta(minutes=1)], after=after) == monday + WEEK
    assert next_free([], [], after=after) is None


# --- clashes and school days -------------------------------------------------------------------------------


def test_posts_clash_below_half_an_hour_on_one_account_only():
    at = datetime(2026, 11, 2, 9, tzinfo=UTC)
    near, far = at + CLASH - timedelta(minutes=1), at + CLASH
    assert [(each.first, each.second) for each in clashes([(1, at, 1), (1, near, 2)])] == [(1, 2)]
    assert not list(clashes([(1, at, 1), (1, far, 2)]))
    assert not list(clashes([(1, at, 1), (2, at, 2)]))


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2026, 11, 2), SCHOOL_DAY),
        (date(2026, 11, 3), INSET),
        (date(2026, 11, 7), WEEKEND),
        (date(2026, 10, 28), HOLIDAY),
        (date(2026, 12, 25), BANK_HOLIDAY),
        (date(2026, 8, 27), UNKNOWN),
        (date(2026, 12, 21), UNKNOWN),
    ],
)
def test_each_day_is_what_the_school_entered_and_not_known_beyond(day, kind):
    terms = ((date(2026, 9, 1), date(2026, 10, 23)), (date(2026, 11, 2), date(2026, 12, 18)))
    known = SchoolDays(School(name="North"), terms, {date(2026, 11, 3): "inset"})
    assert kind_of_day(known, day, {date(2026, 12, 25)}) == kind


def test_a_school_without_terms_has_no_school_days():
    assert kind_of_day(SchoolDays(School(name="North"), (), {}), date(2026, 11, 2), set()) == UNKNOWN


# --- moving ------------------------------------------------------------------------------------------------


def test_a_draft_moves_and_stays_a_draft_with_its_answers(cast, draft, at):
    post = draft(planned_at=at + DAY)
    moved = move_post(by=cast.amina, at=at, post=post, planned_at=at + 2 * DAY)
    assert (moved.state, moved.planned_at) == (PostState.DRAFT, at + 2 * DAY)
    assert moved.answers == post.answers


def test_an_approved_post_that_moves_needs_approval_again_and_is_not_sent(cast, approved, at):
    post = approved(planned_at=at + DAY)
    moved = move_post(by=cast.amina, at=at, post=post, planned_at=at + 2 * DAY)
    assert moved.state == PostState.SUBMITTED
    assert queries.standing_approval(moved) is None
    assert sending.due_posts(at + 3 * DAY) == []
    asked = Duty.objects.filter(kind=APPROVE, subject=f"publishing.post:{post.pk}", state="open")
    assert asked.exists()
    assert {each.due_by for each in asked} == {at + 2 * DAY}


def test_an_approved_post_moved_behind_the_actions_back_is_not_sent_either(cast, approved, at):
    post = approved(planned_at=at + DAY)
    type(post).objects.filter(pk=post.pk).update(planned_at=at)
    assert begin_sending(at=at + timedelta(minutes=1), post=queries.post(post.pk)) == []


def test_a_post_waiting_for_approval_asks_for_the_new_time(cast, draft, at):
    post = submit_post(by=cast.amina, at=at, post=draft(planned_at=at + DAY))
    moved = move_post(by=cast.amina, at=at, post=post, planned_at=at + 2 * DAY)
    assert moved.state == PostState.SUBMITTED
    asked = Duty.objects.filter(kind=APPROVE, subject=f"publishing.post:{post.pk}", state="open")
    assert {each.due_by for each in asked} == {at + 2 * DAY}


def test_the_same_time_changes_nothing(cast, approved, at):
    post = approved(planned_at=at + DAY)
    assert move_post(by=cast.amina, at=at, post=post, planned_at=at + DAY).state == PostState.APPROVED


def test_only_the_author_moves_a_post_and_only_ahead(cast, draft, at):
    post = draft()
    with pytest.raises(NotAllowed):
        move_post(by=cast.ben, at=at, post=post, planned_at=at + DAY)
    with pytest.raises(BadInput):
        move_post(by=cast.amina, at=at, post=post, planned_at=at)


def test_a_post_on_its_way_or_changed_meanwhile_does_not_move(cast, approved, draft, at):
    sent = approved()
    begin_sending(at=at, post=sent)
    with pytest.raises(NotNow):
        move_post(by=cast.amina, at=at, post=queries.post(sent.pk), planned_at=at + DAY)
    old = draft()
    edit_post(
        by=cast.amina, at=at, post=queries.post(old.pk), version=1, targets=[], pictures=[],
        planned_at=None, answers={}, text="Another",
    )  # fmt: skip
    with pytest.raises(NotNow):
        move_post(by=cast.amina, at=at, post=old, planned_at=at + DAY)


# --- repeating ---------------------------------------------------------------------------------------------


def test_each_repetition_is_a_draft_of_its_own_without_approval(cast, approved, at):
    post = approved(planned_at=at + DAY)
    day = local_day(at + DAY)
    made = repeat_post(by=cast.amina, at=at, post=post, days=[day + WEEK, day + 2 * WEEK])
    assert [each.state for each in made] == [PostState.DRAFT] * 2
    assert [local_day(each.planned_at) for each in made] == [day + WEEK, day + 2 * WEEK]
    assert {clock(each.planned_at) for each in made} == {clock(post.planned_at)}
    assert not any(each.approvals.all() for each in map(queries.post, (one.pk for one in made)))
    assert sending.due_posts(at + 5 * WEEK) == [post.pk]


def test_a_repetition_takes_over_who_is_shown_but_no_word_about_consent(cast, draft, at):
    person = {"relation": "pupil", "shown": True, "named": "no", "consent": True, "consent_written": True}
    post = draft(planned_at=at + DAY, people=[{**person, "do_not_publish": False}])
    (made,) = repeat_post(by=cast.amina, at=at, post=post, days=[local_day(at) + WEEK])
    (copied,) = queries.post(made.pk).people.all()
    assert (copied.relation, copied.shown, copied.named) == ("pupil", True, "no")
    assert (copied.consent, copied.consent_written, copied.do_not_publish) == (None, None, None)


def test_a_day_that_is_repeated_already_is_left_out_until_its_draft_is_withdrawn(cast, draft, at):
    post, day = draft(planned_at=at + DAY), local_day(at) + WEEK
    (made,) = repeat_post(by=cast.amina, at=at, post=post, days=[day])
    assert repeated_on(post) == {day}
    with pytest.raises(BadInput):
        repeat_post(by=cast.amina, at=at, post=post, days=[day])
    withdraw_post(by=cast.amina, at=at, post=made)
    assert len(repeat_post(by=cast.amina, at=at, post=post, days=[day])) == 1


def test_what_has_no_time_is_gone_or_is_another_authors_is_not_repeated(cast, draft, at):
    days = [local_day(at) + WEEK]
    with pytest.raises(BadInput):
        repeat_post(by=cast.amina, at=at, post=draft(), days=days)
    with pytest.raises(NotAllowed):
        repeat_post(by=cast.ben, at=at, post=draft(planned_at=at + DAY), days=days)
    with pytest.raises(BadInput):
        repeat_post(by=cast.amina, at=at, post=draft(planned_at=at + DAY), days=[])
    gone = withdraw_post(by=cast.amina, at=at, post=draft(planned_at=at + DAY))
    with pytest.raises(NotNow):
        repeat_post(by=cast.amina, at=at, post=gone, days=days)


# --- good times as rows ------------------------------------------------------------------------------------


def test_the_next_free_slot_passes_over_what_is_planned_on_the_account(cast, draft, at):
    tomorrow = local_day(at) + DAY
    add_slots(by=cast.amina, at=at, account=cast.bluesky, weekdays=[tomorrow.weekday()], clock=time(16))
    free = calendar.next_free_slot([cast.bluesky.pk], after=at)
    assert free == instant(tomorrow, time(16))
    post = draft(planned_at=free)
    assert calendar.next_free_slot([cast.bluesky.pk], after=at) == instant(tomorrow + WEEK, time(16))
    assert calendar.next_free_slot([cast.bluesky.pk], after=at, but=post.pk) == free
    withdraw_post(by=cast.amina, at=at, post=post)
    assert calendar.next_free_slot([cast.bluesky.pk], after=at) == free
    assert calendar.next_free_slot([cast.facebook.pk], after=at) is None


def test_good_times_are_set_by_those_who_write_there(cast, at):
    outsider = someone("Olga Outsider", relation="parent")
    with pytest.raises(NotAllowed):
        add_slots(by=outsider, at=at, account=cast.bluesky, weekdays=[0], clock=time(9))
    (slot,) = add_slots(by=cast.amina, at=at, account=cast.bluesky, weekdays=[0], clock=time(9))
    assert add_slots(by=cast.amina, at=at, account=cast.bluesky, weekdays=[0], clock=time(9)) == []
    with pytest.raises(BadInput):
        add_slots(by=cast.amina, at=at, account=cast.bluesky, weekdays=[7], clock=time(9))
    with pytest.raises(NotAllowed):
        remove_slot(by=outsider, at=at, slot=slot)
    remove_slot(by=cast.amina, at=at, slot=slot)
    assert calendar.slots_of([cast.bluesky.pk]) == []


# --- the calendar's reads ----------------------------------------------------------------------------------


def test_a_post_is_at_its_planned_time_and_once_sent_at_the_time_of_sending(cast, approved, draft, at):
    ahead, out = draft(planned_at=at + DAY), approved()
    draft()
    begin_sending(at=at + timedelta(minutes=5), post=out)
    found = calendar.planned_between(cast.amina, on=local_day(at), first=at - DAY, last=at + 2 * DAY)
    assert [(each.pk, each.at) for each in found] == [
        (out.pk, at + timedelta(minutes=5)),
        (ahead.pk, at + DAY),
    ]
    assert [len(calendar.without_time(cast.amina)), len(calendar.without_time(cast.ben))] == [1, 0]


def test_the_calendar_shows_what_a_person_may_see_and_asks_a_fixed_number_of_questions(
    cast, draft, at, same_queries
):
    draft(planned_at=at + DAY)
    other = someone("Pat Parent", relation="parent")
    span = {"on": local_day(at), "first": at, "last": at + 2 * DAY}
    assert calendar.planned_between(other, **span) == []
    same_queries(
        lambda: calendar.planned_between(cast.amina, **span),
        lambda: [
            draft(str(n), planned_at=at + DAY, accounts=[cast.bluesky, cast.facebook]) for n in range(9)
        ],
    )


def test_the_days_of_schools_carry_terms_and_inset_days(cast):
    Term.objects.create(
        school=cast.school, name="Autumn", first_day=date(2026, 9, 1), last_day=date(2026, 12, 18)
    )
    CalendarDay.objects.create(school=cast.school, day=date(2026, 11, 3), kind="inset")
    known = next(each for each in days_of_schools() if each.school == cast.school)
    assert kind_of_day(known, date(2026, 11, 3), ()) == INSET
    assert Account.objects.exists()
