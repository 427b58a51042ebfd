"""The table of what networks can do: every row has where it is written and when that was read."""

from datetime import date

import pytest
from django.utils import translation

from schoolgate.core.env import env
from schoolgate.networks import registry
from schoolgate.networks.capabilities import Way, all_capabilities, sources

ROWS = [
    (key, name, row)
    for key, network in all_capabilities().items()
    for name, row in (
        *network.actions.items(),
        *network.numbers.items(),
        ("pace", network.pace),
        ("link_card", network.link_card),
        *((("with_app", network.with_app),) if network.with_app else ()),
    )
]


def test_the_networks_that_policies_name_are_there():
    assert registry.network_keys() == [
        *("noticeboard", "bluesky", "facebook", "instagram", "threads", "x", "linkedin", "tiktok"),
        *("youtube", "googlebusiness", "mastodon"),
    ]


@pytest.mark.parametrize(("key", "name", "row"), ROWS)
def test_each_row_has_a_source_and_a_date(key, name, row):
    assert [source for source in row.source.split() if source not in sources()] == []
    assert date(2026, 1, 1) <= row.read <= date(2026, 12, 31)


def test_every_source_is_used():
    used = {source for _, _, row in ROWS for source in row.source.split()}

    assert set(sources()) - used == set()


WAYS = [
    ("bluesky", "publish", Way.PROGRAM),
    ("bluesky", "remove", Way.NO),
    ("bluesky", "release", Way.NO),
    ("noticeboard", "release", Way.PROGRAM),
    ("noticeboard", "block", Way.NO),
    ("facebook", "publish", Way.HAND),
    ("facebook", "close_comments", Way.HAND),
    ("linkedin", "hide", Way.NO),
    ("x", "block", Way.HAND),
    ("youtube", "publish", Way.HAND),
]


@pytest.mark.parametrize(("key", "action", "way"), WAYS)
def test_what_the_program_does_and_what_a_person_does(key, action, way):
    assert registry.capabilities(key).way(action) == way


CONNECTED = [
    ("facebook", "publish", Way.PROGRAM),
    ("facebook", "take_down", Way.PROGRAM),
    ("facebook", "reply", Way.HAND),
    ("instagram", "publish", Way.PROGRAM),
    ("instagram", "take_down", Way.PROGRAM),
    ("instagram", "release", Way.NO),
    ("threads", "reply", Way.PROGRAM),
    ("threads", "take_down", Way.PROGRAM),
    ("threads", "close_comments", Way.HAND),
    ("threads", "remove", Way.NO),
    ("googlebusiness", "take_down", Way.PROGRAM),
    ("googlebusiness", "edit", Way.HAND),
    ("googlebusiness", "hide", Way.NO),
    ("youtube", "publish", Way.PROGRAM),
    ("youtube", "remove", Way.PROGRAM),
    ("youtube", "block", Way.HAND),
    ("youtube", "edit", Way.HAND),
    ("bluesky", "reply", Way.PROGRAM),
    ("x", "publish", Way.PROGRAM),
    ("x", "reply", Way.HAND),
    ("x", "hide", Way.HAND),
    ("linkedin", "publish", Way.PROGRAM),
    ("linkedin", "take_down", Way.PROGRAM),
    ("linkedin", "read_replies", Way.HAND),
    ("linkedin", "close_comments", Way.HAND),
    ("tiktok", "publish", Way.HAND),
]


@pytest.mark.parametrize(("key", "action", "way"), CONNECTED)
def test_an_account_connected_through_an_application_leaves_to_people_what_its_client_does_not(
    key, action, way
):
    assert registry.capabilities(key).connected().way(action) == way


def test_comments_that_may_not_be_kept_long_are_read_where_the_operator_chose_so(monkeypatch):
    found = registry.capabilities("linkedin")
    monkeypatch.setenv("SCHOOLGATE_COMMENTS_OF", "threads, linkedin")
    env.cache_clear()

    assert [found.connected().way(action) for action in ("read_replies", "reply")] == [Way.PROGRAM] * 2
    monkeypatch.undo()
    env.cache_clear()
    assert [found.connected().way(action) for action in ("read_replies", "reply")] == [Way.HAND] * 2


