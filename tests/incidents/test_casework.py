"""A concern after it was taken: assessed, investigated, told to others, closed."""

from datetime import timedelta

import pytest

from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow, Refused
from schoolgate.core.models import Safeguarder
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.incidents import casework, handling, keeping_out, passing_on
from schoolgate.incidents.casework import STAGES, case_file, stages_here
from schoolgate.incidents.ladder import stands_in_for
from schoolgate.incidents.queries import reports
from schoolgate.incidents.report_facts import told_of
from schoolgate.people.models import Person
from schoolgate.people.queries import book_of
from schoolgate.policy.models import DecisionFacts, DecisionRecord
from tests.cast import someone
from tests.incidents.conftest import wrong

HOUR = timedelta(hours=1)
NOBODY_ELSE = {"kinds": ["offensive"], "rank": "highest", "called_for": None}


def _taken(federation, person, at, **given):
    with scope(federation.pk):
        report = wrong(at, **given)
    with scope(federation.pk, person.pk):
        handling.take(report=report, by=person, at=at)
    return report


def _save(report, by, at, stage, **answers):
    return casework.save_stage(report=report, by=by, at=at, stage=STAGES[stage], answers=answers)


@pytest.fixture
def wildground(under):
    federation, _school = under("wildground")
    with scope(federation.pk):
        return federation, someone("Sam Slater", "slt"), someone("Tess Second", "slt")


def test_an_assessment_is_kept_with_the_decision_of_the_policy(wildground, at):
    federation, sam, _tess = wildground
    report = _taken(federation, sam, at)
    with scope(federation.pk, sam.pk):
        _save(report, sam, at + HOUR, "assess", **NOBODY_ELSE)

        kept = DecisionRecord.objects.get(situation="incident.assess")
        assert "wildground-roles-6" in kept.clauses
        assert kept.points["first_assessment"] == "permitted"
        assert case_file(report).answers["rank"] == "highest"


def test_the_policy_refuses_another_rank_than_its_own(wildground, at):
    federation, sam, _tess = wildground
    report = _taken(federation, sam, at)
    with scope(federation.pk, sam.pk), pytest.raises(Refused):
        _save(report, sam, at, "assess", kinds=["offensive"], rank="other")


def test_only_the_role_that_the_policy_names_assesses(under, at):
    federation, _school = under("boroughbridge")
    with scope(federation.pk):
        report = wrong(at)
        dee = someone("Dee Deputy", "staff-lead-director-of-business-services")
    with scope(federation.pk, dee.pk):
        if reports(dee, on=at.date()).exists():
            handling.take(report=report, by=dee, at=at)
            with pytest.raises(Refused):
                _save(report, dee, at, "assess", kinds=["worry"])
        else:
            with pytest.raises(NotFound):
                _save(report, dee, at, "assess", kinds=["worry"])


def test_a_colleague_called_for_becomes_a_task_and_is_ended_by_bringing_them_in(wildground, at):
    federation, sam, _tess = wildground
    report = _taken(federation, sam, at)
    called = {"who": "colleague", "key": "the IT manager", "brought_in": False}
    with scope(federation.pk, sam.pk):
        _save(report, sam, at, "assess", called_for=[called])
        assert Duty.objects.get(kind="incidents.bring_in_colleague").state == "open"

        _save(report, sam, at + HOUR, "assess", called_for=[{**called, "brought_in": True}])
        assert Duty.objects.get(kind="incidents.bring_in_colleague").state == "discharged"


def test_what_was_answered_is_kept_from_everyone_who_was_not_let_in(wildground, at):
    federation, sam, _tess = wildground
    report = _taken(federation, sam, at)
    with scope(federation.pk, sam.pk):
        _save(report, sam, at, "assess", **NOBODY_ELSE)
    with scope(federation.pk):
        assert case_file(report).answers == {}


