"""A child on the do-not-publish list stays looked for, whatever a list of the office says of them."""

from datetime import timedelta

import pytest

from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotNow
from schoolgate.core.models import Safeguarder, School
from schoolgate.core.subjects import subject_of
from schoolgate.core.tenancy import current_scope
from schoolgate.duties.models import STILL_TO_DO, Duty
from schoolgate.publishing.looked_for import names_here
from schoolgate.pupils.consents import listed_of
from schoolgate.pupils.importing import KEPT
from schoolgate.pupils.keeping_off import decide_change, end_keeping_off, keep_off
from schoolgate.pupils.models import DECIDE, LOOK, Pupil, PupilChange
from schoolgate.pupils.retention import PupilsWhoLeft
from schoolgate.screening import screen
from tests.cast import someone
from tests.pupils.conftest import SLT
from tests.pupils.lists import COLUMNS, HEAD, Brought, line

DAY = timedelta(days=1)
WHY = "Her carers have told me so."
MEG = {"first": "Megan", "last": "Prydderch", "known_as": "Meg", "form": "4B", "born_on": "1/9/2016"}
OTHERS = line("B1", "Zoe", "Connor")


@pytest.fixture(autouse=True)
def _home(home):
    """Files and keys of this test alone."""


@pytest.fixture
def amina(scoped):
    return someone("Amina", SLT)


@pytest.fixture
def lead(scoped, at):
    found = someone("Ben", SLT)
    Safeguarder.objects.create(place="lead", person_id=found.pk, since=at)
    return found


@pytest.fixture
def deputy(scoped, at):
    found = someone("Dora", SLT)
    Safeguarder.objects.create(place="deputy", person_id=found.pk, since=at)
    return found


@pytest.fixture
def megan(amina, lead, school, at):
    Brought(amina, at, school, line(**MEG), OTHERS).confirm()
    found = Pupil.objects.get(first_name="Megan")
    keep_off(by=lead, at=at, pupil=found, why="An order of the court.")
    return found


def walled(text, at):
    """Return whether a text meets the wall."""
    hits = screen(text, names_here(on=local_day(at))).hits
    return any(listed_of(hit.of) for hit in hits)


def tasks(kind, pupil):
    rows = Duty.objects.filter(kind=kind, subject=subject_of(pupil), state__in=STILL_TO_DO)
    return sorted(rows.values_list("person__name", flat=True))


LISTS = {
    "another name": line(**MEG | {"first": "Nadolig", "last": "Wmffre", "known_as": ""}),
    "another first name": line(**MEG | {"first": "Nadolig"}),
    "another surname": line(**MEG | {"last": "Wmffre"}),
    "another known name": line(**MEG | {"known_as": "Nel"}),
    "no known name": line(**MEG | {"known_as": ""}),
    "no class": line(**MEG | {"form": ""}),
    "no date of birth": line(**MEG | {"born_on": ""}),
    "another number": line("C7", **MEG),
    "not in the list": line("D1", "Ali", "Khan"),
}


@pytest.mark.parametrize("what", LISTS)
def test_the_names_stay_behind_the_wall_whatever_a_list_says(what, megan, amina, school, at):
    brought = Brought(amina, at + DAY, school, LISTS[what], OTHERS)
    agreed = [each.number for each in brought.plan.asked]
    brought.confirm(left=True, emptied=True, agreed=agreed)
    for text in ("Well done Megan Prydderch.", "Meg Prydderch won.", "Megan in 4B sang."):
        assert walled(text, at + DAY), text
    megan.refresh_from_db()
    assert (megan.first_name, megan.last_name, megan.known_as) == ("Megan", "Prydderch", "Meg")
    assert megan.left_on is None
    assert Pupil.objects.filter(key="D1").exists() == (what == "not in the list"), "the rest is imported"


def test_a_lead_decides_about_a_name_with_a_reason_and_the_others_are_told(
    megan, amina, lead, deputy, school, at
):
    brought = Brought(amina, at, school, line(**MEG | {"first": "Nadolig", "last": "Wmffre"}), OTHERS)
    assert "held" in brought.said()
    counts = brought.confirm(agreed=[2]).counts
    assert counts["held"] == 1
    assert tasks(DECIDE, megan) == ["Ben", "Dora"]
    change = PupilChange.objects.get()
    assert walled("Nadolig Wmffre won.", at), "the new name is looked for while it waits"
    with pytest.raises(NotAllowed, match="safeguarding lead"):
        decide_change(by=amina, at=at, change=change, agree=True, why=WHY)
    for nothing in ("", ".", "ok", "-- --", "yes"):
        with pytest.raises(BadInput):
            decide_change(by=lead, at=at, change=change, agree=True, why=nothing)
    decide_change(by=lead, at=at, change=change, agree=True, why=WHY)
    megan.refresh_from_db()
    assert megan.first_name == "Nadolig"
    assert (tasks(DECIDE, megan), tasks(LOOK, megan)) == ([], ["Dora"])
    for text in ("Nadolig Wmffre won.", "Megan Prydderch won.", "Meg Prydderch won."):
        assert walled(text, at), text
    with pytest.raises(NotNow):
        decide_change(by=lead, at=at, change=change, agree=True, why=WHY)


