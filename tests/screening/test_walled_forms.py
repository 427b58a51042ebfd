"""Children on the do-not-publish list are asked about in ways that are no name as it's written."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from schoolgate.screening import Listed, NameIndex, Strength, screen
from schoolgate.screening.folding import fold, heard

LINES = Path(__file__).parent / "walled_forms.tsv"
FROZEN = "81d72ce53db2be63f05ec97a14d1e2ee5d0dc26edf929cc35c57eeadb5d120df"
MISSED = {"فريا swam", "Feyra was a star", "Mealia Shaw sang", "Evans y gôl-geidwad (T)"}
"""What names and isn't found: said in docs/guarantees.md."""
ASKED = {
    "Bread for the fair came from the Lund family bakery in town",
    "Freyr and Thor: our Viking day",
}
"""What is harmless and asked about."""
REGISTER = [
    Listed(1, "Freya", "Lund", form="5A", year="5", walled=True),
    Listed(2, "Tomos", "Evans", form="3B", year="3", walled=True),
    Listed(3, "Amelia", "Shaw", form="6C", year="6", walled=True),
    Listed(4, "Fred", "Long"),
    Listed(7, "Oliver", "Penn", walled=True),
    Listed(5, "Lucy", "Land"),
    Listed(6, "Tom", "Ellery"),
]
INDEX = NameIndex(REGISTER)
WALLED = {1, 2, 3, 7}
HARMLESS_BESIDE = (
    "**Fred** and _Fred_ ran",
    "F**k off",
    "A* for Fr*nch",
    "Ann os gweli di hi",
    "Arhoswch ar ôl i helpu",
    "Mr Lund is here",
    "Freya Ridings sang on the radio",
    "Dot the i's and cross the t's",
    "Tomosite is a mineral",
    "Юлия sang",
    "Young farmers' club",
)


def asked(text: str, index: NameIndex = INDEX) -> set[int]:
    hits = screen(text, index).hits
    return {pk for hit in hits if hit.strength is not Strength.MENTION for pk in hit.of}


def rows() -> list[tuple[str, str]]:
    lines = LINES.read_text("utf-8").splitlines()
    return [(key, text) for key, _tab, text in (each.partition("\t") for each in lines) if text]


def test_the_lines_are_those_that_were_frozen():
    assert hashlib.sha256(LINES.read_bytes()).hexdigest() == FROZEN


@pytest.mark.parametrize(("key", "text"), rows())
def test_each_line_is_asked_about_or_not_as_it_says(key, text):
    if key == "-":
        assert bool(asked(text) & WALLED) is (text in ASKED)
    else:
        assert (int(key) in asked(text)) is (text not in MISSED)


@pytest.mark.parametrize("text", HARMLESS_BESIDE)
def test_what_only_looks_so_is_not(text):
    assert not asked(text) & WALLED


def test_a_first_name_in_such_a_form_is_asked_about_only_of_a_child_on_the_list():
    free = NameIndex(Listed(each.key, each.first, each.last, each.known_as) for each in REGISTER)
    for text in ("Tomosyn oedd y seren", "A melia sang", "F*eya swam", "Freyuh sang", "young Lund scored"):
        assert asked(text), text
        assert not asked(text, free), text


def test_letters_of_other_alphabets_are_read_as_they_sound_and_found_where_they_stand():
    text = "Da iawn Φρέγια!"
    assert heard(fold("Да, Łódź æ")).text == "Da, Lodz ae"
    assert heard(fold("Siân Łódź")) is None
    assert [hit.words for hit in screen(text, INDEX).hits if hit.of] == ["Φρέγια"]
    assert asked("see example.org/%D0%A4%D1%80%D0%B5%D1%8F") == {1}


@pytest.mark.parametrize(("key", "text"), [
    (1, "F L und won"), (1, "F. L. und"), (1, "f l und"), (3, "A Sh aw won"), (2, "T Ev ans"),
    (1, "Fre ya Lund"), (1, "Ffria Lwnd"), (1, "Da iawn Ffrea Lwnd"), (1, "Phria Lwnd"),
])  # fmt: skip
def test_an_initial_with_the_surname_in_pieces_and_both_names_as_they_are_heard(key, text):
    assert asked(text) == {key}


@pytest.mark.parametrize("text", [
    "F and L under one roof", "F lu ent reading", "Mrs Lwnd is here", "Tom Lwnd sang", "A shawl for nan",
    "Merch Lwndain", "T every Monday", "Flynn Lowndes",
])  # fmt: skip
def test_pieces_that_are_words_and_what_only_sounds_so_are_not(text):
    assert not asked(text) & WALLED


