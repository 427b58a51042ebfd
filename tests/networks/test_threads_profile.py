"""A Threads profile against our own server that keeps to Meta's Threads API: the contract, and what is its
own."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs

import pytest

from schoolgate.core.env import env
from schoolgate.core.surroundings import parts_of
from schoolgate.networks import signing_in
from schoolgate.networks.known import Known, run_out_at
from schoolgate.networks.meta_threads import client
from schoolgate.networks.port import Attachment, OutgoingReply, Reactions
from tests.networks.contract import NetworkContract, a_post, comments, new_key, now
from tests.networks.mastodon_world import refused
from tests.networks.meta_world import ThreadsWorld, jpeg
from tests.networks.threads_server import threads_server

pytestmark = pytest.mark.usefixtures("own_server")
AT = datetime(2026, 12, 1, 9, tzinfo=UTC)
BACK = "https://school.test/accounts/connected"


@pytest.fixture
def server():
    with threads_server() as made:
        yield made


@pytest.fixture
def world(server):
    return ThreadsWorld(server)


class TestThreads(NetworkContract):
    picture = staticmethod(jpeg)
    takes_keys = False
    proves = False


def test_a_post_of_words_is_handed_no_picture_and_needs_no_public_address(server, world):
    world.network.publish(a_post())

    assert (server.fetched, world.laid.number) == ([], 0)


def test_pictures_can_be_fetched_while_they_are_handed_over_and_never_after(server, world):
    world.network.publish(a_post(pictures=(jpeg("One"), jpeg("Two"))))

    assert (len(server.fetched), world.laid.open) == (2, {})


def test_a_container_that_was_not_ready_after_all_is_tried_again(server, world, monkeypatch):
    server.polls = 5
    monkeypatch.setattr(world.network._graph, "ask", lambda *_, **__: {"status": "FINISHED"})

    error = refused(lambda: world.network.publish(a_post()))

    assert (error.code, error.what_next, error.outcome_unknown) == ("network_trouble", "try_again", False)
    assert server.of(world.member, "media") == []


def test_only_what_stands_directly_below_a_post_can_be_hidden_there(server, world):
    receipt = world.network.publish(a_post())
    first = world.comment(receipt, "Parking?")
    below = server.comment(first, "I wonder too").id

    nested = next(item for item in comments(world, receipt.ref) if item.ref.id == below)
    error = refused(lambda: world.network.hide(nested))

    assert (error.code, server.things[below].hidden) == ("not_offered", False)


def test_a_post_that_is_gone_is_taken_down_and_a_comment_that_is_gone_is_hidden(server, world):
    receipt = world.network.publish(a_post())
    world.comment(receipt, "Parking?")
    (item,) = comments(world, receipt.ref)
    server.things[item.ref.id].gone = server.things[receipt.ref.id].gone = True

    world.network.hide(item)
    world.network.take_down(receipt.ref)

    assert world.network.read_back(receipt.ref) is None


def test_reactions_are_told_by_their_names_and_none_of_a_post_that_is_gone(server, world):
    one, other = (world.network.publish(a_post(words)).ref for words in ("One", "Other"))
    server.things[one.id].more["counts"] = {"likes": 5, "reposts": 2, "replies": 1, "quotes": 3, "views": 90}
    server.things[other.id].gone = True

    assert world.network.reactions([one, other]) == {
        one.id: Reactions(likes=5, shares=2, replies=1, quotes=3, views=90)
    }


def test_what_came_with_a_comment_and_a_writer_who_is_private_are_told(server, world):
    receipt = world.network.publish(a_post())
    made = server.comment(receipt.ref.id, "Look")
    made.more |= {
        "type": "IMAGE", "gif_url": "https://media.test/a.gif", "quotes": True, "username": None,
        "poll": {"option_a": "Yes", "option_b": "No"},
    }  # fmt: skip

    (item,) = comments(world, receipt.ref)

    assert item.attachments == (
        Attachment("picture"), Attachment("picture"), Attachment("quote"),
        Attachment("poll", options=("Yes", "No")),
    )  # fmt: skip
    assert (item.author.id, item.author.handle, item.visibility) == (f"unnamed-{made.id}", "", "unknown")


def test_an_answer_of_the_same_words_as_a_post_is_told_apart_by_no_one(world):
    receipt = world.network.publish(a_post("Thank you"))
    world.comment(receipt, "Well done")
    (item,) = comments(world, receipt.ref)
    answer = OutgoingReply(new_key(), "Thank you", now(), item.ref, receipt.ref)
    world.network.reply(answer)

    assert refused(lambda: world.network.look_up(answer.intent_key, answer.normal())).code == "not_offered"


@pytest.fixture
def application(server, monkeypatch):
    monkeypatch.setattr(client, "API", server.origin)
    monkeypatch.setenv("SCHOOLGATE_THREADS_APP_ID", server.app_id)
    monkeypatch.setenv("SCHOOLGATE_THREADS_APP_SECRET", server.app_secret)
    env.cache_clear()
    yield server
    monkeypatch.undo()
    env.cache_clear()


def connected(server, member):
    asked = parse_qs(parts_of(signing_in.dialog("threads", state="abc", back=BACK)).query)
    code = server.code(back=asked["redirect_uri"][0])
    server.codes[code]["member"] = str(server.members.index(member))
    (choice,) = signing_in.choices("threads", code=code, back=BACK, at=AT)
    return choice


def test_without_the_operators_keys_it_is_not_offered():
    env.cache_clear()

    assert not signing_in.offered("threads")


def test_a_person_connects_their_one_profile_and_is_asked_for_no_more_than_is_used(application, world):
    address = signing_in.dialog("threads", state="abc", back=BACK)

    choice = connected(application, world.member)

    assert signing_in.offered("threads")
    assert address.startswith("https://threads.net/oauth/authorize?")
    assert "threads_delete" in address
    assert (choice.id, choice.handle, choice.name) == (world.member.id, world.member.name, "Oakwood")
    assert choice.credential.secret == world.member.token
    assert run_out_at(choice.credential) == AT + timedelta(days=60)


def test_a_key_is_renewed_while_the_person_still_allows_it(application, world):
    first = connected(application, world.member).credential

    later = signing_in.renewed("threads", first, at=AT + timedelta(days=30))

    assert (later.secret, run_out_at(later)) == (world.member.token, AT + timedelta(days=90))
    assert later.secret != first.secret
    assert Known.read(later.session).id == world.member.id
    world.member.revoked = True
    assert refused(lambda: signing_in.renewed("threads", later, at=AT)).code in ("sign_in", "refused")


def test_a_code_that_was_used_is_refused_and_told_without_a_secret(application, world):
    code = application.code(back=BACK)
    signing_in.choices("threads", code=code, back=BACK, at=AT)

    error = refused(lambda: signing_in.choices("threads", code=code, back=BACK, at=AT))

    assert (error.code, application.app_secret in error.detail, code in error.detail) == (
        "refused", False, False,
    )  # fmt: skip
