"""Setting a rota, swaps, cover, checking in: each success and its refusal."""

from datetime import time, timedelta

import pytest

from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow
from schoolgate.core.models import LedgerRow
from schoolgate.duties.models import Duty as Task
from schoolgate.duties.states import STILL_TO_DO
from schoolgate.people.actions import enter_absence
from schoolgate.people.models import RoleAssignment
from schoolgate.rota import actions, queries
from schoolgate.rota.models import Rota, Shift, Swap, Turn
from schoolgate.rota.states import CHECK_IN, DECLINED, FILL, REPLY, Gap, SwapState
from tests.conftest import recorded

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def asked(kind):
    return list(Task.objects.filter(kind=kind, state__in=STILL_TO_DO).order_by("pk"))


def events(*beginnings):
    recorded()
    rows = LedgerRow.objects.order_by("number").values_list("event", flat=True)
    return [row for row in rows if row.startswith(beginnings)]


def evening(one):
    """An instant within this evening's shift."""
    return one.starts_at + HOUR


# --- setting ------------------------------------------------------------------------------------------------


def test_who_administers_or_decides_sets_a_rota_and_nobody_else(inside):
    with pytest.raises(NotAllowed):
        actions.make_rota(by=inside.tom, at=inside.at, school=inside.school)
    made = actions.make_rota(by=inside.head, at=inside.at, school=inside.school)
    assert made.school == inside.school
    with pytest.raises(NotNow):
        actions.make_rota(by=inside.head, at=inside.at, school=inside.school)
    with pytest.raises(NotAllowed):
        inside_shift = {"weekdays": [0], "starts": time(8), "nights": 0, "ends": time(9)}
        actions.add_shifts(
            by=inside.tom, at=inside.at, rota=made, from_day=inside.today, person=inside.tom, **inside_shift
        )
    assert "rota.made" in events("rota.")


def test_one_shift_is_added_for_each_day_of_the_week_chosen(inside):
    actions.add_shifts(
        by=inside.head, at=inside.at, rota=inside.rota, weekdays=[0, 1, 2, 3, 3], starts=time(17), nights=1,
        ends=time(8), from_day=inside.today, person=inside.tom,
    )  # fmt: skip
    assert [each.weekday for each in Shift.objects.order_by("weekday")] == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"weekdays": []}, "weekdays"),
        ({"weekdays": [7]}, "weekdays"),
        ({"starts": time(9), "ends": time(9, 10), "nights": 0}, "ends"),
        ({"starts": time(9), "ends": time(8), "nights": 0}, "ends"),
        ({"starts": time(9), "ends": time(10), "nights": 7}, "ends"),
        ({"week": 2}, "week"),
        ({"when": "sometimes"}, "when"),
    ],
)
def test_a_shift_that_cannot_be_is_refused_beside_its_field(inside, given, field):
    with pytest.raises(BadInput) as refused:
        inside.shift(inside.tom, **given)
    assert set(refused.value.fields) == {field}
    assert not Shift.objects.exists()


def test_days_that_are_over_out_of_order_or_far_are_refused(inside):
    for first, last, field in ((-1, None, "from_day"), (600, None, "from_day"), (3, 2, "to_day")):
        with pytest.raises(BadInput) as refused:
            inside.shift(
                inside.tom, from_day=inside.today + first * DAY, to_day=last and inside.today + last * DAY
            )
        assert field in refused.value.fields


def test_who_lacks_the_role_the_days_or_the_training_is_not_put_on_duty(inside, monkeypatch):
    with pytest.raises(BadInput) as refused:
        inside.shift(inside.visitor)
    assert "no role here" in str(refused.value.fields["person"])
    enter_absence(by=inside.tom, at=inside.at, person=inside.tom, from_day=inside.today, to_day=inside.today)
    with pytest.raises(BadInput) as refused:
        inside.shift(inside.tom)
    assert "away" in str(refused.value.fields["person"])
    monkeypatch.setattr("schoolgate.rota.rules.wants_training", lambda _book: True)
    with pytest.raises(BadInput) as refused:
        inside.shift(inside.mair)
    assert "training" in str(refused.value.fields["person"])


@pytest.mark.parametrize(
    ("key", "wanted"),
    [
        ("wildground", True), ("boroughbridge", True), ("wootton", True), ("llanidloes", False),
        ("learn-to-live", False),
    ],
)  # fmt: skip
def test_training_is_wanted_where_the_policy_says_so(key, wanted):
    from schoolgate.rota.rules import wants_training
    from schoolgate.rulebook import book

    assert wants_training(book(key)) is wanted


