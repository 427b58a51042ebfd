"""A person who may be meant by a concern is told nothing of it, whatever roles they have; and a person who
takes one is not alone with it."""

from datetime import timedelta

import pytest

from schoolgate.accounts.handover_facts import who_instead
from schoolgate.core.errors import NotAllowed, NotFound
from schoolgate.core.models import Safeguarder
from schoolgate.core.retention import kind_of
from schoolgate.core.tenancy import scope
from schoolgate.duties.actions import cancel, open_duty
from schoolgate.duties.models import Due, Duty
from schoolgate.duties.queries import danger_of, duty_for, mine, standing_about
from schoolgate.incidents import casework, handling, keeping_out, passing_on
from schoolgate.incidents.casework import STAGES
from schoolgate.incidents.duty_kinds import LEADS_LOOK, NAMED_BY_POLICY, TAKE
from schoolgate.incidents.handling import UNFINISHED_AFTER, ask_leads_of_unfinished
from schoolgate.incidents.ladder import (
    Around,
    Recipient,
    Rung,
    lead_rung,
    stands_in_for,
    tell,
    who_assesses_instead,
)
from schoolgate.incidents.meant import accused_in, meant_in, people_meant, reports_meaning
from schoolgate.incidents.models import KeptOut, Reader, Report, StepKind, Whose
from schoolgate.incidents.queries import people_to_hand_on_to, reports
from schoolgate.notices.telling import OpenTasks, reach_of_duties
from schoolgate.people.leaving import start_extended_absence
from schoolgate.people.models import Person, RoleAssignment
from schoolgate.people.queries import book_of
from schoolgate.policy.models import DecisionRecord
from schoolgate.records.destroying import erase_one, hold_thing, reasons_for_erasing
from schoolgate.records.models import ERASE
from tests.cast import give, someone
from tests.incidents.conftest import whom, wrong

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
HEAD, SLT = "headteacher", "slt"


@pytest.fixture
def learn(under, at):
    """Learn to Live: Hal is headteacher and of the SLT, Sam of the SLT, Dee and Dan lead on safeguarding."""
    federation, _school = under("learn-to-live")
    with scope(federation.pk):
        RoleAssignment.objects.update(to_day=at.date() - 20 * DAY)  # Olive Owner's
        hal, sam = someone("Hal Head", HEAD, SLT), someone("Sam Slater", SLT)
        dee, dan = someone("Dee Lead", "staff"), someone("Dan Deputy", "staff")
        Safeguarder.objects.create(place="lead", person_id=dee.pk, since=at)
        Safeguarder.objects.create(place="deputy", person_id=dan.pk, since=at)
    return federation, hal, sam, dee, dan


def _open(kind: str = TAKE) -> set[str]:
    rows = Duty.objects.filter(kind=kind, state="open").select_related("person")
    return {one.person.name if one.person else one.role_key for one in rows}


def to_slt(at, **given) -> Report:
    """A concern that the SLT as a whole is told of, besides others."""
    report = wrong(at, **given)
    rung = Rung(Whose.HOUSE, (Recipient(role=SLT),), frozenset())
    tell(report, rung, kind=StepKind.TOLD, at=at, kept=None)
    return report


def test_a_role_that_is_kept_out_is_kept_out_with_whoever_has_it_in_their_other_roles(learn, at):
    federation, hal, sam, dee, _dan = learn
    with scope(federation.pk):
        Safeguarder.objects.create(place="deputy", person_id=hal.pk, since=at)
        report = wrong(at, about_roles=[HEAD], danger="yes", kinds=["taken_over"])
        passing_on.go_up(at=at + 2 * HOUR)
        passing_on.go_up(at=at + 9 * HOUR)
        assert meant_in(report) == {hal.pk}
        told = (
            {one.person_id for one in report.steps.all()} | set(whom(report)) | set(whom(report, "went_up"))
        )
        assert hal.pk not in told
        assert SLT not in told, "Hal has that role: its other holders are told by name"
        assert sam.pk in told
        assert hal.pk not in lead_rung(book_of(federation), Around.of(report, on=at.date())).people
        assert hal not in people_to_hand_on_to(report, by=dee, on=at.date())
        assert not reports(hal, on=at.date()).exists()
        assert mine(hal, at.date())[0] == []


