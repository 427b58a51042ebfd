"""Wootton's line manager approves the posts of the people they manage, and nobody else's."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.urls import reverse

from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.notices.telling import reach_of_duties
from schoolgate.people.assignments import end_assignment
from schoolgate.people.models import RoleAssignment
from schoolgate.publishing import queries
from tests.cast import give, someone
from tests.publishing.five_policies import enter
from tests.web.plain import shown_by
from tests.web.posts_cast import act
from tests.worlds import enter_federation, world

NOW = datetime.now(UTC)
TEXT = "Sports day is on Friday."


@world()
def post_waits(at):
    """Wyn's post waits; Anwen manages Wyn, Mair manages somebody else."""
    with scope(enter_federation("wootton", "wootton").pk):
        at_work = enter("wootton", at)
        at_work.other_manager = someone("Mair Manages")
        give(at_work.other_manager, "line-manager", managed=someone("Nia Newcomer", "staff"))
        return SimpleNamespace(at_work=at_work, post=at_work.handed_in().pk)


@pytest.fixture
def wootton(in_world, home):
    there = in_world(post_waits, NOW)
    with scope(there.at_work.federation.pk):
        there.at_work.post = queries.post(there.post)
    return there.at_work


def words(answer) -> str:
    return shown_by(answer.content.decode())


def state(wootton) -> str:
    with scope(wootton.federation.pk):
        return queries.post(wootton.post.pk).state


def test_the_line_manager_sees_the_post_on_today_opens_it_and_approves_it(wootton, sign_in):
    browser = sign_in(wootton.approver)
    page = f'href="{reverse("post", args=[wootton.post.pk])}"'
    assert page in browser.get(reverse("today")).content.decode()

    answer = browser.get(reverse("post", args=[wootton.post.pk]))
    assert "Line Manager" in words(answer)
    seen = answer.context["seen"]
    assert "discussed the content with me first" in words(answer)
    told = {"seen": seen, "discussed": "yes"}
    browser.post(reverse("post-approve", args=[wootton.post.pk]), told)

    assert state(wootton) == "approved"
    assert page not in browser.get(reverse("today")).content.decode()


def test_somebody_elses_line_manager_neither_sees_nor_approves_it(wootton, sign_in):
    browser = sign_in(wootton.other_manager)
    page = f'href="{reverse("post", args=[wootton.post.pk])}"'
    assert page not in browser.get(reverse("today")).content.decode()
    assert browser.get(reverse("post", args=[wootton.post.pk])).status_code == 404
    with scope(wootton.federation.pk):
        seen = queries.seen_now(queries.post(wootton.post.pk), at=NOW)
    browser.post(reverse("post-approve", args=[wootton.post.pk]), {"seen": seen})
    assert state(wootton) == "submitted"


def test_the_author_and_who_may_not_approve_are_told_that_the_authors_own_line_manager_is_asked(
    wootton, sign_in
):
    page = words(sign_in(wootton.writer).get(reverse("today")))
    assert "Anwen Approves" in page
    assert "Mair Manages" not in page

    answer = sign_in(wootton.answerer).post(
        reverse("post-approve", args=[wootton.post.pk]), {"seen": "anything"}
    )
    assert answer.status_code == 403
    assert "Anwen Approves" in words(answer)
    assert "Mair Manages" not in words(answer)


def test_a_new_line_manager_sees_what_waited_before_them(wootton, sign_in):
    with scope(wootton.federation.pk):
        held = RoleAssignment.objects.get(person=wootton.approver)
        end_assignment(by=wootton.owner, at=NOW, assignment=held)
        give(wootton.other_manager, "line-manager", managed=wootton.writer)
    page = f'href="{reverse("post", args=[wootton.post.pk])}"'
    assert page in sign_in(wootton.other_manager).get(reverse("today")).content.decode()
    assert page not in sign_in(wootton.approver).get(reverse("today")).content.decode()


def test_the_mail_about_it_goes_to_the_authors_line_manager_alone(wootton):
    with scope(wootton.federation.pk):
        duties = list(Duty.objects.filter(kind="post.approve", role_key="line-manager"))
        reach = reach_of_duties(duties, on=NOW.date())
        assert [reach.first(duty) for duty in duties] == [[wootton.approver.pk]]


def test_the_line_manager_takes_down_what_they_approved_and_nobody_elses(wootton, sign_in):
    with scope(wootton.federation.pk):
        post = wootton.approve(wootton.post)
        on = NOW.date()
        assert queries.may_take_down(wootton.approver, [post], on=on) == {post.pk}
        assert queries.may_take_down(wootton.other_manager, [post], on=on) == set()
    where = act("take-down", post.pk)
    assert sign_in(wootton.other_manager).get(where).status_code in (403, 404)
    sign_in(wootton.approver).post(where, {"reason": "mistake"})
    assert state(wootton) in ("withdrawn", "taken_down")


def test_a_line_manager_without_a_school_of_their_own_reads_a_report_that_says_it_counts_nothing(
    wootton, sign_in
):
    theirs = sign_in(wootton.other_manager)
    for more in ("", "&file=csv", "&file=xlsx", "&rows=comments_received"):
        answer = theirs.get(f"/evidence?as=report{more}")
        assert answer.status_code == 200, more
        if not more:
            assert "None of your roles is for a school, so nothing is counted here for you." in words(answer)
