"""A concern that is kept to the leads, or in their own system, is opened by two people; each lead is told."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession

from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow
from schoolgate.core.models import Safeguarder
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.incidents import casework, handling, keeping_out, passing_on, reporting
from schoolgate.incidents.casework import STAGES
from schoolgate.incidents.models import Content, Opening, Reader, Report
from schoolgate.incidents.opening import AGREE_WITHIN, answer_opening, ask_to_open, end_opening
from schoolgate.incidents.queries import asked_by, asked_of, looks_at, openings_of, reports, steps_of
from schoolgate.people.assignments import give_assignment
from schoolgate.people.persons import add_person
from tests.cast import give, someone
from tests.conftest import recorded
from tests.incidents.conftest import wrong
from tests.second_presses import done_already, not_done

HOUR = timedelta(hours=1)
WHY = "A child is in danger tonight and both leads are on a plane."


class Kept:
    """A concern kept to the leads Dee and Dan. Sam and Tess are of the SLT, Cara teaches."""

    def __init__(self, federation, at):
        self.federation, self.at, self.on = federation, at, at.date()
        with scope(federation.pk):
            self.sam, self.tess = someone("Sam Slater", "slt"), someone("Tess Second", "slt")
            self.cara, self.dee, self.dan = (
                someone("Cara Teacher"),
                someone("Dee Lead", "staff"),
                someone("Dan Deputy", "staff"),
            )
            for place, person in (("lead", self.dee), ("deputy", self.dan)):
                Safeguarder.objects.create(place=place, person_id=person.pk, since=at)
            self.report = wrong(at, what="Tomos is afraid to go home.")
        with scope(federation.pk, self.dee.pk):
            handling.take(report=self.report, by=self.dee, at=at)
            casework.restrict(report=self.report, by=self.dee, at=at)

    def ask(self, by=None, second=None, reference="", at=None, words=WHY):
        with scope(self.federation.pk, (by or self.sam).pk):
            return ask_to_open(
                by=by or self.sam, at=at or self.at + HOUR, reference=reference or self.report.reference,
                second=second or self.tess, words=words,
            )  # fmt: skip

    def answer(self, opening, agrees=True, at=None, by=None):
        by = by or opening.second
        with scope(self.federation.pk, by.pk):
            return answer_opening(opening=opening, by=by, at=at or self.at + 2 * HOUR, agrees=agrees)

    def sees(self, person):
        with scope(self.federation.pk, person.pk):
            return reports(person, on=self.on).exists()

    def reads(self, person):
        with scope(self.federation.pk, person.pk):
            return [one.words.get("what") for one in steps_of(self.report) if one.words]


@pytest.fixture
def kept(under, at):
    federation, _school = under("wildground")
    return Kept(federation, at)


def test_two_people_open_it_and_only_the_person_who_asked_reads_it(kept):
    assert not kept.sees(kept.sam)
    opening = kept.answer(kept.ask())
    assert opening.state == "agreed"
    assert kept.sees(kept.sam)
    assert not kept.sees(kept.tess)
    assert kept.reads(kept.sam) == ["Tomos is afraid to go home.", WHY]
    assert kept.reads(kept.tess) == []


def test_it_stands_in_the_chronology_and_every_lead_is_told_at_once_without_a_word_of_it(kept):
    kept.answer(kept.ask())
    with scope(kept.federation.pk):
        told = Duty.objects.filter(kind="incidents.opened", state="open")
        assert {one.person.name for one in told.select_related("person")} == {"Dee Lead", "Dan Deputy"}
        step = kept.report.steps.get(kind="glass")
        assert (step.by, step.person) == (kept.sam, kept.tess)
        rows = str([one.stored for one in recorded()]) + str(list(Duty.objects.values()))
        assert "plane" not in rows
        assert "Tomos" not in rows
    with scope(kept.federation.pk, kept.dee.pk):
        handling.open_report(report=kept.report, by=kept.dee, at=kept.at + 3 * HOUR)
        assert Duty.objects.filter(kind="incidents.opened", state="open").count() == 1


def signed_in(person, at):
    UserSession.objects.create(
        user_id=person.user_id, session_key="k", ip="127.0.0.1", user_agent="", last_seen_at=at
    )


def test_nothing_opens_while_a_lead_is_signed_in(kept):
    opening = kept.ask()
    signed_in(kept.dan, kept.at + 2 * HOUR - timedelta(minutes=14))
    with pytest.raises(NotNow, match="signed in"):
        kept.answer(opening)
    assert not kept.sees(kept.sam)
    assert kept.answer(opening, at=kept.at + 2 * HOUR + timedelta(minutes=2)).state == "agreed"


def test_every_lead_is_told_when_it_is_asked_and_has_a_quarter_of_an_hour(kept):
    opening = kept.ask()
    with scope(kept.federation.pk):
        told = Duty.objects.filter(kind="incidents.lead_needed", state="open")
        assert {one.person.name for one in told.select_related("person")} == {"Dee Lead", "Dan Deputy"}
    with pytest.raises(NotNow, match="only just been told"):
        kept.answer(opening, at=kept.at + HOUR + timedelta(minutes=14))
    assert kept.answer(opening, at=kept.at + HOUR + timedelta(minutes=15)).state == "agreed"
    with scope(kept.federation.pk):
        assert not Duty.objects.filter(kind="incidents.lead_needed", state="open").exists()


def test_a_lead_it_may_be_about_is_neither_told_nor_in_the_way(kept):
    with scope(kept.federation.pk, kept.dee.pk):
        keeping_out.keep_out(report=kept.report, by=kept.dee, at=kept.at, people=[kept.dan])
    opening = kept.ask()
    with scope(kept.federation.pk):
        assert not Duty.objects.filter(kind="incidents.lead_needed", person=kept.dan).exists()
    signed_in(kept.dan, kept.at + 2 * HOUR)
    assert kept.answer(opening).state == "agreed"


def test_the_second_person_is_none_whom_the_asker_brought_in(kept):
    with scope(kept.federation.pk, kept.sam.pk):
        sock = add_person(by=kept.sam, at=kept.at, name="Sock", email="sock@example.org", relation="staff")
        give_assignment(by=kept.sam, at=kept.at, person=sock, role_key="slt", from_day=kept.on)
    with pytest.raises(BadInput):
        kept.ask(second=sock)


@pytest.mark.parametrize("words", [".", "ok", "- - -"])
def test_a_dot_is_no_reason(kept, words):
    with pytest.raises(BadInput):
        kept.ask(words=words)


def test_asking_alone_opens_nothing_and_a_second_person_can_decline(kept):
    opening = kept.ask()
    assert not kept.sees(kept.sam)
    assert kept.answer(opening, agrees=False).state == "not_opened"
    assert not kept.sees(kept.sam)
    with done_already():
        kept.answer(opening, agrees=False)
    with not_done("answered differently"):
        kept.answer(opening)


def test_a_reference_that_does_not_exist_is_asked_for_in_the_same_way_with_as_many_queries(kept, queries):
    kept.ask(reference="W-333333")
    with queries() as there:
        real = kept.ask()
    with queries() as nowhere:
        nothing = kept.ask(reference="W-222222")
    assert len(there) == len(nowhere)
    assert (real.state, real.second, real.report) == (nothing.state, nothing.second, nothing.report)
    with scope(kept.federation.pk):
        assert Duty.objects.filter(kind="incidents.agree", state="open").count() == 3
    assert kept.answer(nothing).state == "not_opened"
    with scope(kept.federation.pk, kept.sam.pk):
        assert [one.get_state_display() for one in asked_by(kept.sam)] == [
            "Not opened", "Waiting for a second person", "Waiting for a second person",
        ]  # fmt: skip


def test_nobody_agrees_with_themselves_and_nobody_else_answers(kept):
    with pytest.raises(BadInput):
        kept.ask(second=kept.sam)
    opening = kept.ask()
    for other in (kept.sam, kept.cara, kept.dee):
        with pytest.raises(NotFound):
            kept.answer(opening, by=other)


def test_who_neither_deals_with_concerns_nor_runs_the_school_neither_asks_nor_agrees(kept):
    with pytest.raises(NotAllowed):
        kept.ask(by=kept.cara)
    with pytest.raises(BadInput):
        kept.ask(second=kept.cara)


@pytest.mark.parametrize(("words", "reference"), [("", ""), (WHY, " "), (WHY, "W-12345678901")])
def test_without_a_reason_or_a_reference_nothing_is_asked(kept, words, reference):
    with pytest.raises(BadInput):
        kept.ask(words=words, reference=reference)
    with scope(kept.federation.pk):
        assert not Opening.objects.exists()


def test_a_second_person_whom_it_may_be_about_is_told_nothing_and_another_is_asked(kept):
    with scope(kept.federation.pk, kept.dee.pk):
        keeping_out.keep_out(report=kept.report, by=kept.dee, at=kept.at, people=[kept.tess])
    opening = kept.ask()
    assert opening.second not in (kept.tess, kept.sam, None)
    with scope(kept.federation.pk):
        assert not Duty.objects.filter(person=kept.tess, state="open", kind="incidents.agree").exists()


def test_the_person_it_may_be_about_opens_nothing_also_if_two_agree(kept):
    with scope(kept.federation.pk, kept.dee.pk):
        keeping_out.keep_out(report=kept.report, by=kept.dee, at=kept.at, people=[kept.sam])
    assert kept.answer(kept.ask()).state == "not_opened"
    assert not kept.sees(kept.sam)


def test_it_must_be_agreed_to_within_a_day(kept):
    asked = kept.at + HOUR
    late, early = kept.ask(), kept.ask()
    with pytest.raises(NotNow, match="24 hours"):
        kept.answer(late, at=asked + AGREE_WITHIN + timedelta(seconds=1))
    with scope(kept.federation.pk, kept.tess.pk):
        assert len(asked_of(kept.tess, since=asked)) == 2
        assert asked_of(kept.tess, since=asked + timedelta(seconds=1)) == []
    assert kept.answer(early, at=asked + AGREE_WITHIN).state == "agreed"


def test_a_lead_ends_it_and_goes_on_with_what_the_person_had_taken(kept):
    opening = kept.answer(kept.ask())
    with scope(kept.federation.pk, kept.dee.pk):
        handling.hand_on(report=kept.report, by=kept.dee, at=kept.at + 3 * HOUR, to=kept.dan)
    with scope(kept.federation.pk, kept.sam.pk):
        handling.take(report=kept.report, by=kept.sam, at=kept.at + 3 * HOUR)
        with pytest.raises(NotAllowed):
            end_opening(opening=opening, by=kept.sam, at=kept.at + 4 * HOUR)
    with scope(kept.federation.pk, kept.dan.pk):
        end_opening(opening=opening, by=kept.dan, at=kept.at + 4 * HOUR)
        assert openings_of(kept.report) == []
        kept.report.refresh_from_db()
        assert kept.report.taken_by == kept.dan
        with pytest.raises(NotNow):
            end_opening(opening=opening, by=kept.dan, at=kept.at + 4 * HOUR)
    assert not kept.sees(kept.sam)
    assert kept.reads(kept.sam) == []


def test_another_federation_opens_nothing_of_it(kept, make_federation, at):
    other = make_federation("other", "wildground")
    with scope(other.pk):
        ada, bea = someone("Ada Other", "slt"), someone("Bea Other", "slt")
    with scope(other.pk, ada.pk):
        opening = ask_to_open(by=ada, at=at, reference=kept.report.reference, second=bea, words=WHY)
    with scope(other.pk, bea.pk):
        assert answer_opening(opening=opening, by=bea, at=at, agrees=True).state == "not_opened"


def _pass(kept, by=None, system="CPOMS", reference="118-22"):
    by = by or kept.dee
    with scope(kept.federation.pk, by.pk):
        return passing_on.mark_as_passed(
            report=kept.report, by=by, at=kept.at + HOUR, system=system, reference=reference
        )


def test_what_was_passed_to_the_leads_own_system_is_read_by_nobody_here(kept):
    assert kept.reads(kept.dee) == ["Tomos is afraid to go home."]
    _pass(kept)
    with scope(kept.federation.pk, kept.dee.pk):
        handling.open_report(report=kept.report, by=kept.dee, at=kept.at + 2 * HOUR)
        assert Content.objects.count() == 0
        kinds = [one.step.kind for one in steps_of(kept.report)]
        assert kinds[0] == "reported"
        assert kinds[-1] == "passed"
        assert Duty.objects.filter(kind="incidents.finish", state="open").exists()
        for write in (
            lambda: handling.note(report=kept.report, by=kept.dee, at=kept.at, words="More."),
            lambda: casework.save_stage(
                report=kept.report, by=kept.dee, at=kept.at, stage=STAGES["assess"], answers={}
            ),
            lambda: casework.tell_body(
                report=kept.report, by=kept.dee, at=kept.at, body="police", told_at=kept.at, words="All."
            ),
        ):
            with pytest.raises(NotNow, match="CPOMS, under 118-22"):
                write()


def test_two_people_open_what_was_passed_and_a_lead_asks_like_everybody(kept):
    _pass(kept)
    kept.answer(kept.ask())
    assert kept.reads(kept.sam) == ["Tomos is afraid to go home.", WHY]
    assert kept.reads(kept.dee) == []
    kept.answer(kept.ask(by=kept.dee, second=kept.dan))
    assert "Tomos is afraid to go home." in kept.reads(kept.dee)


def test_only_a_lead_marks_it_once_with_its_system_and_reference(kept, at):
    with pytest.raises(NotFound):
        _pass(kept, by=kept.sam)
    kept.answer(kept.ask())
    with pytest.raises(NotAllowed):
        _pass(kept, by=kept.sam)
    for bad in ({"system": " "}, {"reference": ""}, {"system": "x" * 61}, {"reference": "x" * 101}):
        with pytest.raises(BadInput):
            _pass(kept, **bad)
    _pass(kept)
    with pytest.raises(NotNow):
        _pass(kept)
    with scope(kept.federation.pk):
        untaken = wrong(at)
        assert Reader.objects.filter(report=kept.report, ended_at=None).count() == 0
    with scope(kept.federation.pk, kept.dee.pk), pytest.raises(NotNow):
        passing_on.mark_as_passed(report=untaken, by=kept.dee, at=at, system="CPOMS", reference="1")


def test_what_was_passed_is_closed_by_two_people_without_what_the_policy_asks_here(kept):
    _pass(kept)
    with scope(kept.federation.pk, kept.dee.pk):
        with pytest.raises(BadInput):
            casework.close(report=kept.report, by=kept.dee, at=kept.at + 2 * HOUR, words="It is in CPOMS.")
        casework.close(
            report=kept.report, by=kept.dee, at=kept.at + 2 * HOUR, words="It is in CPOMS.", second=kept.dan
        )
    with scope(kept.federation.pk, kept.dan.pk):
        casework.confirm_closing(report=kept.report, by=kept.dan, at=kept.at + 3 * HOUR)
    assert kept.report.state == "closed"


def test_what_is_added_after_it_was_passed_is_a_new_concern_for_the_leads(under, at):
    federation, _school = under("wildground")
    with scope(federation.pk):
        kept = Kept(federation, at)
        cara = kept.cara
        report = wrong(at, reporter=cara, what="First.")
    with scope(federation.pk, kept.dee.pk):
        handling.take(report=report, by=kept.dee, at=at)
        passing_on.mark_as_passed(report=report, by=kept.dee, at=at, system="CPOMS", reference="9")
    with scope(federation.pk):
        reporting.add_to_report(report=report, at=at + HOUR, words="It happened again.", reporter=cara)
        new = Report.objects.latest("pk")
        assert new.restricted_at == at + HOUR
    assert [kept.sees(one) for one in (kept.dan,)] == [True]
    with scope(federation.pk, kept.dan.pk):
        assert Duty.objects.filter(kind="incidents.take", subject=f"incidents.report:{new.pk}").count() > 0
        handling.open_report(report=new, by=kept.dan, at=at + HOUR)
        assert steps_of(new)[0].words["what"] == f"{report.reference}: It happened again."
    with scope(federation.pk, kept.sam.pk):
        assert not reports(kept.sam, on=at.date()).filter(pk=new.pk).exists()


def test_who_looked_at_it_how_often_and_when_is_shown_to_its_readers(kept):
    with scope(kept.federation.pk, kept.dee.pk):
        for hours in (1, 2, 5):
            handling.open_report(report=kept.report, by=kept.dee, at=kept.at + hours * HOUR)
    with scope(kept.federation.pk, kept.dan.pk):
        handling.open_report(report=kept.report, by=kept.dan, at=kept.at + 3 * HOUR)
    with scope(kept.federation.pk):
        recorded()
        found = [(one.name, one.number, one.first, one.last) for one in looks_at(kept.report)]
    assert found == [
        ("Dee Lead", 3, kept.at + HOUR, kept.at + 5 * HOUR),
        ("Dan Deputy", 1, kept.at + 3 * HOUR, kept.at + 3 * HOUR),
    ]
    with scope(kept.federation.pk):
        assert looks_at(wrong(kept.at)) == []


def test_who_has_lost_the_role_in_between_opens_nothing(kept):
    with scope(kept.federation.pk):
        olga = someone("Olga Other")
        held = give(olga, "slt")
    opening = kept.ask(by=olga)
    with scope(kept.federation.pk):
        held.ended_on = kept.on
        held.save(update_fields=["ended_on"])
    assert kept.answer(opening).state == "not_opened"
