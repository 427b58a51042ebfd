"""The second person's part."""

from datetime import timedelta

import pytest

from schoolgate.core.errors import BadInput, NotAllowed, NotNow
from schoolgate.duties.models import Duty
from schoolgate.publishing import queries
from schoolgate.publishing.approving import approve_post, send_back, submit_post
from schoolgate.publishing.models import Approval
from schoolgate.publishing.starting import begin_sending
from tests.cast import give


@pytest.fixture
def handed_in(cast, draft, at):
    def make(**changes):
        return submit_post(by=cast.amina, at=at, post=draft(**changes))

    return make


def test_another_person_approves(cast, handed_in, at):
    post = handed_in()

    post = approve_post(by=cast.ben, at=at, post=post, seen=queries.seen_now(post, at=at))

    assert post.state == "approved"
    assert set(Duty.objects.filter(kind="post.approve").values_list("state", flat=True)) == {"discharged"}


def test_the_author_cannot_approve_their_own_post_whatever_roles_they_hold(cast, handed_in, at):
    give(cast.amina, "slt")
    give(cast.amina, "lead-staff-member")
    post = handed_in()

    with pytest.raises(NotAllowed, match="other than the author"):
        approve_post(by=cast.amina, at=at, post=post, seen=queries.seen_now(post, at=at))

    assert not Approval.objects.exists()


def test_somebody_without_the_part_cannot_approve(cast, handed_in, at):
    from tests.cast import someone

    colleague = someone("Cara Colleague", "staff")
    post = handed_in()

    with pytest.raises(NotAllowed, match="approve posts"):
        approve_post(by=colleague, at=at, post=post, seen=queries.seen_now(post, at=at))


def test_what_changed_since_it_was_shown_is_not_approved(cast, handed_in, at):
    post = handed_in()
    shown = queries.seen_now(post, at=at)
    post.targets.update(text="Something else.")

    with pytest.raises(NotNow, match="has changed since you opened"):
        approve_post(by=cast.ben, at=at, post=queries.post(post.pk), seen=shown)


def test_at_the_planned_time_an_approval_still_counts_and_a_moment_later_it_does_not(cast, handed_in, at):
    planned = at + timedelta(hours=1)
    in_time, too_late = handed_in(planned_at=planned), handed_in(planned_at=planned)

    first = approve_post(by=cast.ben, at=planned, post=in_time, seen=queries.seen_now(in_time, at=planned))
    late = planned + timedelta(microseconds=1)
    second = approve_post(by=cast.ben, at=late, post=too_late, seen=queries.seen_now(too_late, at=late))

    assert (first.state, second.state) == ("approved", "expired")


def test_a_post_goes_back_with_a_reason(cast, handed_in, at):
    post = send_back(by=cast.ben, at=at, post=handed_in(), reason="  The day is wrong. ")

    assert (post.state, post.sent_back_because) == ("draft", "The day is wrong.")
    assert Duty.objects.get(kind="post.put_right").person == cast.amina


def test_a_post_does_not_go_back_without_a_reason(cast, handed_in, at):
    with pytest.raises(BadInput):
        send_back(by=cast.ben, at=at, post=handed_in(), reason=" ")


def test_an_approved_post_that_changed_behind_the_approval_is_asked_again(cast, approved, at):
    post = approved()
    post.targets.update(text="Smuggled in.")

    assert begin_sending(at=at, post=queries.post(post.pk)) == []
    post = queries.post(post.pk)
    assert (post.state, queries.standing_approval(post)) == ("submitted", None)


def test_a_post_within_half_an_hour_of_its_time_starts_and_later_waits_for_a_new_time(approved, at):
    planned = at + timedelta(hours=1)
    in_time, late = approved(planned_at=planned), approved(planned_at=planned)

    assert len(begin_sending(at=planned + timedelta(minutes=30), post=in_time)) == 1
    assert begin_sending(at=planned + timedelta(minutes=30, microseconds=1), post=late) == []
    assert queries.post(late.pk).state == "expired"
