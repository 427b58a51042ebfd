"""Two people, or a person and the clock, act on the same post at the same moment: an approval counts only for
what was seen, what was changed isn't sent, and what a parent refuses isn't live afterwards."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest

from schoolgate.core.errors import SchoolgateError
from schoolgate.core.leaving import Said
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.jobs.minutely import send_due, withdrawals
from schoolgate.networks.noticeboard.models import NoticeboardPost
from schoolgate.policy.adopting import adopt
from schoolgate.publishing import queries, sending
from schoolgate.publishing.approving import approve_post, submit_post
from schoolgate.publishing.drafting import TargetText, draft_post, edit_post
from schoolgate.publishing.hit_answers import answer_hits
from schoolgate.publishing.hits import hits_of
from schoolgate.publishing.models import Delivery, HitReply, Post
from schoolgate.publishing.sending import UNDO_MINUTE
from schoolgate.publishing.starting import begin_sending
from schoolgate.pupils import linking
from schoolgate.pupils.models import Consent, Pupil
from tests.cast import someone, someone_leads
from tests.conftest import deliver_all
from tests.networks.desk import side_by_side
from tests.pace import sized
from tests.publishing.conftest import ANSWERS, account_on
from tests.worlds import enter_federation, world

pytestmark = [pytest.mark.sized, pytest.mark.timeout(2400)]
MANY = sized(1, 200)
CHANGED = "Sports day is on Monday."


@world()
def staffed(at: datetime) -> SimpleNamespace:
    """Wildground, where Amina writes and Ben approves, with a board."""
    federation = enter_federation()
    with scope(federation.pk):
        people = {"sam": someone("Sam Slater", "slt"), "amina": someone("Amina Khan", "staff"),
                  "ben": someone("Ben Carter", "lead-staff-member")}  # fmt: skip
        adopt(by=people["sam"], at=at)
        someone_leads()
        school = School.objects.create(name="Juniors", slug="juniors")
        board = account_on("noticeboard", school, at)
    return SimpleNamespace(
        pk=federation.pk, school=school, board=board, at=at, chance=random.Random(35), **people
    )  # fmt: skip


@pytest.fixture
def here(own_database, in_world, home, at):
    return in_world(staffed, at)


def submitted(here, text="Sports day is on Friday.", names: Pupil | None = None) -> Post:
    post = draft_post(by=here.amina, at=here.at, school=here.school, answers=ANSWERS,
                      targets=[TargetText(here.board, text)])  # fmt: skip
    if names:
        said = {each.hit.key: Said(HitReply.MAY_NAME) for each in hits_of(post, on=here.at.date()).hits}
        answer_hits(by=here.amina, at=here.at, post=post, said=said)
    return submit_post(by=here.amina, at=here.at, post=queries.post(post.pk))


def approves(here, post: Post) -> Callable[[], object]:
    seen = queries.seen_now(post, at=here.at)
    return lambda: approve_post(by=here.ben, at=here.at, post=queries.post(post.pk), seen=seen)


def edits(here, post: Post) -> Callable[[], object]:
    content = {
        "pictures": [], "planned_at": None, "answers": ANSWERS, "version": post.version,
        "targets": [TargetText(here.board, CHANGED)],
    }  # fmt: skip
    return lambda: edit_post(by=here.amina, at=here.at, post=queries.post(post.pk), **content)


def sends(here, post: Post) -> Callable[[], object]:
    return lambda: begin_sending(at=here.at + UNDO_MINUTE, post=queries.post(post.pk))


def at_the_same_moment(here, *acts: Callable[[], object]) -> None:
    """Each act in a thread of its own; one may refuse because of the other."""
    left = list(acts)

    def one() -> None:
        act = left.pop()
        with suppress(SchoolgateError), scope(here.pk):
            act()

    side_by_side(one, times=len(acts))


def agreed_pupil(here) -> tuple[Pupil, object]:
    name = "".join(here.chance.choice("bcdfgklmnprstvw") + here.chance.choice("aeiou") for _ in range(6))
    pupil = Pupil.objects.create(school=here.school, key=name, first_name="Ava", last_name=name.title())
    given = {"giver": "parent", "who": "Ann", "email": "ann@example.org"}
    link = linking.make_link(by=here.sam, at=here.at, pupil=pupil, **given)
    linking.answer_by_link(at=here.at, link=link, uses=["name"], answer="given")
    return pupil, link


def the_worker_works(here) -> None:
    for minutes in (2, 5, 30, 90):
        now = here.at + timedelta(minutes=minutes)
        send_due(now)
        deliver_all(here.pk, now)
        with scope(here.pk):
            rows = [each.pk for each in queries.deliveries_to_advance(now)]
        for pk in rows:
            sending.advance(here.pk, pk, clock=lambda now=now: now)
        withdrawals(now, clock=lambda now=now: now)


def test_an_approval_counts_only_for_what_was_seen_and_what_is_changed_is_not_sent(here):
    for _ in range(MANY):
        with scope(here.pk):
            post, other = submitted(here), submitted(here)
            approves(here, other)()
            acts = approves(here, post), edits(here, post)
            late = sends(here, other), edits(here, other)
        at_the_same_moment(here, *acts)
        at_the_same_moment(here, *late)
        with scope(here.pk):
            for one in (post, other):
                now = queries.post(one.pk)
                changed = now.targets.get().text == CHANGED
                assert (now.state == "draft") is changed
                assert bool(queries.standing_approval(now)) is not changed
                assert list(Delivery.objects.filter(post=now).values_list("text", flat=True)) == (
                    [] if changed or one is post else ["Sports day is on Friday."]
                )


def test_what_a_parent_refuses_while_it_is_approved_or_sent_is_not_live_afterwards(here):
    refused = []
    for _ in range(MANY):
        for is_sent in (False, True):
            with scope(here.pk):
                pupil, link = agreed_pupil(here)
                post = submitted(here, f"Well done, {pupil.first_name} {pupil.last_name}!", pupil)
                act = approves(here, post)
                if is_sent:
                    act()
                    act = sends(here, post)
            no = {"at": here.at + UNDO_MINUTE, "link": link, "uses": ["name"], "answer": "refused"}
            at_the_same_moment(here, act, lambda no=no: linking.answer_by_link(**no))
            refused.append(pupil.last_name)
    the_worker_works(here)
    with scope(here.pk):
        assert Consent.objects.filter(answer="refused").count() == len(refused)
        live = NoticeboardPost.objects.filter(taken_down_at=None).values_list("text", flat=True)
        assert [text for text in live if any(name in text for name in refused)] == []
