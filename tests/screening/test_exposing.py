"""What exposes a child without a name, and what an adult who would harm one writes, in English and Welsh.

`exposing_walked.tsv` is from a walk by an outsider; of the 22 lines that were walked once the first were
mended 13 were found. `exposing.tsv` and `exposing_names.tsv` were written before anything was looked for.
Found then: 2 of 20 that tell how one child is, 8 of 20 that draw one aside, 10 of 20 that accuse, 16 of
20 threats and disclosures, 5 of 20 places, 6 of 20 of health and 11 of 24 names; of 70 harmless twins 2
were asked about. `exposing_after.tsv` was written when that was done: at first sight 46 of 76 were found,
none of 24 harmless.
"""

from pathlib import Path

import pytest

from bench.screened_posts import clean_posts
from schoolgate.core.doors import Door
from schoolgate.people.accusations import may_accuse
from schoolgate.publishing.said_of_one import found_of_one
from schoolgate.screening import Kind, Listed, NameIndex, Strength, lone_firsts, screen
from schoolgate.screening.hits import OF_A_CHILD
from schoolgate.triage import URGENT, drawn_aside, triage

HERE = Path(__file__).parent
ORDINARY = HERE.parent.parent / "bench" / "ordinary_posts.txt"
NONE = NameIndex(())
WALLED = {3, 4, 5}
PUPILS = (
    (1, "Idris", "Khan"), (2, "Amina", "Shah"), (3, "Freya", "Lund"), (4, "Mali", "Rees"),
    (5, "Tomos", "Pritchard"), (6, "Oliver", "Marsh"), (7, "Carys", "Booth"), (8, "Gethin", "Parry"),
)  # fmt: skip
INDEX = NameIndex([Listed(key, first, last, walled=key in WALLED) for key, first, last in PUPILS])
WRONG = {
    "Both classes are in the hall now for the rehearsal.",
    "She will be signing copies of her book from ten.",
}
"""The first was asked about before as well; the second is as a reply alone, where no one is named."""
HELD = OF_A_CHILD | {Kind.PASSWORD, Kind.ADDRESS}


def rows(name):
    lines = (HERE / name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def is_found(kind, text):
    """Return whether words are held, are a lead's to let out, or are read by leads first."""
    urgent = triage(text).lane in URGENT
    if kind == "aside":
        return bool(drawn_aside(text))
    if kind == "accuse":
        return may_accuse(text) or bool(drawn_aside(text)) or urgent
    if kind == "danger":
        return urgent
    if kind == "told" and any(found_of_one(Door.REPLY, text)):
        return True
    return any(hit.kind in HELD and hit.strength is not Strength.MENTION for hit in screen(text, NONE).hits)


@pytest.mark.parametrize("name", ["exposing_walked.tsv", "exposing.tsv", "exposing_after.tsv"])
def test_what_exposes_a_child_is_held_or_a_leads_and_its_harmless_twin_is_neither(name):
    found = {(expected, text): is_found(kind, text) for kind, _tongue, expected, text in rows(name)}
    assert {text for (expected, text), got in found.items() if expected == "found" and not got} <= MISSED
    assert {text for (expected, text), got in found.items() if expected == "free" and got} <= WRONG


MISSED: set[str] = set()


@pytest.mark.parametrize(("of", "_tongue", "text"), rows("exposing_names.tsv"))
def test_a_name_as_teams_friends_and_welsh_write_it_is_asked_about(of, _tongue, text):
    hits = screen(text, INDEX).hits
    asked = [
        hit for hit in (*hits, *lone_firsts(text, hits)) if hit.of and hit.strength is not Strength.MENTION
    ]
    if of == "-":
        assert asked == []
    else:
        assert any(int(of) in hit.of for hit in asked)


def test_what_tells_of_one_child_needs_a_reason_and_no_ordinary_post_is_asked_more():
    told = screen("Your daughter is fine, she was sick this morning but is in class now.", NONE).hits
    assert [hit.kind for hit in told] == [Kind.TOLD]
    assert all(hit.needs_reason(lead_only=False, by_word=False) for hit in told)
    ordinary = [*clean_posts(300), *ORDINARY.read_text("utf-8").splitlines()]
    asked = [post for post in ordinary if any(hit.kind in OF_A_CHILD for hit in screen(post, NONE).hits)]
    assert len(asked) <= 0.03 * len(ordinary), asked
