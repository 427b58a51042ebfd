"""What the policy, an account, the press, the noticeboard and a stop leave: what keeps it."""

from datetime import timedelta

import pytest

from schoolgate.accounts.opening_facts import page_picture_for
from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotFound
from schoolgate.core.ledger import verify
from schoolgate.duties.models import Duty
from schoolgate.media.models import Picture
from schoolgate.publishing.models import Delivery
from schoolgate.records import destroying
from tests.records import made, made_of_rooms
from tests.records.conftest import CLOSED, kind
from tests.records.test_declared import begun, due, lead, thing, who

__all__ = ["begun", "lead", "thing", "who"]


def test_the_record_verifies_after_each_kind_of_a_room_was_destroyed(thing, begun, sweep, cast):
    for key in made_of_rooms.MAKERS:
        thing(key)
        begun(key)
        assert sweep(due(key)) == 1
    assert verify(cast.federation.pk).sound


def test_a_paper_goes_with_the_ban_the_task_and_the_return_of_the_person_who_signed_it(
    thing, begun, sweep, cast, at
):
    paper = thing("papers")
    signer = paper.attestation.about_person
    begun("papers")
    ban = destroying.hold_thing(by=cast.sam, at=at, kind=kind("people"), pk=signer.pk, because="claim")
    assert sweep(due("papers")) == 0
    destroying.lift_hold(by=cast.sam, at=at, hold=ban)
    type(signer).objects.filter(pk=signer.pk).update(left_on=None)
    assert sweep(due("papers")) == 0
    type(signer).objects.filter(pk=signer.pk).update(left_on=local_day(CLOSED))
    task = Duty.objects.create(
        kind="policy.trained", subject=f"people.person:{signer.pk}", person=cast.ben, about_person=signer,
        due_kind="instant", due_at=at, due_by=at, state="open", opened_at=at,
    )  # fmt: skip
    assert sweep(due("papers")) == 0
    Duty.objects.filter(pk=task.pk).update(state="cancelled", ended_at=at, cancelled_because="done")
    assert sweep(due("papers")) == 1
    paper.refresh_from_db()
    assert (paper.scan, paper.dated) == ("", local_day(CLOSED))


def test_a_permission_asked_for_stays_with_the_post_that_it_was_asked_for(thing, begun, sweep, cast, at):
    post, asked = thing("posts"), thing("permissions")
    type(asked).objects.update(about=f"publishing.post:{post.pk}")
    begun("permissions")
    ban = destroying.hold_thing(by=cast.sam, at=at, kind=kind("posts"), pk=post.pk, because="claim")
    assert sweep(due("permissions")) == 0
    destroying.lift_hold(by=cast.sam, at=at, hold=ban)
    about = thing("concerns", state="taken")
    type(about).objects.filter(pk=about.pk).update(thing=f"publishing.post:{post.pk}")
    assert sweep(due("permissions")) == 0
    type(about).objects.filter(pk=about.pk).update(state="closed")
    assert sweep(due("permissions")) == 1


def test_a_copy_on_the_noticeboard_stays_with_its_post(thing, begun, sweep, cast, at):
    board, post = thing("board"), thing("posts")
    Delivery.objects.create(
        post=post, account=cast.bluesky, intent_key=board.key, text="", state="cancelled", written_at=CLOSED,
        state_at=CLOSED,
    )  # fmt: skip
    begun("board")
    ban = destroying.hold_thing(by=cast.sam, at=at, kind=kind("posts"), pk=post.pk, because="claim")
    assert sweep(due("board")) == 0
    destroying.lift_hold(by=cast.sam, at=at, hold=ban)
    assert sweep(due("board")) == 1


def test_a_picture_that_is_erased_goes_from_the_noticeboard_unless_people_see_it_there(thing, lead, cast):
    gone, live = thing("board"), thing("board", state="live")
    for letter, post in (("a", gone), ("b", live)):
        digest = letter * 64
        picture = Picture.objects.create(
            digest=digest, media_type="image/png", width=1, height=1, size=1, added_by=cast.sam,
            added_at=CLOSED, alt=made.WORDS, school=cast.school,
        )  # fmt: skip
        post.pictures.create(place=2, digest=digest, media_type="image/png", alt=made.WORDS)
        destroying.erase_one(
            by=cast.sam,
            at=CLOSED,
            kind=kind("pictures"),
            pk=picture.pk,
            because="asked",
            words="Her mother asked.",
        )
        assert kind("board").needs_file(digest) == (post is live)
    assert (gone.pictures.count(), live.pictures.count()) == (1, 2)


def test_a_delegation_counts_until_its_last_day_and_a_look_from_its_own(thing, begun, sweep, at):
    rows = [thing("practice", state="open") for _ in range(2)]
    model, day = type(rows[0]), local_day(CLOSED)
    model.objects.filter(pk=rows[0].pk).update(kind="delegation", due=day, on=day.replace(year=2020))
    model.objects.filter(pk=rows[1].pk).update(kind="watched", due=None, on=day)
    begun("practice")
    assert sweep(due("practice") - timedelta(minutes=10)) == 0
    assert sweep(due("practice")) == 2


def test_a_picture_of_an_accounts_page_is_not_found_once_it_is_destroyed(thing, begun, sweep, cast):
    account = thing("accounts")
    shown = account.page_pictures.get()
    given = {"person": cast.sam, "account_pk": account.pk, "pk": shown.pk, "on": local_day(CLOSED)}
    assert page_picture_for(**given) == shown
    begun("accounts")
    assert sweep(due("accounts")) == 1
    with pytest.raises(NotFound):
        page_picture_for(**given)
