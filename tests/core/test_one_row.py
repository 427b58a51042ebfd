"""Of two that write the same row at once, both get it, and the database has no error to log."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from schoolgate.core import rows
from schoolgate.core.models import School
from schoolgate.core.rows import found_or_made

pytestmark = pytest.mark.usefixtures("scoped")


def hill(name: str) -> tuple[School, bool]:
    return found_or_made(School.objects, slug="hill", defaults={"name": name})


def test_the_first_makes_it_and_the_next_finds_it():
    first, new = hill("Hill School")
    again, _ = hill("Another")
    assert (new, first.name, again, again.name) == (True, "Hill School", first, "Hill School")
    assert hill("Another")[1] is False


def test_one_that_another_makes_meanwhile_is_found_without_an_error(monkeypatch):
    def meanwhile(row):
        School.objects.create(slug="hill", name="Theirs")
        return insert(row)

    insert = rows._was_inserted
    monkeypatch.setattr(rows, "_was_inserted", meanwhile)
    with CaptureQueriesContext(connection) as asked:
        row, new = hill("Ours")
    assert (row.name, new) == ("Theirs", False)
    assert not any("SAVEPOINT" in each["sql"] for each in asked.captured_queries)


def test_a_row_that_is_made_is_as_the_database_has_it():
    made, _new = hill("Hill School")
    kept = School.objects.get(pk=made.pk)
    assert {name: value for name, value in vars(made).items() if name != "_state"} == {
        name: value for name, value in vars(kept).items() if name != "_state"
    }
    made.name = "Hill"
    made.save()
    assert School.objects.get().name == "Hill"
