"""A grown-up of the school alone with children, or who takes them home: a lead reads it, whoever is meant."""

import pytest

from schoolgate.people.accusations import may_accuse


@pytest.mark.parametrize(
    ("text", "ordinary"),
    [
        ("calls about the caretaker taking kids home", "The caretaker drove the kit home after the match"),
        ("Mr Jones drives girls home on Fridays", "Mr Jones drives the minibus to away games"),
        ("the technician gives year 6s lifts", "Thanks to the driver for taking the children home safely"),
        ("staff like Tom can't have girls alone in the cupboard", "Staff work alone in the shop"),
        ("why is sir always alone in there with boys", "sir sang alone on stage"),
        ("gŵr y pennaeth yn rhoi lifft i'r genod", "Mae Dad yn mynd â fi adre heno"),
        ("mae o ar ben ei hun efo genod", "mae o ar ben ei hun yn y swyddfa"),
        ("miss stone said i could go round hers to finish my art", "sir lets us go to his room at lunch"),
        ("coach said stay at his flat after training", "mr lloyd told us to come to his garden club"),
        ("ma miss yn deud ga i fynd i'w thŷ hi", "ma miss yn deud ga i fynd i'r clwb"),
        ("y boi sy'n gyrru negeseuon i genod", "y boi sy'n gyrru'r bws i Aberystwyth"),
    ],
)
def test_it_may_accuse_and_the_same_words_of_a_school_day_do_not(text, ordinary):
    assert may_accuse(text)
    assert not may_accuse(ordinary)


@pytest.mark.parametrize(
    ("text", "accuses"),
    [
        ("The kids were dragging their bags", False),
        ("The kids were dragged across the yard by their hair", True),
        ("The kids were being dragged across the yard", True),
        ("mr j dmd me last nite", True),
        ("mr j made me laugh last nite", False),
    ],
)
def test_who_does_it_and_how_it_is_texted(text, accuses):
    assert may_accuse(text) is accuses
