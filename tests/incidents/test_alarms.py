"""A danger that no one opened, a lead who leaves, two who close at once, and nights of clock changes."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolgate.core.clock import LONDON
from schoolgate.core.errors import NotNow, Refused
from schoolgate.core.events import deliver
from schoolgate.core.models import Delivery, LedgerRow, Safeguarder, School
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.incidents import casework, handlers, handling, ladder, passing_on
from schoolgate.incidents.casework import STAGES
from schoolgate.incidents.models import Report
from schoolgate.incidents.passing_on import go_on_without, waiting_for
from schoolgate.incidents.queries import reports
from schoolgate.people.leaving import record_departure
from schoolgate.people.models import Person
from schoolgate.policy.adopting import adopt
from schoolgate.policy.choices import ALARMS, choose_time
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import in_force
from schoolgate.policy.saying import attest
from schoolgate.policy.training import record_training
from tests.cast import give, someone
from tests.conftest import deliver_all
from tests.incidents.conftest import whom, wrong
from tests.networks.desk import side_by_side

SECOND = timedelta(seconds=1)
QUARTER = timedelta(minutes=15)


@pytest.fixture
def staffed(under, at):
    """Wildground: Sam and Tess of the SLT, the lead Dee and her deputy Dan."""
    federation, _school = under("wildground")
    with scope(federation.pk):
        sam, tess = someone("Sam Slater", "slt"), someone("Tess Second", "slt")
        dee, dan = someone("Dee Lead", "staff"), someone("Dan Deputy", "staff")
        Safeguarder.objects.create(place="lead", person_id=dee.pk, since=at)
        Safeguarder.objects.create(place="deputy", person_id=dan.pk, since=at)
    return federation, sam, tess, dee, dan


def alarmed() -> set[str]:
    rows = Duty.objects.filter(kind="incidents.urgent", state="open").select_related("person")
    return {row.person.name for row in rows if row.person}


def test_the_lead_and_the_deputy_are_alarmed_of_a_danger_that_nobody_opened_and_not_a_second_before(
    staffed, at
):
    federation, _sam, _tess, _dee, _dan = staffed
    with scope(federation.pk):
        report = wrong(at, danger="yes")
        passing_on.go_up(at=at + QUARTER - SECOND)
        assert alarmed() == set()
        passing_on.go_up(at=at + QUARTER)
        assert alarmed() == {"Dee Lead", "Dan Deputy"}
        assert whom(report, "alarm") == ["Dan Deputy", "Dee Lead"]


def test_they_are_alarmed_once_and_asked_no_more_when_a_person_deals_with_it(staffed, at):
    federation, sam, _tess, _dee, _dan = staffed
    with scope(federation.pk):
        report = wrong(at, danger="yes")
        for minutes in (15, 30, 45, 60):
            passing_on.go_up(at=at + timedelta(minutes=minutes))
        assert len(whom(report, "alarm")) == 2
    with scope(federation.pk, sam.pk):
        handling.take(report=report, by=sam, at=at + timedelta(hours=2))
        assert alarmed() == set()


def test_without_danger_no_alarm_is_raised(staffed, at):
    federation, *_people = staffed
    with scope(federation.pk):
        wrong(at, danger="no")
        passing_on.go_up(at=at + timedelta(hours=1))
        assert alarmed() == set()


def test_a_lead_it_may_be_about_is_not_alarmed(staffed, at):
    federation, _sam, _tess, dee, _dan = staffed
    with scope(federation.pk):
        wrong(at, danger="yes", about_people=[dee])
        passing_on.go_up(at=at + QUARTER)
        assert alarmed() == {"Dan Deputy"}


@pytest.mark.parametrize(("danger", "what"), [("yes", "danger_alarm"), ("no", "concern_alarm")])
def test_the_minutes_are_the_federations_from_the_day_it_chose_them(staffed, at, danger, what):
    federation, *_people = staffed
    with scope(federation.pk):
        owner = Person.objects.get(name="Olive Owner")
        choose_time(by=owner, at=at, what=what, number=7, unit="minutes", from_day=at.date())
        someone("Gail Governor", "federation-leadership-team")  # all others are told at once
        report = wrong(at, danger=danger)
        assert (report.goes_up_at, report.goes_up_by) == (at + timedelta(minutes=7), "chosen")
        passing_on.go_up(at=at + timedelta(minutes=7) - SECOND)
        assert whom(report, "went_up") == []
        passing_on.go_up(at=at + timedelta(minutes=7))
        assert whom(report, "went_up") != []
        before = wrong(at - timedelta(days=1), danger=danger)
        assert (before.goes_up_at, before.goes_up_by) == (at - timedelta(days=1) + ALARMS[what][0], "house")


def test_what_is_kept_to_the_leads_alarms_them_first_and_goes_on_where_none_takes_it(staffed, at):
    federation, sam, _tess, dee, dan = staffed
    with scope(federation.pk):
        nora = someone("Nora Named", "slt")
        report = wrong(at, danger="yes")
    with scope(federation.pk, dee.pk):
        handling.take(report=report, by=dee, at=at)
        casework.restrict(report=report, by=dee, at=at)
        handling.hand_on(report=report, by=dee, at=at + SECOND, to=nora)
        passing_on.go_up(at=at + QUARTER + SECOND)
        assert alarmed() == {"Dee Lead", "Dan Deputy"}
        assert {one for one in (sam, dee, dan, nora) if reports(one, on=at.date()).exists()} == {
            dee,
            dan,
            nora,
        }
        passing_on.go_up(at=at + 2 * QUARTER + SECOND)
        assert reports(sam, on=at.date()).exists()
        assert "Sam Slater" in whom(report, "went_up")


@given(
    at=st.datetimes(datetime(2026, 3, 28), datetime(2026, 10, 26), timezones=st.just(LONDON)),
    danger=st.sampled_from(["yes", "no"]),
)
def test_an_alarm_counts_minutes_that_pass_also_while_the_clocks_change(at, danger):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(ladder, "alarm_after", lambda what, on: (ALARMS[what][0], False))
        due, _whose = ladder.wait_for_someone(Report(danger=danger), at=at)
    wanted = ALARMS["danger_alarm" if danger == "yes" else "concern_alarm"][0]
    assert due.astimezone(UTC) - at.astimezone(UTC) == wanted


@pytest.mark.parametrize("when", ["2026-03-29T00:50:00+00:00", "2026-10-25T00:50:00+00:00"])
def test_in_the_nights_of_the_clock_changes_a_danger_waits_a_quarter_of_an_hour(staffed, when):
    federation, *_people = staffed
    at = datetime.fromisoformat(when).astimezone(LONDON)
    with scope(federation.pk):
        report = wrong(at, danger="yes")
        assert report.goes_up_at is not None
        assert report.goes_up_at.astimezone(UTC) - at.astimezone(UTC) == QUARTER


def _leaves(person, at):
    Person.objects.filter(pk=person.pk).update(left_on=at.date())
    person.refresh_from_db()


def _go_on_without(person, at):
    found = waiting_for(person, at=at)
    for pk in found:
        go_on_without(person=person, at=at, report=Report.objects.get(pk=pk))
    return len(found)


def test_what_a_leaver_dealt_with_goes_to_the_next_people_at_once_and_up_the_ladder(staffed, at):
    federation, sam, tess, _dee, _dan = staffed
    with scope(federation.pk, sam.pk):
        report = wrong(at)
        handling.take(report=report, by=sam, at=at)
        assert not Duty.objects.filter(kind="incidents.take", state="open").exists()
    later = at + timedelta(days=1)
    with scope(federation.pk):
        assert _go_on_without(sam, at=later) == 0
        _leaves(sam, later)
        assert _go_on_without(sam, at=later) == 1
        report.refresh_from_db()
        assert report.state == "handed_on"
        assert whom(report, "left") == ["Sam Slater"]
        assert not Duty.objects.filter(kind="incidents.finish", state="open").exists()
        asked = Duty.objects.filter(kind="incidents.take", state="open")
        assert {one.role_key or one.person.name for one in asked} == {"slt", "Dee Lead", "Dan Deputy"}
        assert report.goes_up_at == later + timedelta(hours=1)
        assert _go_on_without(sam, at=later) == 0
        someone("Gail Governor", "federation-leadership-team")
        passing_on.go_up(at=report.goes_up_at)
        assert asked.filter(role_key="federation-leadership-team").exists()
    with scope(federation.pk, tess.pk):
        handling.take(report=report, by=tess, at=later)


def test_what_was_handed_to_a_leaver_by_name_goes_up_at_once(staffed, at):
    federation, sam, tess, _dee, _dan = staffed
    with scope(federation.pk, sam.pk):
        report = wrong(at)
        handling.take(report=report, by=sam, at=at)
        handling.hand_on(report=report, by=sam, at=at + SECOND, to=tess)
        _leaves(tess, at)
        assert _go_on_without(tess, at=at + QUARTER) == 1
        assert Duty.objects.filter(kind="incidents.take", state="open", role_key="slt").exists()
        assert _go_on_without(tess, at=at + QUARTER) == 0


def test_a_second_person_who_leaves_gives_the_closing_back_to_the_first(staffed, at):
    federation, _sam, _tess, dee, dan = staffed
    with scope(federation.pk, dee.pk):
        report = wrong(at, danger="yes")
        handling.take(report=report, by=dee, at=at)
        passing_on.mark_as_passed(report=report, by=dee, at=at, system="CPOMS", reference="1")
        casework.close(report=report, by=dee, at=at, words="It went to CPOMS.", second=dan)
        _leaves(dan, at)
        assert _go_on_without(dan, at=at) == 1
        report.refresh_from_db()
        assert (report.state, report.taken_by) == ("taken", dee)
        assert not Duty.objects.filter(kind="incidents.confirm", state="open").exists()


def test_a_lead_of_an_investigation_is_trained_where_the_policy_asks_for_it_and_the_answer_is_kept(under, at):
    federation, _school = under("wootton")
    with scope(federation.pk):
        olive = Person.objects.get(name="Olive Owner")
        mia, report = someone("Mia Manager"), wrong(at)
        give(mia, "line-manager", managed=someone("Cara Teacher"))
    lead = {"key": f"person-{mia.pk}", "relation": "staff", "roles": []}

    def save(when, **answers):
        return casework.save_stage(
            report=report, by=olive, at=when, stage=STAGES["investigate"], answers=answers
        )

    with scope(federation.pk, olive.pk):
        handling.take(report=report, by=olive, at=at)
        with pytest.raises(Refused) as refused:
            save(at, lead=lead)
        assert {"wootton-personnel-9", "wootton-review-7"} <= set(refused.value.kept.clauses)
    with scope(federation.pk, olive.pk):
        attest(
            kind="policy_read",
            about=in_force(at.date()).version,
            by=mia,
            at=at,
            seen={},
        )
        record_training(person=mia, by=olive, at=at, topics=["handling of cases"])
        before = DecisionRecord.objects.filter(situation="person.entrust").count()
        save(at, lead=lead)
        assert DecisionRecord.objects.filter(situation="person.entrust").count() == before + 1
        save(at, lead=lead)
        assert DecisionRecord.objects.filter(situation="person.entrust").count() == before + 1


def test_two_people_who_close_at_the_same_moment_close_it_once(own_database, federation, home, at):
    with scope(federation.pk):
        School.objects.create(name="North School", slug="north")
        adopt(by=someone("Olive Owner", "slt"), at=at)
        dee, dan, eve = (someone(name, "staff") for name in ("Dee Lead", "Dan Deputy", "Eve Deputy"))
        for place, person in (("lead", dee), ("deputy", dan), ("deputy", eve)):
            Safeguarder.objects.create(place=place, person_id=person.pk, since=at)
        report = wrong(at, danger="yes")
    with scope(federation.pk, dee.pk):
        handling.take(report=report, by=dee, at=at)
        passing_on.mark_as_passed(report=report, by=dee, at=at, system="CPOMS", reference="1")
        casework.close(report=report, by=dee, at=at, words="It went to CPOMS.", second=dan)
    closers, answers = [dan, eve], []

    def close():
        by = closers.pop()
        try:
            with scope(federation.pk, by.pk):
                casework.confirm_closing(report=Report.objects.get(pk=report.pk), by=by, at=at)
            answers.append("closed")
        except NotNow:
            answers.append("told so")

    side_by_side(close, times=2)
    assert sorted(answers) == ["closed", "told so"]
    with scope(federation.pk):
        assert report.steps.filter(kind="closed").count() == 1


def test_one_concern_of_a_leaver_that_fails_delays_no_other(staffed, at, monkeypatch):
    federation, sam, _tess, _dee, _dan = staffed
    with scope(federation.pk, sam.pk):
        first, second = wrong(at), wrong(at)
        for report in (first, second):
            handling.take(report=report, by=sam, at=at)
    with scope(federation.pk):
        olive = Person.objects.get(name="Olive Owner")
        record_departure(by=olive, at=at, person=sam, left_on=at.date())

    def breaks(*, person, at, report):
        if report.pk == first.pk:
            raise ZeroDivisionError
        go_on_without(person=person, at=at, report=report)

    monkeypatch.setattr(handlers, "go_on_without", breaks)
    for _round in range(2):
        with scope(federation.pk):
            waiting = list(Delivery.objects.filter(done_at=None, tries=0).order_by("pk"))
        for each in waiting:
            with suppress(ZeroDivisionError):
                deliver(federation.pk, each.pk, at)
    with scope(federation.pk):
        second.refresh_from_db()
        assert second.state == "handed_on"
        left = Delivery.objects.get(done_at=None, handler="incidents.go_on_without_a_leaver")
    assert (left.part, left.tries) == (first.pk, 1)
    monkeypatch.undo()
    deliver_all(federation.pk, at + SECOND)
    with scope(federation.pk):
        assert set(Report.objects.values_list("state", flat=True)) == {"handed_on"}


@pytest.mark.parametrize(
    ("given", "waits"),
    [
        ({"kinds": ["child_told"]}, QUARTER),
        ({"kinds": ["child_treated"]}, QUARTER),
        ({"kinds": ["child_seems"]}, QUARTER),
        ({"kinds": ["child_written_to"]}, QUARTER),
        ({"kinds": ["child_told"], "danger": "no"}, timedelta(hours=1)),
        ({"kinds": ["copied"]}, timedelta(hours=1)),
        ({}, timedelta(hours=1)),
    ],
)
def test_what_can_hurt_a_child_the_same_day_is_danger_unless_someone_said_that_it_is_none(
    staffed, at, given, waits
):
    """A child's disclosure that no list has words for waited an hour for the alarm."""
    federation, *_people = staffed
    soon = waits == QUARTER
    with scope(federation.pk):
        someone("Gail Governor", "federation-leadership-team")  # all others are told at once
        report = wrong(at, what="Something was said to me.", **given)
        assert report.goes_up_at == at + waits
        assert {one.urgency for one in Duty.objects.filter(kind="incidents.take")} == {0 if soon else 1}
        passing_on.go_up(at=at + QUARTER)
        assert alarmed() == ({"Dee Lead", "Dan Deputy"} if soon else set())


