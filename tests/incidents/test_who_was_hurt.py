"""A colleague who was threatened isn't treated as accused, and isn't given the threat to handle."""

from datetime import timedelta

import pytest

from schoolgate.core.errors import BadInput, NotAllowed, NotNow
from schoolgate.core.models import Safeguarder
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.incidents import handling, harming, keeping_out, queries, reporting
from schoolgate.incidents.allegations import means_staff
from schoolgate.incidents.keeping_out import read_names_again
from schoolgate.incidents.models import Report
from schoolgate.incidents.queries import people_who_may_be_hurt, reports
from schoolgate.incidents.reporting import ReportContent, report_wrong
from schoolgate.people.models import Person
from tests.cast import give, someone
from tests.incidents.conftest import whom, wrong
from tests.stories import rolled_back

MINUTE = timedelta(minutes=1)
THREAT = "A parent said he will wait for Mr Evans at the car park."


@pytest.fixture
def led(under, at):
    """Wildground: Olive Owner owns the policy, Dee Marlow leads on safeguarding, Huw Evans is a deputy lead,
    Ann Pryce a caretaker that no role names."""
    federation, _school = under("wildground")
    with scope(federation.pk):
        for name, place in (("Dee Marlow", "lead"), ("Huw Evans", "deputy")):
            Safeguarder.objects.create(place=place, person_id=someone(name, "staff").pk, since=at)
        someone("Ann Pryce", "staff")
    return federation


def person(name: str) -> Person:
    return Person.objects.get(name=name)


def may_open(report: Report, name: str, at) -> bool:
    return reports(person(name), on=at.date()).filter(pk=report.pk).exists()


def test_who_is_only_hurt_by_a_clear_word_is_not_given_it_and_is_not_accused(led, at):
    said = ({"harmed_people": ("Huw Evans",)}, {"harmed_who": "Mr Evans"})
    with scope(led.pk):
        for given in said:
            people = {key: [person(one) for one in value] if key == "harmed_people" else value
                      for key, value in given.items()}  # fmt: skip
            with rolled_back():
                report = wrong(at, what=THREAT, did="no", **people)
                assert not may_open(report, "Huw Evans", at), given
                assert "Huw Evans" not in whom(report), given
                assert may_open(report, "Dee Marlow", at), given
                assert not report.about_unknown, given
                assert not means_staff(report), given
                assert "federation-leadership-team" not in whom(report), "governors hear of an accused lead"


@pytest.mark.parametrize(
    "doubt",
    [
        {},
        {"did": "yes"},
        {"did": "no", "about_who": "Mr Evans"},
        {"did": "no", "about_who": "the head"},
        {"did": "no", "kinds": ["misuse"]},
        {"did": "no", "answers": {"done_by": "staff"}},
    ],
    ids=str,
)
def test_doubt_counts_as_accused(led, at, doubt):
    with scope(led.pk):
        report = wrong(at, what=THREAT, harmed_people=[person("Huw Evans")], **doubt)
        assert not may_open(report, "Huw Evans", at)
        assert means_staff(report)


def test_whoever_the_words_leave_open_besides_who_was_hurt_is_no_ones_alone(led, at):
    with scope(led.pk):
        asked = {
            "He threatens the caretaker.": False,
            "He threatens the caretaker and the teacher hits him.": True,
        }
        for what, unknown in asked.items():
            report = wrong(at, what=what, did="no", harmed_who="the caretaker")
            assert report.about_unknown is unknown, what
        assert wrong(at, what="He threatens the caretaker.").about_unknown, "nothing else was said"
        assert wrong(at, what="It is about us.", did="yes").about_unknown, "one of us did it, and not who"


def test_new_words_that_name_who_was_hurt_are_doubt_and_the_same_words_read_again_are_not(led, at):
    with scope(led.pk):
        given = ReportContent(what=THREAT, mark=queries.new_mark(), did="no", harmed_who="Mr Evans")
        report = report_wrong(at=at, said_here=given)
        Report.objects.update(names_read="before")
        read_names_again(at=at + MINUTE)
        assert not means_staff(report)
        code = queries.code_of(given.mark)
        reporting.add_to_report(report=report, at=at + MINUTE, words="Evans hit my son.", code=code)
        assert means_staff(report)


