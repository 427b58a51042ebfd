"""Gaps, checking in and notes: what is told, who is asked, what is over."""

from datetime import time, timedelta

import pytest

from schoolgate.core.errors import BadInput, NotAllowed, NotNow
from schoolgate.core.subjects import number_of
from schoolgate.people.leaving import enter_absence
from schoolgate.people.models import RoleAssignment
from schoolgate.rota import setting, swapping, turns
from schoolgate.rota.models import CHECK_IN, FILL, REPLY, Gap, SwapState, Turn
from tests.rota.rotas import DAY, HOUR, asked, evening, events
from tests.second_presses import done_already, not_done


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
    assert turns.on_duty(inside.of(one).starts_at).people(None) == []


def test_a_gap_is_told_once_and_no_more_once_it_is_closed(inside):
    one = inside.shift(inside.tom)
    swapping.sweep(at=inside.at)
    assert not asked(FILL)
    away = inside.today + 7 * DAY
    said = enter_absence(by=inside.tom, at=inside.at, person=inside.tom, from_day=away, to_day=away + DAY)
    for _again in range(2):
        swapping.sweep(at=inside.at)
    found = asked(FILL)
    assert [(task.role_key, task.due_at) for task in found] == [
        ("headteacher", inside.of(one, away).starts_at - DAY)
    ]
    setting.give(by=inside.head, at=inside.at, shift=one, day=away, person=inside.mair)
    assert not asked(FILL)
    assert said is not None


@pytest.mark.parametrize("step", ["_begin", "_look_for_gap"])
def test_a_shift_for_which_something_fails_delays_no_other(inside, monkeypatch, step):
    from schoolgate.rota import swapping

    bad, good = inside.shift(None), inside.shift(None, ends=time(9))
    kept = getattr(swapping, step)

    def fails(one, *given, **more):
        if one.shift.pk == bad.pk:
            raise ZeroDivisionError
        return kept(one, *given, **more)

    starts = inside.of(good).starts_at
    with monkeypatch.context() as patch:
        patch.setattr(swapping, step, fails)
        swapping.sweep(at=starts)
        told = {turn.shift_id for turn in Turn.objects.filter(began_at=starts)}
        asked_for = {Turn.objects.get(pk=number_of(task.subject)).shift_id for task in asked(FILL)}
    found = told if step == "_begin" else asked_for
    assert (good.pk in found, bad.pk in found) == (True, False)


def test_a_gap_that_closes_by_itself_is_asked_for_no_more(inside):
    from schoolgate.people.leaving import withdraw_absence

    inside.shift(inside.tom)
    away = inside.today + 7 * DAY
    said = enter_absence(by=inside.tom, at=inside.at, person=inside.tom, from_day=away, to_day=away)
    swapping.sweep(at=inside.at)
    assert asked(FILL)
    withdraw_absence(by=inside.tom, at=inside.at, away=said)
    swapping.sweep(at=inside.at)
    assert not asked(FILL)


def test_at_its_beginning_who_is_on_duty_is_asked_to_check_in_and_later_the_next(inside):
    from schoolgate.duties.actions import sweep as sweep_tasks

    one = inside.shift(inside.tom)
    inside.shift(
        inside.mair, starts=time(8), ends=time(17), nights=0, weekdays=[(inside.today.weekday() + 1) % 7]
    )
    starts = inside.of(one).starts_at
    for _again in range(2):
        swapping.sweep(at=starts)
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
        turns.check_in(by=inside.tom, at=starts - timedelta(minutes=31), **given)
    with pytest.raises(NotAllowed):
        turns.check_in(by=inside.mair, at=starts, **given)
    swapping.sweep(at=starts)
    turns.check_in(by=inside.tom, at=starts, **given)
    assert not asked(CHECK_IN)
    assert inside.of(one).checked_in
    with done_already():
        turns.check_in(by=inside.tom, at=starts, **given)
    with not_done("Someone else"):
        turns.check_in(by=inside.mair, at=starts, **given)
    swapping.sweep(at=starts + HOUR)
    assert not asked(CHECK_IN)
    assert events("turn.") == ["turn.began", "turn.checked_in"]


