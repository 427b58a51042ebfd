"""An item shows one sort of danger, and its page says what to do about that one alone."""

import re
from pathlib import Path

import pytest

from schoolgate.inbox.dangers import (
    ASKED_FOR,
    DISCLOSURE,
    HIDING,
    IN_ORDER,
    OF_SOMEONE,
    OF_STAFF,
    OTHER,
    REASONS,
    SORTS,
    THREAT,
    TOLD_OF_SOMEONE,
    UNCLEAR,
    danger_of,
)
from schoolgate.inbox.models import Item
from schoolgate.inbox.ranking import note_accuses
from schoolgate.triage import URGENT, Lane, kinds, triage
from schoolgate.triage.lanes import BESIDE, BY_MORNING

OF_A_COLLEAGUE = ["danger", "colleague", 0, 0]
"""What is noted of any danger beside someone who works here."""
ACCUSING = {
    "My daughter says Mr Carter grabbed her by the arm and left bruises": OF_STAFF,
    "Your PE teacher has been messaging my daughter at night": OF_STAFF,
    "One of your staff pushed my son into a wall today. Disgusting": OF_STAFF,
    "I am a TA here and I have seen a colleague slap a Year 2 boy": OF_STAFF,
    "Is the swimming teacher still employed? He bullied my son until he was sick": OF_STAFF,
    "Why is that man still working at your school after what he did to those girls": OF_STAFF,
    "Coach took my lad home in his car alone": OF_STAFF,
    "Whoever runs this page sends pictures to my daughter": OF_STAFF,
    "Mae athro Mali wedi taro fy mab": OF_STAFF,
    "Mae cydweithiwr i mi wedi taro plentyn ym mlwyddyn 2": OF_STAFF,
    "He has hurt her. Please take the photo down": OF_SOMEONE,
    "he has hurt her": OF_SOMEONE,
    "he hit my daughter": OF_SOMEONE,
    "My ex hits our son, the teacher does nothing": OF_SOMEONE,
    "He should never be allowed near children again": OF_SOMEONE,
    "Mae o wedi ei brifo hi": OF_SOMEONE,
    "Her stepdad hurts her, the school must know": DISCLOSURE,
    "he touches me and i'm scared": TOLD_OF_SOMEONE,
    "my uncle rapes me and i cant tell anyone": TOLD_OF_SOMEONE,
    "He hits me and my kids, please help": OF_SOMEONE,
    "he will hurt her tonight": THREAT,
    "im gonna batter him for touching my daughter": THREAT,
}
"""What parents, staff and others write, and beside it children: of someone here, of someone of whom it isn't
said who, of a home."""
SAID = {
    "They are in hiding at 4 Dock Road, the caretaker told me": HIDING,
    "Freya and her mum are in hiding at 4 Dock Road. Her dad knows where they are": HIDING,
    "We had to leave our home in a hurry because of her father, he has hurt her. Take the photo down": HIDING,
    "Mae nhw yn cuddio mewn lloches yn y Rhyl, mae athrawes Mali wedi dweud wrth bawb": HIDING,
    "I'm bringing a knife for the teacher tomorrow": THREAT,
    "They are in a refuge and I will kill them": THREAT,
    "mr carter hits me and keeps me behind": OF_STAFF,
    "i want to die": DISCLOSURE,
    "i want to die and i will kill you all": THREAT,
    "my dad hits me when he is drunk": DISCLOSURE,
}


def reasons(text: str) -> list[list[object]]:
    return [[one.lane, one.kind, one.start, one.end] for one in triage(text).why]


@pytest.mark.parametrize(("text", "sort"), SAID.items())
def test_each_comment_has_one_sort_of_danger(text, sort):
    assert danger_of(reasons(text)) is sort


def test_an_adult_who_accuses_is_read_as_that_and_no_colleague_is_presumed_where_it_is_not_said_who():
    found = {}
    for text in ACCUSING:
        ranked = triage(text)
        item = Item(lane=ranked.lane, rank=ranked.rank, why=reasons(text))
        note_accuses(item, text)
        found[text] = danger_of(item.why)
    assert {text: sort for text, sort in ACCUSING.items() if found[text] is not sort} == {}


def test_the_officer_is_rung_only_where_nothing_else_says_what_it_is():
    refuge = reasons("They are in the refuge in Rhyl")
    assert danger_of([*refuge, OF_A_COLLEAGUE]) is HIDING
    assert danger_of([*reasons("I will kill him"), OF_A_COLLEAGUE]) is THREAT
    assert danger_of([*reasons("she cuts herself"), OF_A_COLLEAGUE]) is OF_STAFF
    assert danger_of([OF_A_COLLEAGUE]) is OF_STAFF
    assert danger_of([["danger", "accuses", 0, 0]]) is OF_SOMEONE
    assert danger_of([["danger", "learned", 0, 0], ["danger", "colleague", BESIDE, BESIDE]]) is UNCLEAR
    assert [one for one in IN_ORDER if one.officer] == [OF_STAFF, TOLD_OF_SOMEONE, OF_SOMEONE, UNCLEAR], (
        "of two it's asked first"
    )
    assert [one for one in IN_ORDER if one.of_staff] == [OF_STAFF]


def test_every_kind_of_danger_is_declared_and_said():
    given = {(lane, kind) for lane in URGENT for kind in kinds().get(lane, ())}
    noted = {(lane, kind) for lane, kind in REASONS if lane in URGENT}
    assert given | noted == set(SORTS)
    assert {*SORTS.values(), TOLD_OF_SOMEONE, UNCLEAR} == set(IN_ORDER)
    assert danger_of([]) is None
    assert danger_of([["question", "question", 0, 1]]) is None
    assert danger_of([["danger", "asks_after_child", 0, 4]]) is ASKED_FOR
    assert danger_of([["danger", "missing", 0, 4]]) is OTHER


def test_the_page_about_the_lists_says_of_each_kind_when_people_are_told():
    page = (Path(__file__).parents[2] / "docs/triage-model.md").read_text("utf-8")
    at_once, morning = (
        next(line for line in page.splitlines() if line.startswith(f"| {told}"))
        for told in ("at once, and again", "in the morning, read first")
    )
    of_threat, of_danger = at_once.split("of danger:")
    told = {
        *((Lane.THREAT, kind) for kind in re.findall(r"`(\w+)`", of_threat)),
        *((Lane.DANGER, kind) for kind in re.findall(r"`(\w+)`", of_danger)),
    }
    quiet = {(Lane.DANGER, kind) for kind in re.findall(r"`(\w+)`", morning)}
    assert {kind for _lane, kind in quiet} == set(BY_MORNING)
    assert told | quiet == set(SORTS)
    assert not told & quiet
