"""A comment on our own page that names a pupil is hidden within a minute of a no, also where it's being shown
at that moment; the moderators decide again."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest

from schoolgate.core.clock import local_day
from schoolgate.core.doors import Door
from schoolgate.core.leaving import Said, WordsHeld, answering, check_leaving
from schoolgate.core.models import Safeguarder
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import STILL_TO_DO, Duty
from schoolgate.inbox import ingesting, moderating
from schoolgate.inbox.models import Item
from schoolgate.inbox.moderating import moderate
from schoolgate.jobs.minutely import look_after_withdrawals
from schoolgate.networks.noticeboard.board import leave_comment
from schoolgate.networks.noticeboard.models import NoticeboardComment, NoticeboardPost
from schoolgate.publishing.models import TakeDown
from schoolgate.publishing.withdrawn import Gone, outcomes_of
from schoolgate.pupils.answering import withdraw
from schoolgate.pupils.keeping_off import keep_off
from schoolgate.pupils.models import Consent, Pupil
from schoolgate.rulebook import book
from tests.cast import someone
from tests.conftest import deliver_all
from tests.web.everything import everything
from tests.web.things import NOW
from tests.worlds import world

WORDS = "Osian Prydderch sang so well."
MINUTE = timedelta(minutes=1)


@world(everything)
def comment_with_a_name(made: SimpleNamespace, _at) -> SimpleNamespace:
    """Everything; Osian, whose parents said yes to his name; a comment with it waits to be shown."""
    there = made.everything
    with scope(there.federation.pk):
        below = NoticeboardPost.objects.get(key=there.delivery.intent_key)
        leave_comment(post=below, name="Pat", text=WORDS, at=NOW)
        osian = Pupil.objects.create(
            school=there.school, key="O1", first_name="Osian", last_name="Prydderch", form="4B", year="4"
        )
        says(osian, "given", by=there.ben)
    ingesting.poll(there.federation.pk, there.board.pk, clock=lambda: NOW)
    return SimpleNamespace(there=there, osian=osian)


def says(pupil, answer, *, by):
    given = {"giver": "parent", "form": "spoken", "from_day": local_day(NOW)}
    Consent.objects.create(pupil=pupil, use="name", answer=answer, by=by, at=NOW, **given)


@pytest.fixture
def here(in_world, own_database, home):
    return in_world(comment_with_a_name, NOW)


AGREED = Said("may_name", "His mother agreed.")


def show(here, *, reply=AGREED, send=True, by=None, at=NOW):
    """Ben, or `by`, has the comment shown; `send`: and the program does it."""
    there = here.there
    by = by or there.ben
    with scope(there.federation.pk):
        item = Item.objects.get(versions__text=WORDS)
        try:
            row = moderate(by=by, at=at, item=item, how="released", version=item.version)
        except WordsHeld as held:
            with answering({each.key: reply for each in held.held}):
                row = moderate(by=by, at=at, item=item, how="released", version=item.version)
    if send:
        moderating.advance(there.federation.pk, row.pk, clock=lambda: at)
    return row


def says_no(here, *, at=NOW):
    with scope(here.there.federation.pk):
        says(here.osian, "refused", by=here.there.ben)
        withdraw(at=at, pupil=here.osian, cause="answer", uses=["name"])


def on_the_board(here):
    with scope(here.there.federation.pk):
        return NoticeboardComment.objects.get(text=WORDS).state


def outcome(here):
    with scope(here.there.federation.pk):
        return [each.gone for each in outcomes_of(TakeDown.objects.get(withdrawal__isnull=False), at=NOW)]


def tasks(here):
    with scope(here.there.federation.pk):
        return Duty.objects.filter(kind="item.name_off", state__in=STILL_TO_DO).count()


def test_a_comment_that_is_shown_is_hidden_at_once_and_waits_to_be_checked(here):
    show(here)
    assert on_the_board(here) == "released"
    says_no(here)
    deliver_all(here.there.federation.pk, NOW)
    assert (on_the_board(here), outcome(here)) == ("hidden", [Gone.REMOVED])
    assert tasks(here) > 0
    ingesting.poll(here.there.federation.pk, here.there.board.pk, clock=lambda: NOW + MINUTE)
    with scope(here.there.federation.pk):
        item = Item.objects.get(versions__text=WORDS)
        assert (item.released, item.kept_back) == (False, "")


def test_the_moderators_decide_again_and_the_name_is_asked_about(here):
    show(here)
    says_no(here)
    deliver_all(here.there.federation.pk, NOW)
    with pytest.raises(WordsHeld):
        show(here)
    show(here, reply=Said("not_pupil", "A singer of the same name."))
    look_after_withdrawals(here.there.federation.pk, at=NOW + MINUTE)
    assert (on_the_board(here), tasks(here)) == ("released", 0)


ANOTHER = Said("not_pupil", "A singer of the same name.")


def test_one_person_s_word_that_another_is_meant_ends_with_the_do_not_publish_list(here):
    """It is hidden at once, the leads are asked too, and a lead alone shows it again."""
    show(here, reply=ANOTHER)
    everyone = tuple(role.key for role in book("wildground").roles)
    with scope(here.there.federation.pk):
        lead = someone("Lena Lead", *everyone)
        Safeguarder.objects.create(place="deputy", person_id=lead.pk, since=NOW - timedelta(days=9))
        keep_off(by=lead, at=NOW + MINUTE, pupil=here.osian)
    deliver_all(here.there.federation.pk, NOW + MINUTE)
    assert (on_the_board(here), outcome(here)) == ("hidden", [Gone.REMOVED])
    with scope(here.there.federation.pk):
        asked = Duty.objects.filter(kind="item.name_off", state__in=STILL_TO_DO, person=lead)
        assert asked.count() == 1
    with pytest.raises(WordsHeld):
        show(here, reply=ANOTHER, at=NOW + 2 * MINUTE)
    show(here, reply=ANOTHER, by=lead, at=NOW + 2 * MINUTE)
    look_after_withdrawals(here.there.federation.pk, at=NOW + 3 * MINUTE)
    assert (on_the_board(here), tasks(here)) == ("released", 0)


def test_one_person_s_word_that_another_is_meant_is_asked_again_after_a_no(here):
    show(here, reply=ANOTHER)
    says_no(here, at=NOW + MINUTE)
    deliver_all(here.there.federation.pk, NOW + MINUTE)
    assert on_the_board(here) == "hidden"
    with scope(here.there.federation.pk), pytest.raises(WordsHeld):
        item = Item.objects.get(versions__text=WORDS)
        moderate(by=here.there.ben, at=NOW + 2 * MINUTE, item=item, how="released", version=item.version)
    show(here, reply=ANOTHER, at=NOW + 2 * MINUTE)
    look_after_withdrawals(here.there.federation.pk, at=NOW + 3 * MINUTE)
    assert on_the_board(here) == "released"


def test_what_the_inbox_marks_as_a_name_is_asked_about_without_capitals_too(here):
    with scope(here.there.federation.pk):
        item = Item.objects.get(versions__text=WORDS)
        for words, names in (("Which one is osian pryderch? My niece knows", 1), ("Which one is it?", 0)):
            held = ()
            try:
                check_leaving(Door.COMMENT, {"comment": words}, about=item, by=here.there.ben, at=NOW)
            except WordsHeld as waits:
                held = waits.held
            assert len(held) == names


def test_a_comment_that_is_shown_at_that_moment_is_hidden_by_the_next_sweep(here):
    show(here, send=False)
    says_no(here)
    deliver_all(here.there.federation.pk, NOW)
    assert outcome(here) == []
    with scope(here.there.federation.pk):  # its call had begun before
        NoticeboardComment.objects.filter(text=WORDS).update(state="released")
        Item.every.filter(versions__text=WORDS).update(released=True)
    look_after_withdrawals(here.there.federation.pk, at=NOW + MINUTE)
    assert (on_the_board(here), outcome(here)) == ("hidden", [Gone.REMOVED])


def test_a_comment_that_waits_to_be_shown_is_not_shown(here):
    row = show(here, send=False)
    says_no(here)
    deliver_all(here.there.federation.pk, NOW)
    moderating.advance(here.there.federation.pk, row.pk, clock=lambda: NOW)
    assert on_the_board(here) == "waiting"
