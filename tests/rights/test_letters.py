"""The letter that answers a request about data (`Door.LETTER`) names no other child unasked."""

from __future__ import annotations

from datetime import timedelta

import pytest

from schoolgate.core.leaving import Said, WordsHeld, answering
from schoolgate.core.models import Safeguarder
from schoolgate.people.models import Person
from schoolgate.publishing.models import WordAnswer
from schoolgate.pupils.keeping_off import keep_off
from schoolgate.pupils.models import Pupil
from schoolgate.rights import requests
from schoolgate.rights.answering import make_answer
from schoolgate.rights.models import Answer
from tests.cast import someone

PUPILS = ["pupils.pupil"]
MIRIAM, PRIYA = "Miriam Secretwood", "Priya Nair"


@pytest.fixture(autouse=True)
def _home(home):
    """Keys of this test alone."""


@pytest.fixture
def pupils(cast):
    def enter(key, name):
        first, last = name.split()
        return Pupil.objects.create(
            school=cast.school, key=key, first_name=first, last_name=last, form="4B", year="4"
        )

    return {name: enter(name[:2], name) for name in (MIRIAM, PRIYA)}


@pytest.fixture
def request_(enter, search, terms, pupils):
    """A request of Miriam's parents, searched for by her name."""
    asked = enter()
    search(asked, MIRIAM, PUPILS)
    return asked


@pytest.fixture
def answer(cast, at, request_):
    def make(letter, *, by=None):
        for lead in Person.objects.filter(pk__in=Safeguarder.objects.values("person_id")):
            requests.search_as_lead(by=lead, at=at, request=request_)
        rows = list(request_.found.values_list("pk", flat=True))
        requests.decide(by=cast.sam, at=at, request=request_, rows=rows, decision="given")
        return make_answer(
            by=by or cast.sam, at=at, request=request_, language="en", letter=f"Dear parent\n\n{letter}"
        )

    return make


def held(make, letter, **given):
    with pytest.raises(WordsHeld) as error:
        make(letter, **given)
    (found,) = error.value.held
    return found


def test_a_letter_names_the_pupil_whom_it_is_about(answer):
    assert answer(f"We found nothing about {MIRIAM} of 4B.").pk
    assert not WordAnswer.objects.exists()


def test_a_letter_is_searched_for_the_pupil_that_the_office_picked(answer, search, request_, pupils):
    search(request_, "", PUPILS, pupil=pupils[PRIYA])
    assert answer(f"We found nothing about {PRIYA}.").pk


def test_a_letter_with_another_pupils_name_is_held_and_goes_with_a_reason(answer, pupils):
    found = held(answer, f"The comment was by the mother of {PRIYA}.")
    assert (found.words, found.fields, found.replies) == (PRIYA, ("letter",), ("not_pupil", "may_name"))
    assert not Answer.objects.exists()
    with answering({found.key: Said("may_name")}):
        held(answer, f"The comment was by the mother of {PRIYA}.")
    with answering({found.key: Said("may_name", "Her sister: the same parents ask.")}):
        answer(f"The comment was by the mother of {PRIYA}.")
    row = WordAnswer.objects.get()
    assert (row.door, row.pupils) == ("letter", [pupils[PRIYA].pk])


def test_of_a_pupil_who_must_not_be_published_a_lead_alone_writes_to_others(cast, answer, pupils, at):
    lead = someone("Lena Lead", "slt")
    Safeguarder.objects.create(place="lead", person_id=lead.pk, since=at - timedelta(days=9))
    keep_off(by=lead, at=at, pupil=pupils[PRIYA], why="")
    text = f"{PRIYA} was there."
    found = held(answer, text)
    said = {found.key: Said("may_name", "Her own mother asks.")}
    with answering(said):
        held(answer, text)
    with answering(said):
        assert answer(text, by=lead).pk


def test_addresses_and_numbers_of_a_letter_are_no_question(answer):
    assert answer("12 Heol Elm, Cardiff CF10 3AT. Ring 01632 960001 or write to office@example.org.").pk
