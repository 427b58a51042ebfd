"""A press whose aim a colleague has reached already is answered with who did it, not as a failure."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from schoolgate.core import stops
from schoolgate.core.errors import AlreadyDone, NotNow
from schoolgate.core.models import Stop
from schoolgate.core.moves import move
from schoolgate.core.tenancy import scope
from schoolgate.publishing import queries
from schoolgate.publishing.approving import approve_post
from schoolgate.publishing.drafting import withdraw_post
from schoolgate.publishing.models import POST_MOVES, Post, PostState
from tests.web.plain import check_page
from tests.web.posts_cast import NOW


def html(answer) -> str:
    return answer.content.decode()


def _approval(stage):
    post = stage.submitted()
    path = reverse("post-approve", args=[post.pk])
    seen = re.search(r'name="seen" value="(\w+)"', html(stage.browser("ben").get(f"/posts/{post.pk}")))[1]
    with scope(stage.federation.pk):
        approve_post(by=stage.people["ben"], at=NOW, post=queries.post(post.pk), seen=seen)
    return "sam", path, {"seen": seen}, "Approved"


def _withdrawal(stage):
    post = stage.draft()
    with scope(stage.federation.pk):
        withdraw_post(by=stage.people["amina"], at=NOW, post=queries.post(post.pk))
    return "amina", reverse("post-withdraw", args=[post.pk]), {}, "Withdrawn"


def _lifting(stage):
    with scope(stage.federation.pk):
        stop = stops.stop(reason="trying", by=stage.people["ben"], at=NOW)
        stops.lift(stop=stop, by=stage.people["ben"], at=NOW + timedelta(minutes=1))
    return "ben", reverse("stop-lift", args=[stop.pk]), {}, "lifted"


PRESSES = {"approve": _approval, "withdraw": _withdrawal, "lift": _lifting}


@pytest.mark.parametrize("made", PRESSES.values(), ids=PRESSES)
def test_what_is_done_already_says_so_and_who_did_it(stage, made):
    who, path, sent, _what = made(stage)
    answer = stage.browser(who).post(path, sent)
    page = html(answer)
    assert answer.status_code == 409
    assert "Already done" in page
    assert "This can’t go ahead" not in page
    assert re.search(r"(Ben Carter|Amina Khan), \w+day ", page), page
    check_page(page)


def test_a_step_that_is_not_this_ones_aim_is_still_refused(stage):
    post = stage.draft()
    with scope(stage.federation.pk):
        row = Post.objects.get(pk=post.pk)
        with pytest.raises(NotNow) as found:
            move(row, to=PostState.PUBLISHED, moves=POST_MOVES, at=NOW)
        assert not isinstance(found.value, AlreadyDone)


def test_who_was_slower_at_one_moment_is_told_that_it_is_done_or_that_it_changed(stage):
    post = stage.submitted()
    with scope(stage.federation.pk):
        first, same, other = (Post.objects.get(pk=post.pk) for _each in range(3))
        move(first, to=PostState.WITHDRAWN, moves=POST_MOVES, at=NOW)
        with pytest.raises(AlreadyDone) as found:
            move(same, to=PostState.WITHDRAWN, moves=POST_MOVES, at=NOW)
        assert found.value.subject == f"publishing.post:{post.pk}"
        with pytest.raises(NotNow, match="changed a moment ago"):
            move(other, to=PostState.DRAFT, moves=POST_MOVES, at=NOW)


def test_the_stop_is_lifted_once(stage):
    _lifting(stage)
    with scope(stage.federation.pk):
        stop = Stop.objects.get()
        with pytest.raises(AlreadyDone, match="already ended"):
            stops.lift(stop=stop, by=stage.people["ben"], at=NOW + timedelta(minutes=2))
