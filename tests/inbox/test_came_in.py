"""What came in is kept whole, and is private unless it is known to be public."""

from datetime import timedelta

import pytest

from schoolgate.inbox import seeing
from schoolgate.inbox.ingesting import in_words, ingest
from schoolgate.inbox.models import Item
from schoolgate.inbox.pasting import paste_in
from schoolgate.inbox.sight import way_to_reply, ways
from schoolgate.networks.bluesky import records
from schoolgate.networks.capabilities import Way
from schoolgate.networks.facebook.client import _attachments as of_facebook
from schoolgate.networks.mastodon import client
from schoolgate.networks.port import Attachment, Author, IncomingItem, Ref
from schoolgate.web.inbox.wording import sight_in_words

PICTURE = Attachment("picture", "Ball boys at the gate", link="https://m.example/1.png")
POLL = Attachment("poll", options=("Yes", "No"))
CARD = Attachment("card", "School fined", link="https://news.example/1")


def came(at, *, text="", number="1", **more):
    given = {"visibility": "public", "attachments": ()} | more
    return IncomingItem("bluesky", Ref("bluesky", f"c{number}"), Author("a"), text, at, seen_at=at, **given)


# --- Kept whole --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("attachment", "words"),
    [
        (PICTURE, "[Picture: Ball boys at the gate] https://m.example/1.png"),
        (Attachment("picture"), "[Picture: no description]"),
        (Attachment("film", link="https://m.example/2"), "[Film: no description] https://m.example/2"),
        (POLL, "[Poll: Yes / No]"),
        (CARD, "[Link: School fined] https://news.example/1"),
        (Attachment("quote", "Close\nit"), "[Quoted post: Close it]"),
        (Attachment("other"), "[Attachment]"),
    ],
)
def test_a_comment_without_words_says_what_it_is(cast, at, attachment, words):
    assert in_words(came(at, attachments=(attachment,)), cast.federation) == words
    assert in_words(came(at, text="Look", attachments=(attachment,)), cast.federation) == f"Look\n{words}"


def test_a_school_that_writes_in_welsh_reads_it_in_welsh(cast, at):
    cast.federation.languages = ["cy", "en"]
    assert in_words(came(at, attachments=(POLL,)), cast.federation) == "[Pôl: Yes / No]"


def test_words_alone_stay_as_they_are(cast, at):
    assert in_words(came(at, text="\n Hi  \n"), cast.federation) == "\n Hi  \n"


def test_what_a_picture_shows_is_read_like_words(cast, terms, team, at):
    threat = Attachment("picture", "I will kill myself tonight")
    ingest(at=at, account=cast.bluesky, items=[came(at, attachments=(threat,))])
    item = seeing.item(Item.objects.get().pk)
    assert item.versions.get().text == "[Picture: I will kill myself tonight]"
    assert item.lane == "danger"


def test_another_picture_is_an_edit_and_another_address_of_it_is_none(at):
    first, same, other = (
        came(at, attachments=(Attachment("picture", words, link=link),))
        for words, link in (("A dog", "https://x.example/1"), ("A dog", "https://x.example/2"), ("A cat", ""))
    )
    assert first.version == same.version != other.version
    assert came(at, text="Hi").version == came(at, text="Hi", attachments=()).version


# --- Each network ------------------------------------------------------------------------------------------


def status(**more):
    who = {"id": "7", "acct": "jane", "display_name": "Jane"}
    told = {"id": "1", "account": who, "content": "", "created_at": "2027-01-19T10:00:00Z"}
    return client.item("mastodon", told | more, ours="1", root="", kind="mention")


def test_a_status_brings_its_pictures_poll_card_and_quote():
    told = status(
        visibility="public",
        media_attachments=[
            {"type": "image", "description": "A gate", "url": "https://m.example/1.png"},
            {"type": "video", "description": None, "url": "javascript:alert(1)"},
            {"type": "unknown", "remote_url": "https://far.example/x"},
            None,
        ],
        poll={"options": [{"title": "Yes"}, {"title": "No"}]},
        card={"title": "School fined", "url": "https://news.example/1"},
        quote={
            "state": "accepted",
            "quoted_status": {"content": "<p>Close it</p>", "url": "https://m.example/9"},
        },
    )
    assert told.attachments == (
        Attachment("picture", "A gate", link="https://m.example/1.png"),
        Attachment("film"),
        Attachment("other", link="https://far.example/x"),
        POLL,
        CARD,
        Attachment("quote", "Close it", link="https://m.example/9"),
    )


