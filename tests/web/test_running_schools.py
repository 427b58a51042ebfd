"""Administrators see how posting and reading go at each school, where there are several."""

from datetime import timedelta

import pytest

from schoolgate.core.clock import now
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.networks.handshake import Intent
from schoolgate.publishing.models import Delivery, Post
from schoolgate.reports.running import SOON, by_school
from tests.publishing.conftest import account_on
from tests.web.plain import check_page

DAYS = timedelta(days=2)
MOMENT = timedelta(seconds=1)


@pytest.fixture
def trust(cast, federation):
    """Two schools, each with an account that is read by the program."""
    at = now()
    with scope(federation.pk):
        north, south = (School.objects.create(name=name, slug=name.lower()) for name in ("North", "South"))
        of_north, of_south = (
            account_on(network, one, at - DAYS, connected_at=at - DAYS, last_good_read_at=at, vault_ref=1)
            for network, one in (("bluesky", north), ("mastodon", south))
        )
        yield of_north, of_south, cast("Ada Min", "slt"), at


def due(account, by, state, *, since) -> Delivery:
    post = Post.objects.create(
        school=account.school, author=by, state="approved", state_at=since, created_at=since
    )
    return Delivery.objects.create(
        post=post, account=account, intent_key=f"k{post.pk}", written_at=since, state=state, state_at=since
    )


def numbers(at) -> dict[str, tuple[int, int, int, int, bool]]:
    return {
        one.school.name if one.school else "": (one.accounts, one.unread, one.unsent, one.unsure, one.well)
        for one in by_school(at)
    }


def test_each_school_has_its_own_numbers_on_both_sides_of_each_limit(trust):
    of_north, of_south, ada, at = trust
    assert numbers(at) == {"North": (1, 0, 0, 0, True), "South": (1, 0, 0, 0, True)}
    due(of_north, ada, Intent.WRITTEN, since=at - SOON)
    due(of_south, ada, Intent.WRITTEN, since=at - SOON - MOMENT)
    due(of_south, ada, Intent.CONFIRMED, since=at - DAYS)
    due(of_south, ada, Intent.UNKNOWN, since=at - DAYS)
    of_north.last_good_read_at = at - timedelta(days=1) - MOMENT
    of_north.save()
    assert numbers(at) == {"North": (1, 1, 0, 0, False), "South": (1, 0, 1, 1, False)}


def test_accounts_of_all_schools_come_last(trust):
    _of_north, of_south, _ada, at = trust
    of_south.school = None
    of_south.save()
    assert [*numbers(at)] == ["North", "South", ""]
    assert numbers(at)[""] == (1, 0, 0, 0, True)


def test_the_page_shows_them_to_administrators_alone_and_asks_the_same_however_many(
    trust, cast, sign_in, queries
):
    of_north, _of_south, ada, at = trust
    due(of_north, ada, Intent.UNKNOWN, since=at)
    keeper = sign_in(ada)
    page = keeper.get("/running").content.decode()
    check_page(page, "en")
    assert [page.count(words) for words in ("Needs a look", "Working")] == [1, 1]
    with queries() as before:
        keeper.get("/running")
    for number in range(5):
        School.objects.create(name=f"School {number}", slug=f"s{number}")
    with queries() as after:
        keeper.get("/running")
    assert len(after) == len(before)
    assert sign_in(cast("Cara", "staff")).get("/running").status_code == 403


def test_a_federation_with_one_school_has_no_table(trust, sign_in):
    of_north, of_south, ada, _at = trust
    south, of_south.school = of_south.school, of_north.school
    of_south.save()
    south.delete()
    page = sign_in(ada).get("/running").content.decode()
    assert "Working" not in page
