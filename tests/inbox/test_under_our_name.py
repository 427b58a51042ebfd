"""A comment under the name of a colleague or of the school doesn't stand as if the school had written it: a
lead is told or reads it first, and before a namesake's kind word is shown someone says who wrote it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from schoolgate.core.errors import NotNow
from schoolgate.core.leaving import Said, WordsHeld, answering
from schoolgate.core.models import Safeguarder
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.inbox import first_read, ingesting, seeing
from schoolgate.inbox.dangers import POSED, danger_of, dangers_in
from schoolgate.inbox.models import Item, Sight
from schoolgate.inbox.moderating import moderate
from schoolgate.inbox.ranking import known_at, note_poses
from schoolgate.inbox.replying import close_item
from schoolgate.inbox.sight import check
from schoolgate.inbox.telling import read_names_again
from schoolgate.networks.noticeboard.board import leave_comment
from schoolgate.networks.noticeboard.models import NoticeboardComment, NoticeboardPost
from schoolgate.pupils.models import Pupil
from tests.cast import someone
from tests.web.everything import everything
from tests.web.things import NOW

HOUR = timedelta(hours=1)
WANTS = "Please send me a private message about what happened."
SAYS = "Training is at the leisure centre from now on"
OURS = "Message us through the office."
KIND = "Well done everyone, what a lovely day"


@pytest.fixture
def dee(cast, at):
    """The designated safeguarding lead."""
    person = someone("Delyth Probert")
    Safeguarder.objects.create(place="lead", person_id=person.pk, since=at)
    return person


@pytest.fixture
def write(published, server, poll, at):
    """`write(words, by=)`: a stranger's comment of that name, as it came in."""

    def write(words, *, by):
        server.comment(published.ref, words, at=at + HOUR, display=by)
        poll(now=at + HOUR)
        return seeing.item(max(Item.every.values_list("pk", flat=True)))

    return write


def asked(item, kind):
    """Who has an open task of a kind about an item."""
    rows = Duty.objects.filter(subject=f"inbox.item:{item.pk}", kind=kind, state="open")
    return {one.person for one in rows.select_related("person")}


@pytest.mark.parametrize("by", ["Ben Carter", "Mr Carter (North School)", "The Headteacher", "B. Carter"])
def test_what_draws_to_one_of_us_is_told_at_once_with_the_reason_and_no_one_shows_it(
    cast, dee, write, at, by
):
    item = write(WANTS, by=by)
    assert dee in asked(item, "item.danger")
    assert (item.lane, danger_of(item.why)) == ("danger", POSED)
    assert "someone asks or announces something as if they were the school" in map(str, dangers_in(item.why))
    other = next(one for one in (cast.sam, cast.ben) if one.pk not in item.meant)
    for act in (
        lambda: check(other, item, Sight.SHOWN, on=at.date(), because=""),
        lambda: close_item(by=other, at=at + HOUR, item=item, reason="no_answer_needed"),
    ):
        with pytest.raises(NotNow, match="safeguarding lead must read this first"):
            act()
    check(other, item, Sight.HIDDEN, on=at.date(), because="child")


def test_the_same_words_under_a_parents_name_go_on_as_any_others(cast, dee, write):
    item = write(WANTS, by="Ann Carter")
    assert (asked(item, "item.danger"), item.waits_for_lead_since) == (set(), None)


def test_what_asks_for_nothing_waits_for_a_lead_and_wakes_no_one(cast, dee, write, at):
    item, free = write(SAYS, by="Ben Carter"), write(SAYS, by="Ann Carter")
    assert (item.waits_quietly, free.waits_for_lead_since) == (True, None)
    assert not asked(item, "item.danger")
    first_read.note(by=dee, at=at + HOUR, item=item)
    close_item(by=cast.sam, at=at + HOUR, item=item, reason="no_answer_needed")


