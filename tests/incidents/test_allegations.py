"""A concern about a person who works here: the local authority first, two people to close it, kind words."""

from datetime import timedelta

import pytest

from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow
from schoolgate.core.models import Safeguarder
from schoolgate.core.tenancy import scope
from schoolgate.duties.queries import standing_about
from schoolgate.incidents import casework, handling, keeping_out, reporting
from schoolgate.incidents.allegations import (
    authority_of,
    awaits_authority,
    case_manager,
    means_staff,
    words_for,
)
from schoolgate.incidents.casework import case_file
from schoolgate.incidents.duty_kinds import CONFIRM, FINISH
from schoolgate.incidents.models import AuthorityWord, KindWord, Report, StepKind
from tests.incidents.conftest import someone, wrong

HOUR = timedelta(hours=1)


class House:
    """A federation with two leads and a teacher whom a concern names."""

    def __init__(self, under, at, key="wildground", **said):
        self.federation, self.school = under(key)
        self.at = at
        with scope(self.federation.pk):
            self.dee, self.dan = someone("Dee Lead", "staff"), someone("Dan Deputy", "staff")
            for place, person in (("lead", self.dee), ("deputy", self.dan)):
                Safeguarder.objects.create(place=place, person_id=person.pk, since=at - HOUR)
            self.tim = someone("Tim Tester", "staff")
            self.report = wrong(at, school=self.school, **said)
        with scope(self.federation.pk, self.dee.pk):
            handling.take(report=self.report, by=self.dee, at=at)

    def save(self, act, *, by=None, **given):
        who = by or self.dee
        report = Report.objects.get(pk=self.report.pk)
        return act(report=report, by=who, at=self.at + HOUR, **given)

    def told_the_authority(self):
        self.save(
            casework.tell_body, body="local_authority", told_at=self.at + HOUR, words="Rang the officer."
        )

    @property
    def state(self):
        return Report.objects.get(pk=self.report.pk).state


@pytest.fixture
def named(under, at):
    return House(under, at, what="Tim Tester is unfair to us in maths.")


@pytest.fixture
def unnamed(under, at):
    return House(under, at, what="Somebody copies our drawings.", kinds=["copied"])


def finished(house):
    """What Wildground's policy asks for before a concern may be closed."""
    from schoolgate.incidents.casework import STAGES

    house.save(
        casework.save_stage, stage=STAGES["assess"],
        answers={"kinds": ["worry"], "called_for": [], "subject": {"key": "subject", "relation": "parent"}},
    )  # fmt: skip
    house.save(casework.save_stage, stage=STAGES["conclude"], answers={"found": []})


@pytest.mark.parametrize(("act", "state"), [(casework.close, "closed"), (handling.end_report, "not_for_us")])
def test_one_person_alone_ends_no_concern_that_may_be_about_someone_here(named, act, state):
    with scope(named.federation.pk, named.dee.pk):
        assert means_staff(named.report)
        assert not case_file(named.report).serious, "nothing else asks for a second person"
        finished(named)
        with pytest.raises(BadInput) as refused:
            named.save(act, words="They gave a test back late.")
        assert "second" in refused.value.fields
        with pytest.raises(BadInput):
            named.save(act, words="They gave a test back late.", second=named.tim)
        named.save(act, words="They gave a test back late.", second=named.dan)
        assert named.state == "closing"
        with pytest.raises(NotAllowed):
            named.save(casework.confirm_closing)
    with scope(named.federation.pk, named.dan.pk):
        named.save(casework.confirm_closing, by=named.dan)
        assert named.state == state
        left = {one.kind for one in standing_about([named.report])}
        assert not left & {FINISH, CONFIRM}


def test_the_second_person_closes_nothing_while_the_authority_meets(named):
    with scope(named.federation.pk, named.dee.pk):
        finished(named)
        named.save(casework.close, words="They gave a test back late.", second=named.dan)
        named.save(casework.save_word, word="strategy", said_at=named.at + HOUR, words="They meet on Monday.")
    with scope(named.federation.pk, named.dan.pk):
        with pytest.raises(NotNow):
            named.save(casework.confirm_closing, by=named.dan)
        named.save(casework.send_back, by=named.dan, words="They haven’t met yet.")
        assert named.state == "taken"


def test_saying_that_it_isnt_about_them_doesnt_let_one_person_close_it(named):
    with scope(named.federation.pk, named.dee.pk):
        named.save(keeping_out.may_know, person=named.tim, words="He was only mentioned.")
        finished(named)
        with pytest.raises(BadInput):
            named.save(casework.close, words="They gave a test back late.")


