"""A message that wants everything about someone deleted is told apart from one about a picture."""

import pytest

from schoolgate.inbox.models import Item
from schoolgate.inbox.ranking import says_no_to_a_picture
from schoolgate.inbox.taking_off import wants_all_deleted
from schoolgate.triage import triage

WANTED = (
    "My daughter left in the summer. I want everything about her gone: pictures, posts, names, your files.",
    "Please delete all my son's data",
    "Please erase all the information you hold about us",
    "We have moved. Remove every trace of him and any record you have.",
    "I am using my right to be forgotten",
    "Wipe his records from your systems please",
    "Can you destroy whatever you have on my girl? She's at another school now.",
    "Dw i isio i chi ddileu popeth am fy merch: lluniau, enwau, eich ffeiliau.",
    "Dilëwch yr holl wybodaeth sydd gennych am fy mab os gwelwch yn dda.",
    "Mae gen i hawl i gael fy anghofio.",
    "Tynnwch bopeth amdani oddi ar eich gwefan a'ch cofnodion.",
)
A_PICTURE = (
    "Please take down the picture of my son on the stage.",
    "Remove the photo from Friday, we never signed for it.",
    "Thank you for everything, she has gone to her new school happy.",
    "Is everything cleared away after the fair? My coat is gone.",
    "Can my data be changed? We have a new phone number.",
    "All the children were fantastic, don't forget the raffle.",
    "Tynnwch y llun o fy mab i lawr os gwelwch yn dda.",
    "Diolch am bopeth, mae hi'n hapus iawn.",
    "Oes modd newid fy nata? Mae gennym rif ffôn newydd.",
)
REFUSED = (
    "I never agreed to this photo of my son, take it down",
    "Please take this down, we are in a refuge and nobody may know where we live",
    "Rois i ddim caniatâd i'r llun yma o fy merch",
)
ASKED = (
    "is the red haired lad still in Year 4? asking for his dad, court says he can see him now",
    "which class is she in? her dad has a court order to see her",
    "ydi'r hogyn gwallt coch dal ym mlwyddyn 4? mae'r llys yn deud bod ei dad yn cael ei weld o",
)


def item(text):
    return Item(why=[[one.lane, one.kind, one.start, one.end] for one in triage(text).why])


@pytest.mark.parametrize("text", WANTED)
def test_everything_is_to_be_deleted(text):
    assert wants_all_deleted(text)


@pytest.mark.parametrize("text", [*A_PICTURE, *REFUSED, *ASKED])
def test_it_is_about_a_picture_or_nothing_of_the_kind(text):
    assert not wants_all_deleted(text)


@pytest.mark.parametrize("text", REFUSED)
def test_a_refusal_or_a_family_that_hides_has_a_picture_taken_down(text):
    assert says_no_to_a_picture(item(text))


@pytest.mark.parametrize("text", ASKED)
def test_who_asks_after_a_child_refuses_nothing(text):
    assert not says_no_to_a_picture(item(text))
