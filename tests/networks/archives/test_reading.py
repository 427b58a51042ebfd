"""What is read out of each network's download: the posts of the account, and whose it is."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from schoolgate.networks.archives.meta import put_right
from schoolgate.networks.archives.port import WHY, LeftOut, OldPost, Owner, Unreadable
from schoolgate.networks.archives.reading import READERS, archives, open_download
from schoolgate.networks.archives.wording import how_to_ask, left_out, next_step, proven, unreadable
from schoolgate.networks.capabilities import all_capabilities
from tests.networks.archives import makers
from tests.networks.archives.makers import put, skeet, status, tar_of, toot, tweet, zip_of

AT = datetime(2024, 5, 6, 9, 30, tzinfo=UTC)


def read(path: Path, network: str) -> tuple[Owner, list[OldPost], list[str]]:
    """Whose it is, its posts, and why the rest was left out."""
    with open_download(path, network) as download:
        found = list(download.posts())
        owner = download.owner
    posts = [one for one in found if isinstance(one, OldPost)]
    return owner, posts, [one.why for one in found if isinstance(one, LeftOut)]


def test_bluesky(tmp_path):
    reply = {"root": {"uri": "at://x", "cid": "y"}, "parent": {"uri": "at://x", "cid": "y"}}
    image = {"alt": "", "image": {}}
    content = makers.car_of(
        {
            "app.bsky.feed.post/3kaaa": skeet("Sports day is on Friday.", langs=["en"]),
            "app.bsky.feed.post/3kbbb": skeet("Diolch!", reply=reply),
            "app.bsky.feed.post/3kccc": skeet(
                "Three pictures", embed={"$type": "app.bsky.embed.images", "images": [image] * 3}
            ),
            "app.bsky.feed.post/3kddd": skeet("no time", at="yesterday"),
            "app.bsky.feed.repost/3keee": {"$type": "app.bsky.feed.repost"},
            "app.bsky.feed.like/3kfff": {"$type": "app.bsky.feed.like"},
            "app.bsky.actor.profile/self": {"$type": "app.bsky.actor.profile"},
        }
    )
    owner, posts, why = read(put(tmp_path, content), "bluesky")
    assert owner == Owner(id=makers.DID, address=f"https://bsky.app/profile/{makers.DID}")
    assert posts[0] == OldPost(
        key=f"at://{makers.DID}/app.bsky.feed.post/3kaaa",
        written_at=AT,
        text="Sports day is on Friday.",
        address=f"https://bsky.app/profile/{makers.DID}/post/3kaaa",
        language="en",
    )
    assert [(post.text, post.reply, post.pictures) for post in posts[1:]] == [
        ("Diolch!", True, 0),
        ("Three pictures", False, 3),
    ]
    assert sorted(why) == ["no_time", "shared"]


@pytest.mark.parametrize("pack", [tar_of, zip_of])
def test_mastodon(tmp_path, pack):
    secret = toot(3, "<p>Just for you</p>", to=["https://other.example/users/pat"], cc=[])
    followers = toot(4, "<p>For followers</p>", to=[f"{makers.ACTOR}/followers"], cc=[])
    shared = {"type": "Announce", "actor": makers.ACTOR, "object": "https://other.example/1"}
    first = toot(
        1, "<p>Sports day &amp; picnic<br>on Friday</p><p>Welcome!</p>", attachment=[{}, {}], updated="x"
    )
    files = {
        "media_attachments/files/1.jpg": b"\xff\xd8",
        "outbox.json": makers.outbox(first, toot(2, "<p>Yes</p>", inReplyTo="x"), secret, followers, shared),
        "actor.json": makers.actor(),
    }
    owner, posts, why = read(put(tmp_path, pack(files)), "mastodon")
    assert owner == Owner(makers.ACTOR, "oakwood", "https://social.example/@oakwood")
    assert posts[0] == OldPost(
        key=f"{makers.ACTOR}/statuses/1",
        written_at=AT,
        text="Sports day & picnic\non Friday\n\nWelcome!",
        address="https://social.example/@oakwood/1",
        pictures=2,
        edited=True,
        language="en",
    )
    assert [(post.text, post.reply) for post in posts[1:]] == [("Yes", True), ("For followers", False)]
    assert why == ["private", "shared"]


def test_mastodons_outbox_alone_says_whose_it_is_by_its_activities(tmp_path):
    owner, posts, _why = read(put(tmp_path, makers.outbox(toot(1, "<p>Hello</p>")).encode()), "mastodon")
    assert (owner, len(posts)) == (Owner(id=makers.ACTOR, address=makers.ACTOR), 1)


def test_facebook(tmp_path):
    album = {"timestamp": 1_714_988_100, "attachments": [{"data": [
        {"media": {"uri": "posts/media/a/1.jpg", "description": makers.as_bytes("Côr yr Eisteddfod")}},
        {"media": {"uri": "posts/media/a/2.jpg", "description": makers.as_bytes("Côr yr Eisteddfod")}},
    ]}]}  # fmt: skip
    shared = {"timestamp": 1_714_988_200, "attachments": [{"data": [
        {"external_context": {"url": "https://oakwood.example/term-dates"}}]}]}  # fmt: skip
    files = {
        "this_profile's_activity_across_facebook/posts/profile_posts_1.json": makers.facebook(
            status("Côr am 3 o’r gloch 🎵"), album, shared, {"timestamp": 1_714_988_300, "title": "x"},
            {"data": [{"post": "when?"}]}, ["not a post"],
        ),
        "profile_information/profile_information.json": json.dumps(
            {"profile_v2": {"username": "oakwood", "profile_uri": "https://www.facebook.com/oakwood"}}
        ),
        "messages/inbox/pat_1/message_1.json": json.dumps({"messages": [{"content": "secret"}]}),
    }  # fmt: skip
    owner, posts, why = read(put(tmp_path, zip_of(files)), "facebook")
    assert owner == Owner(handle="oakwood", address="https://www.facebook.com/oakwood")
    assert [(post.text, post.pictures) for post in posts] == [
        ("Côr am 3 o’r gloch 🎵", 0),
        ("Côr yr Eisteddfod", 2),
        ("https://oakwood.example/term-dates", 0),
    ]
    assert why == ["empty", "no_time", "not_a_post"]
    assert len({post.key for post in posts}) == 3


def test_a_post_of_facebooks_is_known_again_though_its_folder_is_another(tmp_path):
    def with_picture(folder):
        post = status("Look", attachments=[{"data": [{"media": {"uri": f"{folder}/77_n.jpg"}}]}])
        return read(put(tmp_path, makers.facebook(post).encode()), "facebook")[1][0].key

    assert with_picture("posts/media/a") == with_picture("your_facebook_activity/posts/media/b")


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("CÃ´r", "Côr"),
        ("Côr", "Côr"),
        ("already – right", "already – right"),
        ("plain", "plain"),
        (makers.as_bytes("Dŵr 🎵"), "Dŵr 🎵"),
        (None, ""),
    ],
)
def test_bytes_written_as_letters_are_put_right_and_nothing_else(said, meant):
    assert put_right(said) == meant


def test_instagram(tmp_path):
    files = {
        "your_instagram_activity/media/posts_1.json": json.dumps(
            [
                {"media": [{"uri": "media/posts/1.jpg", "creation_timestamp": 1_714_988_000,
                            "title": makers.as_bytes("Ein côr ni")}]},
                {"media": [{"uri": "a.jpg", "creation_timestamp": 1}, {"uri": "b.jpg"}],
                 "title": "Two", "creation_timestamp": 1_714_988_100},
                {"media": [{"uri": "c.jpg"}], "title": "when?"},
            ]
        ),
        "personal_information/personal_information/personal_information.json": json.dumps(
            {"profile_user": [{"string_map_data": {"Username": {"value": "oakwood.primary"}}}]}
        ),
    }  # fmt: skip
    owner, posts, why = read(put(tmp_path, zip_of(files)), "instagram")
    assert owner == Owner(handle="oakwood.primary", address="https://www.instagram.com/oakwood.primary")
    assert [(post.text, post.pictures) for post in posts] == [("Ein côr ni", 1), ("Two", 2)]
    assert why == ["no_time"]


def test_x(tmp_path):
    media = {"extended_entities": {"media": [{}, {}]}}
    edited = {"edit_info": {"initial": {"editTweetIds": ["1", "2"]}}}
    files = {
        "data/account.js": makers.account_js(),
        "data/tweets.js": makers.tweets(
            tweet(1, "Sports &amp; games", **media), tweet(2, "RT @pat: hello"), tweet(3, "x", at="today")
        ),
        "data/tweets-part1.js": makers.tweets(
            tweet(4, "@pat yes", in_reply_to_status_id_str="9"), tweet(5, "mended", **edited), part=1
        ),
        "data/direct-messages.js": "window.YTD.direct_messages.part0 = [{}]",
        "Your archive.html": "<html></html>",
    }
    owner, posts, why = read(put(tmp_path, zip_of(files)), "x")
    assert owner == Owner("42", "oakwood", "https://x.com/oakwood")
    assert posts[0] == OldPost(
        "1", AT, "Sports & games", "https://x.com/oakwood/status/1", pictures=2, language="en"
    )
    assert [(post.text, post.reply, post.edited) for post in posts[1:]] == [
        ("@pat yes", True, None),
        ("mended", False, True),
    ]
    assert why == ["shared", "no_time"]


@pytest.mark.parametrize(
    ("network", "content"),
    [
        ("facebook", makers.facebook(status("Hello"))),
        ("instagram", json.dumps([{"media": [{"uri": "1"}], "creation_timestamp": 1_714_988_000}])),
        ("x", makers.tweets(tweet(1, "Hello"))),
        ("mastodon", makers.outbox(toot(1, "Hello"))),
    ],
)  # fmt: skip
def test_the_one_file_with_the_posts_is_enough(tmp_path, network, content):
    assert len(read(put(tmp_path, content.encode(), "letter.txt"), network)[1]) == 1


def test_another_networks_download_is_told_as_what_it_is(tmp_path):
    path = put(tmp_path, zip_of({"data/tweets.js": makers.tweets(tweet(1, "x"))}))
    with pytest.raises(Unreadable) as told, open_download(path, "facebook"):
        pass
    assert (told.value.code, told.value.network) == ("other_network", "x")


def test_what_ends_in_pages_is_an_address_and_a_language_or_nothing(tmp_path):
    post = toot(1, "<p>x</p>", url="javascript:alert(1)", contentMap={'"><b': "x"})
    [found] = read(put(tmp_path, makers.outbox(post).encode()), "mastodon")[1]
    assert (found.address, found.language) == ("", "")


def test_the_table_names_each_reader_and_says_on_what_it_was_proven():
    assert set(archives()) == set(READERS) <= set(all_capabilities())
    for network, archive in archives().items():
        assert str(how_to_ask(network))
        assert str(proven(archive.proven))
    assert [network for network, archive in archives().items() if archive.proven == "real_file"] == [
        "bluesky"
    ]


def test_every_reason_has_its_sentence():
    assert all(str(left_out(why)) for why in (*WHY, "ours", "not_yet"))
    assert str(unreadable("other_network", "x")) == "This is a download from X (Twitter)."
    assert str(next_step("too_much")) == ""
