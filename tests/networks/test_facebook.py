"""A Facebook Page against our own server that keeps to the Graph API: the contract, and what is its own."""

import pytest

from tests.networks.contract import NetworkContract, a_picture, a_post, new_key
from tests.networks.facebook_server import facebook_server
from tests.networks.meta_world import MetaWorld

pytestmark = pytest.mark.usefixtures("own_server")


@pytest.fixture
def server():
    with facebook_server() as made:
        yield made


@pytest.fixture
def world(server):
    return MetaWorld(server)


class TestFacebook(NetworkContract):
    takes_keys = False
    proves = False


def test_the_first_link_becomes_the_preview_where_no_picture_is(server, world):
    ref = world.network.publish(a_post("See https://school.test/a and https://school.test/b")).ref

    assert server.things[ref.id].link == "https://school.test/a"


def test_pictures_are_uploaded_unseen_with_their_descriptions_and_then_named_by_the_post(server, world):
    pictures = tuple(a_picture(f"Picture {number}") for number in range(10))

    ref = world.network.publish(a_post("See https://school.test/a", pictures=pictures)).ref

    post = server.things[ref.id]
    assert [server.things[part].alt for part in post.parts] == [each.alt for each in pictures]
    assert (post.link, server.of(world.member)) == ("", ["See https://school.test/a"])


def test_the_address_is_that_of_the_post(world):
    ref = world.network.publish(a_post()).ref

    assert world.network.capabilities.is_post_address(ref.address)


def test_an_answer_to_a_comment_stands_below_it_and_one_of_ours_is_told(server, world):
    receipt = world.network.publish(a_post())
    comment = world.comment(receipt, "Parking?")
    ours = server.add("comment", world.member, of=comment, text="On the field.")

    told = world.network.replies(receipt.ref)

    assert [(item.parent, item.root, item.ours) for item in told] == [
        (receipt.ref.id, receipt.ref.id, False), (comment, receipt.ref.id, True),
    ]  # fmt: skip
    assert world.network.look_again([told[1].ref])[ours.id].root == receipt.ref.id


def test_a_comment_without_a_name_is_read(server, world):
    receipt = world.network.publish(a_post())
    number = world.comment(receipt, "Parking?")
    body = {"data": [{"id": number, "message": "Parking?", "created_time": "2026-11-01T10:00:00+0000"}]}
    from tests.networks.own_server import Instead

    server.instead = [Instead("GET .*/comments", 200, body)]

    [item] = world.network.replies(receipt.ref)

    assert (item.text, bool(item.author.id), item.author.display) == ("Parking?", True, "")


def test_a_comment_that_is_only_a_picture_is_read_with_it(server, world):
    from tests.networks.own_server import Instead

    receipt = world.network.publish(a_post())
    told = {"type": "photo", "title": "Gate", "url": "https://www.facebook.com/photo/1"}
    body = {"data": [{"id": world.comment(receipt, ""), "message": "", "attachment": told}]}
    server.instead = [Instead("GET .*/comments", 200, body)]

    [item] = world.network.replies(receipt.ref)

    assert [(each.kind, each.words) for each in item.attachments] == [("picture", "Gate")]


def test_more_than_a_page_of_posts_is_looked_through(server, world):
    out = a_post("The first")
    world.network.publish(out)
    for number in range(120):
        server.add("post", world.member, text=f"Later {number}")

    assert world.network.look_up(out.intent_key, out.normal()).normal.text == "The first"


def test_the_same_words_twice_are_told_by_no_one(world):
    out, key = a_post("Twice"), new_key()
    world.network.publish(out)
    world.network.publish(out)

    with pytest.raises(Exception, match="not_offered"):
        world.network.look_up(key, out.normal())


def test_another_pages_token_is_refused(server, world):
    other = server.join("elsewhere")
    world.member.token, other.token = other.token, world.member.token

    with pytest.raises(Exception, match=r"not_found|other_account"):
        world.network.profile()
