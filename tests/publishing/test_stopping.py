"""Who presses the stop button, and a picture on its way outside every transaction."""

import io
from datetime import timedelta

import pytest
from PIL import Image

from schoolgate.core.errors import BadInput, NotAllowed, NotNow
from schoolgate.core.models import School
from schoolgate.core.stops import all_standing
from schoolgate.core.tenancy import scope
from schoolgate.media.pictures import add_picture, store, take_in
from schoolgate.networks.fake import FakeNetwork, FakeServer
from schoolgate.policy.adopting import adopt
from schoolgate.publishing import queries, sending
from schoolgate.publishing.approving import approve_post, submit_post
from schoolgate.publishing.drafting import TargetText, draft_post
from schoolgate.publishing.rules import lift_stop, stop_everything
from schoolgate.publishing.starting import begin_sending
from tests.cast import someone, someone_leads
from tests.publishing.conftest import ANSWERS, account_on


def test_who_may_stops_the_federation_and_lifts_it(cast, at):
    stop = stop_everything(by=cast.ben, at=at, reason="Somebody has our key")
    assert all_standing(at) == [stop]
    lift_stop(by=cast.sam, at=at, stop=stop)
    assert all_standing(at) == []
    with pytest.raises(NotNow):
        lift_stop(by=cast.sam, at=at, stop=stop)


def test_who_may_not_neither_stops_nor_lifts(cast, at):
    with pytest.raises(NotAllowed, match="stop all posting"):
        stop_everything(by=cast.amina, at=at, reason="x")
    stop = stop_everything(by=cast.ben, at=at, reason="x")
    with pytest.raises(NotAllowed):
        lift_stop(by=cast.amina, at=at, stop=stop)


def test_a_part_in_one_school_stops_that_school_only(cast, at):
    lead = someone("Lena Lead", "lead-staff-member", school=cast.school)
    south = School.objects.create(name="South", slug="south")
    stop = stop_everything(by=lead, at=at, reason="x", school=cast.school)
    assert all_standing(at) == [stop]
    for school in (None, south):
        with pytest.raises(NotAllowed):
            stop_everything(by=lead, at=at, reason="x", school=school)


def test_the_widest_stop_stands_first(cast, at):
    one = stop_everything(by=cast.ben, at=at, reason="x", school=cast.school)
    whole = stop_everything(by=cast.ben, at=at, reason="y")
    assert all_standing(at) == [whole, one]


HALF_AN_HOUR = timedelta(minutes=30)
MOMENT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("length", "state", "calls"),
    [(HALF_AN_HOUR, "sending", 1), (HALF_AN_HOUR + MOMENT, "expired", 0)],
    ids=["half an hour", "a moment longer"],
)
def test_a_stop_that_ends_by_itself_sends_nothing_that_is_late(
    cast, approved, advance, server, at, length, state, calls
):
    posts = [approved(f"Post {number}") for number in range(3)]
    stop_everything(by=cast.ben, at=at, reason="event", until=at + length)
    for post in posts:
        assert begin_sending(at=at + length - MOMENT, post=queries.post(post.pk)) == []

    begun = [begin_sending(at=at + length, post=queries.post(post.pk)) for post in posts]
    for delivery in [each for written in begun for each in written]:
        advance(delivery, now=at + length)

    assert {queries.post(post.pk).state for post in posts} <= {state, "published"}
    assert server.calls.count("publish") == calls * len(posts)


def test_what_was_written_down_before_the_stop_waits_and_is_given_up_when_it_is_late(
    cast, started, advance, server, at
):
    delivery = started()
    stop_everything(by=cast.ben, at=at, reason="event", until=at + HALF_AN_HOUR + MOMENT)
    assert advance(delivery, now=at + HALF_AN_HOUR).state == "written"

    late = advance(delivery, now=at + HALF_AN_HOUR + MOMENT)

    assert (late.state, late.because, server.calls.count("publish")) == ("failed", "too_slow", 0)


@pytest.mark.parametrize("reason", ["", " ", "x" * 301])
def test_a_reason_in_a_few_words_is_needed(cast, at, reason):
    with pytest.raises(BadInput):
        stop_everything(by=cast.ben, at=at, reason=reason)


def test_a_post_with_a_picture_is_sent_by_a_worker_that_stands_in_no_scope(
    own_database, home, federation, at
):
    """The rows that a sending needs are all read before the network is asked: no scope is open then."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "#3f7d5a").save(out, "JPEG")
    proven = take_in(out.getvalue())
    digest = store(proven, federation_id=federation.pk)
    with scope(federation.pk):
        adopt(by=someone("Sam", "slt"), at=at)
        someone_leads()
        amina, ben = someone("Amina", "staff"), someone("Ben", "lead-staff-member")
        school = School.objects.create(name="North", slug="north")
        account = account_on("bluesky", school, at)
        picture = add_picture(
            by=amina, at=at, school=school, proven=proven, digest=digest, alt="A field.", shows_people=False
        )  # fmt: skip
        post = draft_post(
            by=amina, at=at, school=school, targets=[TargetText(account, "A field.")], pictures=[picture],
            answers={**ANSWERS, "fit": True},
        )  # fmt: skip
        post = submit_post(by=amina, at=at, post=post)
        post = approve_post(by=ben, at=at, post=post, seen=queries.seen_now(post, at=at))
        (delivery,) = begin_sending(at=at, post=post)

    network = FakeNetwork(FakeServer())
    sending.advance(federation.pk, delivery.pk, clock=lambda: at, connect=lambda _: network)

    with scope(federation.pk):
        assert queries.delivery(delivery.pk).state == "confirmed"
