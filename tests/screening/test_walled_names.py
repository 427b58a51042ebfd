"""The first name alone of a child who must not be published is asked about; where it's an ordinary word, too,
only where it's written as a name."""

from __future__ import annotations

import pytest

from schoolgate.screening import Listed, NameIndex, Strength, screen

REGISTER = [
    Listed(1, "Freya", "Lund", form="5A", year="5", walled=True),
    Listed(2, "Freya", "Jones", form="1A", year="1"),
    Listed(3, "Grace", "Young", walled=True),
    Listed(4, "Mai", "Davies", walled=True),
    Listed(5, "William", "Hill", "Will", walled=True),
    Listed(6, "Idris", "Obi"),
    Listed(7, "Catrin", "Pugh", walled=True),
]
INDEX = NameIndex(REGISTER)
NAMES = (
    ("Freya won the swimming gala", {1, 2}),
    ("Llongyfarchiadau i Freya a'i chwaer", {1, 2}),
    ("Freya's mum is in court", {1, 2}),
    ("freyas mum is in court", {1, 2}),
    ("Roedd mam Freya yno", {1, 2}),
    ("my daughter loves freya", {1, 2}),
    ("FREYA WON", {1, 2}),
    ("Fr3ya won", {1, 2}),
    ("fr3ya", {1, 2}),
    ("#teamfreya", {1, 2}),
    ("@freya.2016", {1, 2}),
    ("Ffreia won", {1, 2}),
    ("Congratulations to Freya, Idris and Mali", {1, 2}),
    ("The cup went to Gatrin", set()),
    ("Aeth y cwpan i Gatrin", {7}),
    ("Well done to Grace, Tom and Ava", {3}),
    ("Grace won the gala", {3}),
    ("Grace's mum came", {3}),
    ("Grace", {3}),
    ("GRACE WON THE GALA", {3}),
    ("Mae Mai yn canu", {4}),
    ("Aeth y wobr i Fai a'i chwaer", {4}),
    ("We thank Will for the drawing", {5}),
)
WORDS = (
    "We said grace.",
    "Grace before meals",
    "Grace Church",
    "The Grace Darling story",
    "Mrs Grace and St Freya came",
    "Freya Ridings sang on the radio",
    "Ym mis Mai, a hyd fis Mai, 4 Mai",
    "O Fai i Fehefin",
    "Will you come? Will there be cake?",
    "He will come",
    "Idris won",
)


OTHERWISE = (
    "Which one is frey lund? She's my niece, tell her uncle Dave says hi",
    "We hid what was written about frey lund because it gives details about someone.",
    "Is it frei lund you mean?",
    "Mae ffreia lund wedi ei chael hi, mae yn ei drôr hi",
    "Canodd Ffreia Lynd yn dda",
    "We miss you freja lund",
    "LUND FREYER",
    "roedd gatrin pugh yno",
)
"""A name of a child on the list in other spellings, with capitals and without."""
OTHERS = (
    "Fred Long won the cup",
    "the land of fairies",
    "fresh land for the pond",
    "Mae davies yno",
    "idris oby won",
)


@pytest.mark.parametrize("text", OTHERWISE)
def test_a_name_on_the_list_is_found_in_other_spellings_with_or_without_capitals(text):
    assert asked(text) & {1, 7}


@pytest.mark.parametrize("text", OTHERS)
def test_other_names_and_words_are_no_spelling_of_it(text):
    assert not asked(text) & {1, 3, 4, 5, 7}


def asked(text: str, index: NameIndex = INDEX) -> set[int]:
    return {pk for hit in screen(text, index).hits if hit.strength is not Strength.MENTION for pk in hit.of}


@pytest.mark.parametrize(("text", "of"), NAMES)
def test_the_first_name_alone_is_asked_about_with_all_who_have_it(text, of):
    assert asked(text) == of


@pytest.mark.parametrize("text", WORDS)
def test_a_word_a_month_and_another_persons_name_are_not(text):
    assert asked(text) == set()


def test_without_such_a_child_a_first_name_alone_says_nothing():
    free = NameIndex(Listed(each.key, each.first, each.last) for each in REGISTER)
    found = [hit.strength for text, _of in NAMES[:3] for hit in screen(text, free).hits if hit.of]
    assert found == [Strength.MENTION] * 3


SHORT = NameIndex([
    Listed(1, "Mali", "Rees", form="4B", walled=True), Listed(2, "Amelia", "Shah", walled=True),
    Listed(3, "Freya", "Lund", walled=True), Listed(4, "Tomos", "Evans", walled=True),
    Listed(5, "Freda", "Jones"),
])  # fmt: skip
SLIPS = (
    ("Mae Mali'n wych", 1), ("Mae Mali’n canu heno, dewch i'w gweld hi!", 1), ("Roedd Mali'n canu'n dda", 1),
    ("Mae tad Mali'n chwilio amdani", 1), ("Da iawn i Fali'r gôl-geidwad", 1), ("Enillodd Mali'r Felin", 1),
    ("mae mali'n wych", 1), ("Mali'll be there at 4", 1), ("Emelia Sha won", 2),
    ("emelia sha is bringing some", 2),
    ("Frey will be on stage left", 3), ("Freyja is fine", 3), ("is frey coming on thursday", 3),
    ("Frey's mum, 07700", 3), ("Bydd Mal ar y llwyfan", 1), ("Tomo oedd y seren", 4),
)  # fmt: skip
NO_SLIPS = (
    "Freda won", "Small steps", "Mae'n wych", "Mae'r plant yn canu", "They'll be there", "Free for all",
    "Frozen will be shown", "The male voice choir", "Maldives trip", "Malt loaf for tea", "Dyma'r tîm",
    "Tomato plants", "Share your photos",
)  # fmt: skip