def test_a_shift_of_the_week_ends_and_what_was_asked_about_it_with_it(inside):
    one = inside.shift(inside.tom)
    later = inside.today + 7 * DAY
    swap = actions.ask(by=inside.tom, at=inside.at, shift=one, day=later)
    with pytest.raises(NotAllowed):
        actions.end_shift(by=inside.tom, at=inside.at, shift=one, last_day=inside.today)
    actions.end_shift(by=inside.head, at=inside.at, shift=one, last_day=inside.today)
    assert inside.of(one).person == inside.tom
    with pytest.raises(NotFound):
        inside.of(one, later)
    swap.refresh_from_db()
    assert swap.state == SwapState.WITHDRAWN
    assert not asked(REPLY)


def test_weeks_and_minutes_have_bounds_and_a_week_in_use_stays(inside):
    for given in ({"weeks": 0}, {"weeks": 9}, {"check_in_minutes": 4}, {"check_in_minutes": 61}):
        with pytest.raises(BadInput):
            actions.set_rota(
                by=inside.head, at=inside.at, rota=inside.rota, **{"weeks": 1, "check_in_minutes": 15} | given
            )
    actions.set_rota(by=inside.head, at=inside.at, rota=inside.rota, weeks=2, check_in_minutes=10)
    one = inside.shift(inside.tom, week=2)
    with pytest.raises(NotFound):
        inside.of(one)
    assert inside.of(one, inside.today + 7 * DAY).person == inside.tom
    with pytest.raises(NotNow):
        actions.set_rota(by=inside.head, at=inside.at, rota=inside.rota, weeks=1, check_in_minutes=10)


def test_a_rota_that_ended_is_followed_no_more(inside):
    one = inside.shift(inside.tom)
    now = evening(inside.of(one))
    assert queries.on_duty(now).people(None) == [inside.tom]
    with pytest.raises(NotAllowed):
        actions.end_rota(by=inside.tom, at=now, rota=inside.rota)
    actions.end_rota(by=inside.head, at=now, rota=inside.rota)
    assert queries.on_duty(now).people(None) == []
    with pytest.raises(NotNow):
        actions.end_rota(by=inside.head, at=now, rota=inside.rota)
    assert Rota.objects.get().ended_at == now


# --- swaps and cover ----------------------------------------------------------------------------------------


def test_a_shift_stays_ones_own_until_the_other_accepts(inside):
    one = inside.shift(inside.tom)
    swap = actions.ask(by=inside.tom, at=inside.at, shift=one, day=inside.today, to=inside.mair)
    assert inside.of(one).person == inside.tom
    assert [task.person for task in asked(REPLY)] == [inside.mair]
    for other in (inside.ann, inside.tom):
        with pytest.raises(NotFound):
            actions.accept(by=other, at=inside.at, swap=swap)
    actions.accept(by=inside.mair, at=inside.at, swap=swap)
    assert inside.of(one).person == inside.mair
    assert inside.of(one, inside.today + 7 * DAY).person == inside.tom
    assert not asked(REPLY)
    with pytest.raises(NotNow):
        actions.accept(by=inside.mair, at=inside.at, swap=queries.swap(swap.pk))
    assert events("swap.", "turn.") == ["swap.asked", "swap.accepted", "turn.given"]


def test_in_a_swap_each_does_the_others(inside):
    mine = inside.shift(inside.tom)
    theirs = inside.shift(inside.mair, weekdays=[(inside.today.weekday() + 1) % 7])
    tomorrow = inside.today + DAY
    swap = actions.ask(
        by=inside.tom,
        at=inside.at,
        shift=mine,
        day=inside.today,
        to=inside.mair,
        in_return=(theirs, tomorrow),
    )
    actions.accept(by=inside.mair, at=inside.at, swap=swap)
    assert (inside.of(mine).person, inside.of(theirs, tomorrow).person) == (inside.mair, inside.tom)


