"""Several programs do the same thing at the same moment: it happens once, and the others are told so."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache

from schoolgate.core.models import LedgerRow
from schoolgate.core.tenancy import scope
from schoolgate.inbox.ingesting import ingest
from schoolgate.inbox.models import Answer, Item
from schoolgate.networks.port import Author, IncomingItem, Ref
from schoolgate.publishing import queries, sending
from schoolgate.publishing.models import Approval, Delivery, Post, Purpose
from schoolgate.publishing.starting import begin_sending
from tests.api.conftest import Program, World, key
from tests.api.test_others import answer_to
from tests.api.test_posts import start, submitted
from tests.networks.desk import side_by_side

__all__ = ["key"]
FOUR = 4


@pytest.fixture
def world(own_database, federation, key):
    """Programs in Wildground, on a database of their own: what the threads commit is real."""
    cache.clear()
    return World(federation, key)


@pytest.fixture
def amina(world):
    return world.program(world.amina)


@pytest.fixture
def ben(world):
    return world.program(world.ben)


@pytest.fixture
def at_once():
    """`at_once(program, method, path, body)`: the same request four times at the same moment; its answers."""

    def send(program, method, path, body=None):
        answers = []

        def one():
            each = Program(program.key)
            each.client.raise_request_exception = False
            answers.append(each.send(method, path, body))

        side_by_side(one, times=FOUR)
        return answers

    return send


def statuses(answers) -> dict[int, int]:
    return dict(Counter(answer.status_code for answer in answers))


def events(world, name) -> int:
    with scope(world.federation.pk):
        return LedgerRow.objects.filter(event=name).count()


ONE_COUNTS = {200: 1, 409: 3}


def test_each_step_of_a_post_counts_once_and_the_others_are_told_what_to_do(world, amina, ben, at_once):
    post = start(world, amina)
    path = f"/posts/{post['id']}"
    changed = {**world.content(), "version": post["version"]}
    del changed["school"]
    assert statuses(at_once(amina, "put", path, changed)) == ONE_COUNTS
    with scope(world.federation.pk):
        assert Post.objects.get(pk=post["id"]).version == post["version"] + 1
    assert statuses(at_once(amina, "post", f"{path}/submit")) == ONE_COUNTS
    assert events(world, "post.submitted") == 1
    assert statuses(at_once(ben, "post", f"{path}/send-back", {"reason": "Name the day."})) == ONE_COUNTS
    assert events(world, "post.sent_back") == 1
    assert statuses(at_once(amina, "post", f"{path}/withdraw")) == ONE_COUNTS
    assert events(world, "post.withdrawn") == 1

    for _ in range(2):
        post = submitted(world, amina)
        path = f"/posts/{post['id']}"
        answers = at_once(ben, "post", f"{path}/approve", {"seen": post["seen"]})
        assert statuses(answers) == ONE_COUNTS
        assert all(answer.json()["next_step"] for answer in answers if answer.status_code == 409)
        with scope(world.federation.pk):
            assert Approval.objects.filter(post=post["id"]).count() == 1

    with scope(world.federation.pk):
        (delivery,) = begin_sending(at=datetime.now(UTC), post=queries.post(post["id"]))
    sending.advance(world.federation.pk, delivery.pk, clock=lambda: datetime.now(UTC))
    assert statuses(at_once(ben, "post", f"{path}/take-down", {"reason": "mistake"})) == ONE_COUNTS
    with scope(world.federation.pk):
        assert Delivery.objects.filter(purpose=Purpose.TAKE_DOWN).count() == 1


def test_an_item_is_answered_once(world, ben, at_once):
    at = datetime.now(UTC) - timedelta(hours=1)
    came = IncomingItem(
        network="noticeboard", ref=Ref(network="noticeboard", id="c1", address="/x"),
        author=Author(id="p", handle="Pat"), text="What should they wear?", created_at=at,
        attachments=(), visibility="public",
    )  # fmt: skip
    with scope(world.federation.pk):
        ingest(at=at, account=world.board, items=[came])
        item = Item.objects.get()
    assert statuses(at_once(ben, "post", f"/inbox/{item.pk}/answers", answer_to(item))) == {201: 1, 409: 3}
    with scope(world.federation.pk):
        assert Answer.objects.count() == 1
