"""How long X counts a text: the numbers of its own page about counting, and where it can't be known the
stricter count."""

import pytest

from schoolgate.networks.capabilities import all_capabilities
from schoolgate.networks.checks import length, limits_of
from schoolgate.networks.weighing import weighted

PUBLISHED = {
    "Hello, world! 👋": 16,
    "👾": 2,
    "🙋🏽": 2,
    "👨‍🎤": 2,
    "👨‍👩‍👧‍👦": 2,
    "caf\u00e9": 4,
    "cafe\u0301": 4,
    "https://example.com": 23,
    "https://example.com/very/long/path": 23,
    "日本語": 6,
}
"""docs.x.com/fundamentals/counting-characters."""
ALSO = {
    "": 0,
    "Mae’r ysgol ar gau: dŵr, tŷ, “môr”.": 35,
    "See https://a.test, or (https://b.test/" + "x" * 200 + ").": 4 + 23 + 6 + 23 + 2,
    "🏴󠁧󠁢󠁷󠁬󠁳󠁿🇬🇧1️⃣©️": 8,
    "مدرسة": 5,
    "x" * 280: 280,
}


@pytest.mark.parametrize(("text", "number"), [*PUBLISHED.items(), *ALSO.items()])
def test_a_text_is_as_long_as_x_says(text, number):
    assert weighted(text) == number


def test_a_servers_name_that_x_may_take_for_an_address_counts_as_the_longer_of_both():
    assert weighted("Go to oakwood.sch.uk today") == len("Go to  today") + 23
    assert weighted("www.oakwood.sch.uk/events/sports-day-2027") == 41
    assert weighted("Write to office@oakwood.sch.uk, 9.30am, e.g. now") == 48


def test_it_is_what_counts_on_x():
    unit = limits_of(all_capabilities()["x"]).text_unit

    assert length("👾" * 140, unit) == 280