def test_a_swap_is_not_accepted_once_either_cannot(inside):
    mine = inside.shift(inside.tom)
    theirs = inside.shift(inside.mair, weekdays=[(inside.today.weekday() + 1) % 7])
    tomorrow = inside.today + DAY
    swap = actions.ask(
        by=inside.tom,
        at=inside.at,
        shift=mine,
        day=inside.today,
        to=inside.mair,
        in_return=(theirs, tomorrow),
    )
    enter_absence(by=inside.tom, at=inside.at, person=inside.tom, from_day=tomorrow, to_day=tomorrow + DAY)
    with pytest.raises(NotNow):
        actions.accept(by=inside.mair, at=inside.at, swap=swap)
    assert inside.of(theirs, tomorrow).person == inside.mair
    assert Swap.objects.get().state == SwapState.ASKED


def test_one_asks_only_for_ones_own_only_once_and_only_who_can(inside):
    one = inside.shift(inside.tom)
    given = {"at": inside.at, "shift": one, "day": inside.today}
    with pytest.raises(NotAllowed):
        actions.ask(by=inside.mair, **given)
    for to in (inside.tom, inside.visitor):
        with pytest.raises(BadInput):
            actions.ask(by=inside.tom, to=to, **given)
    with pytest.raises(BadInput):
        actions.ask(by=inside.tom, in_return=(one, inside.today), **given)
    actions.ask(by=inside.tom, **given)
    with pytest.raises(NotNow):
        actions.ask(by=inside.tom, **given)


def test_where_anybody_may_the_first_counts_and_the_others_are_asked_no_more(inside):
    one = inside.shift(inside.tom)
    swap = actions.ask(by=inside.tom, at=inside.at, shift=one, day=inside.today)
    assert {task.person for task in asked(REPLY)} == {inside.head, inside.mair, inside.ann}
    actions.decline(by=inside.ann, at=inside.at, swap=swap)
    assert {task.person for task in asked(REPLY)} == {inside.head, inside.mair}
    actions.accept(by=inside.mair, at=inside.at, swap=swap)
    assert not asked(REPLY)
    with pytest.raises(NotNow):
        actions.accept(by=inside.head, at=inside.at, swap=queries.swap(swap.pk))


def test_who_is_declined_finds_somebody_else(inside):
    one = inside.shift(inside.tom)
    swap = actions.ask(by=inside.tom, at=inside.at, shift=one, day=inside.today, to=inside.mair)
    actions.decline(by=inside.mair, at=inside.at, swap=swap)
    assert [task.person for task in asked(DECLINED)] == [inside.tom]
    actions.ask(by=inside.tom, at=inside.at, shift=one, day=inside.today, to=inside.ann)
    assert not asked(DECLINED)


def test_a_request_is_withdrawn_by_who_made_it_or_sets_the_rota(inside):
    one = inside.shift(inside.tom)
    swap = actions.ask(by=inside.tom, at=inside.at, shift=one, day=inside.today, to=inside.mair)
    with pytest.raises(NotFound):
        actions.withdraw(by=inside.ann, at=inside.at, swap=swap)
    actions.withdraw(by=inside.tom, at=inside.at, swap=swap)
    assert not asked(REPLY)
    with pytest.raises(NotNow):
        actions.withdraw(by=inside.head, at=inside.at, swap=queries.swap(swap.pk))


def test_nobody_comes_off_a_shift_that_would_be_left_alone(inside):
    one = inside.shift(inside.tom)
    with pytest.raises(NotNow) as refused:
        actions.step_down(by=inside.tom, at=inside.at, shift=one, day=inside.today)
    assert "No one would be on duty" in str(refused.value.message)
    half = inside.shift(inside.mair, starts=time(17), ends=time(23), nights=0)
    with pytest.raises(NotNow):
        actions.step_down(by=inside.tom, at=inside.at, shift=one, day=inside.today)
    inside.shift(inside.ann, starts=time(23), ends=time(8), nights=1)
    with pytest.raises(NotAllowed):
        actions.step_down(by=inside.ann, at=inside.at, shift=one, day=inside.today)
    actions.step_down(by=inside.tom, at=inside.at, shift=one, day=inside.today)
    assert inside.of(one).called_off
    with pytest.raises(NotNow):  # now it is the other way round
        actions.step_down(by=inside.mair, at=inside.at, shift=half, day=inside.today)


def test_a_gap_is_taken_by_anyone_who_may_and_nothing_else_is(inside):
    gap, taken = inside.shift(None), inside.shift(inside.tom, starts=time(9), ends=time(16), nights=0)
    with pytest.raises(NotNow):
        actions.take(by=inside.visitor, at=inside.at, shift=gap, day=inside.today)
    with pytest.raises(NotNow):
        actions.take(by=inside.mair, at=inside.at, shift=taken, day=inside.today)
    actions.take(by=inside.mair, at=inside.at, shift=gap, day=inside.today)
    assert inside.of(gap).person == inside.mair