def test_who_had_the_role_when_it_was_reported_stays_kept_out_in_their_next_one(learn, at):
    federation, hal, _sam, _dee, _dan = learn
    with scope(federation.pk):
        before = wrong(at - 9 * DAY, about_roles=[HEAD])
        report = wrong(at, about_roles=[HEAD])
        RoleAssignment.objects.filter(person=hal, role_key=HEAD).update(to_day=at.date() + DAY)
        late = wrong(at + 9 * DAY, about_roles=[HEAD])
        assert hal.pk in meant_in(before)
        assert hal.pk in meant_in(report)
        assert hal.pk not in meant_in(late)


def test_all_readings_of_who_is_meant_agree(learn, at):
    federation, _hal, sam, dee, _dan = learn
    with scope(federation.pk):
        give(dee, "account-lead")
        RoleAssignment.objects.filter(person=sam).update(to_day=at.date() - DAY)
        made = [
            wrong(at, about_people=[sam]), wrong(at, about_roles=[HEAD]), wrong(at, about_roles=[SLT]),
            wrong(at - 3 * DAY, about_roles=[SLT]), wrong(at, about_people=[dee], about_roles=[SLT, HEAD]),
            wrong(at), wrong(at, what="Hal Head shouted at Tomos, and Sam Slater was hit."),
            wrong(at, what="The headteacher hurt him.", harmed_people=[dee]),
        ]  # fmt: skip
        KeptOut.objects.filter(report=made[4], person=dee).update(let_in_at=at, let_in_by=sam)
        KeptOut.objects.filter(report=made[-1], person=dee).update(harmed=True)
        by_report = people_meant(Report.objects.all())
        accused = people_meant(Report.objects.all(), accused=True)
        assert [meant_in(one) for one in made] == [by_report.get(one.pk, set()) for one in made]
        assert [accused_in(one) for one in made] == [accused.get(one.pk, set()) for one in made]
        assert accused != by_report
        for person in Person.objects.all():
            assert set(reports_meaning(person).values_list("pk", flat=True)) == {
                one.pk for one in made if person.pk in by_report.get(one.pk, set())
            }, person.name


def test_no_task_of_their_own_or_of_a_role_of_theirs_reaches_them(learn, at):
    federation, hal, sam, _dee, _dan = learn
    with scope(federation.pk):
        report = to_slt(at, danger="yes")
        duty = Duty.objects.get(kind=TAKE, role_key=SLT)

        def told(person):
            return (
                bool(mine(person, at.date())[0]),
                bool(danger_of(person, at.date(), kinds=[TAKE])),
                person.pk in reach_of_duties([duty], on=at.date()).first(duty),
                OpenTasks(on=at.date()).of(person.pk) is not None,
            )

        assert told(hal) == told(sam) == (True, True, True, True)
        KeptOut.objects.create(report=report, person=hal)
        assert told(hal) == (False, False, False, False)
        assert told(sam) == (True, True, True, True)
        with pytest.raises(NotFound):
            duty_for(hal, duty.pk, at.date())
        assert duty_for(sam, duty.pk, at.date()) == duty


def test_keeping_out_ends_the_reading_of_the_content(learn, at):
    federation, hal, _sam, dee, _dan = learn
    with scope(federation.pk):
        report = to_slt(at)
    with scope(federation.pk, hal.pk):
        handling.open_report(report=report, by=hal, at=at)
    with scope(federation.pk, dee.pk):
        handling.take(report=report, by=dee, at=at)
        keeping_out.keep_out(report=report, by=dee, at=at + HOUR, people=[hal])
        assert Reader.objects.get(report=report, person=hal).ended_at == at + HOUR
        assert Reader.objects.get(report=report, person=dee).ended_at is None