def test_a_lead_says_who_was_hurt_and_they_are_told_who_helps_and_nothing_else(led, at):
    with scope(led.pk):
        report = wrong(at, what=THREAT, did="no", harmed_who="Mr Evans")
        dee, huw, ann = person("Dee Marlow"), person("Huw Evans"), person("Ann Pryce")
    with scope(led.pk, dee.pk):
        for hurt in (huw, ann):
            harming.say_harmed(report=report, by=dee, at=at, person=hurt, words="I rang the parent.")
            task = Duty.objects.get(kind="incidents.be_helped", person=hurt, state="open")
            assert not may_open(report, hurt.name, at), hurt
            assert task.subject.startswith("incidents.step:")
            harming.know_who_helps(by=hurt, at=at + MINUTE)
            task.refresh_from_db()
            assert task.state == "discharged"
        assert not means_staff(report)
        assert whom(report, "harmed") == ["Huw Evans", "Ann Pryce"]


@pytest.mark.parametrize(
    "about",
    [
        {"what": THREAT},
        {"about_who": "Huw Evans"},
        {"about_who": "Huw Evans", "harmed_who": "Huw Evans"},
        {"about_who": "the headteacher"},
        {"about_roles": ["slt"]},
        {"about_people": ["Huw Evans"]},
    ],
    ids=str,
)
def test_no_one_whom_it_may_be_about_is_told_that_they_were_hurt(led, at, about):
    with scope(led.pk):
        dee, huw, ann = person("Dee Marlow"), person("Huw Evans"), person("Ann Pryce")
        if "about_roles" in about or about.get("about_who") == "the headteacher":
            give(huw, "slt")
        people = {"about_people": [huw]} if "about_people" in about else {}
        report = wrong(at, **{"what": "He hurts me.", **about, **people})
    with scope(led.pk, dee.pk):
        offered = people_who_may_be_hurt(report, by=dee, on=at.date())
        assert huw not in offered
        assert dee not in offered
        assert ann in offered
        with pytest.raises(BadInput):
            harming.say_harmed(report=report, by=dee, at=at, person=huw, words="He is my friend.")
        assert not Duty.objects.filter(kind="incidents.be_helped").exists()


def test_who_was_only_named_is_told_once_it_is_said_that_it_is_not_about_them(led, at):
    with scope(led.pk):
        report, dee, huw = wrong(at, what=THREAT), person("Dee Marlow"), person("Huw Evans")
    with scope(led.pk, dee.pk):
        keeping_out.may_know(report=report, by=dee, at=at, person=huw, words="The parent means him.")
        harming.say_harmed(report=report, by=dee, at=at, person=huw, words="I rang the parent.")
        assert not may_open(report, "Huw Evans", at)
        assert means_staff(report), "a lead alone doesn't end what two people decide"


def test_no_one_else_says_so_and_no_one_of_themselves(led, at):
    with scope(led.pk):
        dee, olive, huw = person("Dee Marlow"), person("Olive Owner"), person("Huw Evans")
        unknown = wrong(at, what="The teacher hits him.")
    with scope(led.pk, dee.pk):
        with pytest.raises(BadInput):
            harming.say_harmed(report=unknown, by=dee, at=at, person=dee, words="It was me.")
        with pytest.raises(NotNow):
            harming.say_harmed(report=unknown, by=dee, at=at, person=huw, words="It was him.")
        keeping_out.mean_no_one(report=unknown, by=dee, at=at)
    with scope(led.pk, olive.pk), pytest.raises(NotAllowed):
        harming.say_harmed(report=unknown, by=olive, at=at, person=huw, words="It was him.")


def test_who_was_told_and_may_have_done_something_after_all_has_no_task_any_more(led, at):
    with scope(led.pk):
        report = wrong(at, what=THREAT, did="no", harmed_who="Mr Evans")
        dee, huw = person("Dee Marlow"), person("Huw Evans")
    with scope(led.pk, dee.pk):
        harming.say_harmed(report=report, by=dee, at=at, person=huw, words="I rang the parent.")
        handling.take(report=report, by=dee, at=at)
        keeping_out.keep_out(report=report, by=dee, at=at, people=[huw])
        assert not Duty.objects.filter(kind="incidents.be_helped", person=huw, state="open").exists()
        with pytest.raises(BadInput):
            harming.say_harmed(report=report, by=dee, at=at, person=huw, words="Again.")
