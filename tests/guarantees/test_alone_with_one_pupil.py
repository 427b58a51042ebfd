"""G1, G4: no account of a school reaches one pupil in private, in whatever words: who it goes to decides, and
no list. By every door that reaches one person."""

from itertools import cycle, product

import pytest

from schoolgate.core.errors import BadInput, NotNow, Refused
from schoolgate.inbox.messaging import FEWEST_PUPILS, Written, write_message
from schoolgate.inbox.models import Answer, GroupMessage, Item, Relation
from tests.inbox.test_five_policies import EACH, inbox, only
from tests.stories import rolled_back

__all__ = ["inbox"]

GO = ("Come", "Nip", "Pop your head", "Make your way", "Dere", "Tyrd", "Picia", "Cer")
WHERE = ("to the hall", "round to B12", "to the drying room", "i'r neuadd", "draw i'r stiwdio", "at y fainc")
WHEN = ("after lunch", "when the bell has gone", "at ten past", "ar ôl cinio", "wedi'r gloch", "am ddeg")
WORDS = [" ".join(each) for each in product(GO, WHERE, WHEN)][::31]
"""A few of what can be made of these: words that no list has."""
GROUPS = (
    "Sam",
    "Osian P",
    "my tutee",
    "y goalie",
    "Seren y band",
    "the winner",
    "9B",
    "cello 2",
    "fy nghyfaill",
)
"""How one child may be called: no list has these either."""


@EACH
def test_no_message_reaches_one_to_three_who_are_not_called_as_grown_ups(inbox):
    at_work, words, relations = inbox.at_work, cycle(WORDS), cycle(Relation.values)
    few = cycle(range(1, FEWEST_PUPILS))
    for group in GROUPS:
        written = Written(
            to=next(relations), group=group, people=next(few), purpose="teaching_and_learning",
            text=next(words), reason="It is their homework.", implications="None.",
        )  # fmt: skip
        with rolled_back(), pytest.raises((NotNow, Refused)):
            write_message(by=at_work.answerer, at=inbox.now, account=at_work.account, written=written)
    assert not GroupMessage.objects.exists()


@only("wildground")
def test_to_few_who_are_called_as_grown_ups_are_it_goes(inbox):
    for to, group in (
        ("parent", "Sam’s mum"),
        ("parent", "Rhieni Seren"),
        ("volunteer", "PTA committee"),
        ("staff", "The maths department"),
        ("governor", "Governors"),
    ):
        written = Written(to=to, group=group, people=1, purpose="school_business", text="Thank you.")
        with rolled_back():
            write_message(
                by=inbox.at_work.answerer, at=inbox.now, account=inbox.at_work.account, written=written
            )
            assert GroupMessage.objects.get().group == group


@EACH
def test_no_reply_reaches_one_pupil_in_private_nor_one_of_whom_no_one_said_who_they_are(inbox):
    Item.objects.filter(pk=inbox.item.pk).update(private=True)
    inbox.item.private = True
    for words, who in zip(cycle(WORDS), ("pupil", None, "pupil", ""), strict=False):
        with rolled_back(), pytest.raises((NotNow, BadInput, Refused)):
            inbox.answer(text=words, said={"to_relation": who})
    assert not Answer.objects.exists()
    with rolled_back():
        inbox.answer(text="Thank you.")
        assert Answer.objects.exists(), "a parent is answered"
