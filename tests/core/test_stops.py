"""The stop button: what it covers, how long, and that it ends."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction

from schoolgate.core import stops
from schoolgate.core.errors import BadInput
from schoolgate.core.models import InstallationStop, School, Stop
from schoolgate.core.tenancy import scope
from tests.conftest import recorded
from tests.second_presses import done_already, not_done

AMINA = "people.person:1"
SECOND = timedelta(seconds=1)


def press(at, **how):
    return stops.stop(reason="A hoax is going round", by=AMINA, at=at, **how)


def test_nothing_is_stopped_before_somebody_presses(scoped, school, at):
    assert not stops.is_stopped(scoped.id, school.pk, at)
    assert stops.standing(school.pk, at) == []


def test_a_stop_of_a_school_stops_that_school_alone(scoped, school, at):
    other = School.objects.create(name="Infants", slug="infants")
    stop = press(at, school=school)
    assert stops.is_stopped(scoped.id, school.pk, at)
    assert not stops.is_stopped(scoped.id, other.pk, at)
    assert not stops.is_stopped(scoped.id, None, at)
    assert stops.standing(school.pk, at) == [stop]


def test_a_stop_of_the_federation_stops_each_school(scoped, school, at):
    stop = press(at)
    assert stops.is_stopped(scoped.id, school.pk, at)
    assert stops.is_stopped(scoped.id, None, at)
    assert stops.standing(school.pk, at) == [stop]


def test_a_stop_of_another_federation_stops_nobody_here(federation, make_federation, at):
    with scope(make_federation("wootton", "wootton").id):
        press(at)
    with scope(federation.id):
        assert not stops.is_stopped(federation.id, None, at)


def test_it_stands_from_the_instant_it_was_pressed(scoped, at):
    press(at)
    assert not stops.is_stopped(scoped.id, None, at - SECOND)
    assert stops.is_stopped(scoped.id, None, at)


def test_it_ends_at_the_instant_that_was_named(scoped, at):
    press(at, until=at + timedelta(hours=1))
    assert stops.is_stopped(scoped.id, None, at + timedelta(hours=1) - SECOND)
    assert not stops.is_stopped(scoped.id, None, at + timedelta(hours=1))


def test_a_second_press_for_the_same_is_told_that_it_is_stopped(scoped, school, at):
    first = press(at, school=school, until=at + 3 * SECOND)
    for until in (at + 2 * SECOND, at + 3 * SECOND):
        with done_already("already been stopped"):
            press(at + SECOND, school=school, until=until)
    assert stops.standing(school.pk, at + SECOND) == [first]


def test_a_stop_that_is_wider_or_longer_or_for_another_reason_is_never_refused(scoped, school, at):
    press(at, school=school, until=at + 3 * SECOND)
    other = School.objects.create(name="Infants", slug="infants")
    press(at, school=other, until=at + 3 * SECOND)
    press(at)
    press(at, school=school, until=at + 4 * SECOND)
    press(at, school=school)
    stops.stop(reason="Somebody has our key", by=AMINA, at=at)
    assert Stop.objects.count() == 6


def test_a_stop_that_is_over_or_lifted_covers_nothing(scoped, at):
    stops.lift(stop=press(at), by=AMINA, at=at + SECOND)
    press(at + SECOND, until=at + 2 * SECOND)
    press(at + 2 * SECOND, until=at + 3 * SECOND)
    assert Stop.objects.count() == 3


def test_it_ends_when_it_is_lifted_and_only_once(scoped, at):
    stop = press(at)
    stops.lift(stop=stop, by=AMINA, at=at + SECOND)
    assert stops.is_stopped(scoped.id, None, at)
    assert not stops.is_stopped(scoped.id, None, at + SECOND)
    with done_already():
        stops.lift(stop=stop, by=AMINA, at=at + SECOND)
    assert [row.event for row in recorded()] == ["stop.pressed", "stop.lifted"]


def test_lifting_one_leaves_the_others(scoped, school, at):
    first = press(at)
    press(at, school=school)
    stops.lift(stop=first, by=AMINA, at=at)
    assert stops.is_stopped(scoped.id, school.pk, at)
    assert not stops.is_stopped(scoped.id, None, at)


def test_a_stop_of_the_installation_stops_every_federation(federation, make_federation, at):
    stops.stop_installation(reason="Maintenance", at=at)
    for one in (federation, make_federation("wootton", "wootton")):
        with scope(one.id):
            assert stops.is_stopped(one.id, None, at)
            assert [type(row) for row in stops.standing(None, at)] == [InstallationStop]
    assert stops.lift_installation(at=at) == 1
    with scope(federation.id):
        assert not stops.is_stopped(federation.id, None, at)


def test_what_the_program_itself_has_stopped_is_not_lifted_with_the_rest(scoped, at):
    stops.stop_installation(reason="restored", at=at)
    stops.stop_installation(reason="Maintenance", at=at)
    assert stops.lift_installation(at=at + SECOND) == 1
    assert [row.reason for row in stops.installation_stops(at + SECOND)] == ["restored"]


def test_a_stop_that_has_ended_by_itself_is_not_lifted_any_more(scoped, at):
    stop = press(at, until=at + SECOND)
    with not_done("by itself"):
        stops.lift(stop=stop, by=AMINA, at=at + SECOND)


def test_a_reason_that_was_chosen_is_told_in_words_and_ones_own_words_stay(scoped, at):
    assert str(stops.reason_in_words("harm")) == "Someone may come to harm"
    assert stops.reason_in_words("A hoax is going round") == "A hoax is going round"


@pytest.mark.parametrize(
    ("field", "how"),
    [
        ("reason", {"reason": " "}),
        ("reason", {"reason": "x" * 301}),
        ("until", {"until": timedelta(0)}),
        ("until", {"until": -SECOND}),
    ],
)
def test_a_stop_needs_a_reason_and_an_end_that_lies_ahead(scoped, at, field, how):
    said = {"reason": "A hoax"} | {name: at + v if name == "until" else v for name, v in how.items()}
    with pytest.raises(BadInput) as refused:
        stops.stop(by=AMINA, at=at, **said)
    assert list(refused.value.fields) == [field]
    assert Stop.objects.count() == 0


def test_a_stop_is_never_removed(scoped, at):
    press(at)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Stop.objects.all().delete()


def test_asking_takes_one_statement(scoped, at, queries):
    with queries() as seen:
        stops.is_stopped(scoped.id, None, at)
    assert len(seen) == 1