def test_who_checks_in_early_is_not_asked_again(inside):
    one = inside.shift(inside.tom)
    starts = inside.of(one).starts_at
    turns.check_in(by=inside.tom, at=starts - timedelta(minutes=20), shift=one, day=inside.today)
    swapping.sweep(at=starts)
    assert not asked(CHECK_IN)


def test_where_nobody_checks_in_the_next_takes_the_shift_by_checking_in(inside):
    one = inside.shift(inside.tom)
    starts = inside.of(one).starts_at
    swapping.sweep(at=starts)
    late = starts + timedelta(minutes=15)
    with pytest.raises(NotNow):
        turns.check_in(by=inside.visitor, at=late, shift=one, day=inside.today)
    turns.check_in(by=inside.mair, at=late, shift=one, day=inside.today)
    assert turns.on_duty(late).people(None) == [inside.mair]
    assert not asked(CHECK_IN)


def test_what_is_over_is_asked_no_more(inside):
    one = inside.shift(inside.tom)
    found = inside.of(one)
    swapping.sweep(at=found.starts_at)
    swapping.sweep(at=found.ends_at)
    assert not asked(CHECK_IN)
    with pytest.raises(NotNow):
        turns.check_in(by=inside.tom, at=found.ends_at, shift=one, day=inside.today)


def test_a_request_without_reply_runs_out_when_the_shift_starts(inside):
    one = inside.shift(inside.tom)
    swap = swapping.ask(by=inside.tom, at=inside.at, shift=one, day=inside.today, to=inside.mair)
    swapping.sweep(at=inside.of(one).starts_at)
    swap.refresh_from_db()
    assert swap.state == SwapState.LAPSED
    assert not asked(REPLY)
    assert turns.on_duty(inside.of(one).starts_at).people(None) == [inside.tom]
    with pytest.raises(NotNow):
        swapping.accept(by=inside.mair, at=inside.of(one).starts_at, swap=swap)


def test_a_turn_that_began_stays_as_it_was_when_the_week_changes(inside):
    one = inside.shift(inside.tom)
    found = inside.of(one)
    swapping.sweep(at=found.starts_at)
    setting.end_shift(by=inside.head, at=found.starts_at, shift=one, last_day=inside.today - DAY)
    seen = turns.duties(found.starts_at, found.ends_at)
    assert [each.person for each in seen] == [inside.tom]


def test_a_note_reaches_the_next_person_and_goes_after_four_weeks(inside):
    from schoolgate.rota.swapping import forget_notes

    one = inside.shift(inside.tom)
    following = inside.shift(
        inside.mair, starts=time(8), ends=time(17), nights=0, weekdays=[(inside.today.weekday() + 1) % 7]
    )
    found = inside.of(one)
    given = {"shift": one, "day": inside.today}
    with pytest.raises(NotNow):
        turns.hand_over(by=inside.tom, at=inside.at, note="Early", **given)
    with pytest.raises(NotAllowed):
        turns.hand_over(by=inside.mair, at=evening(found), note="Not mine", **given)
    for wrong in ("x" * 301, "nul\x00l"):
        with pytest.raises(BadInput):
            turns.hand_over(by=inside.tom, at=evening(found), note=wrong, **given)
    turns.hand_over(by=inside.tom, at=evening(found), note=" Snow post\nis live ", **given)
    then = inside.of(following, inside.today + DAY)
    last = turns.last_note(then, reader=inside.mair)
    assert last is not None
    assert last.note == "Snow post is live"
    assert forget_notes(at=evening(found) + 28 * DAY) == 0
    assert forget_notes(at=evening(found) + 29 * DAY) == 1
    assert Turn.objects.get(shift=one).note == ""
