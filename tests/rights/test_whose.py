"""Whose data it may be: people and pupils of this federation, by their whole name."""

import pytest

from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.pupils.models import Pupil
from schoolgate.rights.finding import named_here
from tests.cast import someone

NAME = "Priya Nair"


def pupil(school, key="P1", **given):
    first, _space, last = NAME.partition(" ")
    whole = {"key": key, "first_name": first, "last_name": last} | given
    return Pupil.objects.create(school=school, **whole)


def test_a_person_is_offered_by_whole_name_or_address(cast):
    key = f"person-{cast.ben.pk}"
    type(cast.ben).objects.filter(pk=cast.ben.pk).update(email="ben@north.example")
    for line in ("Ben Carter", "  ben   CARTER ", "Ben@North.example"):
        assert [one for one, _said in named_here(line)] == [key]
    for line in ("Ben", "Carter", "Benjamin Carter", ""):
        assert named_here(line) == []


def test_a_pupil_is_offered_by_either_first_name_with_form_and_school(cast):
    one = pupil(cast.school, known_as="Pri", form="4B")
    [(key, said)] = named_here(NAME)
    assert key == f"pupil-{one.pk}"
    assert "4B" in said
    assert cast.school.name in said
    assert [key for key, _said in named_here("Pri Nair")] == [key]
    assert named_here("Nair") == []


@pytest.fixture
def elsewhere(beginning, make_federation):
    """A pupil and a person of another federation."""
    with scope(make_federation("other").pk):
        pupil(School.objects.create(name="South", slug="south"))
        someone("Elin Elsewhere")


def test_someone_of_another_federation_is_not_offered(elsewhere, cast):
    assert named_here(f"{NAME}\nElin Elsewhere") == []
