"""A pupil who is known to be there is named by less than others are, and never by less than before."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.screened_posts import VARIANTS, clean_posts, named_lines, pupils
from schoolgate.screening import Listed, NameIndex, Naming, naming, screen

AVA = Listed(1, "Ava", "Thomas")
WILL = Listed(2, "William", "Evans-Hughes", "Will")
OLIVER = Listed(3, "Oliver", "de la Cruz")
MARY = Listed(4, "Mary Ann", "O'Brien", "Molly")
HILL = Listed(5, "William", "Hill")
ALL = (AVA, WILL, OLIVER, MARY, HILL)
STRENGTH = (Naming.NOT_FOUND, Naming.FIRST, Naming.FULL)


def before(text: str, pupil: Listed) -> Naming:
    """How a post was searched for pupils before screening did it: each name of the list with its capital."""
    parts = {name for name in (pupil.first, pupil.known_as, pupil.last) if name.strip()}
    for name in {pupil.first, pupil.known_as} & parts:
        if has(f"{name} {pupil.last}", text, re.IGNORECASE):
            return Naming.FULL
    alone = any(has(name, text) or has(name.upper(), text) for name in parts)
    return Naming.FIRST if alone else Naming.NOT_FOUND


def has(name: str, text: str, flags: re.RegexFlag = re.NOFLAG) -> bool:
    words = r"\s+".join(re.escape(word) for word in name.split())
    return re.search(rf"(?<!\w){words}(?!\w)", text, flags) is not None


def says_no_less(text: str, pupil: Listed) -> bool:
    return STRENGTH.index(naming(text, pupil)) >= STRENGTH.index(before(text, pupil))


@pytest.mark.parametrize(
    ("text", "pupil", "said"),
    [
        ("Well done Ava Thomas!", AVA, "full"),
        ("well done ava thomas", AVA, "full"),
        ("Ava\n\n\n\nThomas", AVA, "full"),
        ("Thomas, Ava", AVA, "full"),
        ("#AvaThomas", AVA, "full"),
        ("Ava J. Thomas", AVA, "first"),
        ("Ava Jane Thomas", AVA, "full"),
        ("A. Thomas", AVA, "first"),
        ("Ava T.", AVA, "first"),
        ("The Thomas family", AVA, "first"),
        ("The THOMAS’S house", AVA, "first"),
        ("x'Ava", AVA, "first"),
        ("x\u200bAva", AVA, "first"),
        ("the thomas prize", AVA, ""),
        ("Lava and avalanche", AVA, ""),
        ("The Evans prize", WILL, "first"),
        ("Ollie won", OLIVER, "first"),
        ("the de la Cruz family", OLIVER, "first"),
        ("a crème de la crème", OLIVER, ""),
        ("Mary came", MARY, "first"),
        ("OBrien ran", MARY, "first"),
        ("Will you come?", WILL, "first"),  # the list has it
        ("Will you come?", HILL, ""),
        ("Will Hill came", HILL, "full"),
        ("up the hill we went", HILL, ""),
        ("", AVA, ""),
    ],
)
def test_a_pupil_who_is_known_to_be_there_is_named_by_a_part_of_the_name(text, pupil, said):
    assert naming(text, pupil).value == said
    assert says_no_less(text, pupil)


def test_a_surname_alone_is_looked_for_only_where_the_pupil_is_known_to_be_there():
    assert [hit.variant for hit in screen("A win for Thomas", NameIndex([AVA])).hits] == []
    there = NameIndex([AVA], known_to_be_there=True)
    assert [hit.variant for hit in screen("A win for Thomas", there).hits] == ["last"]


NAMES = st.text(st.characters(categories=("Lu", "Ll", "Zs", "Pd", "Po", "Mn")), min_size=1, max_size=9)
LISTED = st.builds(Listed, st.just(1), NAMES.filter(str.strip), NAMES, st.one_of(st.just(""), NAMES))
AROUND = st.text(max_size=6)


@settings(max_examples=300)
@given(pupil=st.one_of(LISTED, st.sampled_from(ALL)), data=st.data())
def test_whatever_was_found_before_is_found(pupil, data):
    part = st.sampled_from([
        pupil.first, pupil.last, pupil.known_as, pupil.first.upper(), pupil.last.upper(), pupil.first.lower(),
        f"{pupil.first} {pupil.last}", f"{pupil.first}\n{pupil.last}", f"{pupil.known_as}  {pupil.last}",
        f"{pupil.first} {pupil.last}".swapcase(), "Ava", "Thomas", " ", "'", "_", "-", "\u200b",
    ])  # fmt: skip
    text = "".join(data.draw(st.lists(st.one_of(part, AROUND), max_size=6)))
    assert says_no_less(text, pupil)


@pytest.mark.parametrize("variant", VARIANTS)
def test_in_lines_with_names_it_says_no_less_than_before_and_than_screening(variant):
    lines = named_lines(variant)[:60]
    assert [line for line, pupil in lines if not says_no_less(line, pupil)] == []
    missed = [
        line
        for line, pupil in lines
        if not naming(line, pupil)
        and any(pupil.key in hit.of for hit in screen(line, NameIndex([pupil])).hits)
    ]
    assert missed == []


def test_clean_posts_name_hardly_more_of_those_who_are_there_than_before():
    """A lone word is taken for a name hardly more often than it was."""
    posts, some = clean_posts(60, length=500), pupils()[:30]
    was = sum(bool(before(text, each)) for text in posts for each in some)
    now = sum(bool(naming(text, each)) for text in posts for each in some)
    assert now - was < 0.01 * len(posts) * len(some)
