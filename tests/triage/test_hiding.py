"""A family that hides is danger, a no to a picture is due the same day, and who asks after one child is read
by a lead: as people write of it, and nothing of the ordinary lines beside them."""

import pytest

from schoolgate.screening import Listed, NameIndex
from schoolgate.triage import URGENT, Lane, tells_now, triage
from tests.triage import hiding_told as told

PUPILS = NameIndex([Listed(1, "Mali", "Rees"), Listed(2, "Freya", "Lund"), Listed(3, "Grace", "Obi")])


def kinds_of(text):
    return {(each.lane, each.kind) for each in triage(text, names=PUPILS).why}


def is_danger(text):
    return tells_now(kinds_of(text))


def says_no(text):
    kinds = {kind for _lane, kind in kinds_of(text)}
    return bool(kinds & {"no_picture", "hiding"})


def asks(text):
    return (Lane.DANGER, "asks_after_child") in kinds_of(text) or is_danger(text)


FOUND = {
    "hides, of the walk": (told.WALKED_HIDES, is_danger, 8),
    "hides": (told.HIDES_FIRST, is_danger, 22),
    "hides, afterwards": (told.HIDES_AFTERWARDS, is_danger, 20),
    "no": (told.NO_FIRST, says_no, 21),
    "no, afterwards": (told.NO_AFTERWARDS, says_no, 21),
    "asks, of the walk": (told.WALKED_ASKS, asks, 7),
    "asks": (told.ASKS_FIRST, asks, 23),
    "asks, afterwards": (told.ASKS_AFTERWARDS, asks, 23),
}


@pytest.mark.parametrize("which", FOUND)
def test_they_are_found(which):
    lines, test, least = FOUND[which]
    missed = [one for one in lines if not test(one)]
    assert len(lines) - len(missed) >= least, missed


def test_ordinary_lines_about_pictures_and_children_stay_ordinary():
    first = [one for one in told.ORDINARY if says_no(one) or triage(one).lane in URGENT]
    assert first == ["Don't tell my mum where we're going for her birthday!"]
    assert [one for one in told.ORDINARY_QUESTIONS if asks(one)] == []


@pytest.mark.parametrize(
    ("test", "found", "ordinary"),
    [
        (asks, "wants to know which school the Lund girl moved to", "Which school do most of year 6 go to?"),
        (
            asks,
            "the name of the school the Lund child goes to",
            "The name of the school the boys beat was on the cup",
        ),
        (asks, "anyone know which bus the Rees girl gets home", "anyone know which bus the teams get home"),
        (asks, "tell me where the blonde lad went", "tell me where the spare shirts went"),
        (asks, "anyone know what uniform the school she moved to has", "anyone know what uniform you have"),
        (asks, "Mali oedd hon'na yn y cefn ie?", "Sioe dda oedd hon, ie?"),
        (asks, "pa ysgol symudodd hogan Rees iddi", "pa ysgol sydd yn y ffeinal"),
        (is_danger, "we moved because of him. our new school is online", "we moved because of her job"),
        (
            is_danger,
            "symudon ni achos ei dad, da chi wedi rhoi llun ar facebook",
            "da chi wedi rhoi llun ar facebook",
        ),
        (says_no, "why is my sons name still on there", "Why is my son's name on the lost property list?"),
        (says_no, "pam ma enw fy mab dal fyny ar y wefan", "enw fy mab yw Tomos"),
    ],
)
def test_after_a_child_by_a_surname_and_after_a_name_that_still_stands_there(test, found, ordinary):
    assert test(found)
    assert not test(ordinary)
