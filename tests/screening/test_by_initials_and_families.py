"""A child by a part of the name that the school's own people would know: initials, a surname cut short, a
family. The first of each list went out unasked when someone who hadn't read the program tried it."""

import pytest

from schoolgate.core.doors import Door
from schoolgate.publishing.looked_for import danger_in
from schoolgate.screening import Kind, Listed, NameIndex, screen

INDEX = NameIndex([
    Listed(1, "Jaydon", "Okafor-Bell", form="6T", year="6", walled=True),
    Listed(2, "Orla", "Penhaligon", form="5B", year="5", walled=True),
    Listed(3, "Gwenllian", "Pryce", form="4B", year="4", walled=True),
    Listed(4, "Zuzia", "Kowalska", form="3M", year="3"),
    Listed(5, "Bethan", "Hart", form="5B", year="5"),
    Listed(6, "Noah", "Marchbank", form="5B", year="5"),
    Listed(7, "Isla", "Brannigan", form="2C", year="2"),
])  # fmt: skip


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("Well done the Okafor-Bells, first family across the line!", 1),
        ("Well done the Campbell-Bells, first family across the line!", None),
        ("Jay O-B smashed it at chess club.", 1),
        ("Jay smashed it at chess club.", None),
        ("O.Pen took gold in the 100m!", 2),
        ("O. Penh won the cup", 2),
        ("O. Pencils at the ready", None),
        ("Llongyfarchiadau i'r Priciaid, pawb yn 4B mor falch.", 3),
        ("Diolch i deulu'r Prysiaid, Pencraig, am y gacen.", 3),
        ("Diolch i deulu'r Morgansiaid am y gacen.", None),
        ("Diolch i Mrs Pryce a'i dwy ferch am addurno'r goeden.", 3),
        ("Diolch i Mrs Pryce am addurno'r goeden.", None),
        ("Z. from 3M has her picture on the fridge at the town hall.", 4),
        ("Brilliant work from B. in 5B", 5),
        ("Vitamin C. 3M learned about oranges", None),
        ("Team Z. 3M won", None),
        ("Section B of 5B", None),
        ("Big thank you to the Okafor Bells for the bouncy castle.", 1),
        ("J.O.B. is the winner of the maths cup", 1),
        ("Our JOB in Year 6 got a hat trick", 1),
        ("The job in Year 6 is done", None),
        ("A certain Mr Bell from 6T scored the winner", 1),
        ("Mr Bell teaches 6T", None),
        ("Miss Pryce 4B (9 oed) gafodd y cwpan", 3),
        ("Thanks to Miss Pryce for 4B's play", None),
        ("Madam Penhaligon (aged 10) ruled the stage", 2),
        ("Wenlli fach ar y blaen", 3),
        ("Or\N{UNICORN FACE}la did it", 2),
        ("O·r·l·a did it", 2),
        ("Or\nla from 5B did it", 2),
        ("ORLAP forever", 2),
        ("Miss O. Penh. won", 2),
        ("5B's little O with the red plaits sang the solo", 2),
        ("O little town of Bethlehem, sung by 5B", None),
        ("Brannigans 2, teachers 0!", 7),
        ("Tigers 2, Lions 0!", None),
        ("Team Marchbank made the best den.", 6),
        ("Team Tigers made the best den.", None),
    ],
)
def test_a_child_by_initials_a_surname_cut_short_or_a_family_is_asked_about(text, of):
    found = {pk for hit in screen(text, INDEX).hits for pk in hit.of}
    assert found == ({of} if of else set()), text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Mae'r merched yn newid yn y garafán las tu ôl i'r neuadd o hanner awr wedi tri.", Kind.PLACE),
        ("Mae amseroedd y clwb yn newid o ddydd Llun.", None),
        ("Y ferch â'r pwmp siwgr oedd seren y sioe!", Kind.CLUE),
        ("The girl with the insulin pump won", Kind.CLUE),
        ("Side gate code is the year the school opened, for parents who are late.", Kind.PASSWORD),
        ("Cod y giât yw'r flwyddyn yr agorodd yr ysgol", Kind.PASSWORD),
        ("The gate code is changing on Monday, ask at the office", None),
        ("The key to the changing room hangs behind the bin store.", Kind.PASSWORD),
        ("The key to success is hard work", None),
        ("Mae'r plant yn disgwyl wrth yr arhosfan tan ddeg munud wedi pedwar, heb oedolyn.", Kind.PLACE),
    ],
)
def test_what_tells_where_they_change_what_one_wears_or_how_to_get_in_is_asked_about(text, kind):
    assert {hit.kind for hit in screen(text, NameIndex(())).hits} == ({kind} if kind else set()), text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Miss Dean is in the music room from four, knock for a quiet chat, no need to tell anyone.", True),
        ("Sir is in the art room at lunch for a quiet word, parents needn't know", True),
        ("If you need a quiet chat about your child, ring the office", False),
        ("Bydd Mr Lloyd yn y stafell gerdd, galwch ar ben eich hun, does dim angen deud wrth neb.", True),
        ("Does dim angen deud wrth neb am y syrpreis", False),
    ],
)
def test_an_adult_who_offers_a_quiet_word_that_no_one_needs_to_know_of_is_for_the_leads(text, found):
    assert bool([*danger_in(Door.POST, text, own=())]) is found
