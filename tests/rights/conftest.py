"""Requests about data in the scope that is open."""

from datetime import date, timedelta
from functools import partial

import pytest

from schoolgate.core.clock import local_day
from schoolgate.core.disclosure import places
from schoolgate.rights import requests
from tests.inbox.conftest import terms
from tests.publishing.conftest import beginning, cast, draft, federation, school, server
from tests.rights.asking import entered

__all__ = ["beginning", "cast", "draft", "federation", "school", "server", "terms"]


def enter_one(cast, at, kind="access", days_ago=0, **given):
    """A request that came in, entered by Sam, who deals with it."""
    received = given.pop("received_on", local_day(at) - timedelta(days=days_ago))
    by = given.pop("by", cast.sam)
    words = {"kind": kind, "received_on": received, "lead": cast.sam, "school": cast.school} | given
    return requests.enter(by=by, at=at, entered=entered(**words))


def gather_all(row, at, only=()):
    """Search until the end, in all places or only in these."""
    with pytest.MonkeyPatch.context() as patch:
        if only:
            patch.setattr(requests, "places", lambda: {code: places()[code] for code in sorted(only)})
        while requests.gather_some(at=at, gathering=row.pk):
            pass


def search_to_the_end(cast, at, request, lines, only=(), **given):
    """Search for a request; Sam starts it. `only`: in these places, for tests that are about them alone; all
    of them are a hundred queries."""
    row = requests.start_gathering(by=cast.sam, at=at, request=request, lines=lines, **given)
    gather_all(row, at, only)
    row.refresh_from_db()
    return row


@pytest.fixture
def enter(cast, at):
    """`enter("access", days_ago=3)`: `enter_one`."""
    return partial(enter_one, cast, at)


@pytest.fixture
def today(at) -> date:
    """The day in London on which the tests happen."""
    return local_day(at)


@pytest.fixture
def search(cast, at):
    """`search(request, "Miriam Secretwood")`: `search_to_the_end`."""
    return partial(search_to_the_end, cast, at)
