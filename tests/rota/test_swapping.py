"""Swaps and cover: each success and its refusal."""

from datetime import time

import pytest

from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow
from schoolgate.people.leaving import enter_absence
from schoolgate.rota import setting, swapping, turns
from schoolgate.rota.models import DECLINED, REPLY, Swap, SwapState
from tests.rota.rotas import DAY, asked, events


def test_a_shift_stays_ones_own_until_the_other_accepts(inside):
    one = inside.shift(inside.tom)
    swap = swapping.ask(by=inside.tom, at=inside.at, shift=one, day=inside.today, to=inside.mair)
    assert inside.of(one).person == inside.tom
    assert [task.person for task in asked(REPLY)] == [inside.mair]
    for other in (inside.ann, inside.tom):
        with pytest.raises(NotFound):
            swapping.accept(by=other, at=inside.at, swap=swap)
    swapping.accept(by=inside.mair, at=inside.at, swap=swap)
    assert inside.of(one).person == inside.mair
    assert inside.of(one, inside.today + 7 * DAY).person == inside.tom
    assert not asked(REPLY)
    with pytest.raises(NotNow):
        swapping.accept(by=inside.mair, at=inside.at, swap=turns.swap(swap.pk))
    assert events("swap.", "turn.") == ["swap.asked", "swap.accepted", "turn.given"]


def test_in_a_swap_each_does_the_others(inside):
    mine = inside.shift(inside.tom)
    theirs = inside.shift(inside.mair, weekdays=[(inside.today.weekday() + 1) % 7])
    tomorrow = inside.today + DAY
    swap = swapping.ask(
        by=inside.tom,
        at=inside.at,
        shift=mine,
        day=inside.today,
        to=inside.mair,
        in_return=(theirs, tomorrow),
    )
    swapping.accept(by=inside.mair, at=inside.at, swap=swap)
    assert (inside.of(mine).person, inside.of(theirs, tomorrow).person) == (inside.mair, inside.tom)


def test_a_swap_is_not_accepted_once_either_cannot(inside):
    mine = inside.shift(inside.tom)
    theirs = inside.shift(inside.mair, weekdays=[(inside.today.weekday() + 1) % 7])
    tomorrow = inside.today + DAY
    swap = swapping.ask(
        by=inside.tom,
        at=inside.at,
        shift=mine,
        day=inside.today,
        to=inside.mair,
        in_return=(theirs, tomorrow),
    )
    enter_absence(by=inside.tom, at=inside.at, person=inside.tom, from_day=tomorrow, to_day=tomorrow + DAY)
    with pytest.raises(NotNow):
        swapping.accept(by=inside.mair, at=inside.at, swap=swap)
    assert inside.of(theirs, tomorrow).person == inside.mair
    assert Swap.objects.get().state == SwapState.ASKED


def test_one_asks_only_for_ones_own_only_once_and_only_who_can(inside):
    one = inside.shift(inside.tom)
    given = {"at": inside.at, "shift": one, "day": inside.today}
    with pytest.raises(NotAllowed):
        swapping.ask(by=inside.mair, **given)
    for to in (inside.tom, inside.visitor):
        with pytest.raises(BadInput):
            swapping.ask(by=inside.tom, to=to, **given)
    with pytest.raises(BadInput):
        swapping.ask(by=inside.tom, in_return=(one, inside.today), **given)
    swapping.ask(by=inside.tom, **given)
    with pytest.raises(NotNow):
        swapping.ask(by=inside.tom, **given)


def test_where_anybody_may_the_first_counts_and_the_others_are_asked_no_more(inside):
    one = inside.shift(inside.tom)
    swap = swapping.ask(by=inside.tom, at=inside.at, shift=one, day=inside.today)
    assert {task.person for task in asked(REPLY)} == {inside.head, inside.mair, inside.ann}
    swapping.decline(by=inside.ann, at=inside.at, swap=swap)
    assert {task.person for task in asked(REPLY)} == {inside.head, inside.mair}
    swapping.accept(by=inside.mair, at=inside.at, swap=swap)
    assert not asked(REPLY)
    with pytest.raises(NotNow):
        swapping.accept(by=inside.head, at=inside.at, swap=turns.swap(swap.pk))


