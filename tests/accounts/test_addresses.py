"""One page has one key however it is written; two pages that look alike have two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolgate.accounts.addresses import key_of, likeness, read

SAME = [
    "https://www.facebook.com/WildgroundJuniors",
    "http://facebook.com/wildgroundjuniors/",
    "m.facebook.com/wildgroundjuniors",
    "cy-gb.facebook.com/wildgroundjuniors",
    "HTTPS://FACEBOOK.COM/WildgroundJuniors?fbclid=abc&mibextid=x#top",
    "facebook.com/wildgroundjuniors/posts/12345",
    "<https://www.facebook.com/wildgroundjuniors>",
    "https:\\\\facebook.com\\wildgroundjuniors",
    "https://face\u200bbook.com/wildgroundjuniors",
]


@pytest.mark.parametrize("written", SAME)
def test_one_page_has_one_key_however_it_is_written(written):
    assert key_of(written) == "facebook:wildgroundjuniors"


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("https://twitter.com/LlaniHigh", "x:llanihigh"),
        ("x.com/@llanihigh?s=20&t=abc", "x:llanihigh"),
        ("https://bsky.app/profile/North.bsky.social", "bluesky:north.bsky.social"),
        ("https://www.facebook.com/profile.php?id=1001", "facebook:1001"),
        ("https://www.facebook.com/people/North-School/1001/", "facebook:1001"),
        ("https://www.youtube.com/channel/UCaBc", "youtube:channel/UCaBc"),
        ("https://www.youtube.com/@North", "youtube:@north"),
        ("https://www.linkedin.com/school/North/", "linkedin:school/north"),
        ("https://mastodon.example/@North", "https://mastodon.example/@north"),
        ("@North@mastodon.example", "https://mastodon.example/@north"),
        ("https://mastodon.example/users/north", "https://mastodon.example/@north"),
        ("https://www.school.example/news/?utm_source=x&page=2", "https://school.example/news?page=2"),
        ("school.example:8443/a", "https://school.example:8443/a"),
        ("https://facebook.com@evil.example/wildground", "https://evil.example/wildground"),
        ("https://facebook.com.evil.example/wildground", "https://facebook.com.evil.example/wildground"),
        ("https://notfacebook.com/wildground", "https://notfacebook.com/wildground"),
    ],
)
def test_the_key_says_which_page_it_is(written, key):
    assert key_of(written) == key


def test_capitals_count_where_a_website_of_its_own_may_tell_them_apart():
    assert key_of("https://school.example/News") != key_of("https://school.example/news")


@pytest.mark.parametrize(
    "lookalike",
    ["https://xn--fcebook-2fg.com/north", "https://fаcebook.com/north", "https://faceb00k.com/north"],
)
def test_a_look_alike_has_another_key_and_the_same_likeness(lookalike):
    typed = read(lookalike)

    assert typed.key != key_of("https://facebook.com/north")
    assert likeness(typed.key.removeprefix("https://")) == likeness("facebook.com/north")


def test_letters_of_another_alphabet_and_ones_that_cannot_be_seen_are_noticed():
    assert read("https://fаcebook.com/north").strange
    assert read("https://facebook.com/no\u200brth").strange
    assert not read("https://facebook.com/north").strange


def test_a_handle_is_not_taken_for_an_address():
    assert (read("@LlaniHigh").handle, read("@LlaniHigh").key) == ("llanihigh", "")
    assert read("LlaniHigh").handle == "llanihigh"


@pytest.mark.parametrize(
    "nothing",
    [
        "",
        "   ",
        "two words",
        "javascript:alert(1)",
        "ftp://a.example/x",
        "https://",
        "https://[",
        "@",
        "a" * 1500,
    ],
)
def test_what_can_be_neither_is_told_so(nothing):
    assert read(nothing) is None


@given(st.text(max_size=60))
def test_nothing_that_can_be_typed_breaks_it(text):
    read(text)
    read(f"https://{text}")
    read(f"https://facebook.com/{text}")