def test_a_short_name_before_welsh_n_and_r_and_one_with_a_slip_is_asked_about():
    """Before the change none of 16."""
    for text, of in SLIPS:
        assert of in {pk for hit in screen(text, SHORT).hits for pk in hit.of}, text
    for text in NO_SLIPS:
        assert {pk for hit in screen(text, SHORT).hits for pk in hit.of} & {1, 2, 3, 4} == set(), text


FAMILY = NameIndex([
    Listed(1, "Mali", "Rees", walled=True), Listed(2, "Mair", "Prys", walled=True),
    Listed(3, "Bella", "Price", walled=True), Listed(4, "Tomos", "Ellis", walled=True),
    Listed(5, "Dylan", "Huws", walled=True), Listed(6, "Gwenno", "Bowen"),
])  # fmt: skip


@pytest.mark.parametrize(
    ("name", "of"),
    [
        ("Nain Fali", {1}), ("nain fali", {1}), ("Mam a Dad Fali", {1}), ("Teulu Fali", {1}),
        ("Nan Fali", {1}), ("Mam Fair", {2}), ("Nain Fella", {3}), ("Taid Domos", {4}), ("Taid Dilan", {5}),
        ("Nain Wenno", set()), ("mam fair play", set()), ("Summer Fair Mums", set()), ("Mum Fair", set()),
        ("School Fair", set()), ("Nain Fach", set()), ("Mam Fawr", set()),
    ],
)  # fmt: skip
def test_a_name_that_is_changed_after_a_word_for_the_family_is_asked_about(name, of):
    """As people who write a comment call themselves; a form that is a word only after a Welsh one."""
    hits = screen(name, FAMILY).hits
    assert {pk for hit in hits if hit.strength is not Strength.MENTION for pk in hit.of} == of


BESIDE_WHERE = NameIndex([
    Listed(1, "Freya", "Lund", form="Willow", walled=True), Listed(2, "Amelia", "Shah", form="Oak"),
    Listed(3, "Catrin", "Pugh", form="Derwen", walled=True), Listed(4, "Tom", "Hughes", form="Derwen"),
])  # fmt: skip
PLACED = (
    ("8.05 Freya Heol Gwern 7 / 8.12 Amelia Bryn Du", 1), ("8.05 Freya Gwern 7 / 8.12 Amelia", 1),
    ("Tacsi 3: 7:55am Catrin Llwyn", 3), ("Taxi list\n8.05 Freya Gwernaffield", 1),
    ("Freya Gwern Lane, 8.05", 1), ("Parsel i Catrin Maesglas Terrace", 3),
    ("Freya Gwern 7", 1), ("Well done Freya Willow for a lovely poem", 1), ("Freya Oak won the cup", 1),
    ("Well done Amelia Oak for a lovely poem", 2), ("Da iawn Catrin Derwen am ddarllen", 3),
    ("Da iawn Tom Derwen am ddarllen", 4), ("Ffordd adref: Freya Ffordd Gwern", 1),
    ("Freya Pont Hafren", 1), ("Freya Stryd Longbridge", 1),
)  # fmt: skip
ANOTHERS = (
    "Freya Ridings sang on the radio", "Freya Ridings sang at 7.30", "We read Tom Gates in class",
    "Catrin Finch played the harp", "At 7.30 we heard Freya Ridings", "Freya Ridings, 8pm in the hall",
    "Tom Jones sang, 2 songs", "Freya Ridings, 24, stars in it",
)  # fmt: skip


def test_a_place_a_class_or_a_time_beside_a_first_name_makes_it_no_one_elses():
    """Before the change 10 of 15 said nothing: "Freya Heol" was read as another's whole name."""
    for text, of in PLACED:
        assert of in asked(text, BESIDE_WHERE), text
    for text in ANOTHERS:
        assert asked(text, BESIDE_WHERE) == set(), text


TAGGED = NameIndex([
    Listed(1, "Freya", "Lund", form="5A", year="5"), Listed(2, "Amelia", "Shah", form="Oak", year="2"),
    Listed(3, "Rose", "Hall", form="5A", year="5"), Listed(4, "Chris", "Moon", form="Oak", year="2"),
])  # fmt: skip
GLUED = (
    ("What a swim! #gogofreya #5aclass #backstroke", 1), ("#teamfreya5a", 1), ("#wellswumfreya #5a", 1),
    ("Go Freya #5aclass", 1), ("#classoak #goamelia", 2), ("#daiawnamelia Dosbarth Oak", 2),
)  # fmt: skip
ONLY_WORDS = (
    "#christmas in #oakclass", "Our #rosegarden, tended by #5aclass", "#oaktree planting, #teamwork",
    "#gogo5a", "Sports day: #5arocks #backstroke", "#goteam #oakclass",
)  # fmt: skip


def test_a_first_name_and_a_class_glued_into_hashtags_are_asked_about_and_words_are_not():
    """Before the change none of 6: small letters told no name from the cheer before it."""
    for text, of in GLUED:
        assert of in asked(text, TAGGED), text
    for text in ONLY_WORDS:
        assert asked(text, TAGGED) == set(), text
