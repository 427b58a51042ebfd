"""What a server told about its limits counts for its accounts; what it didn't, and other networks, do not."""

import json
from dataclasses import asdict

import pytest

from schoolgate.networks.capabilities import all_capabilities
from schoolgate.networks.checks import limits_of
from schoolgate.networks.mastodon.account import Known
from schoolgate.networks.told import limits_with, told_in

SESSION = json.dumps(
    asdict(Known("1", "a@b.example", text_max=5000, pictures=8, picture_bytes=1_000_000, film_bytes=9))
)


def test_the_limits_in_a_session_are_read():
    told = told_in("mastodon", SESSION)

    assert told == {"text_max": 5000, "pictures": 8, "picture_bytes": 1_000_000, "film_bytes": 9}
    assert limits_with("mastodon", told).text_max == 5000
    assert limits_with("mastodon", told).film_bytes == 9
    assert limits_with("mastodon", told).alt_max == limits_of(all_capabilities()["mastodon"]).alt_max


@pytest.mark.parametrize(("network", "session"), [("bluesky", SESSION), ("mastodon", ""), ("mastodon", "{")])
def test_what_tells_none_has_the_limits_of_its_network(network, session):
    told = told_in(network, session)

    assert told == {}
    assert limits_with(network, told) == limits_of(all_capabilities()[network])


def test_unknown_names_in_the_row_change_nothing():
    assert limits_with("bluesky", {"text_unit": 3}) == limits_of(all_capabilities()["bluesky"])
