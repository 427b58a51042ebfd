"""A comment on Facebook, copied in on a phone: its deadline, the reply by hand, and that it's answered."""

import pytest

from schoolgate.core.clock import now
from schoolgate.inbox.models import PhotoWords
from schoolgate.inbox.pasting import read_photo_words
from tests.journeys.example import setting_up
from tests.journeys.example.pasting import pastes, replies_by_hand
from tests.media.test_words import badge

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
ASKED = "Can grandparents come to the harvest lunch as well?"
REPLY = "Yes, they are welcome. Please tell the office by Friday."


def test_a_comment_copied_in_is_answered_by_hand(house, somebody):
    tom = somebody(house, "tom")
    tom.sign_in()
    comment = pastes(tom, ASKED, author="A grandparent")
    tom.sees("Saved, with any deadline from the policy.")
    tom.reads(ASKED)
    tom.look("pasted")
    replies_by_hand(tom, REPLY)
    tom.open(comment)
    tom.sees("Answered")
    tom.reads(REPLY)
    tom.look("pasted-answered")


def test_the_words_of_a_photographed_comment_are_read_checked_and_answered(house, somebody, reads_words):
    tom = somebody(house, "tom")
    tom.sign_in()
    pastes(tom, "", author="A grandparent", photo=badge("Can grandparents come", "to the harvest lunch?"))
    tom.sees("Reading the words in your photo")
    tom.look("photograph-being-read")
    with setting_up.inside(house):
        row = PhotoWords.objects.get()
    read_photo_words(house.federation.pk, row.by_id, row.digest, clock=now)
    tom.press("Put the words in")
    tom.sees("Read from your photo")
    tom.look("photograph-read")
    read = tom.page.locator("#id_text").input_value()
    assert read == "Can grandparents come\nto the harvest lunch?"
    tom.page.locator("#id_text").fill(" ".join(read.split()))
    tom.press("Save")
    tom.reads("Can grandparents come to the harvest lunch?")
    tom.sees("View photo")
    comment = tom.page.url
    replies_by_hand(tom, REPLY)
    tom.open(comment)
    tom.sees("Answered")
