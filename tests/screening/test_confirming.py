"""Replies that place one child, or confirm what a child told, are asked about; ordinary ones are not."""

import itertools

import pytest

from bench.screened_posts import clean_posts
from schoolgate.screening import NameIndex, Strength, screen

ASKED = (
    "She's in Mr Hill's class and goes home on the 3:15 bus",
    "Yes we know about what happened to you at home",
    "she lives with her nan now",
    "He is still at our school, yes",
    "She comes out of the side gate at quarter past three",
    "His mum picks him up on Thursdays",
    "The Okafors moved to Bristol in the summer",
    "She goes to football on Mondays and Wednesdays",
    "Thank you for telling us what your dad did",
    "Mia left in July and is at Hillside Primary now",
    "Sorry to hear things are difficult at home, we have told social services",
    "He's in 5A this year",
    "They are living with foster carers at the moment",
    "She will be at the fair on Saturday",
    "We have passed on what you told Miss Price",
    "He walks home with his brother",
    "Mae hi yn nosbarth Mr Hill ac yn mynd adre ar fws 3:15",
    "Ydyn, rydyn ni'n gwybod beth ddigwyddodd i ti gartref",
    "Mae hi'n byw gyda'i nain rwan",
    "Mae o'n dal yn ein hysgol ni",
    "Ei dad sy'n ei nôl ar ddydd Iau",
    "Symudodd y teulu i Fangor",
    "Diolch am ddweud wrthon ni beth wnaeth dy dad",
    "Mae o yn 5A eleni",
)
"""Written first, as the ordinary ones below."""
FREE = (
    "School finishes at 3:15 tomorrow.",
    "Thank you for your kind words!",
    "The side gate opens at quarter past three.",
    "Please ring the office and we will help.",
    "We're sorry to hear that. Please send us a message with your details.",
    "Mr Hill's class sang first, and 5A were wonderful too.",
    "Football club is on Mondays and Wednesdays.",
    "The fair has moved to Saturday.",
    "We can't talk about individual pupils here.",
    "Thanks for telling us, the link works now.",
    "The 3:15 bus leaves from the front gate.",
    "We know the car park is busy and are sorry.",
    "They were brilliant, weren't they?",
    "The choir will be at the fair on Saturday.",
    "She is our new headteacher and starts in September.",
    "We heard what happened on the M4 and the coach is safe.",
    "Parents can collect children from the hall.",
    "Reception finish at 12 on Friday.",
    "We know what a difference this makes.",
    "Miss Price retires in July. She has taught here for 20 years.",
    "The office moved to the main building.",
    "Yes, places are still available in year 3.",
    "He played the trumpet beautifully!",
    "Lost property is with Mrs Jones.",
    "Mae'r ysgol yn gorffen am 3:15 yfory.",
    "Diolch am eich geiriau caredig!",
    "Ffoniwch y swyddfa os gwelwch yn dda.",
    "Mae'r ffair wedi symud i ddydd Sadwrn.",
    "Allwn ni ddim trafod disgyblion yma.",
    "Roedden nhw'n wych!",
    "Mae'r clwb pêl-droed ar ddydd Llun.",
    "Diolch am roi gwybod, mae'r ddolen yn gweithio nawr.",
)
ASKED_AFTERWARDS = (
    "He's with Miss Price in year 4",
    "She'll be waiting at the back gate at half three",
    "They live near the park now",
    "Her nan collects her most days",
    "Yes, Ellie is still a pupil here",
    "She transferred to Hillside last term",
    "He does swimming on Tuesdays with the club",
    "We are aware of what you said about your uncle",
    "I'm so sorry about what he did to you",
    "The police know about your stepdad",
    "She gets dropped off by taxi",
    "He's not in today",
    "Mae hi'n mynd i glwb gymnasteg ar nos Fawrth",
    "Mae'n byw efo'i dad rwan",
    "Rydyn ni wedi clywed beth wnaeth o i ti",
    "Mae hi'n dod allan o'r drws cefn",
)
FREE_AFTERWARDS = (
    "She is our new caretaker",
    "They play on Saturday at ten",
    "He's the best coach we have had",
    "We know how hard you all worked",
    "Thank you for telling us about the broken link",
    "The team moved to second place",
    "Mrs Hill is in the office until four",
    "We have told the council about the crossing",
    "They will be at the fair from ten",
    "It was lovely to have everyone at home for the livestream",
    "Mae hi'n fendigedig",
    "Mae'r tîm wedi symud i'r ail safle",
)
NONE = NameIndex(())


def asked(text):
    return {str(hit.kind) for hit in screen(text, NONE).hits} & {"place", "told", "family"}


def test_a_reply_that_places_a_child_or_confirms_what_a_child_told_is_asked_about():
    assert [text for text in (*ASKED, *ASKED_AFTERWARDS) if not asked(text)] == []
    assert "told" in asked("Yes we know what your dad did to you")
    assert asked("Yes we know about what happened to you at home") == {"family"}
    assert "place" in asked("she lives with her nan now")


def test_an_ordinary_reply_is_not():
    assert [text for text in (*FREE, *FREE_AFTERWARDS, *clean_posts(300)) if asked(text)] == []


def test_the_same_words_are_asked_about_once_and_nothing_is_stopped():
    hits = screen("Tom walks home alone. She's in Mr Hill's class and goes home on the 3:15 bus", NONE).hits
    assert {hit.strength for hit in hits} == {Strength.ASK}
    places = [(hit.start, hit.end) for hit in hits if str(hit.kind) == "place"]
    assert len(places) == len(set(places))
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(places))


@pytest.mark.parametrize(
    ("clue", "ordinary"),
    [
        ("Yes, she was in the 3rd row", "Yes, she was in the back of the queue"),
        ("Spot on, the second from left", "Spot on! The cake stall is on the left"),
        ("Ia, yr ail o'r chwith", "Ia, mae'r stondin ar y chwith"),
        ("She was at the back of the photo", "She is in the middle of moving house"),
        ("our star, whose name rhymes with Maya", "A song that rhymes with every name"),
        ("mae ei henw hi'n odli efo Falmai", "mae'r gerdd yn odli"),
        ("We know which child it is", "We know which bus it is"),
        ("Rydyn ni'n gwybod pa blentyn ydi o", "Rydyn ni'n gwybod pa fws ydi o"),
    ],
)
def test_who_is_meant_in_a_picture_or_by_a_riddle_is_asked_about(clue, ordinary):
    assert "clue" in {str(hit.kind) for hit in screen(clue, NONE).hits}
    assert not screen(ordinary, NONE).hits