def test_a_danger_never_waits_for_a_later_time_of_the_policys(staffed, at, monkeypatch):
    federation, *_people = staffed
    monkeypatch.setattr(ladder, "time_for_opening", lambda duties, at: at + timedelta(hours=4))
    with scope(federation.pk):
        someone("Gail Governor", "federation-leadership-team")
        assert wrong(at, danger="yes").goes_up_at == at + QUARTER
        assert wrong(at).goes_up_at == at + timedelta(hours=4)


def test_who_was_alarmed_is_told_again_until_someone_deals_with_it_each_quarter_and_later_each_hour(
    staffed, at
):
    federation, sam, *_people = staffed

    def times() -> int:
        return LedgerRow.objects.filter(event="duty.told_again").count()

    with scope(federation.pk):
        report = wrong(at, danger="yes")
        passing_on.go_up(at=at + QUARTER)
        first = at + QUARTER
        assert passing_on.tell_dangers_again(at=first + QUARTER - SECOND) == 0
        assert passing_on.tell_dangers_again(at=first + QUARTER) == 2, "the lead and the deputy"
        assert passing_on.tell_dangers_again(at=first + QUARTER) == 0, "safe to run twice"
    with scope(federation.pk):
        assert times() == 2
        late = first + timedelta(hours=4)
        assert passing_on.tell_dangers_again(at=late) == 2
        assert passing_on.tell_dangers_again(at=late + timedelta(minutes=59)) == 0
        assert passing_on.tell_dangers_again(at=late + timedelta(hours=1)) == 2
    with scope(federation.pk, sam.pk):
        handling.take(report=report, by=sam, at=late + timedelta(hours=1))
        assert passing_on.tell_dangers_again(at=late + timedelta(hours=3)) == 0


def test_what_is_no_danger_is_told_once(staffed, at):
    federation, *_people = staffed
    with scope(federation.pk):
        wrong(at, danger="no")
        assert passing_on.tell_dangers_again(at=at + timedelta(hours=5)) == 0
