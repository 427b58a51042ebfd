"""G5: who comes, is renamed or gets a role after something was written about them is kept out of it, by
whichever door they come; so is whom an older way of reading didn't find."""

from __future__ import annotations

from datetime import timedelta

import pytest

from schoolgate.core.clock import local_day
from schoolgate.core.models import Safeguarder
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.incidents import keeping_out
from schoolgate.incidents.handling import take
from schoolgate.incidents.keeping_out import may_know
from schoolgate.incidents.models import KeptOut, Report
from schoolgate.incidents.queries import reports
from schoolgate.incidents.reporting import add_to_report
from schoolgate.jobs.minutely import reports as each_minute
from schoolgate.people.assignments import give_assignment
from schoolgate.people.models import Person
from schoolgate.people.persons import add_person
from tests.cast import give, someone
from tests.conftest import recorded
from tests.guarantees.test_named_in_a_concern import at_work
from tests.incidents.conftest import wrong

MINUTE = timedelta(minutes=1)


@pytest.fixture
def there(begin_in, at, home):
    found = begin_in(at_work, at, "wildground")
    with scope(found.federation.pk):
        yield found


def added(at):
    found = add_person(
        by=Person.objects.get(name="Helen Marsh"),
        at=at,
        name="Zoe Quill",
        email="zq@example.org",
        relation="staff",
    )
    give_assignment(
        by=Person.objects.get(name="Helen Marsh"), at=at, person=found, role_key="administrator-moderator",
        from_day=local_day(at),
    )  # fmt: skip
    return found


def entered(at):
    """Return a row that no action made, as a restored home or an import brings it."""
    return someone("Zoe Quill", "slt")


def renamed(at):
    found = Person.objects.get(name="Priya Nair")
    found.name = "Zoe Quill"
    found.save()
    return found


def made_lead(at):
    found = someone("Zoe Quill")
    Safeguarder.objects.create(place="deputy", person_id=found.pk, since=at, reads_from=at - 9 * MINUTE)
    return found


DOORS = [added, entered, renamed, made_lead]


def read(at):
    while keeping_out.read_names_again(at=at):
        pass


@pytest.mark.parametrize("door", DOORS)
def test_whoever_comes_later_is_kept_out_of_earlier_concerns_that_may_mean_them(there, at, door):
    report = wrong(at, what="Mrs Quill hits me.")
    other = wrong(at, what="A boy hits me.")
    read(at)
    person = door(at + MINUTE)
    read(at + MINUTE)
    give(person, "slt") if door is not entered else None
    assert not reports(person, on=at.date()).filter(pk=report.pk).exists()
    assert KeptOut.objects.filter(report=report, person=person).exists()
    assert not KeptOut.objects.filter(report=other).exists()


def test_what_was_added_is_read_again_and_what_others_wrote_is_not(there, at):
    dilys = Person.objects.get(name="Dilys Moss")
    report = wrong(at, what="Someone hits me.", reporter=someone("Rae Reporter"))
    add_to_report(report=report, at=at, words="It was Mrs Quill.", reporter=report.by)
    someone("Zoe Quill", "slt")
    read(at + MINUTE)
    assert set(KeptOut.objects.values_list("person__name", flat=True)) == {"Zoe Quill"}
    may_know(
        report=report,
        by=dilys,
        at=at,
        person=Person.objects.get(name="Zoe Quill"),
        words="It means another Zoe.",
    )
    Report.objects.update(names_read="")
    read(at + 2 * MINUTE)
    assert not KeptOut.objects.exists(), "who was let in stays"


def test_the_minutes_sweep_reads_them_and_reads_nothing_twice(there, at):
    report = wrong(at, what="Mrs Quill hits me.")
    someone("Zoe Quill", "slt")
    each_minute(at + MINUTE)
    assert KeptOut.objects.filter(report=report, person__name="Zoe Quill").exists()
    assert keeping_out.read_names_again(at=at + 2 * MINUTE) == 0


def test_one_in_whose_hands_it_is_loses_it_and_another_is_asked(there, at):
    report = wrong(at, what="Mrs Quill hits me.")
    helen = Person.objects.get(name="Dilys Moss")
    take(report=report, by=helen, at=at)
    Person.objects.filter(pk=helen.pk).update(name="Dilys Quill")
    read(at + MINUTE)
    recorded()
    report.refresh_from_db()
    assert report.state == "handed_on"
    assert not Duty.objects.filter(
        subject=f"incidents.report:{report.pk}", person=helen, state="open"
    ).exists()
    assert Duty.objects.filter(subject=f"incidents.report:{report.pk}", state="open").exists()
