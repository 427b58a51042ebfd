"""A yes that went through one person's hands is on their word: they settle nothing by it alone."""

import pytest

from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotAllowed
from schoolgate.duties.models import STILL_TO_DO, Duty
from schoolgate.pupils import answering, consents, linking
from schoolgate.pupils.models import ASK, Consent, Pupil


@pytest.fixture(autouse=True)
def _home(home):
    """Keys of this test alone."""


@pytest.fixture
def ava(school):
    return Pupil.objects.create(school=school, key="A1", first_name="Ava", last_name="Thomas", form="4B")


def link_of(ava, by, at, who="Ann Thomas", **more):
    return linking.make_link(by=by, at=at, pupil=ava, giver="parent", who=who, **more)


def standing(pupil, at):
    asked = {"uses": ["picture"], "channel": "facebook", "on": local_day(at), "own_yes_from": None}
    return consents.standings([pupil], **asked)[pupil.pk]["picture"]


def to_do():
    return Duty.objects.filter(kind=ASK, state__in=STILL_TO_DO)


def yes(link, at, **more):
    return linking.answer_by_link(at=at, link=link, uses=["picture"], answer="given", **more)


def test_a_yes_by_a_letter_rests_on_who_printed_it_and_by_a_mail_on_who_reads_it(ava, amina, ben, cara, at):
    printed = link_of(ava, amina, at)
    linking.print_one(by=ben, at=at, link=printed)
    yes(printed, at)
    assert standing(ava, at).rests_on(ben.pk)
    assert not standing(ava, at).rests_on(amina.pk)
    mailed = link_of(ava, amina, at, who="Tom Thomas", email=cara.email.upper())
    yes(mailed, at)
    assert not standing(ava, at).rests_on(ben.pk)  # Tom's yes didn't go through Ben's hands
    assert cara.pk in Consent.objects.get(link=mailed).hands


def test_a_yes_of_the_schools_records_rests_on_no_one_and_an_entered_one_on_who_entered_it(
    ava, amina, ben, at
):
    entered = {"pupil": ava, "uses": ["picture"], "answer": "given", "giver": "parent", "form": "spoken"}
    answering.record_answer(by=amina, at=at, **entered)
    assert standing(ava, at).rests_on(amina.pk)
    assert not standing(ava, at).rests_on(ben.pk)
    answering.record_answer(by=amina, at=at, **entered, who="Ann", scan=("a" * 64, "application/pdf"))
    assert not standing(ava, at).rests_on(amina.pk)  # the paper is there for anyone to read


def test_whose_hands_a_yes_went_through_does_not_settle_it_and_a_colleague_does(ava, amina, ben, at):
    said = {"pupil": ava, "uses": ["picture"], "giver": "parent", "form": "spoken"}
    answering.record_answer(by=ben, at=at, answer="refused", **said)
    link = link_of(ava, amina, at)
    linking.print_one(by=amina, at=at, link=link)
    yes(link, at)
    its = {"at": at, "pupil": ava, "uses": ["picture"], "form": "spoken", "why": "They rang us."}
    with pytest.raises(NotAllowed, match="You handled the only yes yourself"):
        answering.settle_consent(by=amina, answer="given", seen=consents.newest_answer(ava), **its)
    assert not standing(ava, at).may
    answering.settle_consent(by=ben, answer="given", seen=consents.newest_answer(ava), **its)
    assert standing(ava, at).may


def test_she_may_settle_it_as_a_no(ava, amina, ben, at):
    said = {"pupil": ava, "uses": ["picture"], "giver": "parent", "form": "spoken"}
    answering.record_answer(by=ben, at=at, answer="refused", **said)
    answering.record_answer(by=amina, at=at, answer="given", **said, who="Ann")
    answering.settle_consent(
        by=amina, at=at, pupil=ava, uses=["picture"], form="spoken", why="Ava rang us.", answer="refused",
        seen=consents.newest_answer(ava),
    )  # fmt: skip
    assert not standing(ava, at).may


def test_a_yes_from_a_device_of_the_staff_is_none_and_the_office_asks(ava, amina, ben, at):
    link = link_of(ava, amina, at)
    assert yes(link, at, among_staff=True) == []
    assert not Consent.objects.exists()
    assert to_do().exists()
    refused = linking.answer_by_link(at=at, link=link, uses=["picture"], answer="refused", among_staff=True)
    assert [row.answer for row in refused] == ["refused"]  # a no counts from anywhere
    assert not to_do().exists()


def test_the_task_ends_once_the_office_has_asked(ava, amina, at):
    yes(link_of(ava, amina, at), at, among_staff=True)
    answering.record_answer(
        by=amina, at=at, pupil=ava, uses=["picture"], answer="given", giver="parent", form="spoken"
    )
    assert not to_do().exists()