def test_no_name_that_was_typed_is_in_a_decision(wildground, at):
    federation, sam, _tess = wildground
    report = _taken(federation, sam, at)
    called = {"who": "colleague", "key": "Ian Technician", "brought_in": True}
    with scope(federation.pk, sam.pk):
        _save(report, sam, at, "assess", kinds=["worry"], called_for=[called])
        _save(report, sam, at, "conclude", found=["unacceptable"], in_house_owner="Hilda Head")
        kept = DecisionRecord.objects.filter(situation__in=["incident.assess", "incident.conclude"])
        stored = [str(row.body) for row in kept] + [str(row.facts) for row in DecisionFacts.objects.all()]

        assert case_file(report).answers["in_house_owner"] == "Hilda Head"
        assert not any("Ian" in text or "Hilda" in text for text in stored)


def test_a_case_closes_only_with_what_the_policy_asks_for(wildground, at):
    federation, sam, _tess = wildground
    report = _taken(federation, sam, at)
    with scope(federation.pk, sam.pk):
        _save(report, sam, at, "assess", **NOBODY_ELSE)
        with pytest.raises(Refused):
            casework.close(report=report, by=sam, at=at, words="Dealt with at school.")
        report.refresh_from_db()
        assert report.state == "taken"

        action = {"what": "reminder", "by": "person:1", "on": str(at.date())}
        _save(
            report, sam, at, "conclude", found=["breach"], actions=[action],
            subject={"key": "subject", "relation": "staff"}, escalation={"to": [], "reason_given": True},
        )  # fmt: skip
        with pytest.raises(BadInput):
            casework.close(report=report, by=sam, at=at + HOUR, words="OK")
        casework.close(report=report, by=sam, at=at + HOUR, words="Dealt with at school.")
        assert report.state == "closed"


def test_two_people_close_what_is_serious(wildground, at):
    federation, sam, tess = wildground
    report = _taken(federation, sam, at, danger="yes")
    with scope(federation.pk, sam.pk):
        _save(report, sam, at, "assess", kinds=["worry"])
        _save(report, sam, at, "conclude", found=[], subject={"key": "subject", "relation": "parent"})
        with pytest.raises(BadInput):
            casework.close(report=report, by=sam, at=at, words="It is over.")
        casework.close(report=report, by=sam, at=at, words="It is over.", second=tess)
        assert report.state == "closing"
        with pytest.raises(NotNow):
            casework.reopen(report=report, by=sam, at=at, words="Wait.")
        with pytest.raises(NotAllowed):
            casework.confirm_closing(report=report, by=sam, at=at)
    with scope(federation.pk, tess.pk):
        casework.confirm_closing(report=report, by=tess, at=at + HOUR)
        assert report.state == "closed"
        with pytest.raises(NotNow):
            casework.confirm_closing(report=report, by=tess, at=at + HOUR)


def test_a_body_that_was_told_counts_as_told(wildground, at):
    federation, sam, _tess = wildground
    report = _taken(federation, sam, at)
    with scope(federation.pk, sam.pk):
        casework.tell_body(
            report=report,
            by=sam,
            at=at + HOUR,
            body="police",
            told_at=at,
            words="A threat.",
            reference="WY-1",
        )
        assert "police" in [one.body for one in told_of(report, at=at)]
        with pytest.raises(BadInput):
            casework.tell_body(report=report, by=sam, at=at, body="police", told_at=at + HOUR, words="Later.")
        with pytest.raises(BadInput):
            casework.tell_body(report=report, by=sam, at=at, body="the king", told_at=at, words="Sir.")


def test_a_person_it_turns_out_to_be_about_no_longer_sees_it(wildground, at):
    federation, sam, tess = wildground
    report = _taken(federation, sam, at)
    with scope(federation.pk, sam.pk):
        assert reports(tess, on=at.date()).filter(pk=report.pk).exists()
        keeping_out.keep_out(report=report, by=sam, at=at, people=[tess])
        assert not reports(tess, on=at.date()).filter(pk=report.pk).exists()
        with pytest.raises(BadInput):
            keeping_out.keep_out(report=report, by=sam, at=at, people=[sam])


