"""Between our types and Bluesky's records: nothing that a stranger's record holds can stop the reading of
others."""

import hashlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolgate.networks.bluesky import records
from schoolgate.networks.bluesky.client import _below, _item
from schoolgate.networks.checks import clean_incoming
from schoolgate.networks.port import OutgoingPicture, OutgoingPost, OutgoingReply, Ref

AT = datetime(2027, 3, 1, 9, 0, 0, 123456, tzinfo=UTC)
ME = "did:plc:me"


class Account:
    origin = "https://bsky.social"


def view(**changed):
    return {
        "uri": "at://did:plc:them/app.bsky.feed.post/3k",
        "cid": "bafy1",
        "author": {"did": "did:plc:them", "handle": "parent.test", "displayName": "A parent"},
        "record": {
            "text": "Is there parking?",
            "createdAt": "2027-03-01T09:00:00.000Z",
            "reply": {
                "root": {"uri": f"at://{ME}/app.bsky.feed.post/3j"},
                "parent": {"uri": f"at://{ME}/app.bsky.feed.post/3j"},
            },
        },
        "indexedAt": "2027-03-01T09:00:01.000Z",
    } | changed


def test_a_post_becomes_a_record():
    out = OutgoingPost("3labcdefghijk", "Dŵr https://a.test #Ysgol @head.test", AT, ("en", "cy"))

    record = records.post_record(out, did_of={"head.test": "did:plc:head"}.get)

    assert record == {
        "$type": "app.bsky.feed.post",
        "text": "Dŵr https://a.test #Ysgol @head.test",
        "createdAt": "2027-03-01T09:00:00.123Z",
        "langs": ["cy", "en"],
        "facets": [
            {
                "index": {"byteStart": 5, "byteEnd": 19},
                "features": [{"$type": "app.bsky.richtext.facet#link", "uri": "https://a.test"}],
            },
            {
                "index": {"byteStart": 20, "byteEnd": 26},
                "features": [{"$type": "app.bsky.richtext.facet#tag", "tag": "Ysgol"}],
            },
            {
                "index": {"byteStart": 27, "byteEnd": 37},
                "features": [{"$type": "app.bsky.richtext.facet#mention", "did": "did:plc:head"}],
            },
        ],
    }


def test_an_answer_names_what_it_answers_and_the_post_it_hangs_on():
    out = OutgoingReply(
        "3l", "Yes.", AT, Ref("bluesky", "at://p", version="cp"), Ref("bluesky", "at://r", version="cr")
    )

    assert records.post_record(out, did_of=lambda _: None)["reply"] == {
        "root": {"uri": "at://r", "cid": "cr"},
        "parent": {"uri": "at://p", "cid": "cp"},
    }


SHAPES = [((40, 30), {"width": 40, "height": 30}), ((0, 0), None), ((40, 0), None)]


@pytest.mark.parametrize(("size", "shape"), SHAPES)
def test_a_pictures_shape_is_told_where_it_is_known(size, shape):
    embed = records.pictures_embed(
        [(OutgoingPicture(b"x", "image/png", " A hall. ", *size), {"$type": "blob"})]
    )

    assert (embed["images"][0]["alt"], embed["images"][0].get("aspectRatio")) == ("A hall.", shape)


def test_a_blobs_name_holds_the_digest_of_its_bytes():
    import base64

    digest = hashlib.sha256(b"picture").digest()
    cid = "b" + base64.b32encode(bytes([1, 0x55, 0x12, 0x20]) + digest).decode().lower().rstrip("=")

    assert records.digest_of(cid) == digest.hex()


@pytest.mark.parametrize(
    "cid", ["", "bafyreif52gxdcc6edptc6zxlb5tqp2dhvrvbirgplkfzkx5mhqn4u3zoly", "Qm123", "b"]
)
def test_what_is_no_blob_has_no_digest(cid):
    with pytest.raises(ValueError):
        records.digest_of(cid)


def test_a_comment_is_read_with_its_place():
    item = _item(view(), Account(), ME)

    assert (
        item.kind,
        item.parent,
        item.author.display,
        item.version,
        item.created_at,
        item.seen_at,
        item.ours,
    ) == (
        "comment",
        f"at://{ME}/app.bsky.feed.post/3j",
        "A parent",
        "bafy1",
        datetime(2027, 3, 1, 9, 0, 0, tzinfo=UTC),
        datetime(2027, 3, 1, 9, 0, 1, tzinfo=UTC),
        False,
    )


TIMES = ["yesterday", "", None, 5, "2027-03-01T09:00:00", "99999-01-01T00:00:00Z", {}]


@pytest.mark.parametrize("written", TIMES)
def test_a_time_that_is_none_is_the_networks_own(written):
    record = view()["record"] | {"createdAt": written}

    assert _item(view(record=record), Account(), ME).created_at == datetime(2027, 3, 1, 9, 0, 1, tzinfo=UTC)


def test_a_text_that_no_row_can_keep_is_made_fit():
    assert clean_incoming("a\x00b\ud83cc") == "a\ufffdb\ufffdc"


json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
PARTS = ["uri", "cid", "author", "record", "indexedAt"]


@given(st.sampled_from(PARTS), json_like)
def test_one_odd_post_hides_no_other(part, junk):
    odd = view(**{part: junk})

    found = [one for one in (_item(odd, Account(), ME), _item(view(), Account(), ME)) if one is not None]

    assert found[-1].text == "Is there parking?"


@given(json_like)
def test_an_odd_thread_is_read_as_far_as_it_goes(junk):
    thread = {
        "replies": [
            junk,
            {"replies": junk, "post": view()},
            {"post": view(), "replies": [{"$type": "app.bsky.feed.defs#notFoundPost"}]},
        ]
    }

    assert list(_below(thread)).count(view()) == 2
    assert isinstance(list(_below(junk)), list)


def test_a_thread_of_any_depth_is_read():
    node = {"post": view()}
    for _ in range(5000):
        node = {"post": view(), "replies": [node]}

    assert len(list(_below({"replies": [node]}))) == 5001
