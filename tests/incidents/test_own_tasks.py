"""What a policy obliges reporters to do themselves: tasks for those who gave their name."""

from datetime import timedelta

import pytest

from schoolgate.core.errors import BadInput, NotFound, NotNow
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.incidents import casework, handling, reporting
from schoolgate.incidents.report_facts import told_of
from schoolgate.policy.models import DecisionRecord
from tests.cast import someone
from tests.conftest import recorded
from tests.incidents.conftest import wrong

CHILD = {"kinds": ["child_treated"], "answers": {"child": "yes"}}
AUTHORITIES = "incidents.own_tell_authorities"


def own(person):
    rows = Duty.objects.filter(person=person, kind__startswith="incidents.own_", state="open")
    return sorted(rows.values_list("kind", flat=True))


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ({}, "incidents.own_listening_telling"),
        ({"route": "line_manager"}, "incidents.own_listening_telling"),
        ({"route": "whistleblowing"}, "incidents.own_listening_whistleblowing"),
    ],
)
def test_what_shows_the_school_in_a_bad_light_goes_to_the_line_manager_or_by_whistleblowing(
    under, at, said, kind
):
    federation, _school = under("wootton")
    with scope(federation.pk):
        cara = someone("Cara Cook", "teacher")
        report = wrong(at, reporter=cara, answers={"bad_light": "yes", **said})

        kept = DecisionRecord.objects.get(situation="listening.found")
        assert {"wootton-reputation-25", "wootton-reputation-26"} & set(kept.clauses)
        assert "wootton-reputation-27" in kept.clauses
        assert own(cara) == [kind]
        reporting.note_own_done(report=report, at=at, reporter=cara, kind=kind)
        assert own(cara) == []
        with pytest.raises(NotNow):
            reporting.note_own_done(report=report, at=at, reporter=cara, kind=kind)
        assert "Cara" not in str([one.__dict__ for one in recorded()])


@pytest.mark.parametrize("said", [{"bad_light": "no"}, {}])
def test_where_nothing_looks_bad_no_one_has_to_tell_their_line_manager(under, at, said):
    federation, _school = under("wootton")
    with scope(federation.pk):
        cara = someone("Cara Cook", "teacher")
        wrong(at, reporter=cara, answers=said)

        assert own(cara) == []
        assert not DecisionRecord.objects.filter(situation="listening.found").exists()


def test_a_policy_without_such_a_rule_asks_nothing_about_it(under, at):
    federation, _school = under("wildground")
    with scope(federation.pk):
        cara = someone("Cara Cook", "staff")
        report = wrong(at, reporter=cara, answers={"bad_light": "yes"})

        assert "bad_light" not in report.answers
        assert own(cara) == []


def test_a_reporter_without_a_name_gets_no_task(under, at):
    federation, _school = under("wootton")
    with scope(federation.pk):
        cara = someone("Cara Cook", "teacher")
        wrong(at, reporter=cara, named=False, answers={"bad_light": "yes"}, kinds=CHILD["kinds"])

        assert own(cara) == []


def test_a_child_is_told_of_to_the_authorities_by_the_reporter_or_by_the_person_who_has_it(under, at):
    federation, _school = under("wootton")
    with scope(federation.pk):
        cara, ann = someone("Cara Cook", "teacher"), someone("Ann Other", "teacher")
        report = wrong(at, reporter=cara, **CHILD)
        assert own(cara) == [AUTHORITIES]

        with pytest.raises(NotFound):
            reporting.note_own_done(report=report, at=at, reporter=ann, kind=AUTHORITIES, body="police")
        with pytest.raises(BadInput):
            reporting.note_own_done(report=report, at=at, reporter=cara, kind=AUTHORITIES, body="nobody")
        later = at + timedelta(minutes=20)
        reporting.note_own_done(report=report, at=later, reporter=cara, kind=AUTHORITIES, body="police")
        assert [(one.body, one.at) for one in told_of(report, at=later) if one.body] == [("police", later)]
        assert own(cara) == []


def test_the_task_ends_once_the_person_who_has_it_told_an_authority(under, at):
    federation, _school = under("wootton")
    with scope(federation.pk):
        cara, head = someone("Cara Cook", "teacher"), someone("Petra Principal", "principal")
        report = wrong(at, reporter=cara, **CHILD)
    with scope(federation.pk, head.pk):
        handling.take(report=report, by=head, at=at)
        casework.tell_body(report=report, by=head, at=at, body="local_authority", told_at=at, words="Rang.")
        assert own(cara) == []


def test_an_account_that_is_abused_is_put_right_by_the_member_of_staff_who_reports_it(under, at):
    federation, _school = under("learn-to-live")
    with scope(federation.pk):
        cara = someone("Cara Cook", "staff")
        wrong(at, reporter=cara, kinds=["taken_over"], answers={"put_right": "no"})
        assert own(cara) == ["incidents.own_put_right"]

        dan = someone("Dan Dale", "staff")
        wrong(at, reporter=dan, kinds=["taken_over"], answers={"put_right": "yes"})
        assert own(dan) == []
