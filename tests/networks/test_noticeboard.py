"""The noticeboard keeps the contract, shows nothing unread, and one federation's board is nobody else's."""

from datetime import UTC, datetime

import pytest

from schoolgate.core import files
from schoolgate.core.errors import BadInput, NotFound, NotNow
from schoolgate.core.models import School
from schoolgate.core.moves import check_moves
from schoolgate.core.tenancy import scope
from schoolgate.networks import registry
from schoolgate.networks.noticeboard import board
from schoolgate.networks.noticeboard.models import MOVES, CommentState, NoticeboardComment, NoticeboardPost
from schoolgate.networks.port import Credential, NetworkError, OutgoingReply
from tests.networks.contract import NetworkContract, a_picture, a_post, new_key, now, the_comment


class NoticeboardWorld:
    patience = 0.0

    def __init__(self, federation, school):
        self.federation = federation
        self.school = school
        self.network = registry.connect(
            "noticeboard", Credential(federation_id=federation.pk, school_id=school.pk)
        )

    def comment(self, receipt, text):
        post = NoticeboardPost.objects.get(key=receipt.ref.id)
        return board.leave_comment(post=post, name="A parent", text=text, at=now()).key

    def edit(self, item, text):
        return False

    def delete(self, item):
        self.network.remove(item)


@pytest.fixture
def world(scoped, school, home):
    return NoticeboardWorld(scoped, school)


class TestNoticeboard(NetworkContract):
    """In the scope of whoever calls."""


def test_the_table_of_moves_is_whole():
    check_moves(CommentState, MOVES)


def test_the_client_opens_its_own_scope_where_there_is_none(own_database, make_federation, home):
    federation = make_federation("oakwood")
    with scope(federation.pk):
        school = School.objects.create(name="Oakwood", slug="oakwood")
    network = registry.connect("noticeboard", Credential(federation_id=federation.pk, school_id=school.pk))

    receipt = network.publish(a_post())

    assert network.read_back(receipt.ref).ref == receipt.ref
    assert receipt.ref.address == f"/oakwood/noticeboard/oakwood/{receipt.intent_key}/"


def test_the_picture_is_kept_as_it_was_sent(world):
    out = a_post(pictures=(a_picture(),))

    world.network.publish(out)

    kept = NoticeboardPost.objects.get().pictures.get()
    assert files.read(kept.digest) == out.pictures[0].data
    assert (kept.width, kept.height, kept.media_type) == (40, 30, "image/png")


def test_a_comment_is_shown_only_after_its_release(world):
    receipt = world.network.publish(a_post())
    post = NoticeboardPost.objects.get()
    item = the_comment(world, receipt)

    before = board.shown_comments(post)
    world.network.release(item)
    world.network.release(item)
    after = board.shown_comments(post)
    world.network.hide(item)
    hidden = board.shown_comments(post)

    assert ([len(before), len(after), len(hidden)], [row.key for row in after]) == ([0, 1, 0], [item.ref.id])


def test_a_removed_comment_cannot_come_back(world):
    receipt = world.network.publish(a_post())
    item = the_comment(world, receipt)
    world.network.remove(item)
    world.network.remove(item)

    with pytest.raises(NetworkError, match="not_found"):
        world.network.release(item)


def test_an_answer_is_shown_below_its_comment_and_goes_with_it(world):
    receipt = world.network.publish(a_post())
    post = NoticeboardPost.objects.get()
    first, second = (the_comment_named(world, receipt, name) for name in ("one", "two"))
    for item in (first, second):
        world.network.release(item)
    world.network.reply(OutgoingReply(new_key(), "Yes, one.", now(), first.ref, receipt.ref))

    shown = [row.text for row in board.shown_comments(post)]
    world.network.hide(first)
    left = [row.text for row in board.shown_comments(post)]

    assert (shown, left) == (["one", "Yes, one.", "two"], ["two"])


def the_comment_named(world, receipt, text):
    key = world.comment(receipt, text)
    return next(item for item in world.network.replies(receipt.ref) if item.ref.id == key)


def test_an_answer_may_be_taken_down(world):
    receipt = world.network.publish(a_post())
    item = the_comment(world, receipt)
    sent = world.network.reply(OutgoingReply(new_key(), "Yes.", now(), item.ref, receipt.ref))

    world.network.take_down(sent.ref)

    assert world.network.read_back(sent.ref) is None