def test_the_governors_are_told_of_a_concern_found_to_be_about_a_person_who_leads_here(wildground, at):
    federation, sam, tess = wildground
    report = _taken(federation, sam, at)
    with scope(federation.pk):
        cara, grace = someone("Cara", "staff"), someone("Grace Obi", "federation-leadership-team")
    with scope(federation.pk, sam.pk):
        keeping_out.keep_out(report=report, by=sam, at=at, people=[cara])
        assert not reports(grace, on=at.date()).filter(pk=report.pk).exists()
        keeping_out.keep_out(report=report, by=sam, at=at, people=[tess])
        assert Duty.objects.filter(kind="incidents.look", state="open").get().person_id == grace.pk
        assert report.state == "taken"
    with scope(federation.pk, grace.pk):
        handling.open_report(report=report, by=grace, at=at + HOUR)
        assert not Duty.objects.filter(kind="incidents.look", state="open").exists()


def test_the_governors_are_not_told_of_what_is_kept_to_the_leads(wildground, at):
    federation, sam, tess = wildground
    report = _taken(federation, sam, at)
    with scope(federation.pk):
        Safeguarder.objects.create(place="lead", person_id=sam.pk, since=at)
        someone("Grace Obi", "federation-leadership-team")
    with scope(federation.pk, sam.pk):
        casework.restrict(report=report, by=sam, at=at)
        keeping_out.keep_out(report=report, by=sam, at=at, people=[tess])
        assert not Duty.objects.filter(kind="incidents.look").exists()


def test_a_person_kept_out_and_their_role_have_no_task_about_it_any_more(wildground, at):
    federation, sam, tess = wildground
    report = _taken(federation, sam, at)
    called = {"who": "colleague", "key": "the IT manager", "brought_in": False}
    with scope(federation.pk, sam.pk):
        _save(report, sam, at, "assess", called_for=[called])
        assert Duty.objects.get(kind="incidents.bring_in_colleague").role_key == "slt"
        keeping_out.keep_out(report=report, by=sam, at=at, people=[tess])
        standing = Duty.objects.filter(subject=f"incidents.report:{report.pk}", state="open")
        assert {one.person_id for one in standing} == {sam.pk}
        assert standing.filter(kind="incidents.bring_in_colleague").count() == 1


def test_a_child_harmed_as_the_reporter_says_makes_it_serious(wildground, at):
    federation, sam, _tess = wildground
    report = _taken(federation, sam, at)
    with scope(federation.pk, sam.pk):
        assert not case_file(report).serious
        report.answers = {"harmed": ["child"]}
        assert case_file(report).serious
        assert not case_file(report).with_answers({"harmed": ["parent"]}).serious


def test_what_is_kept_to_the_leads_does_not_exist_for_those_who_were_told(wildground, at):
    federation, sam, tess = wildground
    with scope(federation.pk):
        dee, nora = someone("Dee Lead", "staff"), someone("Nora Named", "slt")
        Safeguarder.objects.create(place="lead", person_id=dee.pk, since=at)
        report = wrong(at, kinds=["child_saw"])
        on = at.date()
        assert {one for one in (sam, tess) if reports(one, on=on).exists()} == {sam, tess}
        with pytest.raises(NotAllowed):
            casework.restrict(report=handling.take(report=report, by=sam, at=at), by=sam, at=at)
        handling.hand_on(report=report, by=sam, at=at, to=dee)
        handling.take(report=report, by=dee, at=at)
        casework.restrict(report=report, by=dee, at=at + HOUR)

        assert [one for one in (sam, tess, nora, dee) if reports(one, on=on).exists()] == [dee]
        assert not Duty.objects.filter(kind="incidents.take", state="open").exists()
        with pytest.raises(NotFound):
            handling.note(report=report, by=sam, at=at + HOUR, words="Still here?")
        handling.hand_on(report=report, by=dee, at=at + 2 * HOUR, to=nora)
        passing_on.go_up(at=report.goes_up_at)
        assert [one for one in (sam, tess, nora, dee) if reports(one, on=on).exists()] == [nora, dee]
        assert [one for one in (sam, tess, nora, dee) if reports(one, on=on).exists()] == [nora, dee]