CHANGED = NameIndex([
    Listed(1, "Mali", "Rees", form="4B", walled=True), Listed(2, "Tomos", "Ellis", walled=True),
    Listed(3, "Bella", "Price", walled=True), Listed(4, "Mair", "Prys", walled=True),
    Listed(5, "Danny", "Jones"),
    Listed(6, "Catrin", "Owen", walled=True),
])  # fmt: skip


@pytest.mark.parametrize(("key", "text"), [
    (1, "Clywsom Fali yn canu unawd hyfryd."), (1, "Dewiswyd Fali yn gapten."),
    (1, "Welsoch chi Fali ar y teledu?"),
    (2, "Clywsom Domos yn canu."), (2, "Gwelwn Domos yn y ras fory"), (1, "Aeth pawb heblaw Fali i'r pwll"),
    (1, "ein Fali ni"), (1, "Nofiodd hi, Fali, 20 hyd."), (1, "Roedd Fali'n arbennig ar y llwyfan."),
    (1, "fali oedd y seren"), (1, "FALI YN ENNILL"), (1, "#DaIawnFali"), (2, "#DaIawnDomos"),
    (1, "#daiawnfali"),
    (1, "Ni chawn enwi Fali ers y gorchymyn llys."), (1, "Fali yn dal tystysgrif"),
    (2, "mae Nhomos i yn wych"),
    (1, "Mali Glyndŵr yw capten ein tîm"), (1, "Diolch i Mali Llys"), (1, "Mali Tŷ Capel sy'n ennill"),
])  # fmt: skip
def test_a_first_name_as_welsh_changes_it_is_found_wherever_it_stands(key, text):
    """Of the fifteen that an outsider wrote none was found."""
    assert asked(text, CHANGED) == {key}


@pytest.mark.parametrize("text", [
    "Fella of the week", "Fair on Friday", "Danny won the race", "Fel hyn mae gwneud", "Ffair yr haf",
    "The cup went to Gatrin", "Mae Danny yma", "The folly on the hill", "Mali Rowlands from S4C visited us",
    "Fali Street is closed, and the bus goes round", "#FairOnFriday", "Mae Mali Jones o S4C yma",
])  # fmt: skip
def test_words_and_names_of_others_that_it_becomes_are_not(text):
    assert not asked(text, CHANGED)


OF_FOUR_LETTERS = NameIndex([
    Listed(1, "Freya", "Lund", form="5A", year="5", walled=True),
    Listed(2, "Mali", "Rees", form="4B", year="4", walled=True),
    Listed(3, "Ella", "Price", walled=True),
    Listed(4, "Elin", "Rees"),
])  # fmt: skip


@pytest.mark.parametrize(("key", "text"), [
    (2, "Mal Rees oedd y gorau"), (2, "mal rees won"), (2, "Rees Mal"), (2, "Malsy scored"),
    (2, "Mals oedd y capten"), (2, "Llongyfarchiadau Malan fach"), (2, "Y wobr i Malsie"), (2, "m@li"),
    (1, "Fre Lund won"), (1, "Freyster Lund"), (1, "Freys Lund, gold"), (1, "fr3y@ won"),
    (1, "Rhif deg, Lwnd"), (1, "Initials FL won the cup"), (2, "Llythrennau cyntaf: M. R."),
    (2, "Diolch Fali am y lluniau"), (2, "Da iawn Fali"),
    (1, "Lund to serve"), (1, "Goal from Lund!"), (1, "A girl, fl5a, on the beam"), (3, "Ellster was great"),
])  # fmt: skip
def test_a_fond_or_shortened_name_with_the_own_surname_a_rare_surname_and_signs_for_letters(key, text):
    assert key in asked(text, OF_FOUR_LETTERS)


@pytest.mark.parametrize("text", [
    "Malta was our topic", "Malcolm Rees drove the bus", "Ellen read to us", "Ellie came", "Malaysia day",
    "Mrs Lwnd is here", "Initial plans", "Initials on all coats, please", "Reece won", "Land ahoy",
    "Malik came to talk about rugby", "Lund University wrote to us", "Diolch i Mrs Lund", "Ellis won",
    "Peter Lund built the shed", "Email office@malischool.org", "Maldwyn is our county",
    "The malls of Cardiff",    "Malu awyr yn y dosbarth", "Freight trains", "Mrs Rees read to us",
])  # fmt: skip
def test_what_only_begins_like_such_a_name_is_not(text):
    assert not asked(text, OF_FOUR_LETTERS) & {1, 2, 3}
