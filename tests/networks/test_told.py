"""What a server told about its limits counts for its accounts; what it didn't, and other networks, do not."""

import json
from dataclasses import asdict

import pytest

from schoolgate.networks.capabilities import all_capabilities
from schoolgate.networks.checks import IN_FULL, length, limits_of
from schoolgate.networks.mastodon.account import Known
from schoolgate.networks.told import limits_with, told_in

SESSION = json.dumps(
    asdict(
        Known(
            "1",
            "a@b.example",
            text_max=5000,
            text_unit=IN_FULL,
            pictures=8,
            picture_bytes=1_000_000,
            film_bytes=9,
        )
    )
)


def test_the_limits_in_a_session_are_read():
    told = told_in("mastodon", SESSION)

    assert told == {
        "text_max": 5000, "text_unit": IN_FULL, "pictures": 8, "picture_bytes": 1_000_000, "film_bytes": 9
    }  # fmt: skip
    assert limits_with("mastodon", told).text_max == 5000
    assert limits_with("mastodon", told).text_unit == IN_FULL
    assert limits_with("mastodon", told).film_bytes == 9
    assert limits_with("mastodon", told).alt_max == limits_of(all_capabilities()["mastodon"]).alt_max


@pytest.mark.parametrize(("network", "session"), [("bluesky", SESSION), ("mastodon", ""), ("mastodon", "{")])
def test_what_tells_none_has_the_limits_of_its_network(network, session):
    told = told_in(network, session)

    assert told == {}
    assert limits_with(network, told) == limits_of(all_capabilities()[network])


def test_unknown_names_in_the_row_change_nothing():
    assert limits_with("bluesky", {"films": 3}) == limits_of(all_capabilities()["bluesky"])


LENGTHS = [
    ("abc", 3, 3),
    ("👩‍🏫", 1, 3),
    ("https://a.test/", 23, 23),
    ("See https://school.test/" + "x" * 76 + ".", 28, 101),
    ("@teacher@elsewhere.test", 8, 23),
]


@pytest.mark.parametrize(("text", "theirs", "in_full"), LENGTHS)
def test_a_server_that_may_not_count_as_mastodon_does_is_sent_nothing_longer_by_either_count(
    text, theirs, in_full
):
    assert (length(text, "Mastodon characters"), length(text, IN_FULL)) == (theirs, in_full)
