"""A leaving is known beforehand, acts on its day, and is changed or taken back; long leave suspends."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotNow
from schoolgate.core.moves import check_moves
from schoolgate.people import assignments, queries
from schoolgate.people.leaving import (
    act_on_extended_absences,
    act_on_leavings,
    end_extended_absence,
    expected_departure,
    record_departure,
    record_return,
    start_extended_absence,
)
from schoolgate.people.models import (
    LEAVING_MOVES,
    Departure,
    DepartureState,
    ExtendedAbsence,
    Membership,
    Person,
    User,
)
from schoolgate.people.queries import holders, people_page
from tests.cast import someone
from tests.conftest import recorded
from tests.people.conftest import SLT, STAFF

DAY = timedelta(days=1)


def leaves(by, person, at, days=0, **more):
    return record_departure(by=by, at=at, person=person, left_on=local_day(at) + days * DAY, **more)


def away(by, person, at, first=0, last=None, **more):
    to_day = None if last is None else local_day(at) + last * DAY
    given = {"kind": "leave", "from_day": local_day(at) + first * DAY, "to_day": to_day, **more}
    return start_extended_absence(by=by, at=at, person=person, **given)


def events():
    return [row.event for row in recorded() if row.event.startswith("people.")]


def may(person, day):
    return queries.capacities(person, on=day, anywhere=True)


def test_every_state_of_a_leaving_can_be_reached():
    check_moves(DepartureState, LEAVING_MOVES)


def test_today_acts_at_once_and_a_day_to_come_only_on_it(amina, ben, cara, at):
    leaves(amina, ben, at)
    leaves(amina, cara, at, days=2)
    assert events() == ["people.left", "people.gone", "people.left"]

    for days in (0, 1):
        act_on_leavings(at=at + days * DAY)
        assert expected_departure(cara) is not None
    act_on_leavings(at=at + 2 * DAY)

    assert expected_departure(cara) is None
    assert events()[-1] == "people.gone"
    act_on_leavings(at=at + 3 * DAY)
    assert events().count("people.gone") == 2


def test_a_leaving_taken_back_before_its_day_gives_the_roles_back(amina, cara, at):
    leaves(amina, cara, at, days=3)
    record_return(by=amina, at=at, person=cara)

    assert "propose_account" in may(cara, local_day(at) + 5 * DAY)
    assert Membership.objects.get(person_id=cara.pk).ends_on is None
    assert [row.state for row in Departure.objects.all()] == ["taken_back"]
    act_on_leavings(at=at + 4 * DAY)
    assert "people.gone" not in events()


def test_another_day_takes_the_place_of_the_first_one(amina, cara, at):
    leaves(amina, cara, at, days=2)
    leaves(amina, cara, at, days=9)

    today = local_day(at)
    assert [bool(may(cara, today + days * DAY)) for days in (2, 8, 9)] == [True, True, False]
    assert sorted(row.state for row in Departure.objects.all()) == ["expected", "taken_back"]
    assert expected_departure(cara).left_on == today + 9 * DAY


def test_a_role_that_was_ended_before_is_not_given_back(amina, cara, at):
    assignment = cara.assignments.get()
    assignments.end_assignment(by=amina, at=at, assignment=assignment)
    leaves(amina, cara, at, days=2)
    record_return(by=amina, at=at, person=cara)

    assert may(cara, local_day(at) + DAY) == frozenset()


def test_a_sign_in_that_was_switched_off_is_a_leaving_as_of_today(amina, cara, at):
    User.objects.filter(pk=cara.user_id).update(is_active=False)
    act_on_leavings(at=at)

    cara = Person.objects.select_related("user").get(pk=cara.pk)
    leaving = Departure.objects.get()
    assert (cara.left_on, leaving.how, leaving.noted_by, leaving.state) == (
        local_day(at),
        "sign_in",
        None,
        "done",
    )
    with pytest.raises(NotNow, match="turned off"):
        record_return(by=amina, at=at, person=cara)
    User.objects.filter(pk=cara.user_id).update(is_active=True)
    cara.user.refresh_from_db()
    record_return(by=amina, at=at, person=cara)
    act_on_leavings(at=at)
    assert Person.objects.get(pk=cara.pk).left_on is None


def test_nobody_leaves_on_nobodys_word(cara, at):
    with pytest.raises(NotAllowed):
        leaves(None, cara, at)
    with pytest.raises(NotAllowed):
        leaves(cara, cara, at)


def test_how_it_is_known_is_one_of_three(amina, cara, at):
    with pytest.raises(BadInput):
        leaves(amina, cara, at, how="rumour")
    assert leaves(amina, cara, at, how="imported").how == "imported"


def test_the_database_refuses_two_leavings_to_come(amina, cara, at):
    leaving = leaves(amina, cara, at, days=2)
    leaving.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        leaving.save(force_insert=True)


# --- Long leave ------------------------------------------------------------------------------------------


def test_long_leave_suspends_from_its_first_day_to_its_last(amina, ben, at):
    away(amina, ben, at, first=1, last=3)

    today = local_day(at)
    days = [today + days * DAY for days in range(5)]
    assert [bool(may(ben, day)) for day in days] == [True, False, False, False, True]
    assert [bool(queries.memberships_of(ben.user, on=day)) for day in days] == [
        True,
        False,
        False,
        False,
        True,
    ]
    assert [ben in holders(SLT, on=day) for day in days] == [True, False, False, False, True]


def test_it_is_not_leaving(amina, ben, at):
    away(amina, ben, at)

    assert events() == ["people.absence"]
    assert [person for person in people_page(on=local_day(at))[0] if person.pk == ben.pk] == [ben]
    assert ben.assignments.get().ended_on is None


def test_somebody_ends_it(amina, ben, at):
    leave = away(amina, ben, at)
    end_extended_absence(by=amina, at=at + 10 * DAY, leave=leave)

    today = local_day(at)
    assert [bool(may(ben, today + days * DAY)) for days in (9, 10)] == [False, True]
    assert queries.memberships_of(ben.user, on=today + 10 * DAY)
    with pytest.raises(NotNow):
        end_extended_absence(by=amina, at=at + 11 * DAY, leave=leave)


def test_it_ends_by_itself_and_another_one_may_follow(amina, ben, at):
    leave = away(amina, ben, at, last=3)
    act_on_extended_absences(at=at + 3 * DAY)
    assert ExtendedAbsence.objects.get().over_on is None
    act_on_extended_absences(at=at + 4 * DAY)
    leave.refresh_from_db()

    assert (leave.over_on, leave.ended_by) == (local_day(at) + 4 * DAY, None)
    assert events() == ["people.absence", "people.back"]
    away(amina, ben, at + 5 * DAY)


def test_one_at_a_time(amina, ben, at):
    away(amina, ben, at, first=5)
    with pytest.raises(NotNow):
        away(amina, ben, at, first=40)


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("kind", {"kind": "ill"}),
        ("from_day", {"first": -1}),
        ("to_day", {"first": 3, "last": 2}),
    ],
)
def test_what_cannot_be_used_of_a_long_leave_is_named_by_its_field(amina, ben, at, field, changes):
    with pytest.raises(BadInput) as wrong:
        away(amina, ben, at, **changes)
    assert list(wrong.value.fields) == [field]


def test_a_leaver_and_the_last_who_administers_are_not_sent_on_leave(amina, cara, at):
    leaves(amina, cara, at, days=2)
    with pytest.raises(NotNow):
        away(amina, cara, at)
    with pytest.raises(NotNow):
        away(amina, amina, at)
    assert ExtendedAbsence.objects.count() == 0


def test_only_those_who_look_after_people_record_it(amina, cara, at):
    with pytest.raises(NotAllowed):
        away(cara, amina, at)


def test_who_is_away_costs_no_more_queries(amina, at, same_queries):
    today = local_day(at)

    def look():
        holders(STAFF, on=today)
        people_page(on=today)

    def grow():
        for number in range(8):
            away(amina, someone(f"Away {number}", STAFF), at)

    same_queries(look, grow)