def test_our_own_answer_is_never_hidden_as_a_comment(world):
    receipt = world.network.publish(a_post())
    item = the_comment(world, receipt)
    world.network.reply(OutgoingReply(new_key(), "Yes.", now(), item.ref, receipt.ref))
    ours = next(one for one in world.network.replies(receipt.ref) if one.ours)

    with pytest.raises(NetworkError, match="not_found"):
        world.network.hide(ours)


def test_a_post_that_was_taken_down_is_not_published_again_under_its_key(world):
    out = a_post()
    receipt = world.network.publish(out)
    world.network.take_down(receipt.ref)

    with pytest.raises(NetworkError) as refused:
        world.network.publish(out)

    assert (refused.value.code, refused.value.what_next) == ("refused", "give_up")


def test_no_comment_is_taken_where_comments_are_closed(world):
    receipt = world.network.publish(a_post(comments_open=False))

    with pytest.raises(NotNow, match="closed"):
        world.comment(receipt, "Hello")

    assert list(NoticeboardComment.objects.all()) == []


BAD = [
    ({"text": ""}, ["text"]),
    ({"text": "\n \t"}, ["text"]),
    ({"text": "é" * 3001}, ["text"]),
    ({"text": "a" * 100_000}, ["text"]),
    ({"text": "bell \x07"}, ["text"]),
    ({"name": "a" * 61}, ["name"]),
    ({"name": "bell \x07"}, ["name"]),
    ({"name": "two\nlines"}, ["name"]),
    ({"name": "a" * 61, "text": ""}, ["name", "text"]),
]


@pytest.mark.parametrize(("changed", "fields"), BAD)
def test_what_cannot_be_a_comment_is_refused_beside_its_field(world, changed, fields):
    world.network.publish(a_post())
    given = {"post": NoticeboardPost.objects.get(), "name": "", "text": "Hello", "at": now()} | changed

    with pytest.raises(BadInput) as refused:
        board.leave_comment(**given)

    assert (list(refused.value.fields), list(NoticeboardComment.objects.all())) == (fields, [])


@pytest.mark.parametrize(("name", "text"), [("a" * 60, "é" * 3000), ("", "👩‍🏫"), ("مريم", "مرحبا")])
def test_the_longest_and_the_strangest_comment_is_taken(world, name, text):
    world.network.publish(a_post())

    board.leave_comment(post=NoticeboardPost.objects.get(), name=name, text=text, at=now())

    assert [(row.name, row.text) for row in NoticeboardComment.objects.all()] == [(name, text)]


def test_two_hundred_unread_comments_close_the_form(world):
    world.network.publish(a_post())
    post = NoticeboardPost.objects.get()
    at = datetime(2027, 3, 1, tzinfo=UTC)
    NoticeboardComment.objects.bulk_create(
        NoticeboardComment(post=post, key=f"{number:013}", text="Spam", written_at=at, state_at=at)
        for number in range(199)
    )
    board.leave_comment(post=post, name="", text="The last one", at=now())

    with pytest.raises(NotNow, match="Many comments are already waiting to be checked here"):
        board.leave_comment(post=post, name="", text="One too many", at=now())


def test_another_federations_board_cannot_be_reached(own_database, make_federation, home):
    ours, theirs = make_federation("oakwood"), make_federation("elmwood")
    with scope(theirs.pk):
        school = School.objects.create(name="Elmwood", slug="elmwood")
    network = registry.connect("noticeboard", Credential(federation_id=ours.pk, school_id=school.pk))

    with pytest.raises(NetworkError, match="no_such_account"):
        network.publish(a_post())


def test_two_schools_have_two_boards(world):
    other = School.objects.create(name="Seniors", slug="seniors")
    receipt = world.network.publish(a_post())
    network = registry.connect(
        "noticeboard", Credential(federation_id=world.federation.pk, school_id=other.pk)
    )

    assert (network.read_back(receipt.ref), list(board.posts(other))) == (None, [])
    with pytest.raises(NotFound):
        board.post_by_key(other, receipt.ref.id)


def test_a_credential_without_a_school_is_refused():
    with pytest.raises(NetworkError, match="sign_in"):
        registry.connect("noticeboard", Credential())


def test_reading_a_thread_costs_the_same_for_one_comment_and_for_many(world, same_queries):
    receipt = world.network.publish(a_post())
    world.comment(receipt, "One")

    def grow():
        for number in range(5):
            world.comment(receipt, f"More {number}")

    same_queries(lambda: world.network.replies(receipt.ref), grow)
