"""From which day on an account's posts are known, and what is never claimed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from schoolgate.core.tenancy import scope
from schoolgate.publishing.models import PastImport
from schoolgate.publishing.past_posts import PostsCovered, copies_known_from, known_of
from tests.publishing.conftest import account_on

OPENED = date(2027, 1, 19)


def cover(world, first: date, made_on: date, state: str = "done") -> None:
    """A download of that reach."""
    begins = datetime(first.year, first.month, first.day, 12, tzinfo=UTC)
    given = (
        {"confirmed_by": world.ben, "confirmed_at": world.at, "made_on": made_on} if state == "done" else {}
    )
    PastImport.objects.create(
        account=world.x, by=world.ben, at=world.at, content="", size=1, state=state, state_at=world.at,
        heard_at=world.at, whose="same", found={"first": begins.isoformat()}, **given,
    )  # fmt: skip


def test_without_a_download_from_the_day_it_opened_here(world):
    with scope(world.federation.pk):
        assert copies_known_from(world.x) == OPENED


def test_an_account_that_is_not_open_is_not_known(world):
    with scope(world.federation.pk):
        waiting = account_on(
            "facebook", world.school, world.at, state="waiting", opened_at=None, opened_by=None
        )
        assert copies_known_from(waiting) is None


@pytest.mark.parametrize(
    ("made_on", "known"),
    [
        (OPENED, PostsCovered(date(2019, 3, 3))),
        (OPENED + timedelta(days=5), PostsCovered(date(2019, 3, 3))),
        (OPENED - timedelta(days=1), PostsCovered(OPENED, (OPENED - timedelta(days=1), OPENED))),
    ],
)
def test_a_download_reaches_back_to_its_first_post_where_nothing_lies_between(world, made_on, known):
    with scope(world.federation.pk):
        cover(world, date(2019, 3, 3), made_on)
        assert known_of([world.x]) == {world.x.pk: known}


def test_two_downloads_that_touch_reach_back_together(world):
    with scope(world.federation.pk):
        cover(world, date(2019, 3, 3), date(2024, 6, 1))
        cover(world, date(2024, 6, 1), OPENED)
        assert copies_known_from(world.x) == date(2019, 3, 3)


def test_a_gap_between_two_is_told(world):
    with scope(world.federation.pk):
        cover(world, date(2019, 3, 3), date(2024, 5, 31))
        cover(world, date(2024, 6, 2), OPENED)
        assert known_of([world.x])[world.x.pk] == PostsCovered(
            date(2024, 6, 2), (date(2024, 5, 31), date(2024, 6, 2))
        )


@pytest.mark.parametrize("state", ["found", "dropped", "unreadable"])
def test_only_what_was_taken_in_to_the_end_counts(world, state):
    with scope(world.federation.pk):
        cover(world, date(2019, 3, 3), OPENED, state)
        assert copies_known_from(world.x) == OPENED


def test_many_accounts_cost_one_query(world, queries):
    with scope(world.federation.pk):
        others = [account_on(network, world.school, world.at) for network in ("facebook", "instagram")]
        with queries() as seen:
            known_of([world.x, *others])
    assert len(seen) == 1