def test_a_change_that_a_lead_declines_leaves_the_pupil_as_they_were(megan, amina, lead, school, at):
    Brought(amina, at, school, line(**MEG | {"last": "Wmffre"}), OTHERS).confirm(agreed=[2])
    decide_change(by=lead, at=at, change=PupilChange.objects.get(), agree=False, why=WHY)
    megan.refresh_from_db()
    assert megan.last_name == "Prydderch"
    assert not walled("Zinnia Wmffre won.", at)


def test_a_list_that_says_it_again_asks_once(megan, amina, school, at):
    for _again in range(2):
        Brought(amina, at, school, line(**MEG | {"last": "Wmffre"}), OTHERS).confirm(agreed=[2])
    assert PupilChange.objects.count() == 1


def test_that_a_pupil_left_waits_for_a_lead_and_opens_nothing(megan, amina, lead, school, at):
    brought = Brought(amina, at, school, line("D1", "Ali", "Khan"))
    counts = brought.confirm(left=True).counts
    assert counts["held"] == 1
    assert Pupil.objects.get(first_name="Zoe").left_on == local_day(at), "the others have left"
    decide_change(by=lead, at=at, change=PupilChange.objects.get(), agree=True, why=WHY)
    megan.refresh_from_db()
    assert megan.left_on == local_day(at)
    assert walled("Well done Megan Prydderch.", at + DAY)


def test_nothing_of_a_pupil_on_the_list_is_erased_until_a_lead_takes_them_off(megan, lead, at):
    Pupil.objects.filter(pk=megan.pk).update(left_on=local_day(at - 4000 * DAY))
    assert not PupilsWhoLeft().due(at, at=at).exists()
    assert PupilsWhoLeft().still_needed([megan.pk]) == {megan.pk}
    end_keeping_off(by=lead, at=at, pupil=megan, why=WHY)
    assert PupilsWhoLeft().due(at, at=at).exists()


def test_at_another_school_the_child_stays_behind_the_wall_until_a_lead_says_otherwise(
    megan, amina, lead, at
):
    other = School.objects.create(name="Juniors", federation_id=current_scope().federation_id)
    brought = Brought(
        amina, at, other, line("J1", **MEG), line("J2", "Megan", "Prydderch", born_on="2/3/2015")
    )
    assert "kept_off" in brought.said()
    brought.confirm()
    new = Pupil.objects.get(key="J1")
    assert listed_of([new.pk])
    assert not listed_of([Pupil.objects.get(key="J2").pk]), "born on another day: another child"
    assert tasks(LOOK, new) == ["Ben"]


def test_taking_off_the_list_needs_a_reason_and_tells_the_other_leads(megan, lead, deputy, at):
    for nothing in ("", " . ", "x"):
        with pytest.raises(BadInput):
            end_keeping_off(by=lead, at=at, pupil=megan, why=nothing)
    end_keeping_off(by=lead, at=at, pupil=megan, why=WHY)
    assert tasks(LOOK, megan) == ["Dora"]
    assert not listed_of([megan.pk])


@pytest.mark.parametrize("key", ["A1", "B1"])
def test_an_empty_cell_empties_nothing_unless_that_is_ticked(key, amina, lead, school, at):
    first = {"first": "Megan", "last": "Prydderch"}
    Brought(amina, at, school, line(key, **MEG)).confirm()
    brought = Brought(amina, at, school, line(key, **first))
    assert brought.said() == ["emptied"] * 3
    assert next(each.args["old"] for each in brought.plan.lines[0].said) == "Meg"
    brought.confirm()
    known = Pupil.objects.get()
    assert (known.known_as, known.form, str(known.born_on)) == ("Meg", "4B", "2016-09-01")
    Brought(amina, at, school, line(key, **first)).confirm(emptied=True)
    known.refresh_from_db()
    assert (known.known_as, known.form, known.born_on) == ("", "", None)


def test_a_name_that_a_pupil_had_before_is_still_looked_for(amina, school, at):
    Brought(amina, at, school, line(**MEG)).confirm()
    Brought(amina, at, school, line(**MEG | {"last": "Wmffre"})).confirm(agreed=[2])
    for text in ("Megan Prydderch won.", "Megan Wmffre won.", "Meg Prydderch won."):
        assert screen(text, names_here(on=local_day(at))).hits, text


def test_each_field_that_a_list_may_change_is_tried_here():
    tried = {"first_name", "last_name", "known_as", "form", "born_on"}
    assert set(KEPT) - tried == {"year"}, "a year group is no name, and empties as a class does"
    assert {"Preferred Name", "Reg"} <= set(COLUMNS.values()) <= set(HEAD.split(","))
