"""Words of ours that leave a child alone with one adult, or tell of a court or of trouble in a family.

`aside_and_court.tsv` was written before the lists were changed for it, `aside_and_court_after.tsv` after that
change and before the lists were mended on it, `aside_and_court_last.tsv` after that, by the same hand.
"""

from pathlib import Path

import pytest

from schoolgate.screening import Kind, Listed, NameIndex, Strength, screen
from schoolgate.triage import drawn_aside

HERE = Path(__file__).parent
INDEX = NameIndex([Listed(1, "Freya", "Lund", walled=True), Listed(2, "Idris", "Khan")])
MISSED = {"Mae Lowri'n iawn yma gyda fi nes i chi orffen, ddo i â hi draw am saith."}
WRONG = {
    "Siaradwch ag oedolyn rydych yn ymddiried ynddo. Ni all addo cadw cyfrinach.",
    "Never say that something a child tells you will stay between you.",
    "Peidiwch byth ag addo y bydd yr hyn mae plentyn yn ei ddweud yn aros rhyngoch chi.",
}
"""Advice, held before as well."""
WALKED = """
He can stay with me till six, I will drive him home.
One at a time, knock twice. What is said there stays there.
Mae gan Mr Lloyd gornel fach gynnes y tu ôl i'r llwyfan. Cnocia ddwywaith. Dim ond un ar y tro.
Mae beth sy'n cael ei ddweud yno yn aros yno.
Gall Idris aros gyda fi tan chwech, wedyn af ag e adref yn y car.
"""


def family(text):
    return [hit.strength for hit in screen(text, INDEX).hits if hit.kind is Kind.FAMILY]


@pytest.mark.parametrize("name", ["aside_and_court", "aside_and_court_after", "aside_and_court_last"])
def test_one_child_with_one_adult_and_a_family_s_matter_are_found_and_ordinary_lines_are_not(name):
    missed, wrong = set(), set()
    for line in (HERE / f"{name}.tsv").read_text("utf-8").splitlines():
        kind, _tongue, _door, text = line.split("\t")
        aside, court = bool(drawn_aside(text)), bool(family(text))
        if kind == "free" and (aside or court):
            wrong.add(text)
        elif kind != "free" and not (aside if kind == "aside" else court):
            missed.add(text)
    assert missed <= MISSED
    assert wrong <= WRONG


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("Drop Mr Hartley a line on his insta", "Follow us on Instagram"),
        ("No need to bother mum and dad with it", "No need to ask parents for money: the PTA pays"),
        ("Send me your own numbers, I set homework on Snapchat", "Homework is on the school website"),
        ("Gyrrwch neges i Mr Hughes ar ei snap", "Dilynwch ni ar Instagram"),
        ("Does dim angen poeni mam a dad efo hyn", "Does dim angen gofyn i rieni: mae llythyr ar ei ffordd"),
        ("Merch fach yn ei gwisg nofio yn newid", "Ystafelloedd newid y merched ar gau heddiw"),
        ("Little girl changing out of her swimming costume", "Boys changing trains at Crewe"),
    ],
)
def test_an_adults_own_account_what_parents_need_not_know_and_a_child_who_changes_are_found(text, clean):
    assert drawn_aside(text)
    assert not drawn_aside(clean)


def test_what_was_sent_on_the_walk_is_found():
    assert [text for text in WALKED.strip().splitlines() if not drawn_aside(text)] == []
    assert family("Tynnwyd sylw nain. Ni chawn ei henwi ers y gorchymyn llys.") == [Strength.ASK]


def test_a_family_s_matter_is_asked_about_and_beside_a_pupil_s_name_a_lead_s_alone():
    assert family("Her father is on bail.") == [Strength.ASK]
    assert family("Idris isn't here since the court case.") == [Strength.STOP]
    assert family("Idris played tennis on the new court.") == []
