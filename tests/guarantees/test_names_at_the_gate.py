"""Each way to write a name in the table of the screening is tried at the gate, where words leave: of all
schools, of pupils who left, over two fields."""

from __future__ import annotations

from datetime import timedelta

import pytest

from schoolgate.core.doors import Door
from schoolgate.core.leaving import Leaving
from schoolgate.core.models import School
from schoolgate.policy.adopting import adopt
from schoolgate.policy.choices import LEAVERS_DEFAULT, choose_leavers
from schoolgate.publishing.leaving import look_through
from schoolgate.publishing.models import HitReply
from schoolgate.pupils.answering import record_answer
from schoolgate.pupils.models import Consent, Pupil
from schoolgate.pupils.retention import PupilsWhoLeft
from tests.cast import someone
from tests.screening.test_names_as_written import REGISTER, rows

FIRST_ALONE = ("Well done Grace!",)
"""Lines of that table in which a first name alone is asked about here."""
LEFT = "Well done Osian Prydderch, who won."


@pytest.fixture
def schools(scoped) -> list[School]:
    """Two schools of a federation."""
    return [School.objects.create(name=name, slug=name.lower()) for name in ("Juniors", "Seniors")]


@pytest.fixture
def listed(schools) -> dict[int, int]:
    """The register's pupils in turn at one school and at the other: by their number there."""
    return {
        each.key: Pupil.objects.create(
            school=schools[place % 2], key=str(each.key), first_name=each.first, last_name=each.last,
            known_as=each.known_as, form=each.form, year=each.year,
        ).pk
        for place, each in enumerate(REGISTER)
    }  # fmt: skip


def held(schools, at, *texts: str):
    """What the gate holds of these texts, each in a field of its own."""
    return looked_through(schools, at, {f"field{number}": text for number, text in enumerate(texts)})


def looked_through(schools, at, texts: dict[str, str], *, door: Door = Door.REPLY, writer: str = "", **given):
    leaving = Leaving(door, texts, about=schools[0], network="noticeboard", school=schools[0], writer=writer)
    return look_through(leaving, by=None, at=at, said={}, **given)


def test_each_way_to_write_a_name_is_held_at_the_gate(schools, listed, at):
    found = [
        (text, must == "nothing" and text not in FIRST_ALONE, held(schools, at, text))
        for must, _of, text in rows("names_as_written.tsv")
    ]
    assert [text for text, is_free, hits in found if not is_free and not hits] == []
    assert [
        text for text, is_free, hits in found if is_free and any(hit.kind == "pupil" for hit in hits)
    ] == []


@pytest.mark.parametrize(
    "texts",
    [
        ("And the winner is Grace", "Young at heart, we say"),
        ("Our star of 4B", "Grace!"),
        ("First name: Grace", "Surname: Young"),
        ("And the winner is Grace", "a break of an hour", "Young at heart, we say"),
    ],
)
def test_a_name_over_two_fields_is_held_and_shown_in_both(schools, listed, at, texts):
    before = len(held(schools, at, texts[0]))
    found, *others = sorted(held(schools, at, *texts), key=lambda each: -len(each.fields))
    assert len(others) == before, "that of a first name alone"
    assert found.fields == ("field0", f"field{len(texts) - 1}")


def test_a_letter_about_one_pupil_is_held_for_another_ones_first_name_alone(schools, at):
    """Not for that of the pupil it is about, though others have it."""
    names = [("Osian", "Prydderch"), ("Osian", "Pugh"), ("Cerys", "Llewelyn")]
    about, *_others = (
        Pupil.objects.create(school=schools[0], key=last, first_name=first, last_name=last).pk
        for first, last in names
    )
    letter = {"letter": "Osian was in class. His friend Cerys told us of it."}
    found = looked_through(schools, at, letter, door=Door.LETTER, but_of=[about])
    assert [(each.words, each.strength) for each in found] == [("Cerys", "ask")]


ALONE = "Amelia has the tickets."
ANY_DOOR = sorted({*Door} - {Door.LETTER, Door.COMMENT, Door.POLICY})


@pytest.mark.parametrize("door", ANY_DOOR)
def test_a_first_name_alone_is_asked_about_at_every_door_unless_all_who_have_it_agreed(schools, at, door):
    two = [
        Pupil.objects.create(school=school, key="A", first_name="Amelia", last_name=last)
        for school, last in zip(schools, ("Young", "Pugh"), strict=True)
    ]

    def asked(text: str = ALONE):
        return looked_through(schools, at, {"text": text}, door=door)

    def answer(pupil: Pupil, word: str) -> None:
        record_answer(by=office, at=at, pupil=pupil, uses=["name"], answer=word, giver="parent", form="paper")

    office = someone("Olive", "slt")
    (found,) = asked()
    assert (found.words, found.strength, found.needs_reason) == ("Amelia", "ask", True)
    assert found.replies == ("not_pupil",), "no one who has the name agreed"
    answer(two[0], "given")
    (found,) = asked()
    assert found.replies == ("not_pupil", "right"), "one of two hasn't answered"
    answer(two[1], "given")
    assert asked() == []
    answer(two[1], "refused")
    assert asked(), "one of two refused"
    assert asked("Rosie has the tickets.") == asked("Amelia Earhart flew alone.") == []


