"""A long text in parts: pure, so tried on any text."""

from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

import libipld
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolgate.networks import threads
from schoolgate.networks.bluesky.records import cid_of
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.networks.checks import length, limits_of
from schoolgate.networks.normal import byte_length, find_links, tidy_text
from schoolgate.networks.port import Reactions, Ref, intent_key, key_time, part_key

BLUESKY, MASTODON = (limits_of(all_capabilities()[key]) for key in ("bluesky", "mastodon"))
SMALL = [replace(BLUESKY, text_max=40, text_bytes=120), replace(MASTODON, text_max=50)]
NAMES = ["graphemes", "as Mastodon counts"]
WORDS = st.sampled_from(
    [
        "Ysgol", "dŵr", "a", "the", "hill.", "Why?", "“Yes!”", "👩‍🏫", "🏴󠁧󠁢󠁷󠁬󠁳󠁿", "e\u0301\u0302", "#Camp2027",
        "https://school.test/a/b?c=1", "@oak.test", "@head@social.test", "مدرسة", "\u0301x", "(see)", "1/3",
    ]
)  # fmt: skip
GAPS = st.sampled_from([" ", "  ", "\n", "\n\n", " \n \n", "\u00a0"])
TEXTS = st.lists(st.tuples(WORDS, GAPS), max_size=80).map(
    lambda found: "".join(word + gap for word, gap in found)
)
PLAIN = st.recursive(
    st.text(max_size=300) | st.integers(0, 2**40) | st.booleans(),
    lambda inside: st.lists(inside, max_size=30) | st.dictionaries(st.text(max_size=12), inside, max_size=30),
    max_leaves=40,
)


@pytest.mark.parametrize("limits", SMALL, ids=NAMES)
@given(text=TEXTS)
def test_no_part_is_too_long_and_each_has_its_number(limits, text):
    parts = threads.split(text, limits)

    assert len(parts) <= limits.parts
    for place, part in enumerate(parts, start=1):
        assert length(part, limits.text_unit) <= limits.text_max
        assert limits.text_bytes is None or byte_length(part) <= limits.text_bytes
        assert part.endswith(f"\n\n{place}/{len(parts)}")
        assert tidy_text(part) == part


@pytest.mark.parametrize("limits", SMALL, ids=NAMES)
@given(text=TEXTS)
def test_put_together_again_the_pieces_are_the_text(limits, text):
    tidy = tidy_text(text)
    found = threads.pieces(tidy, limits.parts, limits)
    assert found is None or "".join(found) == tidy

    parts = threads.split(text, limits)
    bare = [part.rpartition("\n\n")[0] for part in parts]
    assert not parts or "".join("".join(bare).split()) == "".join(tidy.split())
    assert threads.split(text, limits) == parts


@pytest.mark.parametrize("limits", SMALL, ids=NAMES)
@given(text=TEXTS)
def test_no_address_mention_or_hashtag_is_cut_and_no_new_one_arises(limits, text):
    parts = threads.split(text, limits)

    whole = [(link.kind, link.target) for link in find_links(tidy_text(text))]
    assert not parts or [(link.kind, link.target) for part in parts for link in find_links(part)] == whole


def test_what_fits_is_no_thread_and_one_sign_more_is():
    assert threads.split("a " * 149 + "ab", BLUESKY) == ()
    assert len(threads.split("a " * 149 + "abc", BLUESKY)) == 2


def test_a_thread_has_up_to_six_posts_and_no_more():
    sentence = "x" * 146 + " "  # two of them, their gap and "\n\n1/6" make 298
    assert len(threads.split(sentence * 12, BLUESKY)) == 6
    assert threads.split(sentence * 13, BLUESKY) == ()


def test_a_word_that_is_longer_than_a_post_can_not_be_cut():
    assert threads.split("See " + "https://school.test/" + "a" * 300, BLUESKY) == ()
    assert threads.split("x" * 301, BLUESKY) == ()


def test_no_network_without_threads_gets_one():
    facebook = replace(limits_of(all_capabilities()["facebook"]), text_max=10)
    assert threads.split("one two three four", facebook) == ()


def test_a_paragraph_is_kept_together_before_a_sentence_and_a_sentence_before_a_word():
    limits = replace(BLUESKY, text_max=45)
    assert threads.split("First paragraph is here.\n\nSecond. It goes on a little.", limits) == (
        "First paragraph is here.\n\n1/2",
        "Second. It goes on a little.\n\n2/2",
    )
    assert threads.split("First sentence is here. Second one follows it.", limits) == (
        "First sentence is here.\n\n1/2",
        "Second one follows it.\n\n2/2",
    )
    assert threads.split("one two three four five six seven eight nine", replace(limits, text_max=30)) == (
        "one two three four five\n\n1/2",
        "six seven eight nine\n\n2/2",
    )


def test_the_parts_have_keys_of_their_own_in_their_order():
    at = datetime(2027, 3, 1, 9, tzinfo=UTC)
    key = intent_key(at=at, about="publishing.delivery:1")
    keys = [part_key(key, number) for number in range(6)]

    assert (keys[0], sorted(set(keys))) == (key, keys)
    assert [key_time(each) for each in keys] == [at] * 6


def test_where_the_parts_are_survives_the_row():
    rest = (Ref("mastodon", "2"), Ref("mastodon", "3"))
    ref = Ref("mastodon", "1", "https://a.test/1", "", rest, whole=False)

    assert Ref.from_json(ref.to_json()) == ref
    assert [each.id for each in threads.refs_of(ref)] == ["1", "2", "3"]
    assert Ref("mastodon", "1").to_json() == {"network": "mastodon", "id": "1", "address": "", "version": ""}


def test_our_own_next_part_is_no_reply_and_a_part_that_is_not_known_has_no_numbers():
    ref = threads.ref_of([Ref("mastodon", number) for number in "123"])
    told = {"1": Reactions(1, 0, 3), "2": Reactions(2, 1, 1), "3": Reactions(4, 0, 1)}

    assert threads.reactions_of(ref, told) == (Reactions(1, 0, 2), Reactions(2, 1, 0), Reactions(4, 0, 1))
    del told["2"]
    assert threads.reactions_of(ref, told) == (Reactions(1, 0, 3), None, Reactions(4, 0, 1))
    assert threads.reactions_of(Ref("mastodon", "3"), told) == (Reactions(4, 0, 1),)
    assert threads.reactions_of(ref, {"1": Reactions(), "2": Reactions(replies=0)})[0] == Reactions()


@settings(max_examples=40)
@given(record=st.dictionaries(st.text(max_size=12), PLAIN, max_size=30))
def test_the_address_of_a_record_is_computed_as_another_library_does(record):
    assert (
        libipld.decode_cid(cid_of(record))["hash"]["digest"]
        == sha256(libipld.encode_dag_cbor(record)).digest()
    )


def test_a_number_of_another_kind_is_in_no_record_of_ours():
    with pytest.raises(TypeError):
        cid_of({"a": 1.5})
