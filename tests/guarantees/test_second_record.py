"""A list of pupils makes no second record of a child that opens what the first keeps closed: one that may be
a child on the do-not-publish list, or with a no, counts as refused until someone whose job it is decides."""

from datetime import timedelta

import pytest

from schoolgate.core.clock import local_day
from schoolgate.core.models import Safeguarder, School
from schoolgate.core.tenancy import current_scope
from schoolgate.duties.models import Duty
from schoolgate.pupils.answering import settle_consent
from schoolgate.pupils.consents import answers_of, listed_of, newest_answer, standing
from schoolgate.pupils.keeping_off import end_keeping_off, keep_off
from schoolgate.pupils.models import Consent, Pupil
from schoolgate.screening import Listed, NameIndex
from schoolgate.screening.same_name import may_be_same
from tests.cast import someone
from tests.pupils.conftest import SLT
from tests.pupils.lists import Brought, line

DAY = timedelta(days=1)
FREYA, AMELIA = ("Freya", "Lund"), ("Amelia", "Shah")
AS_FREYA = [
    FREYA, ("Freya Jane", "Lund"), ("Jane Freya", "Lund"), ("Freya J.", "Lund"), ("Lund", "Freya"),
    ("Freya L", "und"), ("Fr\u0435ya", "Lund"), ("Miss Freya", "Lund"), ("F", "Lund"), ("F.", "Lund"),
    ("Frey", "Lund"), ("Freya", "Lund*"), ("FREYA", "LUND"), ("freya", "lund"), ("Freya", "Lund-Berg"),
    ("Freya", "Berg-Lund"), ("Freya", "Lünd"), ("Freya\u200b", "Lund"), ("Freya", "Lunnd"),
]  # fmt: skip
OTHERS = [
    ("Finn", "Lund"), ("Freya", "Jones"), ("Lundy", "Frey-Smith"), ("Sofia", "Khan"), ("Ffreuer", "Land"),
    ("Amelia", "Lund"), ("Freya", "Shah"),
]  # fmt: skip


@pytest.fixture(autouse=True)
def _home(home):
    """Files and keys of this test alone."""


@pytest.fixture
def amina(scoped):
    return someone("Amina", SLT)


@pytest.fixture
def ben(scoped, at):
    """The safeguarding lead."""
    found = someone("Ben", SLT)
    Safeguarder.objects.create(place="lead", person_id=found.pk, since=at)
    return found


@pytest.fixture
def begun(amina, ben, school, at):
    """Freya and Amelia are here with a no about their pictures."""
    more = {"picture": "No", "name": "No"}
    rows = (line("A1", *FREYA, **more), line("B1", *AMELIA, **more), line("C1", "Zoe", "Connor"))
    Brought(amina, at, school, *rows).confirm()
    return {each.first_name: each for each in Pupil.objects.all()}


def planned(amina, at, school, first, last, key, **more):
    """The same list before it is confirmed."""
    known = [line("A1", *FREYA, picture="No", name="No"), line("B1", *AMELIA, picture="No", name="No")]
    return Brought(
        amina, at, school, *known, line(key, first, last, picture="Yes", name="Yes", **more),
        line("C1", "Zoe", "Connor"),
    )  # fmt: skip


def bring(amina, at, school, first, last, key="X911", **more):
    """A list that has this child under another number, with yes to all."""
    brought = planned(amina, at, school, first, last, key, **more)
    brought.confirm(agreed=[each.number for each in brought.plan.asked])
    return Pupil.objects.get(key=key), brought


def may(pupil, use, at):
    ((_pk, said, about),) = answers_of([pupil], on=local_day(at))
    return standing(said, about, use=use, channel="bluesky", on=local_day(at)).may


@pytest.mark.parametrize(("first", "last"), AS_FREYA)
def test_the_list_asks_as_the_text_check_does_whether_it_may_be_the_same_child(first, last):
    index = NameIndex([Listed(1, *FREYA), Listed(2, *AMELIA)])
    assert may_be_same([first], last, index) == {1}


@pytest.mark.parametrize(("first", "last"), OTHERS)
def test_other_children_are_other_children(first, last):
    assert may_be_same([first], last, NameIndex([Listed(1, *FREYA), Listed(2, *AMELIA)])) == set()


@pytest.mark.parametrize(("first", "last"), [*AS_FREYA[1:6], ("Amelia", "Shah-Jones")])
def test_a_second_record_of_a_child_on_the_list_is_on_it_until_a_lead_says_otherwise(
    begun, amina, ben, school, at, first, last
):
    for each in (begun["Freya"], begun["Amelia"]):
        keep_off(by=ben, at=at, pupil=each, why="An order of the court.")
    new, _brought = bring(amina, at + DAY, school, first, last)
    assert listed_of([new.pk]) == {new.pk}
    assert not may(new, "picture", at + DAY)
    assert not may(new, "name", at + DAY)
    assert Duty.objects.filter(subject=f"pupils.pupil:{new.pk}", person=ben).exists(), "the lead is asked"
    end_keeping_off(by=ben, at=at + DAY, pupil=new, why="I know both families.")
    assert may(new, "picture", at + DAY)


