"""What the words of a concern say by themselves: danger, and who is named in them."""

from datetime import timedelta

import pytest

from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow
from schoolgate.core.models import Safeguarder
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.incidents import handling, keeping_out, queries
from schoolgate.incidents.models import KeptOut
from schoolgate.incidents.queries import reports
from schoolgate.incidents.reporting import ReportContent, add_to_report, report_wrong
from schoolgate.people.models import Person
from schoolgate.people.named import named_in
from schoolgate.people.queries import book_of
from tests.cast import someone
from tests.incidents.conftest import whom, wrong

QUARTER = timedelta(minutes=15)


@pytest.fixture
def staffed(under, at):
    """Llanidloes: the head Olive, the lead Carys Owen, the deputy Tom Hale, the teacher Gwen Hughes."""
    federation, _school = under("llanidloes")
    with scope(federation.pk):
        carys, tom = someone("Carys Owen", "staff"), someone("Tom Hale", "staff")
        someone("Gwen Hughes", "moderator")
        someone("Alun Rees", "chair-of-governing-body")
        Safeguarder.objects.create(place="lead", person_id=carys.pk, since=at)
        Safeguarder.objects.create(place="deputy", person_id=tom.pk, since=at)
    return federation


def out(report) -> set[str]:
    return {one.person.name for one in KeptOut.objects.filter(report=report) if one.person}


NAMED = [
    ("Mr Hale hit me", {"Tom Hale"}),
    ("mr. hale hit me", {"Tom Hale"}),
    ("Tom Hale keeps texting me", {"Tom Hale"}),
    ("MISS OWEN SHOUTS", {"Carys Owen"}),
    ("Mae Mrs Hughes yn fy mrifo", {"Gwen Hughes"}),
    ("the headteacher grabbed my arm", {"Olive Owner"}),
    ("the head grabbed my arm", {"Olive Owner"}),
    ("Mae'r pennaeth yn fy nychryn, a dywedodd y pennaeth", {"Olive Owner"}),
    ("gan y Prifathro", {"Olive Owner"}),
    ("the safeguarding lead laughed at me", {"Carys Owen"}),
    ("the chair of governors did it", {"Alun Rees"}),
    ("Tom said so", set()),  # in the open a first name alone needs a sign of what he did
    ("Tom keeps texting my daughter", {"Tom Hale"}),
    ("Hale and hearty", set()),
    ("he hit me on the head of the stairs", set()),
    ("my head hurts where he hit it", {"Olive Owner"}),  # read as the head: a lead says that it isn't
    ("A boy in Year 9 hit me", set()),
    ("the staff know", set()),
]


@pytest.mark.parametrize(("words", "named"), NAMED)
def test_who_is_named_is_found_by_surname_and_title_in_full_or_by_what_they_do(staffed, at, words, named):
    with scope(staffed.pk):
        found = named_in(words, book=book_of(staffed), on=at.date())

        assert set(Person.objects.filter(pk__in=found).values_list("name", flat=True)) == named


def test_who_is_named_in_the_words_is_told_nothing_and_the_others_are_told_at_once(staffed, at):
    with scope(staffed.pk):
        report = wrong(at, what="Mr Hale takes pictures of us.")
        assert out(report) == {"Tom Hale"}
        assert "Carys Owen" in whom(report)
        assert "Tom Hale" not in whom(report)
        tom = report.kept_out.get().person
        assert not reports(tom, on=at.date()).exists()
        assert "chair-of-governing-body" in whom(report)  # a deputy is a person who leads here


def test_a_person_who_reports_what_names_them_is_still_told(staffed, at):
    with scope(staffed.pk):
        carys = Safeguarder.objects.get(place="lead")

        reporter = Person.objects.get(pk=carys.person_id)
        report = wrong(at, reporter=reporter, what="A pupil told me, Miss Owen, that he is hurt at home.")
        assert out(report) == set()
        assert "Carys Owen" in whom(report)