def test_a_first_name_alone_that_is_a_word_where_it_stands_names_no_one(schools, at):
    for name in ("Grace", "Robin", "May", "Will"):
        Pupil.objects.create(school=schools[0], key=name, first_name=name, last_name="Young")
    for words in (
        "Grace and courtesy week begins",
        "Robin, wren or dunnock?",
        "Closed in May",
        "Will you come?",
    ):
        assert held(schools, at, words) == [], words
    assert held(schools, at, "Ask Grace for the tickets")
    assert held(schools, at, "Well done Robin!")


def test_a_reply_may_greet_who_it_answers_by_name(schools, at):
    for name in ("Emma", "Rosie"):
        Pupil.objects.create(school=schools[0], key=name, first_name=name, last_name="Young")

    def asked(text: str):
        found = looked_through(schools, at, {"text": text}, writer="Emma Pugh")
        return [each.words for each in found]

    assert asked("Thank you, Emma.") == []
    assert asked("Thank you, Emma. Rosie has them.") == ["Rosie"]


@pytest.mark.parametrize("door", [Door.COMMENT, Door.POLICY])
def test_in_comments_and_clauses_a_first_name_alone_is_not_asked_about(schools, at, door):
    Pupil.objects.create(school=schools[0], key="A", first_name="Amelia", last_name="Young")
    assert looked_through(schools, at, {"text": ALONE}, door=door) == []


def test_what_is_in_two_fields_alone_and_is_no_name_is_not_held(schools, listed, at):
    assert held(schools, at, "We said grace.", "Young people came.") == []


@pytest.mark.parametrize(("days", "is_held"), [(1, True), (365 * LEAVERS_DEFAULT - 9, True), (3000, False)])
def test_pupils_who_left_are_looked_for_for_some_years(schools, at, days, is_held):
    Pupil.objects.create(
        school=schools[1], key="O", first_name="Osian", last_name="Prydderch",
        left_on=at.date() - timedelta(days=days),
    )  # fmt: skip
    assert bool(held(schools, at, LEFT)) is is_held


def test_of_one_who_left_it_may_be_said_that_they_agreed_unless_a_no_is_recorded(schools, at):
    pupil = Pupil.objects.create(
        school=schools[1], key="O", first_name="Osian", last_name="Prydderch", left_on=at.date()
    )
    (found,) = held(schools, at, LEFT)
    assert (found.replies, found.needs_reason) == (("not_pupil", "right"), True)
    Consent.objects.create(
        pupil=pupil, use="name", answer="refused", giver="parent", form="spoken", from_day=at.date(),
        by=someone("Olive"), at=at,
    )  # fmt: skip
    assert held(schools, at, LEFT)[0].replies == ("not_pupil",)


def test_the_federation_chooses_for_how_many_years(schools, at, federation):
    left = at.date() - timedelta(days=800)
    Pupil.objects.create(school=schools[1], key="O", first_name="Osian", last_name="Prydderch", left_on=left)
    owner = someone("Olive", "slt")
    adopt(by=owner, at=at)
    choose_leavers(by=owner, at=at, years=2)
    assert held(schools, at, LEFT) == []
    choose_leavers(by=owner, at=at, years=3)
    assert held(schools, at, LEFT)


def test_an_erased_name_is_not_looked_for(schools, at):
    pupil = Pupil.objects.create(
        school=schools[1], key="O", first_name="Osian", last_name="Prydderch", left_on=at.date()
    )
    assert held(schools, at, LEFT)
    Pupil.objects.filter(pk=pupil.pk).update(destroyed_at=at, **PupilsWhoLeft.row.empties)
    assert held(schools, at, LEFT) == []


@pytest.mark.parametrize("left", [None, 0])
def test_a_namesake_with_a_no_still_decides_once_they_have_left(schools, at, left):
    by = someone("Olive", "slt")
    two = [
        Pupil.objects.create(school=school, key="M", first_name="Maya", last_name="Patel")
        for school in schools
    ]
    for pupil, answer in zip(two, ("given", "refused"), strict=True):
        record_answer(by=by, at=at, pupil=pupil, uses=["name"], answer=answer, giver="parent", form="paper")
    if left is not None:
        Pupil.objects.filter(pk=two[1].pk).update(left_on=at.date() - timedelta(days=left))
    (found,) = held(schools, at, "Well done Maya Patel, who won.")
    assert (found.number, HitReply.MAY_NAME in found.replies) == (2, False)
