"""A concern that may be about one of us and doesn't say whom is known to the leads alone, until one of them
says in one press who is meant; then who is told otherwise is told."""

from datetime import timedelta

import pytest

from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow
from schoolgate.core.models import Safeguarder
from schoolgate.core.subjects import subject_of
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.incidents import casework, handling, keeping_out, queries, reporting
from schoolgate.incidents.allegations import means_staff
from schoolgate.incidents.reporting import ReportContent, report_wrong
from schoolgate.people.models import Person
from tests.cast import someone
from tests.guarantees.test_named_in_a_concern import hear_of
from tests.incidents.conftest import OWNERS, wrong
from tests.publishing.five_policies import KEYS

MINUTE = timedelta(minutes=1)
LEADS = {"Dee Marlow", "Lou Tan"}
UNSAID = "The tall one with the red car keeps asking for my number."


@pytest.fixture(params=KEYS)
def led(request, under, at):
    """A federation with the head Olive Owner, Hal Reed in the same role, and two leads."""
    federation, _school = under(request.param)
    with scope(federation.pk):
        for name, place in (("Dee Marlow", "lead"), ("Lou Tan", "deputy")):
            Safeguarder.objects.create(place=place, person_id=someone(name, "staff").pk, since=at)
        someone("Hal Reed", OWNERS[federation.policy_key])
    return federation


def named(*names):
    return [Person.objects.get(name=name) for name in names]


def tasks_of(report) -> set[str]:
    """The names of the people, and the keys of the roles, who have a task about it."""
    found = Duty.objects.filter(subject=subject_of(report), state="open").select_related("person")
    return {one.person.name if one.person else one.role_key for one in found}


def test_only_the_leads_know_of_it_and_have_a_task(led, at):
    with scope(led.pk):
        for words in (UNSAID, "he makes me sit on his knee", "Y ddynes efo’r beic coch yn gweiddi arna i."):
            report = wrong(at, what=words)
            assert hear_of(report) == LEADS, words
            assert tasks_of(report) <= LEADS, words
        assert wrong(at, what="A girl in my class took my bag. She hid it.").restricted_at is None


def test_who_says_that_none_of_us_did_it_or_ticks_who_it_is_is_believed(led, at):
    with scope(led.pk):
        (hal,) = named("Hal Reed")
        no = wrong(at, what="He took my cards at the bus stop.", did="no")
        ticked = wrong(at, what="He touched me.", about_people=[hal])
        assert (no.restricted_at, ticked.restricted_at) == (None, None)
        assert "Hal Reed" not in hear_of(ticked)


def test_who_says_that_a_member_of_staff_did_it_and_not_which_is_heard_by_the_leads_alone(led, at):
    with scope(led.pk):
        words = "Nasty pictures in our chat."
        assert hear_of(wrong(at, what=words, answers={"done_by": "staff"})) == LEADS
        assert wrong(at, what=f"He sent {words}", answers={"done_by": "pupil"}).restricted_at is None
        of_work = wrong(at, what="The man in IT is rude to us at work.", answers={"child": "no"})
        assert of_work.restricted_at is None


def test_a_lead_says_who_is_meant_before_anyone_takes_it_and_the_others_are_told_but_for_them(led, at):
    with scope(led.pk):
        dee, hal = named("Dee Marlow", "Hal Reed")
        told = hear_of(wrong(at, what="A girl in my class took my bag.", did="no", about_people=[hal]))
        report = wrong(at, what=UNSAID)
    with scope(led.pk, dee.pk):
        with pytest.raises(BadInput):
            keeping_out.keep_out(report=report, by=dee, at=at + MINUTE, people=[dee])
        keeping_out.keep_out(report=report, by=dee, at=at + MINUTE, people=[hal])
        assert (report.about_unknown, report.restricted_at) == (False, None)
        assert hear_of(report) >= told
        assert "Hal Reed" not in hear_of(report) | tasks_of(report)
        with pytest.raises(NotNow):
            keeping_out.mean_no_one(report=report, by=dee, at=at + MINUTE)


def test_a_lead_says_that_it_is_no_one_who_would_be_told_and_it_still_takes_two_to_close(led, at):
    with scope(led.pk):
        dee, hal = named("Dee Marlow", "Hal Reed")
        told = hear_of(wrong(at, what="A girl in my class took my bag.", did="no"))
        report = wrong(at, what=UNSAID)
        with pytest.raises(NotFound):
            keeping_out.mean_no_one(report=report, by=hal, at=at + MINUTE)
    with scope(led.pk, dee.pk):
        keeping_out.mean_no_one(report=report, by=dee, at=at + MINUTE)
        assert hear_of(report) >= told
        assert means_staff(report)


def test_while_no_one_says_who_it_is_another_lead_must_read_it_before_one_ends_it(led, at):
    with scope(led.pk):
        dee, lou = named("Dee Marlow", "Lou Tan")
        report = wrong(at, what=UNSAID)
    with scope(led.pk, dee.pk):
        handling.take(report=report, by=dee, at=at + MINUTE)
        with pytest.raises(NotNow):
            handling.end_report(report=report, by=dee, at=at + MINUTE, words="It belongs to another school.")
        assert Duty.objects.filter(kind="incidents.look", state="open", person=lou).exists()
        assert hear_of(report) == LEADS
    with scope(led.pk, lou.pk):
        handling.open_report(report=report, by=lou, at=at + 2 * MINUTE)
    with scope(led.pk, dee.pk):
        casework.restrict(report=report, by=dee, at=at + 3 * MINUTE)


def test_the_writers_own_later_answer_ends_it_and_what_they_add_later_may_begin_it(led, at):
    with scope(led.pk):
        said = ReportContent(what=UNSAID, mark=queries.new_mark())
        report, code = report_wrong(at=at, said_here=said), queries.code_of(said.mark)
        reporting.add_to_report(report=report, at=at + MINUTE, words="Hal Reed", code=code, says_who=True)
        assert report.restricted_at is None
        assert hear_of(report) >= LEADS
        assert "Hal Reed" not in hear_of(report) | tasks_of(report)
        said = ReportContent(what="A girl took my bag.", mark=queries.new_mark(), did="no")
        other, code = report_wrong(at=at, said_here=said), queries.code_of(said.mark)
        reporting.add_to_report(
            report=other, at=at + MINUTE, words="The caretaker hit me, too.", code=code, says_who=False
        )
        assert hear_of(other) == LEADS
        assert tasks_of(other) <= LEADS


def test_where_it_describes_the_leads_they_hear_nothing_and_someone_else_does(led, at):
    with scope(led.pk):
        report = wrong(at, what="The safeguarding lady hits us.")
        assert hear_of(report)
        assert not hear_of(report) & LEADS


def test_no_one_but_a_lead_or_who_has_it_says_who_is_meant(led, at):
    with scope(led.pk):
        Safeguarder.objects.filter(place="deputy").update(ended_at=at)
        report = wrong(at, what=UNSAID)
        others = hear_of(report) - {"Dee Marlow"}
        assert others, "one lead alone isn't enough: the next seat is told as well"
        for one in named(*others):
            with pytest.raises(NotAllowed):
                keeping_out.mean_no_one(report=report, by=one, at=at + MINUTE)
