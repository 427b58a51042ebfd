"""A list of people is taken over exactly as it was shown, or not at all."""

from datetime import timedelta

import pytest
from django.utils import translation

from schoolgate.core.errors import NotFound, NotNow
from schoolgate.people.importing import PEOPLE
from schoolgate.people.list_importer import drop, let_lapse, note_erased, read_list
from schoolgate.people.models import PeopleImport, Person
from tests.people.lists import DAY, Brought, line, words


@pytest.fixture(autouse=True)
def _home(home):
    """Files and keys of this test alone."""


# --- Confirming ---------------------------------------------------------------------------------------------


def test_what_was_shown_is_what_is_taken_over(amina, cara, at):
    brought = Brought(amina, at, line(name="Cara Rees", email=cara.email))
    seen = brought.plan.seen
    Person.objects.filter(pk=cara.pk).update(name="Cara Mair Rees")
    with pytest.raises(NotNow, match="has changed since you saw this"):
        brought.confirm(seen=seen)
    brought.confirm()
    cara.refresh_from_db()
    assert cara.name == "Cara Rees"


def test_a_word_explained_otherwise_has_to_be_looked_at_again(amina, school, at):
    brought = Brought(amina, at, line(role="Teacher", school=school.name))
    words(brought, role={"Teacher": "staff"})
    seen = brought.plan.seen
    words(brought, role={"Teacher": "slt"})
    with pytest.raises(NotNow, match="has changed"):
        brought.confirm(seen=seen)


def test_what_was_shown_is_the_same_in_either_language(amina, at):
    brought = Brought(amina, at, line())
    with translation.override("cy"):
        welsh = brought.plan.seen
    assert welsh == brought.plan.seen


def test_a_list_is_taken_over_once_and_its_lines_are_erased(amina, at, django_capture_on_commit_callbacks):
    brought = Brought(amina, at, line())
    with django_capture_on_commit_callbacks(execute=True):
        done = brought.confirm()
    assert (done.state, done.counts["people_added"]) == ("done", 1)
    with pytest.raises(NotFound):
        read_list(done.file, federation_id=amina.federation_id)
    with pytest.raises(NotNow, match="ended"):
        drop(kind=PEOPLE, by=amina, at=at, importing=done)


def test_a_list_that_is_dropped_changes_nothing(amina, at):
    brought = Brought(amina, at, line())
    assert drop(kind=PEOPLE, by=amina, at=at, importing=brought.importing).state == "dropped"
    with pytest.raises(NotNow):
        brought.confirm()


def test_a_list_that_nobody_confirms_lapses_after_a_day(amina, at):
    brought = Brought(amina, at, line())
    file = brought.importing.file
    assert let_lapse(kind=PEOPLE, at=at + DAY - timedelta(seconds=1)) == []
    assert let_lapse(kind=PEOPLE, at=at + DAY) == [file]
    note_erased(kind=PEOPLE, at=at + DAY, files=[file])
    ended = PeopleImport.objects.get()
    assert (ended.state, ended.file) == ("lapsed", "")


def test_the_lines_lie_sealed(amina, at, home):
    Brought(amina, at, line())
    stored = [path.read_bytes() for path in home.rglob("*") if path.is_file()]
    assert [content for content in stored if b"Dan Evans" in content] == []