@pytest.mark.parametrize(
    ("told", "visibility"),
    [
        ("public", "public"), ("unlisted", "public"), ("private", "private"), ("direct", "private"),
        ("local", "unknown"), (None, "unknown"), (7, "unknown"),
    ],
)  # fmt: skip
def test_a_status_is_public_only_where_its_server_says_so(told, visibility):
    found = status(visibility=told)
    assert (found.visibility, found.private) == (visibility, visibility != "public")


@pytest.mark.parametrize(
    "odd", [{"media_attachments": 7}, {"poll": []}, {"card": "x"}, {"quote": {"state": "x"}}]
)
def test_odd_attachments_hide_no_status(odd):
    assert status(visibility="public", **odd).attachments == ()


def view(embed, shown=None):
    record = {"text": "", "createdAt": "2027-01-19T10:00:00Z", "embed": embed}
    author = {"did": "did:plc:them", "handle": "jane.test"}
    told = {"uri": "at://did:plc:them/x/1", "cid": "b1", "author": author, "record": record, "embed": shown}
    return records.item_of(told, address="", ours="did:plc:me")


@pytest.mark.parametrize(
    ("embed", "shown", "found"),
    [
        (
            {"images": [{"alt": "A gate"}]},
            {"images": [{"alt": "A gate", "fullsize": "https://cdn.example/1"}]},
            (Attachment("picture", "A gate", link="https://cdn.example/1"),),
        ),
        ({"video": {}, "alt": "A run"}, None, (Attachment("film", "A run"),)),
        ({"external": {"title": "School fined", "uri": "https://news.example/1"}}, None, (CARD,)),
        (
            {"record": {"uri": "at://x"}},
            {"record": {"value": {"text": "Close it"}}},
            (Attachment("quote", "Close it"),),
        ),
        (
            {"record": {"record": {}}, "media": {"images": [{"alt": "A gate"}]}},
            {"record": {"record": {"value": {"text": "Close it"}}}, "media": {"images": [{}]}},
            (Attachment("quote", "Close it"), Attachment("picture", "A gate")),
        ),
        ({"images": 7, "external": "x", "record": None}, ["x"], ()),
    ],
)
def test_a_bluesky_post_brings_what_it_embeds_and_is_public(embed, shown, found):
    item = view(embed, shown)
    assert (item.attachments, item.visibility) == (found, "public")


def test_a_facebook_comment_brings_its_picture():
    told = {"type": "photo", "title": "Gate", "url": "https://www.facebook.com/photo/1"}
    assert list(of_facebook(told)) == [Attachment("picture", "Gate", link="https://www.facebook.com/photo/1")]
    assert list(of_facebook({"type": "sticker"})) == [Attachment("picture")]
    assert list(of_facebook(None)) == []


# --- Private unless known to be public ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("left_out", "stated"), [("visibility", {"attachments": ()}), ("attachments", {"visibility": "public"})]
)
def test_a_reader_that_does_not_say_who_can_read_it_or_what_came_with_it_fails(at, left_out, stated):
    with pytest.raises(TypeError, match=left_out):
        IncomingItem("bluesky", Ref("bluesky", "c1"), Author("a"), "Hi", at, **stated)


@pytest.mark.parametrize("visibility", ["private", "unknown"])
def test_what_is_not_known_to_be_public_is_a_private_message(cast, terms, team, at, visibility):
    ingest(at=at, account=cast.bluesky, items=[came(at, text="Only for you", visibility=visibility)])
    item = seeing.item(Item.objects.get().pk)
    assert item.private
    assert ways(item) == {}
    assert str(sight_in_words(item)[0]).startswith("Private message")


def test_what_was_taken_for_public_becomes_private_when_its_network_says_so(cast, terms, team, at):
    ingest(at=at, account=cast.bluesky, items=[came(at, text="Hi")])
    ingest(
        at=at + timedelta(hours=1), account=cast.bluesky, items=[came(at, text="Hi", visibility="private")]
    )
    assert Item.objects.get().private
    ingest(at=at + timedelta(hours=2), account=cast.bluesky, items=[came(at, text="Hi")])
    assert Item.objects.get().private


def test_the_program_answers_no_private_message_that_a_person_brought_in(cast, terms, at):
    given = {"by": cast.ben, "at": at, "account": cast.bluesky, "text": "Hi", "appeared_at": at}
    address = "https://bsky.app/profile/x/post/1"
    private = paste_in(**given, private=True, address=address)
    public = paste_in(**given, private=False, address=f"{address}2")
    assert (way_to_reply(private), way_to_reply(public)) == (Way.HAND, Way.PROGRAM)
