"""Lists page by key: every row once, in order, whichever way one goes."""

from datetime import timedelta
from urllib.parse import parse_qs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolgate.core.days import NEVER
from schoolgate.core.errors import NotFound
from schoolgate.core.models import Stop
from schoolgate.core.rows import key_as_text, key_in
from schoolgate.core.tenancy import current_scope
from schoolgate.web.frame.paging import page_by_key

pytestmark = pytest.mark.django_db


@pytest.fixture
def seven(scoped, at):
    """Seven rows; the middle three at the same instant."""
    for hours in (0, 1, 2, 2, 2, 3, 4):
        Stop.objects.create(reason="x", placed_at=at + timedelta(hours=hours))
    return list(Stop.objects.order_by("-placed_at", "-pk"))


def asked(query: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(query).items()}


def page(query: str = "", size: int = 3):
    return page_by_key(Stop.objects.all(), asked(query), by="placed_at", size=size)


@pytest.mark.parametrize("size", [1, 2, 3, 6, 7, 8])
def test_older_and_older_shows_every_row_once_and_newer_leads_back(seven, size):
    there, query = [], ""
    while True:
        shown = page(query, size)
        there.append(list(shown.rows))
        if not shown.older:
            break
        query = shown.older
    assert [row for rows in there for row in rows] == seven
    back = [list(shown.rows)]
    while shown.newer:
        shown = page(shown.newer, size)
        back.append(list(shown.rows))
    assert [row for rows in back[::-1] for row in rows] == seven


@pytest.mark.parametrize("size", [1, 2, 3, 6, 7, 8])
def test_oldest_first_shows_every_row_once_too_and_leads_back(seven, size):
    def page(query=""):
        return page_by_key(Stop.objects.all(), asked(query), by="placed_at", size=size, oldest_first=True)

    shown = page()
    assert shown.older == ""
    there = [list(shown.rows)]
    while shown.newer:
        shown = page(shown.newer)
        there.append(list(shown.rows))
    assert [row for rows in there for row in rows] == seven[::-1]
    back = [list(shown.rows)]
    while shown.older:
        shown = page(shown.older)
        back.append(list(shown.rows))
    assert [row for rows in back[::-1] for row in rows] == seven[::-1]


def test_the_newest_page_has_no_newer_one_and_the_last_no_older(seven):
    assert (page().newer, page(size=7).older) == ("", "")


def test_an_empty_list_has_no_neighbours(scoped):
    assert (list(page().rows), page().newer, page().older) == ([], "", "")


def test_a_row_added_meanwhile_moves_nothing(seven, at):
    older = page().older
    Stop.objects.create(reason="x", placed_at=at + timedelta(hours=9))
    assert list(page(older).rows) == seven[3:6]


@pytest.mark.parametrize(
    "key",
    [
        "",
        "1",
        "x_1",
        "2027-01-19_1",
        "2027-01-19T10:30:00+00:00_0",
        "2027-01-19T10:30:00+00:00_99999999999999999999",
        "2027-01-19T10:30:00+00:00_-1",
        "\x00_1",
    ],
)
@pytest.mark.parametrize("way", ["older", "newer"])
def test_a_key_that_is_none_of_ours_finds_nothing(scoped, key, way):
    with pytest.raises(NotFound):
        page_by_key(Stop.objects.all(), {way: key}, by="placed_at")


def test_a_page_goes_on_after_rows_without_a_time():
    assert key_in(key_as_text(NEVER, 7)) == (NEVER, 7)
    with pytest.raises(NotFound):
        key_in("9998-12-31T00:00:00+00:00_7")


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_no_key_breaks_the_reading(text):
    try:
        page_by_key(Stop.objects.none(), {"older": text}, by="placed_at")
    except NotFound:
        return
    assert "_" in text


def test_a_page_asks_once_however_many_rows_there_are(seven, same_queries, at):
    def grow():
        for hours in range(20):
            Stop.objects.create(reason="x", placed_at=at + timedelta(hours=hours))

    assert same_queries(lambda: list(page().rows), grow) == 1
    assert current_scope().federation_id == seven[0].federation_id
