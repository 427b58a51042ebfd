"""Setting a rota: each success and its refusal."""

from datetime import time

import pytest

from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow
from schoolgate.people.leaving import enter_absence
from schoolgate.rota import setting, swapping, turns
from schoolgate.rota.models import REPLY, Rota, Shift, SwapState
from tests.rota.rotas import DAY, asked, evening, events
from tests.second_presses import done_already, not_done


def test_who_administers_or_decides_sets_a_rota_and_nobody_else(inside):
    with pytest.raises(NotAllowed):
        setting.make_rota(by=inside.tom, at=inside.at, school=inside.school)
    made = setting.make_rota(by=inside.head, at=inside.at, school=inside.school)
    assert made.school == inside.school
    with pytest.raises(NotNow):
        setting.make_rota(by=inside.head, at=inside.at, school=inside.school)
    with pytest.raises(NotAllowed):
        inside_shift = {"weekdays": [0], "starts": time(8), "nights": 0, "ends": time(9)}
        setting.add_shifts(
            by=inside.tom, at=inside.at, rota=made, from_day=inside.today, person=inside.tom, **inside_shift
        )
    assert "rota.made" in events("rota.")


def test_one_shift_is_added_for_each_day_of_the_week_chosen(inside):
    setting.add_shifts(
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
    swap = swapping.ask(by=inside.tom, at=inside.at, shift=one, day=later)
    with pytest.raises(NotAllowed):
        setting.end_shift(by=inside.tom, at=inside.at, shift=one, last_day=inside.today)
    setting.end_shift(by=inside.head, at=inside.at, shift=one, last_day=inside.today)
    with done_already():
        setting.end_shift(by=inside.head, at=inside.at, shift=one, last_day=inside.today)
    with not_done("before that day"):
        setting.end_shift(by=inside.head, at=inside.at, shift=one, last_day=later)
    assert inside.of(one).person == inside.tom
    with pytest.raises(NotFound):
        inside.of(one, later)
    swap.refresh_from_db()
    assert swap.state == SwapState.WITHDRAWN
    assert not asked(REPLY)


def test_weeks_and_minutes_have_bounds_and_a_week_in_use_stays(inside):
    for given in ({"weeks": 0}, {"weeks": 9}, {"check_in_minutes": 4}, {"check_in_minutes": 61}):
        with pytest.raises(BadInput):
            setting.set_rota(
                by=inside.head, at=inside.at, rota=inside.rota, **{"weeks": 1, "check_in_minutes": 15} | given
            )
    setting.set_rota(by=inside.head, at=inside.at, rota=inside.rota, weeks=2, check_in_minutes=10)
    one = inside.shift(inside.tom, week=2)
    with pytest.raises(NotFound):
        inside.of(one)
    assert inside.of(one, inside.today + 7 * DAY).person == inside.tom
    with pytest.raises(NotNow):
        setting.set_rota(by=inside.head, at=inside.at, rota=inside.rota, weeks=1, check_in_minutes=10)


def test_a_rota_that_ended_is_followed_no_more(inside):
    one = inside.shift(inside.tom)
    now = evening(inside.of(one))
    assert turns.on_duty(now).people(None) == [inside.tom]
    with pytest.raises(NotAllowed):
        setting.end_rota(by=inside.tom, at=now, rota=inside.rota)
    setting.end_rota(by=inside.head, at=now, rota=inside.rota)
    assert turns.on_duty(now).people(None) == []
    with pytest.raises(NotNow):
        setting.end_rota(by=inside.head, at=now, rota=inside.rota)
    assert Rota.objects.get().ended_at == now