def test_who_is_declined_finds_somebody_else(inside):
    one = inside.shift(inside.tom)
    swap = swapping.ask(by=inside.tom, at=inside.at, shift=one, day=inside.today, to=inside.mair)
    swapping.decline(by=inside.mair, at=inside.at, swap=swap)
    assert [task.person for task in asked(DECLINED)] == [inside.tom]
    swapping.ask(by=inside.tom, at=inside.at, shift=one, day=inside.today, to=inside.ann)
    assert not asked(DECLINED)


def test_a_request_is_withdrawn_by_who_made_it_or_sets_the_rota(inside):
    one = inside.shift(inside.tom)
    swap = swapping.ask(by=inside.tom, at=inside.at, shift=one, day=inside.today, to=inside.mair)
    with pytest.raises(NotFound):
        swapping.withdraw(by=inside.ann, at=inside.at, swap=swap)
    swapping.withdraw(by=inside.tom, at=inside.at, swap=swap)
    assert not asked(REPLY)
    with pytest.raises(NotNow):
        swapping.withdraw(by=inside.head, at=inside.at, swap=turns.swap(swap.pk))


def test_nobody_comes_off_a_shift_that_would_be_left_alone(inside):
    one = inside.shift(inside.tom)
    with pytest.raises(NotNow) as refused:
        swapping.step_down(by=inside.tom, at=inside.at, shift=one, day=inside.today)
    assert "No one would be on duty" in str(refused.value.message)
    half = inside.shift(inside.mair, starts=time(17), ends=time(23), nights=0)
    with pytest.raises(NotNow):
        swapping.step_down(by=inside.tom, at=inside.at, shift=one, day=inside.today)
    inside.shift(inside.ann, starts=time(23), ends=time(8), nights=1)
    with pytest.raises(NotAllowed):
        swapping.step_down(by=inside.ann, at=inside.at, shift=one, day=inside.today)
    swapping.step_down(by=inside.tom, at=inside.at, shift=one, day=inside.today)
    assert inside.of(one).called_off
    with pytest.raises(NotNow):  # now it is the other way round
        swapping.step_down(by=inside.mair, at=inside.at, shift=half, day=inside.today)


def test_a_gap_is_taken_by_anyone_who_may_and_nothing_else_is(inside):
    gap, taken = inside.shift(None), inside.shift(inside.tom, starts=time(9), ends=time(16), nights=0)
    with pytest.raises(NotNow):
        swapping.take(by=inside.visitor, at=inside.at, shift=gap, day=inside.today)
    with pytest.raises(NotNow):
        swapping.take(by=inside.mair, at=inside.at, shift=taken, day=inside.today)
    swapping.take(by=inside.mair, at=inside.at, shift=gap, day=inside.today)
    assert inside.of(gap).person == inside.mair


def test_who_sets_the_rota_gives_a_turn_or_calls_it_off(inside):
    one = inside.shift(inside.tom)
    given = {"at": inside.at, "shift": one, "day": inside.today}
    with pytest.raises(NotAllowed):
        setting.give(by=inside.mair, person=inside.mair, **given)
    for wrong in (inside.visitor, inside.tom):
        with pytest.raises(BadInput):
            setting.give(by=inside.head, person=wrong, **given)
    setting.give(by=inside.head, person=inside.ann, **given)
    assert inside.of(one).person == inside.ann
    with pytest.raises(NotAllowed):
        setting.call_off(by=inside.ann, **given)
    setting.call_off(by=inside.head, **given)
    assert inside.of(one).called_off
    with pytest.raises(NotNow):
        turns.check_in(by=inside.ann, at=inside.of(one).starts_at, shift=one, day=inside.today)