def test_the_leads_are_asked_to_read_what_another_person_took_until_one_has(learn, at):
    federation, _hal, sam, dee, dan = learn
    with scope(federation.pk):
        report = to_slt(at)
        give(sam, "staff")
    with scope(federation.pk, sam.pk):
        handling.take(report=report, by=sam, at=at)
        assert _open(LEADS_LOOK) == {"Dee Lead", "Dan Deputy"}
        handling.open_report(report=report, by=sam, at=at)
        handling.end_report(report=report, by=sam, at=at, words="It was a joke.")
        assert _open(LEADS_LOOK) == {"Dee Lead", "Dan Deputy"}, "closing it doesn't end their task"
    with scope(federation.pk, dan.pk):
        handling.open_report(report=report, by=dan, at=at)
        assert _open(LEADS_LOOK) == set()
    with scope(federation.pk):
        another = to_slt(at)
    with scope(federation.pk, dee.pk):
        handling.take(report=another, by=dee, at=at)
        assert _open(LEADS_LOOK) == set(), "a lead has it"


def test_a_lead_keeps_out_in_one_step_who_took_it_and_has_all_of_it_then(learn, at):
    federation, _hal, sam, dee, _dan = learn
    with scope(federation.pk):
        report = to_slt(at)
        closed = to_slt(at)
    with scope(federation.pk, sam.pk):
        handling.take(report=report, by=sam, at=at)
        handling.take(report=closed, by=sam, at=at)
        handling.end_report(report=closed, by=sam, at=at, words="It was a joke.")
    with scope(federation.pk, dee.pk):
        for one in (report, closed):
            keeping_out.keep_out(report=one, by=dee, at=at + HOUR, people=[sam])
            one.refresh_from_db()
            assert (one.state, one.taken_by) == ("taken", dee)
        assert mine(sam, at.date())[0] == []
        standing = Duty.objects.filter(state="open", kind="incidents.finish")
        assert [one.person_id for one in standing] == [dee.pk, dee.pk]
        assert not reports(sam, on=at.date()).exists()


def test_the_leads_are_asked_once_about_what_isnt_finished_in_time(learn, at):
    federation, _hal, sam, dee, _dan = learn
    with scope(federation.pk):
        quiet, danger = to_slt(at), to_slt(at, danger="yes")
    with scope(federation.pk, sam.pk):
        for one in (quiet, danger):
            handling.take(report=one, by=sam, at=at)
    with scope(federation.pk, dee.pk):
        for one in (quiet, danger):
            handling.open_report(report=one, by=dee, at=at)
    with scope(federation.pk):
        assert ask_leads_of_unfinished(at=at + UNFINISHED_AFTER[True] - HOUR) == 0
        assert ask_leads_of_unfinished(at=at + UNFINISHED_AFTER[True]) == 1
        assert _open(LEADS_LOOK) == {"Dee Lead", "Dan Deputy"}
        assert ask_leads_of_unfinished(at=at + UNFINISHED_AFTER[False] - HOUR) == 0
        assert ask_leads_of_unfinished(at=at + UNFINISHED_AFTER[False]) == 1
        assert ask_leads_of_unfinished(at=at + 2 * UNFINISHED_AFTER[False]) == 0


def test_the_leads_are_asked_when_who_took_it_goes_on_long_leave(learn, at):
    federation, hal, sam, dee, _dan = learn
    with scope(federation.pk):
        report = to_slt(at)
    with scope(federation.pk, sam.pk):
        handling.take(report=report, by=sam, at=at)
    with scope(federation.pk, dee.pk):
        handling.open_report(report=report, by=dee, at=at)
        assert _open(LEADS_LOOK) == set()
    with scope(federation.pk):
        start_extended_absence(person=sam, by=hal, at=at, kind="leave", from_day=at.date())
        assert ask_leads_of_unfinished(at=at + HOUR) == 1
        assert _open(LEADS_LOOK) == {"Dee Lead", "Dan Deputy"}


