"""Words by which someone tells what is done to a child, found whatever the school's policy says."""

import pytest

from schoolgate.rulebook.adviser.children import tells_of_a_child, tells_of_an_adult

BY_AN_ADULT = [
    "A teaching assistant texts a boy in year 9 late in the evening",
    "A colleague chats with a pupil on Snapchat every night",
    "The caretaker gives a girl lifts and messages her",
    "One of our teachers follows pupils on Instagram and comments on their selfies",
    "A coach asks a pupil to keep their chats secret",
    "A volunteer sent a child a heart and asked to meet",
    "Mae cydweithiwr yn anfon negeseuon preifat at ferch yn ei ddosbarth",
    "The student teacher has added a girl from year 10 and writes to her privately",
    "A supply teacher keeps messaging one of the boys",
    "I saw that a colleague wrote to a pupil at midnight",
    "Our head of music has a secret chat with a pupil",
    "A TA keeps sending DMs to a girl",
    "Our coach is friends with two boys of his team on Instagram",
    "Some man likes pictures of our girls in an odd way",
    "Mae rhywun yn gadael sylwadau afiach o dan luniau o'n disgyblion",
    "A mother's ex is trying to find her children through our page",
    "Somebody asks where our pupils train on Fridays",
]
AT_A_CHILD = [
    "Someone made a fake profile of a pupil with ugly pictures",
    "A fake account makes fun of a girl in year 8",
    "An account pretends to be one of our pupils and insults others",
    "There's a page that rates our girls",
    "Mae rhywun wedi creu cyfrif ffug o ddisgybl",
    "A page shares humiliating videos of a boy here",
    "A clip of two boys fighting after school, both pupils here, goes round",
    "Someone posted how a gang beat up one of our pupils",
]
EVERYDAY = [
    "A colleague wants to message parents privately. May she?",
    "A teacher sends a class newsletter to pupils",
    "May a colleague message a pupil about homework?",
    "Can our head follow pupils?",
    "A pupil made a fake account of the head",
    "Someone pretends to be the school",
    "May we post about the pupils' football match?",
    "The head approved my post about pupils. May I publish?",
    "Somebody wrote a nasty comment about a teacher",
    "The teacher added a hashtag to the post about the children",
    "Our volunteer writes the newsletter for the children",
    "We are looking for pupils for the choir",
    "May we post pictures of pupils in swimming costumes?",
    "A parent liked the picture of the children",
    "May I accept a friend request from a pupil?",
    "Gaf i anfon neges at ddisgybl?",
    "",
]


@pytest.mark.parametrize("typed", BY_AN_ADULT)
def test_an_adult_in_touch_with_a_child_is_noticed(typed):
    assert tells_of_an_adult(typed)


@pytest.mark.parametrize("typed", AT_A_CHILD)
def test_what_is_done_to_a_child_by_a_page_or_an_account_is_noticed(typed):
    assert tells_of_a_child(typed)


@pytest.mark.parametrize("typed", EVERYDAY)
def test_everyday_questions_are_no_alarm(typed):
    assert not tells_of_an_adult(typed)
    assert not tells_of_a_child(typed)
