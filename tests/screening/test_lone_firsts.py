"""First names alone that are words too, at the beginning of a sentence; and names within the titles of books,
films and plays that a school reads, sees or puts on."""

from __future__ import annotations

import pytest

from schoolgate.screening import Listed, NameIndex, lone_firsts, screen

NAMES = """
Grace Hope Faith Joy Will Mark Rose Holly Daisy Summer May Ruby Poppy Jack Christmas Wednesday
Seren Mai Eira Haf Gwyn Tom Charlotte Alice Charlie James Danny Bill Amelia Oliver
Harry Matilda Mari Sali Dewi
"""
INDEX = NameIndex(Listed(number, name, "Zzyzx") for number, name in enumerate(NAMES.split()))

ASKED = (
    ("Grace has the tickets.", "Grace"),
    ("Come early. Grace is in goal.", "Grace"),
    ("Will was first to the top.", "Will"),
    ("Hope will read the prayer.", "Hope"),
    ("Mark had a wonderful time at camp.", "Mark"),
    ("Rose shared her poem with the class.", "Rose"),
    ("Holly raised £40 for the hospice.", "Holly"),
    ("Daisy led the singing.", "Daisy"),
    ("Faith asked the mayor three questions.", "Faith"),
    ("Ruby designed our new logo.", "Ruby"),
    ("Jack learned to swim this term.", "Jack"),
    ("Poppy leaves us this week.", "Poppy"),
    ("Mai sydd â’r tocynnau.", "Mai"),
    ("Seren sydd â’r tocynnau.", "Seren"),
    ("Eira oedd yn gyntaf.", "Eira"),
    ("Gwyn yw capten y tîm.", "Gwyn"),
    ("Wednesday won the race.", "Wednesday"),
    ("We read Tom’s Midnight Garden with Tom.", "Tom"),
    ("Charlie and Charlotte read it together.", "Charlotte"),
    ("Well done on James and the Giant Peach, James!", "James"),
)
NOT_ASKED = (
    "Summer is here and the field is open.",
    "May is Walk to School month.",
    "May has two bank holidays.",
    "Mai yw mis yr Eisteddfod.",
    "Haf yw ein hoff dymor.",
    "Haf oedd y thema.",
    "Christmas is coming, and so is the fair.",
    "Christmas has a jumper day this year.",
    "Wednesday is book day, so bring a book.",
    "PE is on Wednesday and swimming on Thursday.",
    "Back on Wednesday after Christmas.",
    "Tom’s Midnight Garden is our class book.",
    "We finished Charlotte's Web today.",
    "Alice in Wonderland opens on Thursday.",
    "Alice’s Adventures in Wonderland is on the stage.",
    "Year 5 loved Charlie and the Chocolate Factory.",
    "Tickets for James and the Giant Peach are at the office.",
    "Danny, the Champion of the World is in the library.",
    "Bill’s New Frock made everyone laugh.",
    "Sali Mali came to visit the nursery.",
    "Will you bring a chair? Hope to see you.",
    "Joy to the world!",
    "Dydd Gŵyl Dewi hapus!",
)


def asked(text):
    return [each.words for each in lone_firsts(text, screen(text, INDEX).hits)]


@pytest.mark.parametrize(("text", "name"), ASKED)
def test_a_name_that_is_a_word_too_is_asked_about_where_it_does_something(text, name):
    assert name in asked(text)


@pytest.mark.parametrize("text", NOT_ASKED)
def test_a_time_of_the_year_and_the_title_of_a_work_are_not(text):
    assert asked(text) == []


def test_of_a_title_and_a_child_the_child_alone_is_asked_about():
    assert asked("We read Tom’s Midnight Garden with Tom.") == ["Tom"]
    assert asked("Tom’s Garden is lovely.") == ["Tom"], "no work is called that"
