"""First names of pupils as they are typed in a hurry, without a capital."""

import pytest

from bench.screened_posts import clean_posts, pupils
from schoolgate.screening import Listed, NameIndex, Strength, lone_firsts, screen
from tests.pace import sized

INDEX = NameIndex([
    Listed(1, "Frea", "Jones", form="3B", year="Year 3"),
    Listed(2, "Grace", "Young", form="4B", year="Year 4"),
    Listed(3, "Will", "Marsh", form="5A", year="Year 5"), Listed(4, "Dewi", "Rees", form="3B", year="Year 3"),
])  # fmt: skip


def asked(text, index=INDEX):
    hits = screen(text, index).hits
    found = [each for each in hits if each.strength is not Strength.MENTION]
    return {pk for each in (*found, *lone_firsts(text, hits)) for pk in each.of}


@pytest.mark.parametrize("text", [
    "frea in 3b", "well done frea jones", "frea won the cake bake", "da iawn frea", "parti frea fory",
    "aeth frea i nofio",
])  # fmt: skip
def test_a_first_name_that_is_no_word_is_asked_about_without_its_capital(text):
    assert asked(text) == {1}


@pytest.mark.parametrize(("text", "of"), [
    ("grace in 4b", {2}), ("dewi o 3b", {4}), ("grace young won", {2}), ("will marsh won", {3}),
    ("grace was said before lunch", set()), ("will be in 5a", set()), ("gŵyl dewi", set()),
    ("marw dros dewi", set()), ("as long as it takes", set()), ("grace in 5a", set()),
])  # fmt: skip
def test_one_that_is_a_word_too_counts_only_beside_its_class_or_surname(text, of):
    assert asked(text) == of


@pytest.mark.sized
def test_clean_posts_are_asked_no_more_than_before():
    """A thousand in `make storm`; 200 hold each of the sentences of which they're put together 30 times."""
    index = NameIndex(pupils(5_000))
    posts = clean_posts(sized(200, 1_000))
    assert sum(bool(asked(post.lower(), index)) for post in posts[:200]) <= 0.03 * 200
    assert [post for post in posts if asked(post, index)] == []
