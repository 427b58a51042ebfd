"""Comments that a person copies in or removes by hand."""

from datetime import timedelta

import pytest

from schoolgate.accounts.models import Look
from schoolgate.core import stops
from schoolgate.core.errors import NotAllowed, NotNow
from schoolgate.duties.models import STILL_TO_DO, Duty
from schoolgate.inbox import seeing
from schoolgate.inbox.judging import look_after_removal
from schoolgate.inbox.models import HandRemoval, Item
from schoolgate.inbox.pasting import Photo, paste_in, same_before
from tests.conftest import recorded

HOUR = timedelta(hours=1)
PHOTO = Photo("a" * 64, "image/jpeg", 640, 420)


@pytest.fixture
def pasted(cast, terms, at):
    """`pasted("words", ...)`: a comment that Ben copied in from Facebook."""

    def make(text="Shame on you", **more) -> Item:
        given = {"by": cast.ben, "at": at, "account": cast.facebook, "author": "A Parent", "private": False}
        return paste_in(text=text, **{**given, "appeared_at": at - HOUR, **more})

    return make


def waits(kind):
    return Duty.objects.filter(kind=kind, state__in=STILL_TO_DO).exists()


# --- A second person looks ---------------------------------------------------------------------------------


def test_a_removal_by_hand_is_looked_at_by_another_person(cast, pasted, moderated, at):
    item = pasted()
    moderated(item, "removed")
    assert waits("item.confirm_gone")

    with pytest.raises(NotAllowed, match="someone else must check"):
        look_after_removal(by=cast.ben, at=at, item=item, gone=True)
    with pytest.raises(NotAllowed):
        look_after_removal(by=cast.amina, at=at, item=item, gone=True)
    look_after_removal(by=cast.sam, at=at, item=item, gone=True)

    assert (HandRemoval.objects.get().looked_by, waits("item.confirm_gone")) == (cast.sam, False)


def test_what_is_still_there_can_be_removed_again(cast, pasted, moderated, at):
    item = pasted()
    moderated(item, "removed")

    look_after_removal(by=cast.sam, at=at, item=item, gone=False)

    again = seeing.item(item.pk)
    assert (again.kept_back, again.gone_at, waits("item.remove_by_hand")) == ("", None, True)
    moderated(again, "removed", by=cast.sam)
    assert (waits("item.remove_by_hand"), waits("item.confirm_gone")) == (False, True)


def test_what_the_program_removes_is_looked_at_by_nobody(cast, comment, moderated, at):
    moderated(comment, "hidden")
    assert not waits("item.confirm_gone")
    with pytest.raises(NotNow):
        look_after_removal(by=cast.sam, at=at, item=comment, gone=True)


def test_a_stop_keeps_nobody_from_removing_by_hand(cast, pasted, moderated, at):
    item = pasted()
    stops.stop(reason="harm", by=cast.sam, at=at)
    moderated(item, "removed")
    look_after_removal(by=cast.sam, at=at, item=item, gone=True)
    assert seeing.item(item.pk).kept_back == "removed"


# --- Copying in --------------------------------------------------------------------------------------------


def test_a_photograph_is_kept_with_it_once_and_gives_it_its_time_by_the_policy(pasted, at):
    first, again = pasted(photo=PHOTO), pasted(photo=PHOTO)
    assert (first.pk, first.photos.count()) == (again.pk, 1)
    assert first.due_at == at - HOUR + timedelta(hours=24)
    assert [row.event for row in recorded()].count("item.photographed") == 1


def test_the_same_words_of_the_same_writer_close_by_look_like_the_same_comment(cast, pasted, at):
    item = pasted("Shame  on\nyou")

    def same(**other):
        given = {"text": "Shame on you", "author": "A Parent", "appeared_at": at, **other}
        return same_before(cast.facebook, **given)

    assert same() == item
    assert same(appeared_at=at - HOUR + timedelta(days=2)) == item
    assert same(appeared_at=at - HOUR + timedelta(days=2, seconds=1)) is None
    assert (same(text="Shame on me"), same(author="Another")) == (None, None)


def test_that_everything_was_read_is_noted_only_where_somebody_says_so(cast, pasted):
    pasted()
    assert not Look.objects.exists()
    pasted("Another", read_all=True)  # Wildground asks nobody to go through comments: no row either
    assert not Look.objects.exists()
