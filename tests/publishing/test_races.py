"""What happens at the same moment, or in the wrong order: a post is settled all the same, and what is to go
is not sent again."""

import threading
from datetime import timedelta
from unittest.mock import Mock

import pytest

from schoolgate.core.files import StoreTrouble
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.networks.fake import FakeNetwork, FakeServer, Fault
from schoolgate.networks.handshake import PATIENCE
from schoolgate.publishing import queries, sending
from schoolgate.publishing.by_hand import say_how_it_stands
from schoolgate.publishing.models import Delivery
from schoolgate.publishing.post_parts import frozen_picture
from schoolgate.publishing.taking_down import take_down
from tests.networks.desk import Desk, side_by_side

LATER = timedelta(minutes=10)


@pytest.mark.parametrize("fault", [Fault.UNREACHABLE, Fault.TIME_OUT_BEFORE])
def test_what_never_arrived_is_not_sent_again_once_the_post_is_to_go(
    cast, started, advance, server, at, fault
):
    server.faults = [fault, *[None] * 9]
    delivery = advance(started())
    post = take_down(by=cast.ben, at=at, post=queries.post(delivery.post_id), reason="consent")

    for _ in range(3):
        at += LATER
        delivery = advance(delivery, now=at)

    assert (delivery.state, server.ours) == ("cancelled", {})
    assert queries.post(post.pk).state == "taken_down"


def test_a_refusal_of_what_is_to_go_anyway_is_nobodys_duty(cast, started, advance, server, at):
    server.faults = [Fault.TIME_OUT_BEFORE, Fault.UNREACHABLE]
    delivery = advance(started())
    take_down(by=cast.ben, at=at, post=queries.post(delivery.post_id), reason="consent")

    Delivery.objects.filter(pk=delivery.pk).update(attempts=5)
    for minutes in (10, 20):
        delivery = advance(delivery, now=at + timedelta(minutes=minutes))

    assert (delivery.state, queries.post(delivery.post_id).state) == ("failed", "taken_down")
    assert not Duty.objects.filter(kind="delivery.failed").exists()


def test_what_a_person_finds_on_the_network_of_a_post_that_is_to_go_is_taken_down(
    cast, started, advance, server, at
):
    server.faults = [Fault.TIME_OUT_AFTER, *[Fault.UNREACHABLE] * 9]
    delivery = advance(started())
    delivery = advance(delivery, now=at + PATIENCE)
    assert delivery.state == "asked"
    post = take_down(by=cast.ben, at=at, post=queries.post(delivery.post_id), reason="consent")
    assert post.state == "taking_down"

    address = "https://bsky.app/profile/north.test/post/" + delivery.intent_key
    say_how_it_stands(by=cast.amina, at=at, delivery=delivery, there=True, address=address)

    assert queries.post(post.pk).state == "taking_down"
    assert post.deliveries.get(purpose="take_down").receipt["address"] == address


class BothRead(FakeNetwork):
    """Answers a reading only when two ask, so that both go on at the same moment."""

    def __init__(self, server):
        super().__init__(server)
        self.both = threading.Barrier(2)

    def read_back(self, ref):
        self.both.wait(10)
        return super().read_back(ref)


def test_two_accounts_that_end_at_the_same_moment_settle_their_post(own_database, make_federation, at):
    desk = Desk.set_up(make_federation(), at)
    for _ in range(6):
        first = desk.intent()
        with scope(desk.federation_id):
            other = type(desk.account).objects.create(
                name="Second", network="bluesky", kind="school", state="open", made_at=at, opened_at=at,
                opened_by=desk.account.opened_by,
            )  # fmt: skip
            second = Delivery.objects.create(
                post=first.post, account=other, intent_key=f"second{first.pk}", text="Second", written_at=at,
                state_at=at,
            )  # fmt: skip
        rows, together = [first, second], BothRead(FakeServer())

        def work(rows=rows, network=together):
            row = rows.pop()
            sending.advance(desk.federation_id, row.pk, clock=lambda: at, connect=lambda _: network)

        side_by_side(work, times=2)

        with scope(desk.federation_id):
            assert queries.post(first.post_id).state == "published"


def test_a_picture_that_is_no_longer_kept_is_told_at_once(cast, started, advance, server, at):
    delivery = started()
    lost = frozen_picture(_picture_of(cast, at))
    Delivery.objects.filter(pk=delivery.pk).update(pictures=[lost])

    delivery = advance(delivery)

    assert (delivery.state, delivery.because, server.calls) == ("failed", "picture_lost", [])
    assert Duty.objects.get(kind="delivery.failed").person == cast.amina


def test_while_the_files_are_away_a_post_waits_and_is_tried_again(
    cast, started, advance, server, at, monkeypatch
):
    delivery = started()
    Delivery.objects.filter(pk=delivery.pk).update(pictures=[frozen_picture(_picture_of(cast, at))])
    with monkeypatch.context() as away:
        away.setattr("schoolgate.core.files.the_store", Mock(side_effect=StoreTrouble))
        delivery = advance(delivery)

    assert (delivery.state, delivery.because, server.calls) == ("written", "files_away", [])
    assert not Duty.objects.filter(kind="delivery.failed").exists()


def _picture_of(cast, at):
    from schoolgate.media.models import Picture

    return Picture.objects.create(
        school=cast.school, digest="0" * 64, media_type="image/png", width=1, height=1, size=1, alt="A gate",
        shows_people=False, shows_pupils=False, added_by=cast.amina, added_at=at,
    )  # fmt: skip
