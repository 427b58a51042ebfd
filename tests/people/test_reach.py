"""A lead who never signed in, or can't open a page, is told like the others and doesn't count as told."""

from datetime import UTC, datetime

import pytest
from allauth.mfa.models import Authenticator

from schoolgate.core.errors import NotNow
from schoolgate.core.models import Safeguarder
from schoolgate.core.tenancy import scope
from schoolgate.incidents.ladder import promise
from schoolgate.people.leads import can_open, check_another_leads, in_line
from schoolgate.people.models import ExtendedAbsence, Person, User
from schoolgate.people.queries import book_of
from tests.cast import someone
from tests.incidents.conftest import under, whom, wrong  # noqa: F401 - a fixture
from tests.stories import rolled_back


@pytest.fixture
def led(under, at):  # noqa: F811
    """Wildground: Olive Owner is SLT, Dee Marlow and Dan Cole lead on safeguarding."""
    federation, school = under("wildground")
    with scope(federation.pk):
        for name, place in (("Dee Marlow", "lead"), ("Dan Cole", "deputy")):
            Safeguarder.objects.create(place=place, person_id=someone(name, "staff").pk, since=at)
    return federation, school


def never_came(person: Person) -> None:
    User.objects.filter(pk=person.user_id).update(last_login=None)


def without_step(person: Person) -> None:
    Authenticator.objects.filter(user=person.user_id).delete()


def left(person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(left_on="2026-01-01")


def switched_off(person: Person) -> None:
    User.objects.filter(pk=person.user_id).update(is_active=False)


def away(person: Person) -> None:
    since = datetime(2026, 1, 1, tzinfo=UTC)
    ExtendedAbsence.objects.create(
        person=person, kind="parental", from_day=since.date(), noted_by=person, noted_at=since
    )


CANNOT = (never_came, without_step, left, switched_off, away)


def test_who_cannot_open_a_page_does_not_count_and_who_needs_no_second_step_does(led, at):
    federation, _school = led
    on = at.date()
    with scope(federation.pk):
        dee, dan = (Person.objects.get(name=name) for name in ("Dee Marlow", "Dan Cole"))
        tom = someone("Tom Ellery", "staff")
        without_step(tom)
        assert can_open([dee, dan.pk, tom], on=on) == {dee.pk, dan.pk, tom.pk}
        for cannot in CANNOT:
            with rolled_back():
                cannot(dan)
                assert can_open([dee, dan], on=on) == {dee.pk}, cannot


def test_a_lead_who_cannot_open_it_is_no_other_lead(led, at):
    federation, _school = led
    with scope(federation.pk):
        dee, dan = (Person.objects.get(name=name) for name in ("Dee Marlow", "Dan Cole"))
        check_another_leads(dee, on=at.date())
        for cannot in CANNOT:
            with rolled_back():
                cannot(dan)
                with pytest.raises(NotNow, match="No one else leads"):
                    check_another_leads(dee, on=at.date())


def test_where_no_lead_can_open_it_the_next_are_told_at_once_and_the_page_says_so(led, at):
    federation, school = led
    with scope(federation.pk):
        book = book_of(federation)
        assert promise(school, at=at).lead
        with rolled_back():
            assert whom(wrong(at, school=school), "no_lead") == []
        for lead in ("Dee Marlow", "Dan Cole"):
            never_came(Person.objects.get(name=lead))
        first = in_line(book, school, on=at.date())[0]
        assert {one.name for one in first} >= {"Dee Marlow", "Dan Cole", "Olive Owner"}
        report = wrong(at, school=school, for_leads=True)
        assert {"Dee Marlow", "Dan Cole", "Olive Owner"} <= set(whom(report))
        assert report.steps.filter(kind="no_lead").exists()
        assert not promise(school, at=at).lead
        for one in Person.objects.all():
            never_came(one)
        assert not promise(school, at=at).there_is_anyone
