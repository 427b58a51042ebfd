"""Lists that wait while the vault gets another key: they open with the new one, and can be taken over."""

import pytest

from schoolgate.core import files, vault
from schoolgate.core.vault import change_key
from schoolgate.people.list_importer import read_list
from tests.cast import lose_second_steps
from tests.people.lists import Brought, line


@pytest.fixture(autouse=True)
def _home(home):
    """Files and keys of this test alone."""


def change():
    lose_second_steps()
    return change_key(lambda told: None, wait=lambda: None)


def test_a_list_that_waits_opens_with_the_new_key_and_is_taken_over(amina, at):
    brought = Brought(amina, at, line())
    before = brought.importing.file

    assert (change().cannot, len(vault.known_keys())) == ([], 1)

    brought.importing.refresh_from_db()
    assert brought.importing.file != before
    here = amina.federation_id
    assert read_list(brought.importing.file, federation_id=here) == brought.kept.sheet
    assert not files.is_there(before, federation_id=here)
    assert brought.confirm().state == "done"


def test_a_list_that_has_ended_is_left_alone(amina, at):
    brought = Brought(amina, at, line())
    over = brought.confirm()
    change()
    over.refresh_from_db()
    assert over.file == brought.kept.file


def test_a_list_that_no_key_opens_is_named_and_keeps_the_old_keys(amina, at):
    brought = Brought(amina, at, line())
    stored = files.keep(b"nonsense", "application/octet-stream", federation_id=amina.federation_id)
    type(brought.importing).objects.filter(pk=brought.importing.pk).update(file=stored.digest)
    told = change()
    assert (told.cannot, told.dropped) == ([f"list {brought.importing.pk} of people.peopleimport"], 0)


def test_a_list_whose_lines_are_gone_holds_nothing_up(amina, at):
    brought = Brought(amina, at, line())
    files.remove(brought.importing.file, federation_id=amina.federation_id)
    assert change().dropped == 1
