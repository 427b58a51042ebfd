"""No door of ours leads a child to one adult by a private way, or promises that no one will hear of it."""

import pytest

from schoolgate.core.doors import Door
from schoolgate.core.leaving import NAMES_ALONE, WordsHeld, check_leaving
from tests.guarantees.test_whatever_leaves import NOW, OURS, REFUSED, SENTENCE
from tests.guarantees.test_whatever_leaves import here as here  # noqa: PLC0414 - a fixture

BY_SNAPCHAT = "If you need help message Mr Ellery on Snapchat: tommyE"


@pytest.mark.parametrize(("door", "way"), OURS)
def test_a_private_way_to_one_adult_and_a_promise_of_secrecy_go_through_no_door_of_ours(here, door, way):
    for words in (BY_SNAPCHAT, "Mr Ellery keeps secrets.", "Anfonwch neges at Mr Ellery ar WhatsApp."):
        with pytest.raises(WordsHeld) as held:
            way(here, here.office, words)
        assert {(each.kind, each.lead_only) for each in held.value.held} == {("danger", True)}


def test_no_door_is_left_out_of_names_private_ways_or_whereabouts_unless_its_words_are_of_such_things(here):
    def held_at(door, *words):
        texts = {f"field-{number}": each for number, each in enumerate(words)}
        try:
            check_leaving(door, texts, about=here.there.federation, by=here.office, at=NOW)
        except WordsHeld as held:
            return {each.kind for each in held.held}
        return set()

    for door in Door:
        assert "pupil" in held_at(door, SENTENCE.format(name=REFUSED)), door
        private = held_at(door, BY_SNAPCHAT)
        assert ("danger" in private) is (door not in {Door.POLICY, Door.COMMENT}), door
        apart = held_at(door, "Need help? Message Mr Ellery", "He is on Snapchat every night.")
        assert door is Door.COMMENT or ("danger" in apart) is ("danger" in private), door
        where = held_at(door, "She is safe with her mother in Leeds.")
        assert ("place" in where) is (door not in NAMES_ALONE), door


FAMILYS = "Her father is on bail."


@pytest.mark.parametrize(("door", "way"), OURS)
def test_a_family_s_matter_goes_through_no_door_of_ours_unasked_and_beside_a_name_by_a_lead_alone(
    here, door, way
):
    """Any child: Osian isn't on the do-not-publish list."""
    first = REFUSED.split(maxsplit=1)[0]
    for words, by_lead in ((FAMILYS, False), (f"{first} left after the court case.", True)):
        with pytest.raises(WordsHeld) as held:
            way(here, here.office, words)
        found = {each.lead_only for each in held.value.held if each.kind == "family"}
        assert found == {by_lead}, words
        assert all(each.needs_reason for each in held.value.held if each.kind == "family")
