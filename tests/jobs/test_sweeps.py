"""What the timetable does each minute: posts start, comments come in, duties move on."""

from datetime import timedelta

import pytest

from schoolgate.accounts.connecting import client_for
from schoolgate.core.tenancy import scope
from schoolgate.duties.actions import Then, open_duty
from schoolgate.duties.models import Basis, Due, Duty
from schoolgate.inbox import ingesting
from schoolgate.inbox.models import Item
from schoolgate.jobs.minutely import duties, poll, send_due
from schoolgate.networks.noticeboard.board import leave_comment
from schoolgate.networks.noticeboard.models import NoticeboardPost
from schoolgate.policy.adopting import adopt
from schoolgate.publishing.approving import approve_post, submit_post
from schoolgate.publishing.drafting import TargetText, draft_post
from schoolgate.publishing.models import Post
from schoolgate.publishing.queries import seen_now
from schoolgate.publishing.sending import UNDO_MINUTE
from tests.cast import someone, someone_leads
from tests.publishing.conftest import ANSWERS, account_on
from tests.working import do_jobs


@pytest.fixture
def board(own_database, make_federation, at, home):
    """An approved post for the noticeboard of a federation whose commits are real."""
    from schoolgate.core.models import School

    federation = make_federation()
    with scope(federation.pk):
        sam = someone("Sam Slater", "slt")
        adopt(by=sam, at=at)
        someone_leads()
        school = School.objects.create(name="Wildground Juniors", slug="juniors")
        account = account_on("noticeboard", school, at)
        amina, ben = someone("Amina Khan", "staff"), someone("Ben Carter", "lead-staff-member")
        text = TargetText(account, "Sports day is on Friday.")
        before = at - UNDO_MINUTE
        post = draft_post(by=amina, at=before, school=school, targets=[text], answers=ANSWERS)
        post = submit_post(by=amina, at=before, post=post)
        approve_post(by=ben, at=before, post=post, seen=seen_now(post, at=before))
    return federation


def test_an_approved_post_goes_out_and_what_is_written_below_it_comes_in(board, at):
    send_due(at)
    do_jobs(at)
    with scope(board.pk):
        assert Post.objects.get().state == "published"
        leave_comment(post=NoticeboardPost.objects.get(), name="", text="Hello", at=at)

    for minute in (1, 2):
        poll(at + timedelta(minutes=minute))
        do_jobs(at + timedelta(minutes=minute))
    with scope(board.pk):
        assert Item.objects.count() == 1


def test_trouble_with_one_account_does_not_keep_the_others_from_being_read(board, at, monkeypatch):
    send_due(at)
    do_jobs(at)
    with scope(board.pk):
        leave_comment(post=NoticeboardPost.objects.get(), name="", text="Hello", at=at)
        broken = account_on("bluesky", Post.objects.get().school, at, name="A broken one")

    def breaks(account):
        if account.pk == broken.pk:
            raise ZeroDivisionError
        return client_for(account)

    kwdefaults = ingesting.poll.__kwdefaults__ | {"connect": breaks}
    monkeypatch.setattr(ingesting.poll, "__kwdefaults__", kwdefaults)
    poll(at + timedelta(minutes=1))
    assert do_jobs(at + timedelta(minutes=1)) == 2

    with scope(board.pk):
        assert Item.objects.count() == 1


def test_an_overdue_duty_moves_on_once(board, at):
    with scope(board.pk):
        first, second = someone("First Person", "staff"), someone("Second Person", "staff")
        then = Then(Basis.HOUSE, person=second)
        duty = open_duty(
            kind="post.approve", subject="publishing.post:1", at=at, due=Due.at(at), person=first, then=then
        )

    for minute in (1, 2):
        duties(at + timedelta(minutes=minute))

    with scope(board.pk):
        found = Duty.objects.get(pk=duty.pk)
    assert (found.state, found.moved_on_at) == ("overdue", at + timedelta(minutes=1))
