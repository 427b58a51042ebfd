"""What a concern is about is stopped from its own page, and its record says what was begun and what was done,
also if the server is switched off in between."""

import os
import signal

import pytest

from schoolgate.accounts.models import Account, KeyChange
from schoolgate.core.errors import NotAllowed, NotFound, NotNow
from schoolgate.core.models import School, Stop
from schoolgate.core.tenancy import scope
from schoolgate.incidents import containing
from schoolgate.incidents.containing import begin, begun_and_not_done, ways_to_contain
from schoolgate.incidents.models import Containment, Report
from schoolgate.policy.adopting import adopt
from schoolgate.publishing.models import Post
from schoolgate.publishing.rules import stop_everything
from tests.cast import someone
from tests.faults.dying import in_another_process, kill_at
from tests.incidents.conftest import wrong


def left(report: Report) -> list[Containment]:
    return begun_and_not_done(report.steps.order_by("pk"))


@pytest.fixture
def told(under, at):
    federation, school = under("wildground")
    with scope(federation.pk):
        sam, ann = someone("Sam Slater", "slt"), someone("Ann Auditor")
        report = wrong(at, school=school)
    return federation, school, sam, ann, report


def test_posting_is_stopped_from_the_page_of_a_concern_and_both_steps_are_written(told, at):
    federation, school, sam, _ann, report = told
    with scope(federation.pk, sam.pk):
        assert Containment.STOP in ways_to_contain(report, sam, on=at.date())
        begin(report=report, by=sam, at=at, how=Containment.STOP)
        assert left(report) == [Containment.STOP]
        containing.contain(report=report, by=sam, at=at, how=Containment.STOP)
        assert left(report) == []
        assert Stop.objects.get().school == school
        assert [one.kind for one in report.steps.order_by("pk")][-2:] == ["containing", "contained"]


def test_where_a_colleague_has_stopped_posting_it_is_contained_by_that_stop(told, at):
    federation, school, sam, _ann, report = told
    with scope(federation.pk, sam.pk):
        before = stop_everything(by=sam, at=at, reason="harm", school=school)
        begin(report=report, by=sam, at=at, how=Containment.STOP)
        containing.contain(report=report, by=sam, at=at, how=Containment.STOP)
        assert (left(report), list(Stop.objects.all())) == ([], [before])


def test_who_may_not_know_of_it_or_could_not_stop_posting_anyway_stops_nothing(told, at):
    federation, _school, _sam, ann, report = told
    with scope(federation.pk, ann.pk), pytest.raises(NotFound):
        begin(report=report, by=ann, at=at, how=Containment.STOP)
    with scope(federation.pk):
        gwen = someone("Gwen Governor")
        Report.objects.filter(pk=report.pk).update(taken_by=gwen, taken_at=at, state="taken", goes_up_at=None)
    with scope(federation.pk, gwen.pk):
        assert ways_to_contain(report, gwen, on=at.date()) == []
        with pytest.raises(NotNow):
            begin(report=report, by=gwen, at=at, how=Containment.STOP)
        with pytest.raises(NotAllowed):
            containing.contain(report=report, by=gwen, at=at, how=Containment.STOP)
        assert not Stop.objects.exists()


def test_what_a_concern_is_not_about_can_not_be_taken_down_from_it(told, at):
    federation, _school, sam, _ann, report = told
    with scope(federation.pk, sam.pk):
        for how in (Containment.TAKE_DOWN, Containment.HIDE, Containment.KEYS):
            with pytest.raises(NotNow):
                containing.contain(report=report, by=sam, at=at, how=how)
        assert not KeyChange.objects.exists()
        assert not Post.objects.exists()
        assert not Account.objects.exists()


@pytest.mark.processes
def test_killed_between_containment_and_its_record_the_record_says_what_happened(
    own_database, federation, home, at
):
    with scope(federation.pk):
        school = School.objects.create(name="North School", slug="north")
        sam = someone("Sam Slater", "slt")
        adopt(by=sam, at=at)
        report = wrong(at, school=school)
    with scope(federation.pk, sam.pk):
        begin(report=report, by=sam, at=at, how=Containment.STOP)

    def contains() -> None:
        with scope(federation.pk, sam.pk):
            containing.contain(report=report, by=sam, at=at, how=Containment.STOP)

    def dies_before_its_record() -> None:
        kill_at("schoolgate.incidents.containing", "step", "before")
        contains()

    def dies_after_it() -> None:
        contains()
        os.kill(os.getpid(), signal.SIGKILL)

    for dies, stops in ((dies_before_its_record, 0), (dies_after_it, 1)):
        assert in_another_process(dies) == -signal.SIGKILL
        with scope(federation.pk, sam.pk):
            assert Stop.objects.count() == stops
            assert left(report) == ([] if stops else [Containment.STOP])