FILMS = [("youtube", 1, True), ("facebook", 0, False), ("bluesky", 1, True)]


@pytest.mark.parametrize(("key", "films", "counted"), FILMS)
def test_a_connected_account_sends_films_where_its_client_does(key, films, counted):
    connected = registry.capabilities(key).connected()

    assert (connected.films, connected.tells_reactions) == (films, counted)


def test_a_block_on_bluesky_is_public_and_one_on_facebook_is_not():
    assert registry.capabilities("bluesky").public("block") is True
    assert registry.capabilities("facebook").public("block") is False


ADDRESSES = [
    ("bluesky", "https://bsky.app/profile/school.test/post/3kabc", True),
    ("bluesky", "https://bsky.app/profile/school.test", False),
    ("bluesky", "https://evil.test/?https://bsky.app/profile/school.test/post/3kabc", False),
    ("facebook", "https://www.facebook.com/school/posts/pfbid02abc", True),
    ("facebook", "https://www.facebook.com/permalink.php?story_fbid=1&id=2", True),
    ("facebook", "https://www.facebook.com.evil.test/school/posts/1", False),
    ("facebook", "http://www.facebook.com/school/posts/1", False),
    ("instagram", "https://www.instagram.com/p/Cabc_-1/", True),
    ("instagram", "https://www.instagram.com/school/", False),
    ("threads", "https://www.threads.net/@school/post/Cabc", True),
    ("threads", "https://www.threads.net/@school", False),
    ("x", "https://twitter.com/school/status/1234", True),
    ("x", "https://x.com/school", False),
    ("linkedin", "https://www.linkedin.com/feed/update/urn:li:share:71", True),
    ("linkedin", "https://www.linkedin.com/in/somebody", False),
    ("tiktok", "https://www.tiktok.com/@school/photo/73", True),
    ("tiktok", "https://www.tiktok.com/@school", False),
    ("youtube", "https://www.youtube.com/watch?v=abc_-1", True),
    ("youtube", "https://youtu.be/abc", True),
    ("googlebusiness", "https://local.google.com/place?id=1&use=posts&lpsid=2", True),
    ("googlebusiness", "https://www.google.com/search?q=oakwood", False),
    ("youtube", "https://www.youtube.com/@school", False),
    ("mastodon", "https://social.test/@school/1099", True),
    ("mastodon", "https://social.test/@school", False),
    ("noticeboard", "/oakwood/noticeboard/primary/3lbcdefghijkl/", True),
    ("noticeboard", "/oakwood/noticeboard/primary/", False),
]


@pytest.mark.parametrize(("key", "address", "taken"), ADDRESSES)
def test_only_the_address_of_one_post_on_that_network_is_taken(key, address, taken):
    assert registry.capabilities(key).is_post_address(address) is taken


@pytest.mark.parametrize("key", registry.network_keys())
def test_every_network_knows_the_address_of_a_post(key):
    assert registry.capabilities(key).post_address != ""


def test_the_writing_page_is_opened_with_the_text_in_it():
    address = registry.capabilities("x").compose_address("Open day & fair #1\n100%")

    assert address == "https://x.com/intent/post?text=Open%20day%20%26%20fair%20%231%0A100%25"


def test_an_unknown_network_is_a_key_error():
    with pytest.raises(KeyError):
        registry.capabilities("myspace")


def test_our_own_noticeboard_is_named_in_the_readers_language_and_others_by_their_own_name():
    with translation.override("cy"):
        assert [all_capabilities()[key].name for key in ("noticeboard", "bluesky", "facebook")] == [
            "Hysbysfwrdd", "Bluesky", "Facebook Page",
        ]  # fmt: skip
    assert all_capabilities()["noticeboard"].name == "Noticeboard"
