"""G5: what children, parents and colleagues write about one of us, from a list that was frozen before anyone
looked at how names are found. It says how many are found at first sight, and how many harmless ones are."""

from __future__ import annotations

import pytest

from schoolgate.core.tenancy import scope
from schoolgate.incidents.queries import reports
from schoolgate.people.models import Person
from schoolgate.people.queries import book_of
from schoolgate.people.reading_words import read_words
from schoolgate.pupils.models import Pupil
from tests.cast import someone
from tests.guarantees import said_of_us_again as again
from tests.guarantees.said_of_us import CHILDREN, ENGLISH, HARMLESS, STAFF, WELSH
from tests.guarantees.test_named_in_a_concern import at_work, hear_of
from tests.incidents.conftest import wrong

LISTS = {
    "English": ("wildground", ENGLISH), "children": ("wildground", CHILDREN), "Welsh": ("llanidloes", WELSH),
    "English again": ("wildground", again.ENGLISH), "Welsh again": ("llanidloes", again.WELSH),
}  # fmt: skip
IS_A_NAME_AND_A_WORD = ["Grace before dinner makes me anxious."]
"""At the beginning of a sentence it may be Grace: of two readings the one that keeps a person out counts."""


@pytest.fixture
def read(begin_in, at, home):
    """`read(key)`: a function that reads a text in a school where also a Green, a Jones with twenty pupils
    of that name and an O'Neill work."""

    def among(key):
        there = begin_in(at_work, at, key)
        federation, school = there.federation, there.school

        def one(text):
            with scope(federation.pk):
                found = read_words(text, book=book_of(federation), on=at.date())
                names = set(Person.objects.filter(pk__in=found.named).values_list("name", flat=True))
                return names | ({STAFF} if found.not_found else set())

        with scope(federation.pk):
            for name in ("Sam Green", "Bryn Jones", "Ann-Marie O'Neill"):
                someone(name, "staff")
            for number in range(20):
                Pupil.objects.create(
                    school=school,
                    key=str(number),
                    first_name=("Ffion", "Cai")[number % 2],
                    last_name="Jones",
                    form="4B",
                )
        return one

    return among


@pytest.mark.parametrize("named", LISTS)
def test_who_may_be_meant_is_found(read, named):
    key, said = LISTS[named]
    one = read(key)
    missed = [(text, who) for text, who in said if who not in one(text)]
    print(f"{named}: {len(said) - len(missed)} of {len(said)} found")
    assert missed == [], "\n".join(map(str, missed))


@pytest.mark.parametrize("key", ["wildground", "llanidloes"])
def test_what_speaks_of_no_one_here_keeps_no_one_out(read, key):
    one = read(key)
    alarms = [(text, found) for text in [*HARMLESS, *again.HARMLESS] if (found := one(text))]
    print(f"harmless, {key}: {len(alarms)} of 80 alarm")
    assert [text for text, _found in alarms if text not in IS_A_NAME_AND_A_WORD] == []


def test_what_speaks_of_someone_here_whom_nothing_names_goes_to_two_seats(begin_in, at, home):
    there = begin_in(at_work, at, "wildground")
    with scope(there.federation.pk):
        report = wrong(at, what="The caretaker watches us get changed.")
        assert report.about_unknown
        assert hear_of(report) == {"Dilys Moss", "Grace Obi"}
        for words in ("A boy watches us get changed.", "I told the caretaker that a boy hit me."):
            assert not wrong(at, what=words).about_unknown, words


def test_a_surname_that_is_a_word_or_a_pupils_keeps_out_whose_it_is_and_only_where_it_may_be_a_name(
    begin_in, at, home
):
    """Of two readings what may be a name beside something done counts as one; what a pupil is called no."""
    there = begin_in(at_work, at, "wildground")
    with scope(there.federation.pk):
        ours = [someone(name, "slt") for name in ("Sam Green", "Ann Lead", "Mark Price", "Bryn Jones")]
        for number in range(20):
            Pupil.objects.create(
                school=there.school,
                key=str(number),
                first_name=f"Ffion{number}",
                last_name="Jones",
                form="4B",
            )
        for words, name in (
            ("Green hits me.", "Sam Green"), ("mr lead hurts me", "Ann Lead"),
            ("Mr Price is scary.", "Mark Price"),
            ("Jones grabbed my arm in the office.", "Bryn Jones"),
        ):  # fmt: skip
            heard = of_these_hear(ours, wrong(at, what=words))
            assert heard == {one.name for one in ours} - {name}, words
        for words in (
            "The grass is green and I fell.", "My cousin took the lead and pushed me.", "The price is bad.",
            "A girl called Jones pushed me.", "Jones in my class hit me.",
        ):  # fmt: skip
            assert of_these_hear(ours, wrong(at, what=words)) == {one.name for one in ours}, words


def of_these_hear(people, report):
    """The names of those of these people who may know of a report."""
    on = report.reported_at.date()
    return {one.name for one in people if reports(one, on=on).filter(pk=report.pk).exists()}
