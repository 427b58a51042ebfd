"""What a concern is about is stopped from its own page, and its record says what was begun and what was done,
also if the server is switched off in between."""

import os
import signal
import subprocess
import sys
from textwrap import dedent

import pytest
from django.db import connection

from schoolgate.accounts.models import Account, KeyChange
from schoolgate.core.errors import NotAllowed, NotFound, NotNow
from schoolgate.core.models import School, Stop
from schoolgate.core.tenancy import scope
from schoolgate.incidents import actions
from schoolgate.incidents.actions.containing import begin
from schoolgate.incidents.containing import begun_and_not_done, ways_to_contain
from schoolgate.incidents.models import Report
from schoolgate.incidents.states import Containment
from schoolgate.policy.actions import adopt
from schoolgate.publishing.actions import stop_everything
from schoolgate.publishing.models import Post
from tests import databases
from tests.cast import someone
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
        actions.contain(report=report, by=sam, at=at, how=Containment.STOP)
        assert left(report) == []
        assert Stop.objects.get().school == school
        assert [one.kind for one in report.steps.order_by("pk")][-2:] == ["containing", "contained"]


def test_where_a_colleague_has_stopped_posting_it_is_contained_by_that_stop(told, at):
    federation, school, sam, _ann, report = told
    with scope(federation.pk, sam.pk):
        before = stop_everything(by=sam, at=at, reason="harm", school=school)
        begin(report=report, by=sam, at=at, how=Containment.STOP)
        actions.contain(report=report, by=sam, at=at, how=Containment.STOP)
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
            actions.contain(report=report, by=gwen, at=at, how=Containment.STOP)
        assert not Stop.objects.exists()


def test_what_a_concern_is_not_about_can_not_be_taken_down_from_it(told, at):
    federation, _school, sam, _ann, report = told
    with scope(federation.pk, sam.pk):
        for how in (Containment.TAKE_DOWN, Containment.HIDE, Containment.KEYS):
            with pytest.raises(NotNow):
                actions.contain(report=report, by=sam, at=at, how=how)
        assert not KeyChange.objects.exists()
        assert not Post.objects.exists()
        assert not Account.objects.exists()


KILLED = dedent(
    """
    import os, signal, sys
    from datetime import datetime
    import django
    django.setup()
    from schoolgate.core.tenancy import scope
    from schoolgate.incidents import actions
    from schoolgate.incidents.actions import containing
    from schoolgate.incidents.models import Report
    from schoolgate.incidents.states import Containment
    from schoolgate.people.models import Person

    federation, report, person, when, at = sys.argv[1:]

    def die(*_args, **_kwargs):
        os.kill(os.getpid(), signal.SIGKILL)

    with scope(int(federation), int(person)):
        found, by = Report.objects.get(pk=int(report)), Person.objects.get(pk=int(person))
        containing.begin(report=found, by=by, at=datetime.fromisoformat(at), how=Containment.STOP)
    if when == "before the record":
        containing.step = die
    with scope(int(federation), int(person)):
        actions.contain(report=found, by=by, at=datetime.fromisoformat(at), how=Containment.STOP)
    die()
    """
)


@pytest.mark.processes
@pytest.mark.parametrize(("when", "stops"), [("before the record", 0), ("after it", 1)])
def test_killed_between_containment_and_its_record_the_record_says_what_happened(
    own_database, federation, home, at, when, stops
):
    with scope(federation.pk):
        school = School.objects.create(name="North School", slug="north")
        sam = someone("Sam Slater", "slt")
        adopt(by=sam, at=at)
        report = wrong(at, school=school)
    there = {
        **os.environ,
        "DATABASE_URL": databases.url("app", connection.settings_dict["NAME"]),
        "DJANGO_SETTINGS_MODULE": "schoolgate.config.settings",
    }
    words = [str(federation.pk), str(report.pk), str(sam.pk), when, at.isoformat()]
    done = subprocess.run(
        [sys.executable, "-c", KILLED, *words], env=there, capture_output=True, text=True, check=False
    )
    assert done.returncode == -signal.SIGKILL, done.stderr

    with scope(federation.pk, sam.pk):
        assert Stop.objects.count() == stops
        assert left(report) == ([] if stops else [Containment.STOP])
        if not stops:
            begin(report=report, by=sam, at=at, how=Containment.STOP)
            actions.contain(report=report, by=sam, at=at, how=Containment.STOP)
            assert Stop.objects.count() == 1
            assert left(report) == []
