"""Erased is gone: of each kind of record, where copies of it are public, these go first or with it."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db.models import Q
from django.test import Client

from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotNow
from schoolgate.core.retention import Kind, Public, kind_of, kinds
from schoolgate.core.tenancy import scope
from schoolgate.inbox import ingesting
from schoolgate.inbox.models import Answer, Item
from schoolgate.inbox.replying import close_item
from schoolgate.networks.noticeboard.board import leave_comment
from schoolgate.networks.noticeboard.models import NoticeboardComment, NoticeboardPost
from schoolgate.publishing.models import Delivery
from schoolgate.pupils.models import Pupil
from schoolgate.records import destroying
from schoolgate.records.destroying import erase_one
from schoolgate.rights.models import Gathering, GatheringState
from tests.cast import someone
from tests.stories import rolled_back
from tests.web.everything import everything
from tests.web.things import NOW
from tests.worlds import world

LATER = NOW + timedelta(hours=1)
NAME, WORDS = "Mrs Marigold Quill", "My Tobias was second from the left."


@world(everything)
def a_board(made: SimpleNamespace, _at) -> SimpleNamespace:
    """A noticeboard with a post, a comment that is shown below it, and a reply of ours to that."""
    there = made.everything
    with scope(there.federation.pk):
        post = NoticeboardPost.objects.get(key=there.delivery.intent_key)
        leave_comment(post=post, name=NAME, text=WORDS, at=LATER)
    ingesting.poll(there.federation.pk, there.board.pk, clock=lambda: LATER)
    with scope(there.federation.pk):
        comment = NoticeboardComment.objects.get(name=NAME)
        item = Item.every.get(network_id=comment.key)
        close_item(by=there.sam, at=LATER, item=item, reason="no_answer_needed")
        shown = {"written_at": NOW, "state": "released", "state_at": NOW}
        NoticeboardComment.objects.filter(pk=comment.pk).update(**shown)
        NoticeboardComment.objects.create(
            key="quillreply001", ours=True, post=post, parent=comment, text="Well done Tobias!", **shown
        )
        # One that still looks keeps all that it may find.
        Gathering.objects.update(state=GatheringState.DONE, ended_at=NOW)
        overseer = someone("Otto Overseer", "slt", "chair")
    return SimpleNamespace(there=there, post=post, comment=comment, item=item, overseer=overseer)


@pytest.fixture
def here(in_world, home):
    return in_world(a_board, NOW)


def erase(here, key: str, pk: int) -> None:
    with scope(here.there.federation.pk):
        erase_one(
            by=here.overseer,
            at=NOW + timedelta(hours=2),
            kind=kind_of(key),
            pk=pk,
            because="asked",
            words="Her mother asked.",
        )


def public_page(here) -> str:
    slug, school = here.there.federation.slug, here.there.school.slug
    page = Client().get(f"/{slug}/noticeboard/{school}/{here.post.key}/")
    assert page.status_code == 200
    return page.content.decode()


def test_each_kind_says_what_becomes_of_its_public_copies():
    silent = [one.key for one in kinds() if not isinstance(getattr(one, "public", None), Public)]
    assert silent == []
    own = {one.key for one in kinds() if type(one).take_down is not Kind.take_down}
    assert own == {one.key for one in kinds() if one.public is Public.WITH}
    assert {one.key for one in kinds() if one.public in (Public.WITH, Public.FIRST)} == TRIED


TRIED = {"comments", "posts", "pictures", "board", "pupils", "fakes", "pta", "accounts"}
"""Kinds with public copies: each has its test below, or one that is named there."""


def test_a_comment_goes_from_our_noticeboard_with_its_name_and_our_reply(here):
    shown = public_page(here)
    assert all(words in shown for words in (NAME, WORDS, "Well done Tobias!"))
    erase(here, "comments", here.item.pk)
    shown = public_page(here)
    for words in (NAME, WORDS, "Well done Tobias!"):
        assert words not in shown
    with scope(here.there.federation.pk):
        rows = NoticeboardComment.objects.filter(post=here.post)
        gone = rows.filter(Q(pk=here.comment.pk) | Q(parent=here.comment.pk))
        assert {(one.name, one.text, one.state) for one in gone} == {("", "", "removed")}


def test_another_comment_of_that_post_stays(here):
    with scope(here.there.federation.pk):
        NoticeboardComment.objects.create(
            key="another000001", post=here.post, name="Ann Other", text="Lovely!", written_at=NOW,
            state="released", state_at=NOW,
        )  # fmt: skip
    erase(here, "comments", here.item.pk)
    assert "Lovely!" in public_page(here)


@pytest.mark.parametrize(
    ("key", "thing"),
    [("posts", "post"), ("pictures", "picture"), ("board", None), ("accounts", "account")],
)
def test_what_is_public_still_is_taken_down_first(here, key, thing):
    pk = here.there.value(thing) if thing else here.post.pk
    with scope(here.there.federation.pk):
        going = destroying.going_now(kind_of(key), pk, at=LATER)
    assert isinstance(going.refusal, NotNow)
    assert going.refusal.next_step == kind_of(key).first
    with pytest.raises(NotNow):
        erase(here, key, pk)


def a_leaver(here) -> Pupil:
    with scope(here.there.federation.pk):
        return Pupil.objects.create(
            school=here.there.school, key="T9", first_name="Tobias", last_name="Quillfeather",
            left_on=local_day(NOW) - timedelta(days=400),
        )  # fmt: skip


def _in_a_text(here) -> None:
    Delivery.objects.filter(pk=here.there.delivery.pk).update(text="Second prize: Tobias Quillfeather!")


def _over_two_parts(here) -> None:
    Delivery.objects.filter(pk=here.there.delivery.pk).update(
        parts=["The prize goes to Tobias", "Quillfeather."]
    )


def _in_an_alt_text(here) -> None:
    Delivery.objects.filter(pk=here.there.delivery.pk).update(
        pictures=[{"alt": "Tobias Quillfeather with a cup"}]
    )


def _on_a_card(here) -> None:
    Delivery.objects.filter(pk=here.there.delivery.pk).update(card={"title": "Tobias Quillfeather wins"})


def _in_a_reply(here) -> None:
    answer = Answer.objects.get(pk=here.there.value("answer"))
    Answer.objects.filter(pk=answer.pk).update(
        text="Yes, that is Tobias Quillfeather.", receipt={"id": "x"}, gone_at=None
    )


def _in_a_comment(here) -> None:
    NoticeboardComment.objects.filter(pk=here.comment.pk).update(text="Go Tobias Quillfeather!")


@pytest.mark.parametrize(
    "put", [_in_a_text, _over_two_parts, _in_an_alt_text, _on_a_card, _in_a_reply, _in_a_comment]
)
def test_a_pupil_whose_name_is_public_isnt_erased_before_it_is_gone(here, put):
    pupil = a_leaver(here)
    with rolled_back():
        erase(here, "pupils", pupil.pk)
    with scope(here.there.federation.pk):
        put(here)
    with pytest.raises(NotNow) as refused:
        erase(here, "pupils", pupil.pk)
    assert "take down every post" in str(refused.value.next_step)
    with scope(here.there.federation.pk):
        assert Pupil.objects.get(pk=pupil.pk).last_name == "Quillfeather"


def test_a_namesake_of_one_word_keeps_no_pupil(here):
    pupil = a_leaver(here)
    with scope(here.there.federation.pk):
        Delivery.objects.filter(pk=here.there.delivery.pk).update(text="Mrs Quillfeather read to Year 3.")
    erase(here, "pupils", pupil.pk)
