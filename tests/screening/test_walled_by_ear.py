"""Children on the do-not-publish list are asked about where their name is turned round, written as it's
heard, or made into a nickname by a rule. A nickname that isn't made from a name can't be known: it belongs on
the list."""

import pytest

from schoolgate.screening import Listed, NameIndex, Strength, screen

INDEX = NameIndex([
    Listed(1, "Orla", "Penhallow", form="6C", year="6", walled=True),
    Listed(2, "Tabitha", "Bebb", form="4B", year="4", walled=True),
    Listed(3, "Mali", "Rees", walled=True),
    Listed(4, "Freya", "Lund", form="5A", walled=True),
    Listed(5, "Tomos", "Evans", walled=True),
    Listed(6, "Niamh", "Tibbott", walled=True),
    Listed(7, "Siobhan", "Doyle", walled=True),
    Listed(8, "Aidan", "Price", walled=True),
    Listed(9, "Nadia", "Khan"),
    Listed(10, "Tom", "Ellery"),
])  # fmt: skip


def asked(text: str) -> set[int]:
    return {pk for hit in screen(text, INDEX).hits if hit.strength is not Strength.MENTION for pk in hit.of}


@pytest.mark.parametrize(("key", "text"), [
    (1, "alrO scored the winner"), (1, "well done alro!"), (1, "Star of the week: Alro"), (4, "#ayerF"),
    (4, "Ayerf Dnul won"), (5, "Llongyfarchiadau Somot"), (1, "wollahnep in goal"),
])  # fmt: skip
def test_a_name_that_is_turned_round(key, text):
    assert key in asked(text)


@pytest.mark.parametrize(("key", "text"), [
    (1, "Well done Awrla"), (1, "Orlagh sang"), (1, "Aurla was great"), (1, "Orlaith won the race"),
    (1, "Da iawn Oarla"), (6, "Neve won"), (6, "Neeve scored"), (6, "Da iawn Niav"), (7, "Shivon sang"),
    (7, "Chevonne won"), (7, "Shevaun was our star"), (4, "Ffreiagh won"),
])  # fmt: skip
def test_a_name_as_irish_and_welsh_write_its_sound(key, text):
    assert key in asked(text)


@pytest.mark.parametrize(("key", "text"), [
    (1, "Well done Orlita!"), (3, "Malita won"), (5, "Tomito sgoriodd"), (5, "Tomosito won"),
    (4, "Freyita sang"),
    (1, "Orlazilla strikes again"), (2, "Tabs won the cup"), (2, "A goal from Tabbo"),
    (2, "Well done Tabbie"),
    (5, "Toms enillodd"), (5, "Tommo scored"), (2, "Y Beboiaid oedd ar y blaen"), (2, "The Bebos came first"),
    (6, "Tibs scored again"), (6, "Da iawn Tibby"), (1, "A goal from Penno"), (1, "Well done Peno"),
])  # fmt: skip
def test_a_nickname_that_is_made_from_a_name(key, text):
    assert key in asked(text)


@pytest.mark.parametrize("text", [
    "Nadia won the race", "Tom Ellery sang", "Tabs on the website lead to each class",
    "Pens and pencils, please",
    "A new tab opens", "Penny sang", "Anita read to us", "Well done to Mary", "Our tombola raised £40",
    "Tablets are charged", "Laura sang", "Bebo Norman sang on the radio in 2004", "Tommy Cooper was on TV",
    "Y beirniaid oedd wrth eu bodd", "Christnogion ac Iddewon", "Ariel is a film we watched",
    "Dysgu am y Natsïaid", "Marito Bay is in Peru",
    "Penguins at the zoo", "Pennant Melangell", "Tabard days", "Nevern is a village", "Never again",
    "Tibet is our topic", "The tomatoes are ripe", "Malta was sunny", "Orlando is a city",
])  # fmt: skip
def test_what_only_looks_like_one_is_not(text):
    assert not asked(text) & {1, 2, 3, 4, 5, 6, 7, 8}


def test_nor_is_any_of_this_said_of_a_child_who_may_be_published():
    free = NameIndex([Listed(1, "Orla", "Penhallow"), Listed(2, "Tabitha", "Bebb")])
    for text in (
        "alrO scored",
        "Well done Awrla",
        "Orlita won",
        "Tabs won the cup",
        "Y Beboiaid oedd ar y blaen",
    ):
        hits = screen(text, free).hits
        assert not [hit for hit in hits if hit.strength is not Strength.MENTION], text
