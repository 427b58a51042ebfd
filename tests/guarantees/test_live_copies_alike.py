"""What is live with a picture that was withdrawn comes down too, whoever was chosen there and on whatever
account; a picture that is only like it stays."""

from datetime import timedelta

import pytest

from schoolgate.publishing.models import TakeDown, WithdrawnCopy, WithheldPicture
from schoolgate.publishing.starting import begin_sending
from schoolgate.publishing.taking_down import not_withheld_yet
from schoolgate.publishing.withdrawn import acts_of, copies_of, list_withdrawn
from schoolgate.pupils.answering import withdraw
from tests.guarantees.test_withheld import CHANGES, _approved, agree, here, shows  # noqa: F401 - fixtures


def out(here, at, post):  # noqa: F811
    begin_sending(at=at, post=_approved(here, at, post))
    return post


def sweep(at):
    """What the minutely job does with withdrawals from before."""
    for act in TakeDown.objects.filter(pk__in=acts_of(not_withheld_yet(at=at))):
        list_withdrawn(at=at, withdrawal=act.withdrawal)


def no(here, at):  # noqa: F811
    agree(here, at, here.ava, answer="refused")
    return withdraw(at=at, pupil=here.ava, cause="answer", uses=["picture"])


@pytest.mark.parametrize("change", ["the same", "smaller", "its edges cut off", "half of it"])
def test_a_live_post_with_the_same_picture_comes_down_on_another_account_too(here, at, shows, change):  # noqa: F811
    agree(here, at, here.ava)
    chosen = out(here, at, shows(0, here.ava))
    other = out(here, at, shows(0, change=CHANGES[change], accounts=[here.facebook]))
    elsewhere = out(here, at, shows(1))
    gone = no(here, at)
    list_withdrawn(at=at, withdrawal=gone)
    assert {copy.post_id for copy in copies_of(gone)} == {chosen.pk, other.pk}
    assert set(WithdrawnCopy.objects.values_list("delivery__post", flat=True)) == {chosen.pk, other.pk}
    assert elsewhere.pk not in {copy.post_id for copy in copies_of(gone)}


def test_pictures_of_a_withdrawal_from_before_are_withheld_by_the_sweep_and_their_copies_go(here, at, shows):  # noqa: F811
    agree(here, at, here.ava)
    chosen = out(here, at, shows(0, here.ava))
    copy = out(here, at, shows(0))
    due = at + timedelta(hours=24)  # as it was before there was any of this
    TakeDown.objects.create(withdrawal=no(here, at), at=at, reason="consent", due_at=due)
    sweep(at + timedelta(days=30))
    assert WithheldPicture.objects.filter(pupil=here.ava).exists()
    assert set(WithdrawnCopy.objects.values_list("delivery__post", flat=True)) == {chosen.pk, copy.pk}


def test_the_sweep_withholds_nothing_of_a_pupil_who_may_be_shown_again(here, at, shows):  # noqa: F811
    agree(here, at, here.ava)
    out(here, at, shows(0, here.ava))
    agree(here, at, here.ava, use="film")
    gone = withdraw(at=at, pupil=here.ava, cause="answer", uses=["picture"])  # and the yes counts still
    TakeDown.objects.create(withdrawal=gone, at=at, reason="consent", due_at=at)
    sweep(at + timedelta(days=30))
    assert not WithheldPicture.objects.exists()
