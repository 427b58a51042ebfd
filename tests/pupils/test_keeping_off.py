"""The do-not-publish list is the safeguarding lead's: they put a pupil on it, and only they see why."""

import pytest

from schoolgate.core import vault
from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotAllowed, NotNow
from schoolgate.core.models import LedgerRow, Safeguarder
from schoolgate.pupils import consents
from schoolgate.pupils.answering import record_answer
from schoolgate.pupils.keeping_off import end_keeping_off, keep_off
from schoolgate.pupils.models import Pupil, Why


@pytest.fixture(autouse=True)
def _home(home):
    """Keys of this test alone."""


@pytest.fixture
def ava(school):
    return Pupil.objects.create(school=school, key="A1", first_name="Ava", last_name="Thomas")


@pytest.fixture
def lead(ben, at):
    Safeguarder.objects.create(place="lead", person_id=ben.pk, since=at)
    return ben


def why(pupil, at):
    asked = {"uses": ["picture"], "channel": "facebook", "on": local_day(at), "own_yes_from": None}
    return consents.standings([pupil], **asked)[pupil.pk]["picture"].why


def test_who_is_on_the_list_is_not_shown_whatever_the_parents_say(ava, lead, amina, at):
    record_answer(by=amina, at=at, pupil=ava, uses=["picture"], answer="given", giver="parent", form="paper")
    assert why(ava, at) == Why.GIVEN
    keep_off(by=lead, at=at, pupil=ava, why="An order of the court.")
    assert why(ava, at) == Why.LISTED
    end_keeping_off(by=lead, at=at, pupil=ava, why="Her carers say she is safe now.")
    assert why(ava, at) == Why.GIVEN


def test_the_reason_is_sealed_and_in_no_record(ava, lead, at):
    row = keep_off(by=lead, at=at, pupil=ava, why="An order of the court.")
    assert vault.reveal(row.why_ref) == "An order of the court."
    assert not any("court" in str(each) for each in LedgerRow.objects.values())


def test_no_reason_needs_to_be_given(ava, lead, at):
    assert keep_off(by=lead, at=at, pupil=ava).why_ref is None


def test_only_the_safeguarding_lead_of_the_school_does_it(ava, amina, ben, at):
    with pytest.raises(NotAllowed, match="safeguarding lead"):
        keep_off(by=amina, at=at, pupil=ava)
    Safeguarder.objects.create(place="lead", person_id=ben.pk, since=at, ended_at=at)
    with pytest.raises(NotAllowed):
        keep_off(by=ben, at=at, pupil=ava)


def test_a_pupil_is_on_the_list_once(ava, lead, at):
    keep_off(by=lead, at=at, pupil=ava)
    with pytest.raises(NotNow, match="already"):
        keep_off(by=lead, at=at, pupil=ava)
    end_keeping_off(by=lead, at=at, pupil=ava, why="Her carers say she is safe now.")
    with pytest.raises(NotNow, match="isn’t on the list"):
        end_keeping_off(by=lead, at=at, pupil=ava, why="Her carers say she is safe now.")
