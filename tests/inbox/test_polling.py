"""Which posts a round looks at: fresh ones always, older ones once an hour. What two rounds read at
once is taken in once."""

import threading
from dataclasses import replace
from datetime import timedelta

from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.inbox import ingesting
from schoolgate.inbox.ingesting import FRESH_FOR, LIVE_FOR
from schoolgate.inbox.models import Item
from schoolgate.networks.fake import FakeNetwork
from schoolgate.networks.noticeboard.board import leave_comment
from schoolgate.networks.noticeboard.models import NoticeboardPost
from schoolgate.networks.port import Newest, Ref
from schoolgate.policy.adopting import adopt
from schoolgate.publishing.models import Delivery
from tests.cast import someone
from tests.networks.desk import Desk, side_by_side


def rounds_of_an_hour(published, server, poll, begins):
    server.calls.clear()
    for minute in range(60):
        poll(now=begins + timedelta(minutes=minute))
    return server.calls.count("replies")


def test_a_fresh_post_is_looked_at_in_every_round(published, server, poll, at):
    assert rounds_of_an_hour(published, server, poll, at) == 60


def test_an_older_post_is_looked_at_once_an_hour(published, server, poll, at):
    later = at + FRESH_FOR + timedelta(minutes=1)

    assert rounds_of_an_hour(published, server, poll, later) == 1


def test_a_post_of_long_ago_is_looked_at_no_more(published, server, poll, at):
    assert rounds_of_an_hour(published, server, poll, at + LIVE_FOR + timedelta(minutes=1)) == 0


class BothRead(FakeNetwork):
    """Answers with the mentions only when two ask, so that both have read the same before either writes."""

    def __init__(self, server):
        super().__init__(server)
        self.both = threading.Barrier(2)

    def mentions(self, since=None):
        self.both.wait(10)
        return super().mentions(since)


def test_two_rounds_that_read_the_same_comments_at_the_same_moment_take_each_in_once(
    own_database, make_federation, at
):
    desk = Desk.set_up(make_federation(), at)
    with scope(desk.federation_id):
        adopt(by=someone("Sam Slater", "slt"), at=at)
    network = BothRead(desk.server)
    for text in ("First", "Second", "Third"):
        said = desk.server.comment(Ref("bluesky", "elsewhere"), text, at=at)
        desk.server.comments[said.ref.id] = replace(said, kind="mention")

    side_by_side(
        lambda: ingesting.poll(
            desk.federation_id, desk.account.pk, clock=lambda: at, connect=lambda _: network
        ),
        times=2,
    )

    with scope(desk.federation_id):
        assert Item.objects.count() == 3


def test_where_the_newest_of_very_many_are_read_the_older_ones_are_not_asked_for_one_by_one(
    beginning, published, server, poll, at
):
    written = [
        server.comment(published.ref, f"Comment {number}", at=at + timedelta(minutes=number))
        for number in range(5)
    ]
    later = at + timedelta(hours=1)
    assert len(poll(now=later)) == 5
    server.delete(written[3])
    asked = []

    class OnlyNewest(FakeNetwork):
        def replies(self, ref, since=None):
            return Newest(super().replies(ref, since)[-2:])

        def look_again(self, refs):
            asked.extend(ref.id for ref in refs)
            return super().look_again(refs)

    cast = beginning.cast
    ingesting.poll(
        cast.federation.pk, cast.bluesky.pk, clock=lambda: later, connect=lambda _: OnlyNewest(server)
    )

    assert asked == [written[3].ref.id]
    with scope(cast.federation.pk):
        gone = Item.objects.exclude(gone_at=None)
        assert [item.network_id for item in gone] == [written[3].ref.id]


def test_our_own_page_is_read_within_a_minute_however_old_the_post_is(
    own_database, make_federation, home, at
):
    """Also below a post that was taken down since: what someone wrote there may be a child's cry for help."""
    desk = Desk.set_up(make_federation(), at)
    desk.use("noticeboard")
    years = at + timedelta(days=3 * 365)
    there = Ref("noticeboard", "0123456789abc")
    copy = desk.intent(
        intent_key=there.id, state="confirmed", sent_at=at, attempts=1,
        receipt=there.to_json(),
    )  # fmt: skip
    with scope(desk.federation_id):
        adopt(by=someone("Sam Slater", "slt"), at=at)
        post = NoticeboardPost.objects.create(
            school=desk.school, key=there.id, text="Sports day", published_at=at
        )
        leave_comment(post=post, name="Mia", text="i want to kill myself", at=years)
        NoticeboardPost.objects.update(taken_down_at=years)
    desk.removal(copy)
    with scope(desk.federation_id):
        Delivery.objects.filter(purpose="take_down").update(state="confirmed")
    ingesting.poll(desk.federation_id, desk.account.pk, clock=lambda: years)
    with scope(desk.federation_id):
        item = Item.every.get()
        assert (item.lane, item.first_seen_at) == ("danger", years)
        assert Duty.objects.filter(kind="item.danger", subject=f"inbox.item:{item.pk}").exists()