def test_one_person_ends_a_concern_about_no_one_here(unnamed):
    with scope(unnamed.federation.pk, unnamed.dee.pk):
        assert not means_staff(unnamed.report)
        unnamed.save(handling.end_report, words="It happened at another school.")
        assert unnamed.state == "not_for_us"


def test_once_the_authority_was_told_it_stays_open_until_they_say_how_it_ends(named):
    with scope(named.federation.pk, named.dee.pk):
        finished(named)
        assert not awaits_authority(named.report)
        named.told_the_authority()
        for word in (None, AuthorityWord.STRATEGY):
            if word:
                named.save(casework.save_word, word=word, said_at=named.at + HOUR, words="They meet.")
            assert awaits_authority(named.report)
            for act in (casework.close, handling.end_report):
                with pytest.raises(NotNow):
                    named.save(act, words="They gave a test back late.", second=named.dan)
        named.save(
            casework.save_word, word=AuthorityWord.UNFOUNDED, said_at=named.at + HOUR, words="Agreed.",
            reference="LA-7",
        )  # fmt: skip
        named.save(casework.close, words="The officer found nothing in it.", second=named.dan)
        assert named.state == "closing"


def test_what_they_said_is_in_the_terms_of_the_country_and_refused_otherwise(under, at, named):
    england, wales = words_for(named.school), words_for(under("llanidloes")[1])
    assert set(england) - set(wales) == {AuthorityWord.FALSE}
    with scope(named.federation.pk, named.dee.pk):
        for wrong_one in (
            {"word": "guilty"}, {"said_at": named.at + 2 * HOUR}, {"words": " "}, {"reference": "x" * 101},
        ):  # fmt: skip
            given = {"word": "advice", "said_at": named.at, "words": "Spoke to them.", **wrong_one}
            with pytest.raises(BadInput) as refused:
                named.save(casework.save_word, **given)
            assert set(refused.value.fields) == set(wrong_one)
        with pytest.raises(NotFound):
            named.save(casework.save_word, by=named.tim, word="advice", said_at=named.at, words="No.")


@pytest.mark.parametrize("key", ["wildground", "wootton", "llanidloes"])
def test_the_head_manages_the_case_and_never_the_one_it_is_about(under, at, key):
    from tests.incidents.conftest import OWNERS

    house = House(under, at, key, what="Tim Tester is unfair to us in maths.")
    with scope(house.federation.pk):
        seen = case_manager(house.report, on=at.date())
        assert not seen.chair
        assert [one.name for one in seen.people] == ["Olive Owner"], OWNERS[key]
        about = wrong(at, what="The head, Olive Owner, is unfair to us.", school=house.school)
        seen = case_manager(about, on=at.date())
        assert seen.chair
        assert "Olive Owner" not in [one.name for one in seen.people]


def test_a_lead_enters_whom_to_ring_for_one_school_or_for_all(named):
    with scope(named.federation.pk, named.dee.pk):
        assert authority_of(named.school) is None
        given = {"by": named.dee, "at": named.at, "name": "LADO, North Yorkshire"}
        casework.enter_authority(**given, school=None, telephone="01632 960001")
        assert authority_of(named.school).telephone == "01632 960001"
        casework.enter_authority(**given, school=named.school, telephone="01632 960002")
        assert authority_of(named.school).telephone == "01632 960002"
        casework.enter_authority(**given, school=named.school, telephone="01632 960003")
        assert authority_of(named.school).telephone == "01632 960003"
        for wrong_one in ({"telephone": "ring the council"}, {"name": ""}, {"out_of_hours": "x"}):
            with pytest.raises(BadInput):
                casework.enter_authority(
                    **{"school": None, "telephone": "01632 960001", **given, **wrong_one}
                )
        with pytest.raises(NotAllowed):
            casework.enter_authority(**{**given, "by": named.tim}, school=None, telephone="01632 960001")


def test_a_reporter_is_answered_with_our_own_words_alone(named):
    with scope(named.federation.pk, named.dee.pk):
        for word in ("Meet me by the gate.", ""):
            with pytest.raises(BadInput):
                named.save(reporting.answer_reporter, word=word)
        named.save(reporting.answer_reporter, word=KindWord.READ)
        row = named.report.steps.get(kind=StepKind.ANSWERED)
        assert (row.body, row.by) == (KindWord.READ, named.dee)
        with pytest.raises(NotFound):
            named.save(reporting.answer_reporter, by=named.tim, word=KindWord.READ)
