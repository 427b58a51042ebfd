"""The end of a role is undone for a short while, and by who ended it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotAllowed, NotNow
from schoolgate.core.models import LedgerRow
from schoolgate.core.moves import UNDO_FOR
from schoolgate.core.tenancy import scope
from schoolgate.people import assignments, leaving, queries
from schoolgate.people.models import RoleAssignment
from tests.cast import give, someone
from tests.web.signing import sign_in, with_app, with_password
from tests.web.test_undo import press_undo

NOW = datetime(2027, 1, 19, 10, 30, tzinfo=UTC)
SOON, LATER = NOW + UNDO_FOR, NOW + UNDO_FOR + timedelta(seconds=1)
MODERATES = "administrator-moderator"


@pytest.fixture
def cast(federation):
    """Two who look after people, and a teacher who moderates."""
    with scope(federation.pk):
        return [
            with_app(with_password(someone("Hanna Head", "slt"))),
            with_app(with_password(someone("Dora Deputy", "slt"))),
            with_password(someone("Tom Teacher", "staff", MODERATES)),
        ]


@pytest.fixture
def ended(federation, cast):
    """The moderating of the teacher, which the head ended by mistake."""
    with scope(federation.pk):
        assignment = RoleAssignment.objects.get(person=cast[2], role_key=MODERATES)
        return assignments.end_assignment(by=cast[0], at=NOW, assignment=assignment)


def take_back(federation, by, assignment, at=SOON):
    with scope(federation.pk):
        return assignments.take_back_ending(
            by=by, at=at, assignment=RoleAssignment.objects.get(pk=assignment.pk)
        )


def moderates(federation, person):
    with scope(federation.pk):
        return person in queries.holders(MODERATES, on=local_day(NOW))


def test_a_role_that_was_ended_a_moment_ago_is_as_it_was(federation, cast, ended):
    assert not moderates(federation, cast[2])

    back = take_back(federation, cast[0], ended)

    assert (back.ended_on, back.from_day, back.to_day) == (None, ended.from_day, ended.to_day)
    assert moderates(federation, cast[2])
    with scope(federation.pk):
        events = list(LedgerRow.objects.order_by("number").values_list("event", flat=True))
    assert events[-2:] == ["people.assignment_ended", "people.assignment_given_back"]


def test_after_ten_minutes_it_is_too_late(federation, cast, ended):
    with pytest.raises(NotNow, match="too late"):
        take_back(federation, cast[0], ended, at=LATER)
    assert not moderates(federation, cast[2])


def test_somebody_else_gives_the_role_again_instead(federation, cast, ended):
    with pytest.raises(NotAllowed, match="Someone else ended"):
        take_back(federation, cast[1], ended)


def test_who_looks_after_nobody_undoes_nothing(federation, cast, ended):
    with pytest.raises(NotAllowed):
        take_back(federation, cast[2], ended)


def test_nobody_gives_themselves_back_a_role(federation, cast):
    with scope(federation.pk):
        own = RoleAssignment.objects.get(person=cast[0], role_key="slt")
        more = give(cast[0], MODERATES)
        assignments.end_assignment(by=cast[0], at=NOW, assignment=more)
    with pytest.raises(NotAllowed, match="give yourself"):
        take_back(federation, cast[0], more)
    assert own.ended_on is None


def test_a_role_that_was_given_again_meanwhile_is_not_given_twice(federation, cast, ended):
    with scope(federation.pk):
        assignments.give_assignment(
            by=cast[0], at=NOW, person=cast[2], role_key=MODERATES, from_day=local_day(NOW)
        )
    with pytest.raises(NotNow, match="moved this on"):
        take_back(federation, cast[0], ended)


def test_a_role_is_not_given_back_to_who_has_left_meanwhile(federation, cast, ended):
    with scope(federation.pk):
        leaving.record_departure(
            by=cast[0], at=NOW, person=cast[2], left_on=local_day(NOW) + timedelta(days=9)
        )
    with pytest.raises(NotNow, match="left"):
        take_back(federation, cast[0], ended)


def test_what_was_given_back_is_not_given_back_twice(federation, cast, ended):
    take_back(federation, cast[0], ended)
    with pytest.raises(NotNow, match="moved this on"):
        take_back(federation, cast[0], ended)


def test_a_role_that_has_not_ended_has_nothing_to_undo(federation, cast):
    with scope(federation.pk):
        assignment = RoleAssignment.objects.get(person=cast[2], role_key=MODERATES)
    with pytest.raises(NotNow, match="moved this on"):
        take_back(federation, cast[0], assignment)


def test_the_message_after_ending_a_role_has_the_button_and_it_works(federation, cast):
    browser = sign_in(cast[0])
    with scope(federation.pk):
        assignment = RoleAssignment.objects.get(person=cast[2], role_key=MODERATES)
    html = press_undo(browser, browser.post(reverse("end-role", args=[cast[2].pk, assignment.pk])))
    assert "Role given back." in html
    with scope(federation.pk):
        assert RoleAssignment.objects.get(pk=assignment.pk).ended_on is None


def test_a_role_of_somebody_else_has_no_such_address(cast, ended):
    answer = sign_in(cast[0]).post(reverse("give-role-back", args=[cast[1].pk, ended.pk]))
    assert answer.status_code == 404
