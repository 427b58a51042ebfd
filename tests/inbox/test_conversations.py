"""Many people at once on a post, and a conversation that turns sour, from the comments as they came in."""

from datetime import timedelta

import pytest

from schoolgate.core.models import Safeguarder
from schoolgate.inbox.ingesting import ingest
from schoolgate.inbox.locking import lock_item
from schoolgate.inbox.models import Item
from schoolgate.inbox.ranking import Around, around
from schoolgate.networks.port import Author, IncomingItem, Ref
from tests.cast import someone

MINUTE = timedelta(minutes=1)


@pytest.fixture
def write(cast, published, at):
    """`write("a", "b")`: these comments below our post, each by another author, a minute apart."""

    def enter(*texts: str) -> int:
        items = [
            IncomingItem(
                network="bluesky",
                ref=Ref("bluesky", f"c{n}", f"https://bluesky.example/c{n}", "v1"),
                author=Author(f"did:{n}", f"writer{n}.test", ""),
                text=text,
                created_at=at + n * MINUTE,
                attachments=(),
                visibility="public",
            )
            for n, text in enumerate(texts)
        ]
        ingest(at=at + 40 * MINUTE, account=cast.bluesky, items=items, post=published.post)
        return published.post_id

    return enter


def test_eight_people_within_half_an_hour_are_a_pile_on(write, at):
    found = around(write(*["hm"] * 8))
    assert found.pile_on is not None
    assert (found.pile_on.people, found.pile_on.comments, found.pile_on.began) == (8, 8, at)
    assert not found.sour


def test_seven_are_none(write):
    assert around(write(*["hm"] * 7)).pile_on is None


def test_a_conversation_of_insults_has_turned_sour(write):
    assert around(write("Lovely", "Nice", "fuck you", "fuck this school", "fuck off")).sour


def test_what_is_locked_counts_for_nothing(cast, write, at):
    post = write(*["hm"] * 8)
    Safeguarder.objects.create(place="lead", person_id=someone("Dee Lead").pk, since=at)
    lock_item(by=cast.ben, at=at, item=Item.objects.first())
    assert around(post).pile_on is None


def test_what_is_below_no_post_of_ours_shows_nothing():
    assert around(None) == Around()


def test_it_takes_two_queries_however_many_comments_there_are(write, django_assert_num_queries):
    post = write(*["hm"] * 30)
    with django_assert_num_queries(2):
        around(post)