def test_words_of_danger_make_it_as_urgent_as_a_tick(staffed, at):
    with scope(staffed.pk):
        report = wrong(at, what="i want to kill myself")
        ticked = wrong(at, what="It is about me.", danger="yes")
        calm = wrong(at, what="It is about me.", danger="no")
        said_no = wrong(at, what="i want to kill myself", danger="no")
        for one in (report, said_no):
            assert (one.danger, one.danger_read, one.goes_up_at) == ("yes", True, at + QUARTER)
        assert ticked.danger_read is False
        assert (calm.danger, calm.goes_up_at) == ("no", at + timedelta(hours=1))
        urgencies = Duty.objects.filter(kind="incidents.take", subject=f"incidents.report:{report.pk}")
        assert set(urgencies.values_list("urgency", flat=True)) == {0}


def test_a_note_with_words_of_danger_is_read_and_one_without_changes_nothing(staffed, at):

    with scope(staffed.pk):
        carys = Person.objects.get(name="Carys Owen")
        report = wrong(at, danger="no")
    with scope(staffed.pk, carys.pk):
        handling.take(report=report, by=carys, at=at)
        handling.note(report=report, by=carys, at=at, words="She is calm and at home.")
        assert not Duty.objects.filter(kind="incidents.read_danger").exists()
        handling.note(report=report, by=carys, at=at, words="She says: i want to kill myself")
        report.refresh_from_db()
        assert (report.danger, report.danger_read) == ("yes", True)
        asked = Duty.objects.filter(kind="incidents.read_danger", state="open")
        assert {one.person.name for one in asked} == {"Tom Hale"}  # Carys wrote it
        tom = Person.objects.get(name="Tom Hale")
    with scope(staffed.pk, tom.pk):
        handling.open_report(report=report, by=tom, at=at)
        assert not asked.all().exists()


def test_a_name_in_what_is_added_takes_the_tasks_of_that_person(staffed, at):
    with scope(staffed.pk):
        said = ReportContent(what="It is about a teacher.", mark=queries.new_mark())
        report = report_wrong(at=at, said_here=said)
        asked = Duty.objects.filter(kind="incidents.take", state="open", person__name="Tom Hale")
        assert asked.exists()
        add_to_report(report=report, at=at, words="It was Mr Hale.", code=queries.code_of(said.mark))
        assert not asked.exists()
        assert out(report) == {"Tom Hale"}


def test_a_lead_lets_in_who_was_named_without_being_meant_and_says_why(staffed, at):

    with scope(staffed.pk):
        carys, tom = Person.objects.get(name="Carys Owen"), Person.objects.get(name="Tom Hale")
        olive = Person.objects.get(name="Olive Owner")
        report = wrong(at, what="Mr Hale saw that a man hit me and said nothing.")
    with scope(staffed.pk, tom.pk), pytest.raises(NotFound):
        keeping_out.may_know(report=report, by=tom, at=at, person=tom, words="It isn’t me.")
    with scope(staffed.pk, olive.pk), pytest.raises((NotFound, NotAllowed)):
        keeping_out.may_know(report=report, by=olive, at=at, person=tom, words="It isn’t him.")
    with scope(staffed.pk, carys.pk):
        with pytest.raises(BadInput):
            keeping_out.may_know(report=report, by=carys, at=at, person=tom, words=" ")
        keeping_out.may_know(
            report=report, by=carys, at=at, person=tom, words="He was told, and did it right."
        )
        assert out(report) == set()
        assert "Tom Hale" in whom(report)
        assert whom(report, "may_know") == ["Tom Hale"]
        assert reports(tom, on=at.date()).filter(pk=report.pk).exists()


def test_who_was_ticked_stays_out(staffed, at):

    with scope(staffed.pk):
        carys, tom = Person.objects.get(name="Carys Owen"), Person.objects.get(name="Tom Hale")
        report = wrong(at, about_people=[tom])
    with scope(staffed.pk, carys.pk), pytest.raises(NotNow):
        keeping_out.may_know(report=report, by=carys, at=at, person=tom, words="The parent means another.")
