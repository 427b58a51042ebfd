"""A concern about someone who works here who can't be found is no one's alone: two seats are told at once,
and neither ends or hides it before the other has read it."""

from datetime import timedelta

import pytest

from schoolgate.core.errors import NotNow
from schoolgate.core.models import Safeguarder
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.incidents import casework, handling, passing_on, queries, reporting
from schoolgate.incidents.queries import reports
from schoolgate.incidents.reporting import ReportContent, report_wrong
from schoolgate.people.models import Person
from tests.cast import someone
from tests.incidents.conftest import OWNERS, whom, wrong
from tests.publishing.five_policies import KEYS

MINUTE = timedelta(minutes=1)


@pytest.fixture(params=KEYS)
def staffed(request, under, at):
    """A federation with the head Olive Owner and the lead Dee Marlow."""
    federation, _school = under(request.param)
    with scope(federation.pk):
        dee = someone("Dee Marlow", "staff")
        Safeguarder.objects.create(place="lead", person_id=dee.pk, since=at)
    return federation


def test_two_seats_are_told_at_once_and_neither_ends_it_before_the_other_has_read_it(staffed, at):
    with scope(staffed.pk):
        dee, olive = (Person.objects.get(name=name) for name in ("Dee Marlow", "Olive Owner"))
        plain = wrong(at, what="Someone is nasty.")
        report = wrong(at, what="He touches me.", about_who="Sir who has the red car")
        assert (plain.about_unknown, report.about_unknown) == (False, True)
        told = set(whom(report))
        assert "Dee Marlow" in told
        assert told & {"Olive Owner", OWNERS[staffed.policy_key]}
        assert reports(olive, on=at.date()).filter(pk=report.pk).exists()
    with scope(staffed.pk, dee.pk):
        handling.take(report=report, by=dee, at=at + MINUTE)
        for end in (
            lambda: casework.restrict(report=report, by=dee, at=at + MINUTE),
            lambda: handling.end_report(
                report=report, by=dee, at=at + MINUTE, words="It belongs to another school."
            ),
            lambda: casework.close(report=report, by=dee, at=at + MINUTE, words="It was a misunderstanding."),
            lambda: passing_on.mark_as_passed(
                report=report, by=dee, at=at + MINUTE, system="C", reference="1"
            ),
        ):
            with pytest.raises(NotNow):
                end()
        asked = Duty.objects.filter(kind="incidents.look", state="open", person=olive)
        assert asked.exists(), "the other seat is still asked to read it"
    with scope(staffed.pk, olive.pk):
        handling.open_report(report=report, by=olive, at=at + 2 * MINUTE)
        assert not asked.all().exists()
    with scope(staffed.pk, dee.pk):
        casework.restrict(report=report, by=dee, at=at + 3 * MINUTE)


def test_once_the_writer_says_who_it_is_that_person_is_kept_out(staffed, at):
    with scope(staffed.pk):
        said = ReportContent(what="He touches me.", mark=queries.new_mark(), about_who="the caretaker")
        report = report_wrong(at=at, said_here=said)
        assert report.about_unknown
        code = queries.code_of(said.mark)
        reporting.add_to_report(report=report, at=at + MINUTE, words="I don’t know", code=code, says_who=True)
        assert report.about_unknown
        reporting.add_to_report(report=report, at=at + MINUTE, words="dee", code=code, says_who=True)
        dee = Person.objects.get(name="Dee Marlow")
        assert not report.about_unknown
        assert not reports(dee, on=at.date()).filter(pk=report.pk).exists()


def test_where_there_is_no_lead_two_other_seats_are_told(staffed, at):
    with scope(staffed.pk):
        Safeguarder.objects.update(ended_at=at)
        roles = {"wildground": "federation-leadership-team", "boroughbridge": "governors",
                 "learn-to-live": "governing-body", "wootton": "board-of-directors",
                 "llanidloes": "chair-of-governing-body"}  # fmt: skip
        someone("Carys Chair", roles[staffed.policy_key], relation="governor")
        report = wrong(at, what="He touches me.", about_who="a teacher")
        heard = {one.name for one in Person.objects.all() if reports(one, on=at.date()).exists()}
        assert report.about_unknown
        assert {"Olive Owner", "Carys Chair"} <= heard


def test_until_a_lead_says_who_is_meant_only_a_lead_deals_with_it(staffed, at):
    """The head is told beside the only lead, and may be the one who is meant."""
    with scope(staffed.pk):
        dee, olive = (Person.objects.get(name=name) for name in ("Dee Marlow", "Olive Owner"))
        report = wrong(at, what="The lady in charge slaps us.", about_who="the lady in charge")
        assert report.about_unknown
    with scope(staffed.pk, olive.pk), pytest.raises(NotNow):
        handling.take(report=report, by=olive, at=at + MINUTE)
    with scope(staffed.pk, dee.pk):
        handling.take(report=report, by=dee, at=at + 2 * MINUTE)
        handling.hand_on(report=report, by=dee, at=at + 3 * MINUTE, to=olive)
    with scope(staffed.pk, olive.pk):
        assert handling.take(report=report, by=olive, at=at + 4 * MINUTE).taken_by_id == olive.pk


def test_where_a_governor_or_two_are_here_they_are_told_beside_the_lead_and_not_the_head(staffed, at):
    roles = {"wildground": "federation-leadership-team", "boroughbridge": "governors",
             "learn-to-live": "governing-body", "wootton": "board-of-directors",
             "llanidloes": "chair-of-governing-body"}  # fmt: skip
    with scope(staffed.pk):
        someone("Carys Chair", roles[staffed.policy_key], relation="governor")
        report = wrong(at, what="He touches me.", about_who="him who signs the money off")
        heard = {one.name for one in Person.objects.all() if reports(one, on=at.date()).exists()}
        assert report.about_unknown
        assert heard == {"Dee Marlow", "Carys Chair"}