def test_who_sets_the_rota_gives_a_turn_or_calls_it_off(inside):
    one = inside.shift(inside.tom)
    given = {"at": inside.at, "shift": one, "day": inside.today}
    with pytest.raises(NotAllowed):
        actions.give(by=inside.mair, person=inside.mair, **given)
    for wrong in (inside.visitor, inside.tom):
        with pytest.raises(BadInput):
            actions.give(by=inside.head, person=wrong, **given)
    actions.give(by=inside.head, person=inside.ann, **given)
    assert inside.of(one).person == inside.ann
    with pytest.raises(NotAllowed):
        actions.call_off(by=inside.ann, **given)
    actions.call_off(by=inside.head, **given)
    assert inside.of(one).called_off
    with pytest.raises(NotNow):
        actions.check_in(by=inside.ann, at=inside.of(one).starts_at, shift=one, day=inside.today)


# --- gaps ---------------------------------------------------------------------------------------------------


def test_why_nobody_is_there_is_named(inside):
    one = inside.shift(inside.tom)
    assert inside.of(one).covered
    enter_absence(by=inside.tom, at=inside.at, person=inside.tom, from_day=inside.today + DAY,
             to_day=inside.today + DAY)  # fmt: skip
    assert inside.of(one).gap == Gap.AWAY  # the shift ends on the morning of that day
    mairs = inside.shift(inside.mair)
    RoleAssignment.objects.filter(person=inside.mair).update(ended_on=inside.today)
    assert inside.of(mairs).gap == Gap.ROLE
    anns = inside.shift(inside.ann)
    inside.ann.left_on = inside.today
    inside.ann.save()
    assert inside.of(anns).gap == Gap.LEFT
    assert inside.of(inside.shift(None)).gap == Gap.NOBODY
    assert queries.on_duty(inside.of(one).starts_at).people(None) == []


def test_a_gap_is_told_once_and_no_more_once_it_is_closed(inside):
    one = inside.shift(inside.tom)
    actions.sweep(at=inside.at)
    assert not asked(FILL)
    away = inside.today + 7 * DAY
    said = enter_absence(by=inside.tom, at=inside.at, person=inside.tom, from_day=away, to_day=away + DAY)
    for _again in range(2):
        actions.sweep(at=inside.at)
    found = asked(FILL)
    assert [(task.role_key, task.due_at) for task in found] == [
        ("headteacher", inside.of(one, away).starts_at - DAY)
    ]
    actions.give(by=inside.head, at=inside.at, shift=one, day=away, person=inside.mair)
    assert not asked(FILL)
    assert said is not None


def test_a_gap_that_closes_by_itself_is_asked_for_no_more(inside):
    from schoolgate.people.actions import withdraw_absence

    inside.shift(inside.tom)
    away = inside.today + 7 * DAY
    said = enter_absence(by=inside.tom, at=inside.at, person=inside.tom, from_day=away, to_day=away)
    actions.sweep(at=inside.at)
    assert asked(FILL)
    withdraw_absence(by=inside.tom, at=inside.at, away=said)
    actions.sweep(at=inside.at)
    assert not asked(FILL)


# --- checking in --------------------------------------------------------------------------------------------


def test_at_its_beginning_who_is_on_duty_is_asked_to_check_in_and_later_the_next(inside):
    from schoolgate.duties.actions import sweep as sweep_tasks

    one = inside.shift(inside.tom)
    inside.shift(
        inside.mair, starts=time(8), ends=time(17), nights=0, weekdays=[(inside.today.weekday() + 1) % 7]
    )
    starts = inside.of(one).starts_at
    for _again in range(2):
        actions.sweep(at=starts)
    (task,) = asked(CHECK_IN)
    assert (task.person, task.then_person) == (inside.tom, inside.mair)
    assert task.due_at == starts + timedelta(minutes=15)
    sweep_tasks(at=starts + timedelta(minutes=14))
    task.refresh_from_db()
    assert task.moved_on_at is None
    sweep_tasks(at=starts + timedelta(minutes=16))
    task.refresh_from_db()
    assert task.moved_on_at is not None


