"""By hand: the card a person publishes from, and what may come back."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from schoolgate.core.errors import BadInput
from schoolgate.networks import registry
from schoolgate.networks.manual.client import card, pasted_comment, published_at_address
from schoolgate.networks.port import (
    Credential,
    NetworkError,
    OutgoingPicture,
    OutgoingPost,
    OutgoingReply,
    Ref,
)

AT = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
OUT = OutgoingPost("3labcdefghijk", "Open day\non Friday & Saturday", AT)
PICTURE = OutgoingPicture(b"bytes", "image/jpeg", "An empty hall.")
SECOND = OutgoingPicture(b"others", "image/png", "A gate.")
ROOT = Ref("facebook", "https://www.facebook.com/school/posts/1", "https://www.facebook.com/school/posts/1")


def test_the_card_holds_what_was_approved_and_opens_the_network():
    shown = card(registry.capabilities("x"), replace(OUT, pictures=(PICTURE, SECOND)))

    assert (shown.network_name, shown.text, shown.pictures, shown.alt_field, shown.over) == (
        "X (Twitter)",
        "Open day\non Friday & Saturday",
        (PICTURE, SECOND),
        True,
        0,
    )
    assert shown.open_address == "https://x.com/intent/post?text=Open%20day%0Aon%20Friday%20%26%20Saturday"


OVER = [("a" * 280, 0), ("a" * 281, 1)]


@pytest.mark.parametrize(("text", "over"), OVER)
def test_the_card_says_by_how_much_a_text_is_too_long(text, over):
    assert card(registry.capabilities("x"), replace(OUT, text=text)).over == over


def test_a_text_too_long_for_an_address_is_copied_instead():
    shown = card(registry.capabilities("threads"), replace(OUT, text="é" * 5000))

    assert shown.open_address == "https://www.threads.net/intent/post?text="


def test_a_network_without_pictures_descriptions_says_so():
    assert card(registry.capabilities("tiktok"), replace(OUT, pictures=(PICTURE, SECOND))).alt_field is False


@pytest.mark.parametrize(("pictures", "missing"), [((), True), ((PICTURE,), False)])
def test_instagram_wants_a_picture(pictures, missing):
    shown = card(registry.capabilities("instagram"), replace(OUT, pictures=pictures))

    assert shown.picture_missing is missing


def test_the_card_of_an_answer_opens_what_is_answered():
    answer = OutgoingReply("3labcdefghijk", "Yes.", AT, ROOT, ROOT)

    shown = card(registry.capabilities("facebook"), answer)

    assert (shown.open_address, shown.answers) == (ROOT.address, ROOT.address)


def test_the_address_pasted_back_is_where_it_stands():
    found = published_at_address(registry.capabilities("facebook"), f"  {ROOT.address}\n")

    assert found == ROOT


REFUSED = [
    "",
    "school",
    "https://www.facebook.com/school",
    "https://x.com/school/status/1",
    "javascript:alert(1)",
]


@pytest.mark.parametrize("address", [*REFUSED, ROOT.address + "/" + "a" * 2000])
def test_what_is_not_the_address_of_a_post_there_is_refused(address):
    with pytest.raises(BadInput) as refused:
        published_at_address(registry.capabilities("facebook"), address)

    sentence = "Paste the link to the post itself on Facebook Page, as your browser shows it."
    assert {name: str(text) for name, text in refused.value.fields.items()} == {"address": sentence}


def paste(**changed):
    given = {
        "root": ROOT,
        "author": "A parent",
        "text": "Is there parking?",
        "written_at": AT,
        "at": AT,
    } | changed
    return pasted_comment(registry.capabilities("facebook"), **given)


def test_a_pasted_comment_keeps_the_networks_time_and_is_the_same_when_pasted_again():
    item = paste(written_at=AT - timedelta(hours=3))

    assert (item.created_at, item.seen_at, item.author.display, item.root) == (
        AT - timedelta(hours=3),
        AT,
        "A parent",
        ROOT.id,
    )
    assert item.ref == paste(written_at=AT - timedelta(hours=3), at=AT + timedelta(days=1)).ref
    assert item.ref != paste().ref


@pytest.mark.parametrize("text", ["🎉", "مرحبا", "<script>x</script>", "a" * 20_000, "x\x07y"])
def test_any_text_can_be_pasted_in_as_it_was_written(text):
    assert paste(text=text).text == text


BAD = [
    ({"text": ""}, ["text"]),
    ({"text": " \n"}, ["text"]),
    ({"text": "a" * 20_001}, ["text"]),
    ({"text": "a" * 100_000}, ["text"]),
    ({"author": "a" * 201}, ["author"]),
    ({"written_at": AT + timedelta(minutes=10, seconds=1)}, ["written_at"]),
    ({"written_at": AT.replace(tzinfo=None)}, ["written_at"]),
    ({"address": "javascript:alert(1)"}, ["address"]),
    ({"text": "", "author": "a" * 201}, ["text", "author"]),
]


@pytest.mark.parametrize(("changed", "fields"), BAD)
def test_what_cannot_be_a_comment_is_refused_beside_its_field(changed, fields):
    with pytest.raises(BadInput) as refused:
        paste(**changed)

    assert list(refused.value.fields) == fields


def test_the_earliest_refused_time_is_a_moment_after_ten_minutes():
    assert paste(written_at=AT + timedelta(minutes=10)).created_at == AT + timedelta(minutes=10)


def test_nothing_is_sent_by_the_program_to_a_network_served_by_hand():
    network = registry.connect("facebook", Credential())

    with pytest.raises(NetworkError, match="not_offered"):
        network.publish(OUT)
