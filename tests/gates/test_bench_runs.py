"""Each part of the bench measures what it says, with its smallest sizes, and its result fills its rows."""

from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from bench import __main__ as bench
from bench import database, figures, start, warm_page
from bench.world import world
from tests import databases
from tests.stories import story

pytestmark = [pytest.mark.slow, pytest.mark.processes]
DEAR = {
    "backups", "calendar", "crowd", "evidence", "hidden", "importing", "inbox", "ingest", "learned", "pages",
    "pictures", "replay", "reporting", "retention", "rulebook", "screening", "sending", "start", "strangers",
    "today", "triage", "words",
}  # fmt: skip
"""Parts that take a second and more even with their smallest sizes: `make storm` runs them."""


@pytest.fixture(scope="module")
def bases(template_database, django_db_setup, django_db_blocker):
    """The two databases that parts copy, on the tests' own server."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        before = dict(connection.settings_dict)
        patch.setattr(settings, "ALLOWED_HOSTS", ["*"])
        patch.setattr(database, "BASE", databases.clone(template_database))
        patch.setattr(database, "EMPTY", databases.clone(template_database))
        patch.setattr(database, "_begin", lambda: None)
        patch.setattr(database, "_tell", put_in)
        patch.setattr(start, "_home", furnished)
        patch.setattr(warm_page, "TIMES", 2)
        yield
        databases.connect_to(before["NAME"], role=before["USER"])
        for name in (database.BASE, database.EMPTY):
            databases.drop(name)
        world.cache_clear()
        database.prepared.cache_clear()


def furnished(folder: Path) -> Path:
    """A home whose database is migrated, as after a first start."""
    home = folder / "h"
    home.mkdir()
    databases.furnish(home)
    return home


def put_in(example: str) -> None:
    """Put in an example's story as it's kept, which is quicker than telling it."""
    kept = story(example)
    kept.into(databases.server(), connection.settings_dict["NAME"])
    kept.into_home(databases.HOME)


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=pytest.mark.storm) if name in DEAR else name for name in bench.PARTS],
)
def test_a_part_measures_what_it_says(bases, name, monkeypatch, django_db_blocker):
    part = import_module(f"bench.{name}")
    for size, smallest in getattr(part, "SMALLEST", {}).items():
        monkeypatch.setattr(part, size, smallest)
    with django_db_blocker.unblock():
        measured = part.run()
    assert measured["what"]
    assert figures.shown(name, measured)
