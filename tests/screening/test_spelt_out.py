"""A name that first letters spell is asked about."""

from dataclasses import replace

from bench.screened_posts import clean_posts, pupils
from schoolgate.screening import Kind, Listed, NameIndex, Strength, screen
from schoolgate.screening.folding import fold
from schoolgate.screening.spelt_out import find_spelt_out

INDEX = NameIndex(
    [Listed(1, "Freya", "Lund"), Listed(2, "Mali", "Rees"), Listed(3, "Imogen", "Ash", walled=True)]
)
DOWN = (
    "Our winner asked us not to say who it is. Read down!\nFast off the blocks\nRed ribbon round her wrist\n"
    "Everyone cheering\nYelling, even\nA new record\nLengths ahead\nUnder forty seconds\nNever looked back"
    "\nDone!"
)
IN_SENTENCES = (
    "Mud! A long race. Lovely sun. It was fun. Races all day. Every one ran. Easy does it. See you soon."
)
WALLED = "- In the hall\n\n- 2 Mops\n- Old chairs\n- Glue\n- Egg boxes\n- Nails"
FREE = (
    "Fast off the blocks\nEveryone cheering\nA new record\nLengths ahead\nUnder forty seconds\nDone!",
    "Freely\nRun\nEvery\nYear\nAll\nOver\nWales",
)  # fmt: skip


def spelt(text):
    return [(hit.of, hit.strength) for hit in screen(text, INDEX).hits if hit.kind is Kind.PUPIL]


def test_a_name_that_first_letters_of_lines_or_sentences_spell_is_asked_about():
    upwards = "\n".join(reversed(DOWN.split("\n")))
    for text, who in ((DOWN, 1), (upwards, 1), (IN_SENTENCES, 2), (WALLED, 3)):
        assert spelt(text) == [((who,), Strength.ASK)], text
    for text in FREE:
        assert spelt(text) == [], text
    (hit,) = (hit for hit in screen(DOWN, INDEX).hits if hit.kind is Kind.PUPIL)
    assert (hit.words, DOWN[hit.start : hit.end]) == ("F R E Y A L U N D", "F")


def test_of_ordinary_posts_none_spells_a_name_of_a_long_list():
    listed = [replace(each, walled=number % 10 == 0) for number, each in enumerate(pupils(1_000))]
    index = NameIndex(listed)
    together = "\n".join(clean_posts(300))
    assert not [*find_spelt_out(fold(together), index)]
