"""What a family lives through singles a child out without a name: it's asked about beside one child or a
few, and what only sounds like it isn't.

`circumstances.tsv` was written before anything was looked for (13 of 33 found then),
`circumstances_after.tsv` when it was done, by the same hand: 16 of 17 found at first sight, and 1 of 17
harmless ones asked about.
"""

from pathlib import Path

import pytest

from bench.screened_posts import clean_posts
from schoolgate.screening import Kind, NameIndex, Strength, screen
from schoolgate.screening.circumstances import find_circumstances
from schoolgate.screening.folding import fold

HERE = Path(__file__).parent
NONE = NameIndex(())
ORDINARY = HERE.parent.parent / "bench" / "ordinary_posts.txt"


def asked(text):
    return {hit.kind for hit in screen(text, NONE).hits if hit.strength is Strength.ASK}


@pytest.mark.parametrize("name", ["circumstances.tsv", "circumstances_after.tsv"])
def test_what_a_family_lives_through_is_asked_about_and_a_lesson_or_an_animal_is_not(name):
    rows = [line.split("\t") for line in (HERE / name).read_text("utf-8").splitlines()]
    assert [text for expected, _tongue, text in rows if expected == "found" and not asked(text)] == []
    assert [text for expected, _tongue, text in rows if expected == "free" and asked(text)] == []


def test_it_stops_no_post_and_asks_about_no_ordinary_one():
    text = "Our little fighter is back on the ward this week."
    assert asked(text) == {Kind.HEALTH}
    assert all(hit.strength is not Strength.STOP for hit in screen(text, NONE).hits)
    ordinary = [*clean_posts(300), *ORDINARY.read_text("utf-8").splitlines()]
    assert [line for line in ordinary if list(find_circumstances(fold(line).text))] == []


NEW_OR_ON_A_WARD = [
    "Our newest member only arrived from Kharkiv in September and read a whole page aloud.",
    "We have a new face in Beech class. Landed from Homs at Easter and already top of the spelling list!",
    "The latest addition to 5B came from Glasgow in a hurry and settled in a day.",
    "Welcome to our newest recruit, who joined us from Aberfan after half-term.",
    "Dim ond ym mis Medi y cyrhaeddodd ein haelod diweddaraf o Kharkiv, ac mae'n darllen yn barod.",
    "Mae wyneb newydd yn Nosbarth Derw, wedi dod atom o Gaergybi ganol tymor.",
    "Chin up, mate: Ward 12 at James Cook say you can have visitors until eight.",
    "Get well soon, pal. We hear Ward 4 lets visitors in after tea.",
    "Dal ati, boi: mae Ward 9 yn dweud y cei di ymwelwyr tan wyth.",
    "Brysia wella, bach! Mae'r ysbyty'n gadael ymwelwyr i mewn o ddau.",
    "Our under-11s keeper rang the end-of-treatment bell at Addenbrooke's on Thursday.",
    "Good luck to our one entrant, who plays under his mum's maiden name these days.",
]
NEAR_THEM = [
    "Our newest member of staff came from Leeds in September.",
    "The newest addition to our library arrived from Waterstones on Friday.",
    "The new face on the governing board came from Barclays.",
    "Our newest addition is Biscuit the school dog, who came from Battersea.",
    "Our new piano arrived from Hamburg in May, thank you to the PTA.",
    "A new member of the catering team joined us from Harrogate.",
    "Year 6 sang carols on Ward 12 at James Cook, and the visitors joined in.",
    "Visitors must sign in at the office, mate or no mate.",
    "Cofiwch fod rhaid i ymwelwyr arwyddo yn y swyddfa.",
    "Canodd y côr yn yr ysbyty, ac roedd yr ymwelwyr wrth eu boddau.",
    "Mae ein haelod newydd o staff wedi dod o Gaerdydd.",
    "Hospital visitors can park at the school on Saturday.",
]


def test_who_is_new_here_from_a_place_or_may_have_visitors_on_a_ward_is_asked_about():
    """Before, none of these 12."""
    assert [text for text in NEW_OR_ON_A_WARD if not [*find_circumstances(fold(text).text)]] == []
    assert [text for text in NEAR_THEM if [*find_circumstances(fold(text).text)]] == []
