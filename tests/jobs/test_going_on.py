"""Trouble with one thing keeps nothing else from going out or coming in."""

from datetime import UTC, datetime, timedelta

import pytest

from schoolgate.core.tenancy import scope
from schoolgate.jobs.minutely import poll, send_due
from schoolgate.networks.noticeboard.models import NoticeboardPost
from schoolgate.publishing.models import Delivery, Post
from tests.networks.desk import Desk
from tests.working import do_jobs

NOW = datetime.now(UTC)


@pytest.fixture
def boards(own_database, make_federation) -> list[Desk]:
    """Two federations, each with an account on its own noticeboard."""
    desks = [Desk.set_up(make_federation(slug, "wildground"), NOW) for slug in ("first", "second")]
    for desk in desks:
        desk.use("noticeboard")
    return desks


def states(desk: Desk, *rows: Delivery) -> list[str]:
    return [desk.row(row).state for row in rows]


def test_one_intent_that_breaks_does_not_stop_the_others_of_any_federation(boards):
    first, second = boards
    broken, good = first.intent(), first.intent()
    other = second.intent()
    first.change(broken, intent_key="longer than any key of the noticeboard", text="\x01")
    with scope(first.federation_id):
        Post.objects.filter(pk=broken.post_id).update(author=first.account.opened_by)
        Delivery.objects.filter(pk=broken.pk).update(text="", not_before=NOW - timedelta(hours=1))

    send_due(NOW + timedelta(seconds=1))
    do_jobs(NOW + timedelta(seconds=1))

    assert (states(first, good), states(second, other)) == (["confirmed"], ["confirmed"])
    with scope(first.federation_id):
        assert NoticeboardPost.objects.count() == 1


def test_one_post_that_cannot_start_does_not_stop_the_others(boards):
    """Without a policy in force nothing can start; the other federation is served all the same."""
    first, second = boards
    with scope(first.federation_id):
        Post.objects.create(
            school=first.school,
            author=first.account.opened_by,
            state="approved",
            state_at=NOW - timedelta(minutes=1),
            created_at=NOW,
        )
    other = second.intent()

    send_due(NOW + timedelta(seconds=1))
    do_jobs(NOW + timedelta(seconds=1))

    assert states(second, other) == ["confirmed"]


def test_an_account_without_keys_does_not_stop_another_from_being_read(boards):
    first, second = boards
    first.use("bluesky")

    poll(NOW)
    do_jobs(NOW)

    with scope(second.federation_id):
        assert type(second.account).objects.get(pk=second.account.pk).last_good_read_at is not None
