"""G2, G3: a no to a picture counts by whichever door it's written: a task of the same day for those who take
posts down here, with the way there. A family that hides is danger besides: a lead reads it first."""

from datetime import timedelta

import pytest

from schoolgate.core.clock import local_day
from schoolgate.duties.models import Duty
from schoolgate.inbox.handlers import picture_is_down
from schoolgate.inbox.listing import note_words_of_earlier
from schoolgate.inbox.models import Item
from schoolgate.inbox.replying import close_item
from schoolgate.triage import Lane
from tests.guarantees.test_danger_at_each_door import (
    A_SECOND,
    DOORS,
    beginning,
    cast,
    federation,
    poll,
    published,
    school,
    server,
    there,
)

__all__ = ["beginning", "cast", "federation", "poll", "published", "school", "server", "there"]
NO, HIDES = "Please take down the photo of my son", "pls delete the photo of my daughter we are in a refuge"
ORDINARY = "Where can I buy a copy of the school photo of my son?"
NOT_OF_THESE = {"a list of what was dealt with elsewhere", "ranked later"}
"""What is closed already asks no one; what an earlier version ranked has a test of its own."""


def _asked():
    return Duty.objects.filter(kind="item.no_picture", state="open")


@pytest.mark.parametrize("door", sorted(set(DOORS) - NOT_OF_THESE))
def test_by_every_door_it_is_a_task_of_the_same_day(there, door):
    when = there.at + timedelta(hours=1)
    DOORS[door](there, NO, when)
    item = Item.every.select_related("account__federation", "account__school").get()
    assert (item.lane, item.goes_first < 6, item.waits_for_lead_since) == (Lane.PERSONAL_DATA, True, None)
    assert {row.role_key for row in _asked()} == {"slt", "administrator-moderator", "lead-staff-member"}
    assert {row.due_day for row in _asked()} == {local_day(when)}
    close_item(by=there.cast.ben, at=when + A_SECOND, item=item, reason="no_answer_needed")
    assert not _asked().exists()


@pytest.mark.parametrize("door", sorted(set(DOORS) - NOT_OF_THESE))
def test_a_family_that_hides_is_danger_besides(there, door):
    DOORS[door](there, HIDES, there.at + timedelta(hours=1))
    assert Duty.objects.filter(kind="item.danger", person=there.dee, state="open").exists()
    assert Item.every.get().waits_for_lead_since is not None
    assert _asked().exists()


@pytest.mark.parametrize("door", sorted(set(DOORS) - NOT_OF_THESE))
def test_an_ordinary_word_about_a_picture_asks_for_nothing_more(there, door):
    DOORS[door](there, ORDINARY, there.at + timedelta(hours=1))
    assert (Item.every.get().goes_first, _asked().count()) == (6, 0)


@pytest.mark.parametrize(("words", "roles"), [(NO, 3), (ORDINARY, 0)])
def test_what_an_earlier_version_ranked_is_asked_about_once(there, words, roles):
    when = there.at + timedelta(hours=1)
    DOORS["entered by hand, or by the API"](there, words, when)
    Item.every.update(lane="other", goes_first=6, why=[], worded=False)
    Duty.objects.update(subject="inbox.item:0")
    asked = _asked().exclude(subject="inbox.item:0")
    note_words_of_earlier(at=when)
    assert asked.count() == roles
    asked.update(subject="press.enquiry:1")
    Item.every.update(worded=False)
    note_words_of_earlier(at=when)
    assert asked.count() == roles, "what it said before it was ranked again is not asked once more"


def test_it_ends_when_the_post_is_down(there):
    DOORS["poll of a network"](there, NO, there.at + timedelta(hours=1))
    item = Item.every.get()
    picture_is_down(part=item.pk, subject_id=item.post_id, at=there.at + timedelta(hours=2))
    assert not _asked().exists()