def test_a_lead_may_assess_where_the_policy_leaves_it_to_another_role(under, at):
    federation, _school = under("wildground")
    with scope(federation.pk):
        RoleAssignment.objects.update(to_day=at.date() - 20 * DAY)
        dee, sam = someone("Dee Lead", "staff"), someone("Sam Slater", SLT)
        grace = someone("Grace Obi", "federation-leadership-team")
        Safeguarder.objects.create(place="lead", person_id=dee.pk, since=at)
        report = wrong(at, about_people=[sam])
        assert stands_in_for(report, dee, on=at.date()) == {SLT: "SLT"}
        assert who_assesses_instead(report, on=at.date()) == (["SLT"], [dee, grace])
        another = wrong(at)
        assert stands_in_for(another, dee, on=at.date()) == {SLT: "SLT"}, "a lead may assess each concern"
        assert stands_in_for(another, grace, on=at.date()) == {}
        assert who_assesses_instead(another, on=at.date()) == ([], [])
    with scope(federation.pk, dee.pk):
        handling.take(report=another, by=dee, at=at)
        answers = {"kinds": ["offensive"], "rank": "highest", "called_for": None}
        row = casework.save_stage(report=another, by=dee, at=at, stage=STAGES["assess"], answers=answers)
        assert (row.role_key, row.whose) == (SLT, Whose.HOUSE)
        assert "wildground-roles-6" in DecisionRecord.objects.get(situation="incident.assess").clauses


def test_where_no_one_leads_on_safeguarding_the_next_people_are_asked_about_what_isnt_finished(under, at):
    federation, _school = under("learn-to-live")
    with scope(federation.pk):
        RoleAssignment.objects.update(to_day=at.date() - 20 * DAY)
        sam, _hal = someone("Sam Slater", SLT), someone("Hal Head", HEAD)
        report = to_slt(at)
    with scope(federation.pk, sam.pk):
        handling.take(report=report, by=sam, at=at)
        assert _open(LEADS_LOOK) == set()
        assert ask_leads_of_unfinished(at=at + UNFINISHED_AFTER[False]) == 1
        assert _open(LEADS_LOOK) == {"Hal Head"}


def test_two_leads_erase_a_closed_concern_and_no_one_that_it_may_be_about(learn, at):
    federation, hal, sam, dee, dan = learn
    kind = kind_of("concerns")
    assert kind is not None
    with scope(federation.pk):
        Safeguarder.objects.create(place="deputy", person_id=hal.pk, since=at)
        report = wrong(at, about_people=[hal])
        give(sam, "governing-body")

    def erase(by):
        given = {"kind": kind, "pk": report.pk, "because": "asked", "words": "It was a test."}
        return erase_one(by=by, at=at + DAY, **given)

    with scope(federation.pk, dee.pk):
        handling.take(report=report, by=dee, at=at)
        handling.end_report(report=report, by=dee, at=at, words="It was a joke.", second=dan)
        casework.confirm_closing(report=report, by=dan, at=at)
        for duty in standing_about([report]):
            cancel(kind=duty.kind, subject=duty.subject, because="done", at=at)
        with pytest.raises(NotFound):
            erase(hal)
        with pytest.raises(NotAllowed):
            erase(sam)
        with pytest.raises(NotFound):
            hold_thing(by=hal, at=at, kind=kind, pk=report.pk, because="claim")
        assert erase(dee) is None
        assert _open(ERASE) == {"Dan Deputy"}
        assert erase(dee) is None, "the same person doesn't agree with themselves"
        assert [one.by for one in reasons_for_erasing("concerns", report.pk)] == [dee, dee]
        assert erase(dan) is not None
        assert _open(ERASE) == set()
        assert Report.objects.get(pk=report.pk).destroyed_at == at + DAY


def test_a_leavers_task_about_a_concern_goes_to_a_person_who_may_know_of_it(learn, at):
    federation, hal, sam, _dee, dan = learn
    with scope(federation.pk):
        report = wrong(at, about_people=[hal])
        task = open_duty(
            kind=NAMED_BY_POLICY["incident.investigate"], subject=report, at=at, due=Due.none_promised(),
            person=sam,
        )  # fmt: skip
        sam.left_on = at.date()
        sam.save(update_fields=["left_on"])
        RoleAssignment.objects.filter(person=sam).update(ended_on=at.date())
        other = open_duty(kind="post.approve", subject=hal, at=at, due=Due.none_promised(), person=sam)
        assert who_instead(task, sam, at=at) == (dan, None), "Hal has the role, and it may be about Hal"
        assert who_instead(other, sam, at=at) == (None, SLT)
