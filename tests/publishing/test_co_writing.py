"""Two people at one draft: who may, what is saved while they type, and nothing written over."""

import threading
from datetime import timedelta

import pytest

from schoolgate.core.errors import BadInput, NotAllowed, NotNow
from schoolgate.core.tenancy import scope
from schoolgate.publishing import queries
from schoolgate.publishing.approving import approve_post, submit_post
from schoolgate.publishing.drafting import (
    ChangedMeanwhile,
    TargetText,
    add_writer,
    be_seen,
    draft_post,
    edit_post,
    end_writer,
    save_words,
)
from tests.cast import someone
from tests.conftest import recorded
from tests.networks.desk import Desk, side_by_side


@pytest.fixture
def cara(cast):
    return someone("Cara Colleague", "staff")


def saving(cast, post, at, *, by=None, version=None, text="Sports day is on Thursday.", **more):
    return save_words(
        by=by or cast.amina, at=at, post=post, version=version or post.version, text=text,
        targets=[TargetText(cast.bluesky, text)], **more,
    )  # fmt: skip


def test_a_colleague_writes_once_the_author_lets_them(cast, cara, draft, at):
    post = draft()
    with pytest.raises(NotAllowed):
        saving(cast, post, at, by=cara)

    add_writer(by=cast.amina, at=at, post=post, person=cara)
    saved = saving(cast, queries.post(post.pk), at, by=cara)

    assert (saved.text, saved.targets.get().text) == ("Sports day is on Thursday.",) * 2
    assert saved.version == 2


def test_a_colleague_who_was_taken_off_writes_no_longer(cast, cara, draft, at):
    post = draft()
    add_writer(by=cast.amina, at=at, post=post, person=cara)
    end_writer(by=cast.amina, at=at, post=queries.post(post.pk), person=cara)

    with pytest.raises(NotAllowed):
        saving(cast, queries.post(post.pk), at, by=cara)


def test_only_the_author_lets_others_write(cast, cara, draft, at):
    post = draft()
    add_writer(by=cast.amina, at=at, post=post, person=cara)
    with pytest.raises(NotAllowed):
        add_writer(by=cara, at=at, post=queries.post(post.pk), person=cast.ben)


def test_only_people_who_write_for_this_school_can_be_added(cast, draft, at):
    stranger = someone("No Writer")
    for person in (stranger, cast.amina):
        with pytest.raises(BadInput):
            add_writer(by=cast.amina, at=at, post=draft(), person=person)


def test_who_wrote_part_of_a_post_cannot_approve_it(cast, draft, at):
    post = draft()
    add_writer(by=cast.amina, at=at, post=post, person=cast.ben)
    saving(cast, queries.post(post.pk), at, by=cast.ben, text="Sports day is on Friday.")
    end_writer(by=cast.amina, at=at, post=queries.post(post.pk), person=cast.ben)
    sent = submit_post(by=cast.amina, at=at, post=queries.post(post.pk))

    with pytest.raises(NotAllowed, match="You’ve written part"):
        approve_post(by=cast.ben, at=at, post=sent, seen=queries.seen_now(sent, at=at))


def test_who_could_write_but_did_not_may_still_approve(cast, draft, at):
    post = draft()
    add_writer(by=cast.amina, at=at, post=post, person=cast.ben)
    be_seen(by=cast.ben, at=at, post=queries.post(post.pk))
    sent = submit_post(by=cast.amina, at=at, post=queries.post(post.pk))

    approved = approve_post(by=cast.ben, at=at, post=sent, seen=queries.seen_now(sent, at=at))

    assert approved.state == "approved"


def test_words_built_on_an_older_revision_are_refused_and_nothing_changes(cast, draft, at):
    post = draft()
    saving(cast, post, at)
    with pytest.raises(ChangedMeanwhile):
        saving(cast, post, at, version=1, text="Built on the first.")

    assert queries.post(post.pk).text == "Sports day is on Thursday."


def test_only_a_draft_is_saved_while_typing(cast, draft, at):
    post = submit_post(by=cast.amina, at=at, post=draft())
    with pytest.raises(NotNow):
        saving(cast, post, at)
    assert queries.post(post.pk).state == "submitted"


def test_answers_about_the_words_lapse_as_with_any_change(cast, draft, at):
    post = draft()
    before = post.answers["suitable_for_children"]
    saved = saving(cast, post, at)

    assert saved.answers["suitable_for_children"] == before
    assert saved.answers["suitable_for_children"]["seen"] != ""
    again = edit_post(
        by=cast.amina, at=at, post=saved, version=saved.version,
        targets=[TargetText(cast.bluesky, saved.text)],
        pictures=[], planned_at=None, answers={"suitable_for_children": True}, text=saved.text,
    )  # fmt: skip
    assert "suitable_for_children" not in again.answers


def test_a_sitting_is_one_line_of_the_history(cast, draft, at):
    post = draft()
    for minutes in (0, 1, 2, 40):
        post = saving(cast, post, at + timedelta(minutes=minutes), text=f"Version {minutes}.")
    assert [row.event for row in recorded()].count("post.edited") == 2


def test_of_two_saves_at_the_same_moment_one_is_refused(own_database, make_federation, at):
    desk = Desk.set_up(make_federation(), at)
    with scope(desk.federation_id):
        author = someone("Amina Khan", "staff")
        post = draft_post(by=author, at=at, school=desk.school, targets=[], text="First.")
    both, told = threading.Barrier(2), []

    def save():
        mine = f"Of {threading.get_ident()}."
        with scope(desk.federation_id):
            read = queries.post(post.pk)
            both.wait(10)
            try:
                save_words(by=author, at=at, post=read, version=1, text=mine, targets=[])
                told.append(mine)
            except ChangedMeanwhile:
                told.append("refused")

    side_by_side(save, times=2)

    with scope(desk.federation_id):
        now = queries.post(post.pk)
    assert sorted(told) == [now.text, "refused"]
    assert now.version == 2