def test_one_tap_checks_in_once(inside):
    one = inside.shift(inside.tom)
    starts = inside.of(one).starts_at
    given = {"shift": one, "day": inside.today}
    with pytest.raises(NotNow):
        actions.check_in(by=inside.tom, at=starts - timedelta(minutes=31), **given)
    with pytest.raises(NotAllowed):
        actions.check_in(by=inside.mair, at=starts, **given)
    actions.sweep(at=starts)
    actions.check_in(by=inside.tom, at=starts, **given)
    assert not asked(CHECK_IN)
    assert inside.of(one).checked_in
    with pytest.raises(NotNow):
        actions.check_in(by=inside.tom, at=starts, **given)
    actions.sweep(at=starts + HOUR)
    assert not asked(CHECK_IN)
    assert events("turn.") == ["turn.began", "turn.checked_in"]


def test_who_checks_in_early_is_not_asked_again(inside):
    one = inside.shift(inside.tom)
    starts = inside.of(one).starts_at
    actions.check_in(by=inside.tom, at=starts - timedelta(minutes=20), shift=one, day=inside.today)
    actions.sweep(at=starts)
    assert not asked(CHECK_IN)


def test_where_nobody_checks_in_the_next_takes_the_shift_by_checking_in(inside):
    one = inside.shift(inside.tom)
    starts = inside.of(one).starts_at
    actions.sweep(at=starts)
    late = starts + timedelta(minutes=15)
    with pytest.raises(NotNow):
        actions.check_in(by=inside.visitor, at=late, shift=one, day=inside.today)
    actions.check_in(by=inside.mair, at=late, shift=one, day=inside.today)
    assert queries.on_duty(late).people(None) == [inside.mair]
    assert not asked(CHECK_IN)


def test_what_is_over_is_asked_no_more(inside):
    one = inside.shift(inside.tom)
    found = inside.of(one)
    actions.sweep(at=found.starts_at)
    actions.sweep(at=found.ends_at)
    assert not asked(CHECK_IN)
    with pytest.raises(NotNow):
        actions.check_in(by=inside.tom, at=found.ends_at, shift=one, day=inside.today)


def test_a_request_without_reply_runs_out_when_the_shift_starts(inside):
    one = inside.shift(inside.tom)
    swap = actions.ask(by=inside.tom, at=inside.at, shift=one, day=inside.today, to=inside.mair)
    actions.sweep(at=inside.of(one).starts_at)
    swap.refresh_from_db()
    assert swap.state == SwapState.LAPSED
    assert not asked(REPLY)
    assert queries.on_duty(inside.of(one).starts_at).people(None) == [inside.tom]
    with pytest.raises(NotNow):
        actions.accept(by=inside.mair, at=inside.of(one).starts_at, swap=swap)


def test_a_turn_that_began_stays_as_it_was_when_the_week_changes(inside):
    one = inside.shift(inside.tom)
    found = inside.of(one)
    actions.sweep(at=found.starts_at)
    actions.end_shift(by=inside.head, at=found.starts_at, shift=one, last_day=inside.today - DAY)
    seen = queries.duties(found.starts_at, found.ends_at)
    assert [each.person for each in seen] == [inside.tom]


# --- notes --------------------------------------------------------------------------------------------------


def test_a_note_reaches_the_next_person_and_goes_after_four_weeks(inside):
    from schoolgate.rota.actions.sweeping import forget_notes

    one = inside.shift(inside.tom)
    following = inside.shift(
        inside.mair, starts=time(8), ends=time(17), nights=0, weekdays=[(inside.today.weekday() + 1) % 7]
    )
    found = inside.of(one)
    given = {"shift": one, "day": inside.today}
    with pytest.raises(NotNow):
        actions.hand_over(by=inside.tom, at=inside.at, note="Early", **given)
    with pytest.raises(NotAllowed):
        actions.hand_over(by=inside.mair, at=evening(found), note="Not mine", **given)
    for wrong in ("x" * 301, "nul\x00l"):
        with pytest.raises(BadInput):
            actions.hand_over(by=inside.tom, at=evening(found), note=wrong, **given)
    actions.hand_over(by=inside.tom, at=evening(found), note=" Snow post\nis live ", **given)
    then = inside.of(following, inside.today + DAY)
    last = queries.last_note(then)
    assert last is not None
    assert last.note == "Snow post is live"
    assert forget_notes(at=evening(found) + 28 * DAY) == 0
    assert forget_notes(at=evening(found) + 29 * DAY) == 1
    assert Turn.objects.get(shift=one).note == ""
