"""What counts as a difference between what was meant and what a network gives back, and where links lie."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolgate.networks.normal import NormalPost, find_links, tidy_text

TIDIED = [
    ("  Open day  \r\nat ten \n", "Open day\nat ten"),
    ("Caf\u0065\u0301", "Café"),
    ("one\n\n\ntwo", "one\n\n\ntwo"),
    ("", ""),
]


@pytest.mark.parametrize(("given_text", "tidy"), TIDIED)
def test_white_space_and_composed_letters_are_no_difference(given_text, tidy):
    assert tidy_text(given_text) == tidy


@given(st.text())
def test_tidying_twice_changes_nothing_more(text):
    assert tidy_text(tidy_text(text)) == tidy_text(text)


LINKS = [
    ("See https://school.test/open.", [("link", "https://school.test/open")]),
    ("(https://school.test/a_(b))", [("link", "https://school.test/a_(b)")]),
    ("Write to office@school.test", []),
    ("Thanks @head.school.test!", [("mention", "head.school.test")]),
    ("#OpenDay and #2", [("tag", "OpenDay")]),
    ("https://school.test/#top", [("link", "https://school.test/#top")]),
    ("https://", []),
    ("ysgol/#dim", []),
]


@pytest.mark.parametrize(("text", "links"), LINKS)
def test_links_are_found_without_the_sentence_around_them(text, links):
    assert [(link.kind, link.target) for link in find_links(text)] == links


@pytest.mark.parametrize("before", ["", "Dŵr ", "👩‍🏫🎉 ", "مرحبا "])
def test_places_of_links_count_utf8_bytes(before):
    link = find_links(f"{before}https://school.test/x now")[0]

    cut = f"{before}https://school.test/x now".encode()[link.start : link.end].decode()

    assert (link.start, cut) == (len(before.encode()), "https://school.test/x")


@given(st.text(alphabet="#@a.b/:htps ()\n👩é", max_size=60))
def test_links_never_overlap_and_stand_in_order(text):
    links = find_links(text)

    assert all(first.end <= second.start for first, second in pairwise(links))


DIFFERENCES = [
    ({}, ()),
    ({"languages": ("EN",)}, ()),
    ({"text": "Open day on Friday"}, ("text",)),
    ({"languages": ("cy",)}, ("languages",)),
    ({"pictures": (("d1", "A hall"),)}, ("pictures",)),
    ({"text": "Open day https://a.test"}, ("text", "links")),
]


@pytest.mark.parametrize(("changed", "names"), DIFFERENCES)
def test_differences_are_named(changed, names):
    meant = NormalPost.of("Open day", ("en",))

    assert meant.differences(NormalPost.of(**{"text": "Open day", "languages": ("en",)} | changed)) == names