def test_what_only_we_read_is_taken_for_no_ones(cast, at):
    known = known_at(on=at.date())
    found = {
        private: note_poses(Item(author_name="Ben Carter", private=private, why=[]), WANTS, known)
        for private in (True, False)
    }
    assert found == {True: False, False: True}


def test_who_comes_to_work_here_is_looked_for_in_what_is_open_already(cast, dee, write, at):
    item = write(WANTS, by="Morfydd Rhydderch")
    assert item.waits_for_lead_since is None
    someone("Morfydd Rhydderch", "staff")
    read_names_again(at=at + HOUR)
    assert dee in asked(item, "item.danger")


@pytest.fixture
def below(in_world, own_database, home):
    """`below(*comments)`: who leads the account, and by their words the comments as they wait to be shown
    below a post on our own page."""
    there = in_world(everything, NOW).everything

    def come_in(*comments):
        with scope(there.federation.pk):
            post = NoticeboardPost.objects.get(key=there.delivery.intent_key)
            for name, words in comments:
                leave_comment(post=post, name=name, text=words, at=NOW)
            reply = {"ours": True, "text": OURS, "state": "released", "written_at": NOW, "state_at": NOW}
            NoticeboardComment.objects.create(post=post, key="ours000000000", **reply)
        ingesting.poll(there.federation.pk, there.board.pk, clock=lambda: NOW)
        return there

    return come_in


def shown(by, words, said=None):
    """Have a comment on our page shown, with an answer to what is found in it."""
    item = Item.every.select_related("account__school", "school").get(versions__text=words)
    given = {"by": by, "at": NOW, "item": item, "how": "released", "version": item.version}
    if said is None:
        return moderate(**given)
    with pytest.raises(WordsHeld) as waits:
        moderate(**given)
    (found,) = waits.value.held
    assert (found.kind, found.fields, found.replies) == ("our_name", ("commenter",), ("right",))
    with answering({found.key: said}):
        return moderate(**given)


def test_on_our_noticeboard_it_waits_unseen_and_our_own_reply_stands(below):
    there = below(("Amina Khan", WANTS))
    with scope(there.federation.pk):
        assert danger_of(Item.every.get(versions__text=WANTS).why) is POSED
        with pytest.raises(NotNow, match="safeguarding lead must read this first"):
            shown(there.ben, WANTS)
        assert not Item.every.filter(versions__text=OURS).exists()
        states = NoticeboardComment.objects.values_list("text", "state")
        assert {(WANTS, "waiting"), (OURS, "released")} <= set(states)


def test_a_namesakes_kind_word_is_shown_once_someone_says_who_wrote_it_and_anothers_at_once(below):
    there = below(("Amina Khan", KIND), ("Ann Carter", f"{KIND}!"))
    with scope(there.federation.pk):
        assert Item.every.get(versions__text=KIND).waits_for_lead_since is None
        for words in ("", "ok"):
            with pytest.raises(WordsHeld):
                shown(there.ben, KIND, Said("right", words))
        assert (
            shown(there.ben, KIND, Said("right", "A parent of the same name, I rang her.")).how == "released"
        )
        assert shown(there.ben, f"{KIND}!").how == "released"


def test_a_name_that_fits_a_colleague_and_a_pupil_is_asked_about_as_both(below):
    there = below(("Amina K.", KIND), ("Amina Q.", f"{KIND}!"))
    with scope(there.federation.pk):
        for last in ("Kaye", "Quill"):
            Pupil.objects.create(school=there.school, key=last, first_name="Amina", last_name=last)
        for words, kinds in ((KIND, {"pupil", "our_name"}), (f"{KIND}!", {"pupil"})):
            item = Item.every.select_related("account__school", "school").get(versions__text=words)
            with pytest.raises(WordsHeld) as waits:
                moderate(by=there.ben, at=NOW, item=item, how="released", version=item.version)
            assert {one.kind for one in waits.value.held} == kinds