@pytest.mark.parametrize(("first", "last"), [*AS_FREYA[:6], ("Amelia", "Shah-Jones")])
def test_the_yes_of_a_second_record_of_a_child_with_a_no_waits_until_it_is_settled(
    begun, amina, ben, school, at, first, last
):
    new, _brought = bring(amina, at + DAY, school, first, last)
    assert not may(new, "picture", at + DAY)
    assert not may(new, "name", at + DAY)
    assert Duty.objects.filter(kind="consent.settle").exists()
    settle_consent(
        by=ben, at=at + 2 * DAY, pupil=new, uses=["picture"], answer="given", form="paper",
        why="Another child: I know both families.", seen=newest_answer(new),
    )  # fmt: skip
    assert may(new, "picture", at + 2 * DAY)


def test_another_child_is_imported_as_before(begun, amina, ben, school, at):
    keep_off(by=ben, at=at, pupil=begun["Freya"], why="An order of the court.")
    new, _brought = bring(amina, at + DAY, school, "Finn", "Lund")
    assert may(new, "picture", at + DAY)
    assert not Consent.objects.filter(pupil=new, answer="refused").exists()


def test_at_another_school_with_a_new_surname_and_the_same_birthday(begun, amina, ben, at):
    other = School.objects.create(name="Juniors", federation_id=current_scope().federation_id)
    keep_off(by=ben, at=at, pupil=begun["Freya"], why="An order of the court.")
    Pupil.objects.filter(pk=begun["Freya"].pk).update(born_on="2016-09-01")
    rows = [("J1", "Freya", "Berg", "1/9/2016"), ("J2", "Freya", "Berg", "2/9/2016")]
    rows += [("J3", "Freya Jane", "Lund", "2/3/2015")]
    lines = [line(key, first, last, born_on=born) for key, first, last, born in rows]
    brought = Brought(amina, at + DAY, other, *lines)
    brought.confirm(agreed=[each.number for each in brought.plan.asked])
    new = {each.key: each.pk for each in Pupil.objects.filter(key__startswith="J")}
    assert listed_of(list(new.values())) == {new["J1"]}


@pytest.mark.parametrize(
    ("first", "born", "form", "one"),
    [
        ("Freya Jane", "2/3/2015", "4B", True), ("Freya Jane", "2/3/2015", "", True),  # of one class
        ("Freya Jane", "1/9/2015", "5A", True), ("Freya Jane", "9/1/2016", "5A", True),  # nearly that day
        ("Freya", "2/3/2015", "5A", True), ("Freya Jane", "2/3/2015", "5A", False),
    ],
)  # fmt: skip
@pytest.mark.parametrize("walled", [True, False])
def test_another_number_and_another_birthday_open_nothing_at_the_same_school(
    begun, amina, ben, school, at, first, born, form, one, walled
):
    Pupil.objects.filter(pk=begun["Freya"].pk).update(born_on="2016-09-01", form="4B")
    if walled:
        keep_off(by=ben, at=at, pupil=begun["Freya"], why="An order of the court.")
    known = [line("A1", *FREYA, picture="No", name="No", born_on="1/9/2016", form="4B")]
    new = line("W2", first, "Lund", picture="Yes", name="Yes", born_on=born, form=form)
    brought = Brought(amina, at + DAY, school, *known, new)
    brought.confirm(agreed=[each.number for each in brought.plan.asked])
    found = Pupil.objects.get(key="W2")
    assert bool(listed_of([found.pk])) is (one and walled)
    assert may(found, "picture", at + DAY) is not one


def test_a_child_who_is_here_and_gets_the_name_of_one_on_the_list_is_on_it_too(begun, amina, ben, school, at):
    keep_off(by=ben, at=at, pupil=begun["Freya"], why="An order of the court.")
    brought = Brought(amina, at + DAY, school, line("C1", "Freya Jane", "Lund", picture="Yes"))
    brought.confirm(agreed=[each.number for each in brought.plan.asked])
    assert listed_of([begun["Zoe"].pk])


def test_the_preview_says_that_it_waits_and_not_who_is_on_the_list(begun, amina, ben, school, at):
    keep_off(by=ben, at=at, pupil=begun["Freya"], why="An order of the court.")
    said = []
    for first, last, key in (("Freya Jane", "Lund", "X1"), ("Amelia", "Shah-Jones", "X2")):
        brought = planned(amina, at + DAY, school, first, last, key)
        row = next(each for each in brought.plan.lines if each.address == key)
        said.append([str(each) for each in row.notes])
    assert said[0] == said[1], "a child on the list and one with a no look alike"
    changed = Brought(
        amina, at + DAY, school, line("A1", "Freya", "Wmffre", picture="Yes"), line("B1", *AMELIA)
    )
    for each in changed.plan.lines:
        for message in each.notes:
            assert "do-not-publish" not in str(message).lower()
