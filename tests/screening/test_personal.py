"""Personal data, private links, places, others' work, language and tone: each with its trap."""

import hashlib
from pathlib import Path

import pytest

from schoolgate.screening import NameIndex, Strength, lets_strangers_in, screen
from schoolgate.screening.folding import simple

NONE = NameIndex(())
LINES = Path(__file__).parent / "fresh_lines.txt"
ROOM = Path(__file__).parents[2] / "schoolgate" / "screening"
FROZEN = {
    "personal.py": "11ac86006bee6a76a785519df1fca56294adf19cd925bcf82d034c923a47070f",
    "links.py": "dd92984e13ece8cb42215ea3ee5f273eac2c0698a6fd457f3084c920e514368a",
    "checks.py": "1f16fa9f663fb1f47cef357846cdbe97c9b4736bc11dc7128322bbe7330ecff8",
}
"""The recognisers before `fresh_lines.txt` was written. One who changes them writes new lines afterwards."""
WRITTEN = "6009ce658f790d3e3d9424eead9c7d5c3689c35589c4f686168fef32ee541e30"


def kinds(text, **more):
    return {str(hit.kind) for hit in screen(text, NONE, **more).hits}


@pytest.mark.parametrize(
    ("kind", "text", "trap"),
    [
        ("phone", "Ring 07700 900123", "Raised 07700 pounds in 900 days"),
        ("phone", "Ring 0044 115 496 0123", "On 05/06/2026 at 10:30"),
        ("postcode", "We are at LL55 4AB", "Back on Y5 1st"),
        ("email", "jo AT gmail DOT com", "Meet at ten on the dot"),
        ("nhs", "943 476 5919", "943 476 5918"),
        ("insurance", "AB 12 34 56 C", "GB 12 34 56 C"),
        ("upn", "H801200001001", "A801200001001"),
        ("card", "4111 1111 1111 1111", "4111 1111 1111 1112"),
        ("bank", "sort code 12-34-56", "The score was 12-34-56"),
        ("vehicle", "AB12 CDE", "KS12 science"),
        ("born", "Born 12 May 2014", "Open on 12 May 2014"),
        ("password", "Password: Otter7!", "Password: please ask"),
        ("address", "She lives at 12 Hill Road", "12 Year Six pupils"),
        ("place", "Year 5 will be at Erddig Park tomorrow at 10am", "Year 5 went to Erddig Park yesterday"),
        ("private_link", "https://chat.whatsapp.com/x", "https://www.whatsapp.com/about"),
        ("short_link", "bit.ly/x", "rabbit.ly"),
        ("copyright", "Photo by Jim", "Photo byte"),
    ],
)  # fmt: skip
def test_each_kind_is_found_and_its_trap_is_not(kind, text, trap):
    assert kind in kinds(text)
    assert kind not in kinds(trap)


def test_what_the_school_allows_is_no_hit_however_it_is_written():
    allowed = {simple("0115 496 0123")}
    assert kinds("Ring (0115) 496-0123", allowed=allowed) == set()
    assert kinds("Ring 0115 496 0124", allowed=allowed) == {"phone"}


def test_formatted_data_stops_and_open_kinds_ask():
    strengths = {str(hit.kind): hit.strength for hit in screen("LL55 4AB, 12 Hill Road, bit.ly/x", NONE).hits}
    assert strengths == {"postcode": Strength.STOP, "address": Strength.ASK, "short_link": Strength.ASK}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Thank you all for coming", "en"),
        ("Bore da pawb, diolch yn fawr", "cy"),
        ("Diolch for coming everyone, mae hi’n wych and we loved it", "mixed"),
        ("Ysgol Llanidloes are the winners of the cup", "en"),
        ("2026", "unknown"),
        ("Xyzzy", "unknown"),
    ],
)
def test_languages_are_told_apart(text, language):
    assert screen(text, NONE).advice.language == language


def test_tone_and_length_are_advice():
    assert screen("COME ALONG TO THE SUMMER FAIR TODAY", NONE).advice.shouts
    assert not screen("Come along to the PTA fair!", NONE).advice.shouts
    assert screen("Short.", NONE).advice.hard is None
    assert screen("We ran. We won. It was fun. " * 6, NONE).advice.hard is False
    assert screen("Notwithstanding considerable organisational difficulties " * 9, NONE).advice.hard is True


def test_the_recognisers_are_those_for_which_the_lines_are_fresh():
    for name, digest in FROZEN.items():
        assert hashlib.sha256((ROOM / name).read_bytes()).hexdigest() == digest
    assert hashlib.sha256(LINES.read_bytes()).hexdigest() == WRITTEN


def test_personal_data_in_fresh_lines():
    wanted = got = wrong = 0
    for line in LINES.read_text().splitlines():
        if line.startswith("#"):
            continue
        said, _bar, text = line.partition(" | ")
        asked, found = set(said.split()) - {"-"}, kinds(text)
        wanted, got, wrong = wanted + len(asked), got + len(asked & found), wrong + len(found - asked)
    print(f"personal data: {got} of {wanted}, {wrong} wrong")
    assert got >= 0.9 * wanted
    assert wrong <= 2


@pytest.mark.parametrize(
    ("address", "private"),
    [
        ("https://chat.whatsapp.com/AbCdEfGhIjKlMnOpQrStUv", True),
        ("https://drive.google.com/file/d/1AbC/view", True),
        ("https://school.test/join?token=s3cret", True),
        ("https://school.test/open-day", False),
        ("https://bit.ly/3abcde", False),
        ("", False),
    ],
)
def test_an_address_that_lets_strangers_in_is_known_by_itself(address, private):
    assert lets_strangers_in(address) is private
