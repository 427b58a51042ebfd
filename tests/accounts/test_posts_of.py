"""Whose a post is, as far as its address shows it."""

import pytest

from schoolgate.accounts.addresses import Whose, same_post, whose

OURS, ANOTHERS, UNTOLD = Whose.OURS, Whose.ANOTHERS, Whose.UNTOLD
FACEBOOK = "https://www.facebook.com"


@pytest.mark.parametrize(
    ("network", "post", "found"),
    [
        ("facebook", f"{FACEBOOK}/Oakwood/posts/pfbid02abc", OURS),
        ("facebook", "https://m.facebook.com/oakwood/videos/12/", OURS),
        ("facebook", f"{FACEBOOK}/elmwood/posts/pfbid02abc", ANOTHERS),
        ("facebook", f"{FACEBOOK}/groups/oakwood/posts/1", ANOTHERS),
        ("facebook", f"{FACEBOOK}/share/p/1a2b3c/", UNTOLD),
        ("facebook", f"{FACEBOOK}/permalink.php?story_fbid=1&id=100064", UNTOLD),
        ("facebook", f"{FACEBOOK}/photo/?fbid=1", UNTOLD),
        ("facebook", f"{FACEBOOK}/reel/123", UNTOLD),
        ("instagram", "https://www.instagram.com/oakwood/p/Cabc/", OURS),
        ("instagram", "https://www.instagram.com/elmwood/p/Cabc/", ANOTHERS),
        ("instagram", "https://www.instagram.com/p/Cabc/", UNTOLD),
        ("threads", "https://www.threads.com/@oakwood/post/C1", OURS),
        ("threads", "https://www.threads.com/@elmwood/post/C1", ANOTHERS),
        ("x", "https://twitter.com/Oakwood/status/7", OURS),
        ("x", "https://x.com/elmwood/status/7", ANOTHERS),
        ("x", "https://x.com/i/status/7", UNTOLD),
        ("linkedin", "https://www.linkedin.com/posts/oakwood_sports-day-activity-1", OURS),
        ("linkedin", "https://www.linkedin.com/posts/elmwood_sports-day-activity-1", ANOTHERS),
        ("linkedin", "https://www.linkedin.com/feed/update/urn:li:share:71", UNTOLD),
        ("tiktok", "https://www.tiktok.com/@oakwood/video/7", OURS),
        ("tiktok", "https://www.tiktok.com/@elmwood/video/7", ANOTHERS),
        ("youtube", "https://youtu.be/abc", UNTOLD),
        ("bluesky", "https://bsky.app/profile/oakwood/post/3k", OURS),
        ("bluesky", "https://bsky.app/profile/did:plc:abc/post/3k", UNTOLD),
        ("bluesky", "https://bsky.app/profile/elmwood/post/3k", ANOTHERS),
    ],
)
def test_the_address_of_a_post_shows_whose_it_is_or_does_not(network, post, found):
    assert whose(network, post, handle="@Oakwood", address="") is found


def test_a_page_is_known_by_its_address_too():
    post = f"{FACEBOOK}/oakwood.school/posts/1"
    assert whose("facebook", post, handle="", address=f"{FACEBOOK}/Oakwood.School/") is OURS
    numbered = f"{FACEBOOK}/permalink.php?story_fbid=1&id=100064"
    assert whose("facebook", numbered, handle="", address=f"{FACEBOOK}/profile.php?id=100064") is OURS
    assert whose("facebook", numbered, handle="", address=f"{FACEBOOK}/profile.php?id=99") is ANOTHERS


def test_a_name_on_another_server_is_another_page():
    given = {"handle": "oakwood@schools.social", "address": ""}
    assert whose("mastodon", "https://schools.social/@oakwood/1", **given) is OURS
    assert whose("mastodon", "https://elsewhere.social/@oakwood/1", **given) is ANOTHERS


def test_of_an_account_without_a_name_nothing_is_told():
    assert whose("facebook", f"{FACEBOOK}/oakwood/posts/1", handle="", address="") is UNTOLD


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://x.com/a/status/7", "https://twitter.com/a/status/7?s=20", True),
        (f"{FACEBOOK}/a/posts/1/?fbclid=x", "https://m.facebook.com/a/posts/1", True),
        (f"{FACEBOOK}/permalink.php?story_fbid=1&id=2", f"{FACEBOOK}/permalink.php?story_fbid=3&id=2", False),
        ("https://x.com/a/status/7", "https://x.com/a/status/8", False),
    ],
)
def test_two_spellings_of_one_link_are_one_post(one, other, same):
    assert same_post(one, other) is same