def test_a_closed_concern_is_opened_again_with_a_reason(wildground, at):
    federation, sam, tess = wildground
    report = _taken(federation, sam, at)
    with scope(federation.pk, sam.pk):
        handling.end_report(report=report, by=sam, at=at, words="It belongs to another school.")
        with pytest.raises(NotNow):
            _save(report, sam, at, "assess", kinds=["worry"])
    with scope(federation.pk, tess.pk):
        with pytest.raises(BadInput):
            casework.reopen(report=report, by=tess, at=at, words=" ")
        casework.reopen(report=report, by=tess, at=at, words="It is ours after all.")
        assert (report.state, report.taken_by) == ("taken", tess)


@pytest.mark.parametrize(
    ("policy", "asked"),
    [
        ("wildground", ["assess", "investigate", "conclude"]),
        ("llanidloes", ["assess", "investigate", "judge", "conclude"]),
    ],
)
def test_a_stage_without_a_rule_is_not_there(under, policy, asked):
    federation, _school = under(policy)
    with scope(federation.pk):
        assert [one.key for one in stages_here(book_of(federation))] == asked


def test_no_stage_asks_again_what_an_earlier_one_asked(under):
    for policy in ("wildground", "boroughbridge", "learn-to-live", "llanidloes", "wootton"):
        federation, _school = under(policy)
        with scope(federation.pk):
            book = book_of(federation)
            asked = [name for one in stages_here(book) for name in one.asks(book)]
            assert len(asked) == len(set(asked))


def _about_the_only_assessor(under, at, *others):
    federation, _school = under("wildground")
    with scope(federation.pk):
        owner = Person.objects.get(name="Olive Owner")
        for name in others:
            someone(name, "slt")
        grace = someone("Grace Obi", "federation-leadership-team")
        report = wrong(at, reporter=someone("Cara", "staff"), about_people=[owner])
    with scope(federation.pk, grace.pk):
        handling.take(report=report, by=grace, at=at)
    return federation, grace, report


def test_a_governor_assesses_in_place_of_those_it_is_about_and_the_step_says_so(under, at):
    federation, grace, report = _about_the_only_assessor(under, at)
    with scope(federation.pk, grace.pk):
        row = _save(report, grace, at + HOUR, "assess", kinds=["worry"], called_for=[])
        assert (row.role_key, row.whose) == ("slt", "house")

        _save(report, grace, at + HOUR, "conclude", found=[], subject={"key": "subject", "relation": "staff"})
        second = someone("Gwen Second", "federation-leadership-team")
        with pytest.raises(BadInput):
            casework.close(report=report, by=grace, at=at + HOUR, words="Nothing was wrong.")
        casework.close(report=report, by=grace, at=at + HOUR, words="Nothing was wrong.", second=second)
        assert report.state == "closing"


def test_where_another_can_assess_a_governor_does_not_stand_in(under, at):
    federation, grace, report = _about_the_only_assessor(under, at, "Sam Slater")
    with scope(federation.pk, grace.pk), pytest.raises(Refused):
        _save(report, grace, at + HOUR, "assess", **NOBODY_ELSE)


def test_no_other_person_stands_in_for_those_it_is_about(under, at):
    federation, grace, report = _about_the_only_assessor(under, at)
    with scope(federation.pk):
        joe = someone("Joe Lister", "relevant-senior-member-of-staff")
        assert stands_in_for(report, grace, on=local_day(at)) == {"slt": "SLT"}
        assert stands_in_for(report, joe, on=local_day(at)) == {}
